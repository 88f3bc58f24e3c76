// A school for the page without n8n: what is booked is delivered, written and told by SMS within moments, in memory.
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import type { Delivery } from 'stand-ins/calcom';
import type { Desk, DeskBooking } from '../../../playground/src/desk.mts';
import type { Office } from '../../../playground/src/office.mts';
import { type Witness, openJourneys } from '../../../playground/src/page/journey.mts';
import { type PageState, servePage } from '../../../playground/src/page/server.mts';
import { type Row, TABLES } from '../../../playground/src/rows.mts';

const PHONE = '+442079460101';
const START = '2026-12-03T09:30:00.000Z';
const HOUR_MS = 3_600_000;
const REFUSED = { status: 401, text: '{"error":"The signature does not fit."}' };

/** How long each part takes, in ms. */
const WAIT = { answer: 40, rows: 200, sms: 120 };

export async function openSchool() {
	const bookings: DeskBooking[] = [];
	const deliveries: Delivery[] = [];
	const rows: Record<string, Row[]> = Object.fromEntries(TABLES.map(({ name }) => [name, []]));
	const sms: PageState['sms'] = [];
	const times = new Map<string, { rows: Date; sms: Date | null }>();
	const listeners = new Set<(delivery: Delivery) => void>();

	const deliver = async (event: string, uid: string) => {
		const sentAt = new Date().toISOString();
		await sleep(WAIT.answer);
		for (const slug of ['01-lead-capture', '02-calendar-events']) {
			const delivery: Delivery = {
				id: `d${String(deliveries.length)}`,
				event,
				uid,
				webhookId: slug,
				subscriberUrl: `http://127.0.0.1:1/webhook/${slug}`,
				headers: {},
				body: '{}',
				status: 200,
				answer: '{"received":true,"event":"booking.created"}',
				error: null,
				sentAt,
				ms: WAIT.answer,
			};
			deliveries.push(delivery);
			for (const listener of listeners) listener(delivery);
		}
	};
	const write = ({ uid, title, start }: DeskBooking) => {
		const id = bookings.length;
		const at = new Date().toISOString();
		const values: Row = {
			id,
			uid,
			name: 'Ada Lovelace',
			email: 'ada@student.example',
			phone: PHONE,
			status: 'scheduled',
		};
		const more: Row = {
			title,
			start_time: start,
			attendee_name: 'Ada Lovelace',
			event: 'booking.created',
			event_key: uid,
		};
		for (const { name, columns } of TABLES.filter((table) => table.name !== 'messages')) {
			const all: Row = { ...values, ...more, updated_at: at, received_at: at, occurred_at: at, uids: [uid] };
			rows[name]?.unshift(Object.fromEntries(columns.map((column) => [column, all[column] ?? null])));
		}
		times.set(uid, { rows: new Date(), sms: null });
	};
	const send = (uid: string) => {
		const at = new Date();
		const text = 'Hi Ada, your Level Check is booked for Thu 3 Dec, 09:30.';
		const message = { inbound: false, phone: PHONE, text, status: 'delivered', errorCode: null, optedOut: false };
		sms.unshift({ ...message, sid: `SM${String(sms.length)}`, at: at.toISOString() });
		const found = times.get(uid);
		if (found) found.sms = at;
	};
	const add = async (title: string, status: string) => {
		const uid = `u${String(bookings.length)}`;
		const start = new Date(Date.parse(START) + bookings.length * HOUR_MS).toISOString();
		const booking = { uid, title, status, start, attendee: 'Ada Lovelace' };
		bookings.unshift(booking);
		await deliver('BOOKING_CREATED', uid);
		setTimeout(() => {
			write(booking);
		}, WAIT.rows);
		return booking;
	};
	const changeTo = (status: string) => async (uid: string) => {
		const found = bookings.find((booking) => booking.uid === uid);
		if (!found) throw new Error('There is no such booking.');
		found.status = status;
		await deliver(status === 'cancelled' ? 'BOOKING_CANCELLED' : 'BOOKING_RESCHEDULED', uid);
		write(found);
		return found;
	};
	const told = (what: string) => () => Promise.resolve(`${what}: done.`);

	const witness: Witness = {
		onDelivery(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		writers: () => 2,
		inbox: (uid) => {
			const at = times.get(uid)?.rows;
			return Promise.resolve(
				at === undefined ? null : { received: at, begun: 2, done: 2, processed: at, error: null },
			);
		},
		remind: async () => {
			await sleep(WAIT.sms);
			const waiting = [...times].filter(([, time]) => time.sms === null);
			for (const [uid] of waiting) send(uid);
		},
		sms: (uid) => {
			const at = times.get(uid)?.sms ?? null;
			return Promise.resolve(at === null ? null : { at, text: sms[0]?.text ?? '' });
		},
	};
	const { follow, current } = openJourneys(witness);
	const followed =
		<T extends unknown[]>(work: (...about: T) => Promise<DeskBooking>) =>
		(...about: T) =>
			follow(() => work(...about));
	const desk: Desk = {
		book: followed(() => add('Level Check between the school and Ada Lovelace', 'accepted')),
		request: followed(() => add('Intake between the school and Ada Lovelace', 'pending')),
		reschedule: followed(changeTo('accepted')),
		cancel: followed(changeTo('cancelled')),
		confirm: followed(changeTo('accepted')),
		decline: followed(changeTo('rejected')),
		bookings: () => Promise.resolve(bookings),
	};
	const office: Office = {
		bookSoon: () => desk.book(),
		remind: told('Reminders'),
		reply: (from, text) => Promise.resolve(`${from} has answered "${text}".`),
		edit: told('Edit'),
		settle: told('Settled'),
		sync: told('Sync'),
	};
	const service = { slug: 'level-check', price: '0 EUR', error: null, syncedAt: START, ours: 'Find the right level' };
	const services: PageState['services'] = [
		{ ...service, id: '1', name: 'Level Check', status: 'synced', theirs: 'Find the right level', conflicts: [] },
		{
			...service,
			id: '2',
			name: 'Trial lesson',
			status: 'conflict',
			theirs: 'A first lesson, free',
			conflicts: [{ field: 'description', ours: 'Find the right level', theirs: 'A first lesson, free' }],
		},
	];
	const day = { day: '2026-11-30', event: 'booking.created', consumer: 'lead-capture', received: 3, processed: 3 };
	const page = await servePage({
		port: await getPort({ host: '127.0.0.1' }),
		desk,
		office,
		journey: current,
		again: (_delivery, forged) => Promise.resolve(forged ? REFUSED : { status: 200, text: '{"received":true}' }),
		state: () =>
			Promise.resolve({
				deliveries: deliveries
					.map(({ id, event, webhookId, status, answer, ms, sentAt }) => ({
						...{ id, event, to: webhookId, status, answer, ms, sentAt },
					}))
					.reverse(),
				bookings,
				rows,
				sms,
				services,
				health: {
					days: [{ ...day, failed: 0, processing: 0, success_percent: 100 }],
					problems: [
						{ urgency: 2, area: 'services', what: 'conflict', why: 'both sides changed', since: START },
					],
					failed: [],
					stuck: [],
				},
			}),
		links: [
			{ title: 'n8n', url: 'http://127.0.0.1:1' },
			{ title: 'Workflow 01-lead-capture', url: 'http://127.0.0.1:1/workflow/calcom-01' },
		],
		login: { email: 'owner@playground.example', password: 'Play-0000000000-1' },
		secret: { name: 'x-calcom-secret', value: '00000000000000000000000000000000' },
		problems: [{ name: 'Cal.com 11: AI booking assistant', reason: 'It needs a chat model.' }],
	});
	return { ...page, deliveries, rows };
}
