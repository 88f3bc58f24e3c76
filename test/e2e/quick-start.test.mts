// The quick start template in a real n8n: bookings in a data table of n8n, without any database.
import { z } from 'zod';
import { readIndex, readRecordings } from '../nodes/shared/events/recordings.mts';
import { delivery } from '../nodes/shared/events/support.mts';
import { unless } from '../compat/differences.mts';
import { depth } from '../support/depth.mts';
import { type E2e, type Subscription, deliverSigned, openE2e, untilListening, waitFor } from './support/e2e.mts';

const SLUG = '10-quick-start-data-table';
const WORKFLOW = 'calcom-10';
const TABLE = 'Cal.com bookings';
const ada = {
	phoneNumber: '+31612345678',
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};

const tablesSchema = z.object({
	data: z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), projectId: z.string() })) }),
});
const rowSchema = z.object({ uid: z.string(), all_uids: z.string() }).passthrough();
const rowsSchema = z.object({ data: z.object({ data: z.array(rowSchema) }) });

const there = unless('dataTable');

let e2e: E2e;
let subscription: Subscription;
beforeAll(async () => {
	e2e = await openE2e();
	await e2e.activate(SLUG);
	subscription = await e2e.subscription(SLUG);
	await untilListening(subscription.url);
});
afterAll(async () => {
	await e2e.deactivate(SLUG);
	await e2e.close();
});
beforeEach(async () => {
	await idle();
	const table = await tableOf();
	// Without its table the template makes a new one.
	if (table) await e2e.editor.request(table, 'DELETE');
});

async function tableOf(): Promise<string | null> {
	const { data } = tablesSchema.parse(await e2e.editor.request('/data-tables-global')).data;
	const found = data.find(({ name }) => name === TABLE);
	return found ? `/projects/${found.projectId}/data-tables/${found.id}` : null;
}

/** The rows, by uid. */
async function rows(): Promise<Record<string, unknown>[]> {
	const table = await tableOf();
	if (!table) return [];
	const { data } = rowsSchema.parse(await e2e.editor.request(`${table}/rows?take=250&sortBy=uid:asc`)).data;
	return data;
}

const executions = () => e2e.editor.executions(WORKFLOW, 100);
const idle = () =>
	waitFor('all executions to end', async () =>
		(await executions()).every(({ status }) => status !== 'running' && status !== 'new'),
	);

/** Delivers, and waits until the template has done its work. */
async function deliverInTurn(bodies: readonly (string | Buffer)[]): Promise<void> {
	for (const body of bodies) {
		const before = (await executions())[0]?.id;
		expect((await deliverSigned(subscription, body)).status).toBe(200);
		const ended = await waitFor('the run to end', async () => {
			const [newest] = await executions();
			return newest && newest.id !== before && !['new', 'running'].includes(newest.status) && newest;
		});
		expect(ended.status).toBe('success');
	}
}

const one = (list: readonly unknown[]) => list.length === 1 && list;

there('booked, moved twice, cancelled: one row, made together with its table', async () => {
	const first = await e2e.desk.book(ada);
	const [made] = await waitFor('the row', async () => one(await rows()));
	expect(made).toMatchObject({
		uid: first.uid,
		status: 'accepted',
		attendee_email: ada.email,
		event_type: 'level-check',
	});
	await idle();
	const second = await e2e.desk.reschedule(first.uid);
	await waitFor('the first move', async () => (await rows())[0]?.['uid'] === second.uid);
	await idle();
	const third = await e2e.desk.reschedule(second.uid);
	await waitFor('the second move', async () => (await rows())[0]?.['uid'] === third.uid);
	await idle();
	await e2e.desk.cancel(third.uid, 'Ill');
	await waitFor('the cancellation', async () => (await rows())[0]?.['status'] === 'cancelled');
	await idle();
	expect(await rows()).toEqual([
		expect.objectContaining({
			uid: third.uid,
			all_uids: [first.uid, second.uid, third.uid].sort().join(' '),
			status: 'cancelled',
			reason: 'Ill',
			start: expect.stringContaining(third.start.slice(0, 16)),
			last_event: 'BOOKING_CANCELLED',
		}),
	]);
});

/** One booking's life, as Cal.com sent it, with uids and times of our own. */
const life = (() => {
	const secrets = new Map(readIndex().map(({ number, secret }) => [number, secret]));
	const of = (event: string, find: (payload: Record<string, unknown>) => boolean = () => true) => {
		const found = readRecordings()
			.filter(({ number }) => secrets.get(number) === 'whsec-all-0001')
			.map(({ bytes }) =>
				z
					.object({ triggerEvent: z.string(), payload: z.record(z.unknown()).default({}) })
					.passthrough()
					.parse(JSON.parse(bytes.toString())),
			)
			.find(({ triggerEvent, payload }) => triggerEvent === event && find(payload));
		if (!found) throw new Error(`There is no recording of ${event}.`);
		return found;
	};
	const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
	const created = of('BOOKING_CREATED');
	const moved = of('BOOKING_RESCHEDULED', ({ rescheduleUid }) => typeof rescheduleUid === 'string');
	const cancelled = of('BOOKING_CANCELLED');
	const told = (from: typeof created, minute: number, fields: Record<string, unknown>) =>
		JSON.stringify({ ...from, createdAt: at(minute), payload: { ...from.payload, ...fields } });
	return (name: string) => [
		told(created, 1, { uid: `${name}-a` }),
		told(moved, 2, { uid: `${name}-b`, rescheduleUid: `${name}-a` }),
		told(moved, 3, { uid: `${name}-c`, rescheduleUid: `${name}-b` }),
		told(cancelled, 4, { uid: `${name}-c` }),
	];
})();

/** Those that differ most come first. */
const ORDERS: [string, number[]][] = [
	['with copies', [0, 0, 1, 1, 2, 3, 3, 0]],
	['the other way round', [3, 2, 1, 0]],
	['in order', [0, 1, 2, 3]],
	['the booking itself last', [1, 2, 3, 0]],
	['the middle last', [0, 3, 2, 1]],
	['the cancellation second', [0, 3, 1, 2]],
	['the moves first, the later one before', [2, 1, 0, 3]],
];

there.each(ORDERS.slice(0, depth(2, ORDERS.length)))(
	'deliveries %s: one row, cancelled, and it stays so',
	async (name, order) => {
		const uid = name.replaceAll(/\W/g, '');
		const deliveries = life(uid);
		await deliverInTurn(order.map((at) => deliveries[at] ?? ''));
		expect(await rows()).toEqual([
			expect.objectContaining({
				uid: `${uid}-c`,
				all_uids: `${uid}-a ${uid}-b ${uid}-c`,
				status: 'cancelled',
				last_event: 'BOOKING_CANCELLED',
			}),
		]);
	},
);

describe('what is told of one booking touches no row of another', () => {
	const person = (name: string) => ({
		seatsPerTimeSlot: 5,
		attendeeSeatId: `seat-${name}`,
		attendees: [{ name, email: `${name}@student.example`, timeZone: 'Europe/Amsterdam' }],
	});
	const tell = (event: string, minute: number, payload: Record<string, unknown>) =>
		JSON.stringify(delivery(event, payload, `2026-11-20T11:${String(minute).padStart(2, '0')}:00.000Z`));
	const created = (uid: string, more: Record<string, unknown> = {}, minute = 1) =>
		tell('BOOKING_CREATED', minute, { uid, ...more });
	/** Keys are remembered from run to run. */
	const own = (name: string) => `${name}-${String(Date.now())}`;
	const shown = async () => (await rows()).map(({ uid, attendee_name: name, status }) => [uid, name, status]).sort();

	there('a request without a uid: every row stays', async () => {
		const [a, b] = [own('A'), own('B')];
		await deliverInTurn([created(a), created(b), tell('BOOKING_REQUESTED', 2, { uid: undefined })]);
		expect((await rows()).map(({ uid }) => uid)).toEqual([a, b]);
	});

	there('somebody gives up a seat: the row of the group names nobody else', async () => {
		const g = own('group');
		const left = tell('BOOKING_CANCELLED', 3, { uid: g, status: 'CANCELLED', ...person('ada') });
		await deliverInTurn([created(g, person('ada')), created(g, person('bob'), 2), left]);
		expect(await shown()).toEqual([[g, 'bob', 'accepted']]);
	});

	there('somebody moves their own seat: the row of the group stays, and they get one of their own', async () => {
		const [g, moved] = [own('group'), own('moved')];
		const alone = tell('BOOKING_RESCHEDULED', 3, { uid: moved, rescheduleUid: g, ...person('ada') });
		await deliverInTurn([created(g, person('ada')), created(g, person('bob'), 2), alone]);
		expect(await shown()).toEqual([
			[g, 'bob', 'accepted'],
			[moved, 'ada', 'accepted'],
		]);
	});

	there('a uid that is a part of another, or a pattern: only its own row is joined and moved', async () => {
		const [a, inner] = [own('a%_'), own('x')];
		const later = own('b');
		const move = tell('BOOKING_RESCHEDULED', 3, { uid: later, rescheduleUid: inner });
		// The row of the later uid is there first, so that the one of the earlier has to go.
		await deliverInTurn([
			created(a),
			created(`${inner}y`),
			created(`z${inner}`),
			created(later),
			created(inner),
			move,
		]);
		expect((await rows()).map(({ uid, all_uids: all }) => [uid, all])).toEqual(
			[
				[a, a],
				[`${inner}y`, `${inner}y`],
				[`z${inner}`, `z${inner}`],
				[later, [later, inner].sort().join(' ')],
			].sort(),
		);
	});
});

there('a table from before, with its columns in another order, goes on working', async () => {
	const [uid, later] = ['before', 'after'].map((name) => `${name}-${String(Date.now())}`);
	const told = (event: string, payload: Record<string, unknown>, time: string) =>
		JSON.stringify(delivery(event, payload, `2026-11-20T12:${time}:00.000Z`));
	await deliverInTurn([told('BOOKING_CREATED', { uid: `${String(uid)}-x` }, '00')]);
	const place = await tableOf();
	if (place === null) throw new Error('There is no table.');
	await e2e.editor.request(place, 'DELETE');
	const dates = ['start', 'end', 'last_event_at'];
	const names =
		'uid all_uids status title start end time_zone event_type attendee_name attendee_email attendee_phone location reason last_event last_event_at';
	await e2e.editor.request(place.replace(/\/[^/]+$/, ''), 'POST', {
		name: TABLE,
		columns: names.split(' ').map((name) => ({ name, type: dates.includes(name) ? 'date' : 'string' })),
	});
	await deliverInTurn([
		told('BOOKING_CREATED', { uid }, '01'),
		told('BOOKING_RESCHEDULED', { uid: later, rescheduleUid: uid }, '02'),
	]);
	expect(await rows()).toEqual([
		expect.objectContaining({
			uid: later,
			all_uids: [uid, later].sort().join(' '),
			attendee_name: 'Ada Lovelace',
			attendee_email: 'ada@student.example',
			start: expect.stringContaining('2026-11-24T08:00'),
			last_event: 'BOOKING_RESCHEDULED',
		}),
	]);
});
