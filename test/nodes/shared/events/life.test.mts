// What a booking's webhooks would have told, made of the booking as the API gives it: held against the webhooks that the
// stand-in sent of the same bookings.
import { ADA, inSession, LATER, SLOT, uidOf } from 'stand-ins/calcom/session';
import type { Session } from 'stand-ins/calcom/session';
import type { CalComEvent } from '../../../../nodes/shared/events/event.ts';
import type { JsonObject } from '../../../../nodes/shared/values/json.ts';
import { eventsOfBooking, type LifeContext } from '../../../../nodes/shared/events/life.ts';
import { followedBy } from '../../../../nodes/shared/events/parts.ts';
import { STORIES, type Steps } from './stories.mts';
import { CONTEXT, isFields, normalize } from './support.mts';

const NOW = '2026-12-01T00:00:00.000Z';
const context = (more: Partial<LifeContext> = {}): LifeContext => ({
	...CONTEXT,
	now: NOW,
	asksFirst: false,
	followed: new Set(),
	...more,
});
const ASKS_FIRST = new Set([12]);
const SEATED = new Map([[14, 3]]);

const listOf = (data: unknown): JsonObject[] => (Array.isArray(data) ? data : []).filter(isFields) as JsonObject[];

async function lives(session: Session, now = NOW): Promise<CalComEvent[]> {
	const bookings = listOf(await session.data('GET', '/bookings?take=100', { version: '2024-08-13' }));
	const followed = followedBy(bookings);
	return bookings.flatMap((booking) => {
		const type = Number(booking['eventTypeId']);
		return eventsOfBooking(
			booking,
			context({ now, asksFirst: ASKS_FIRST.has(type), seats: SEATED.get(type) ?? null, followed }),
		);
	});
}

const sentBy = ({ received }: Session): CalComEvent[] => received.map(({ text }) => normalize(JSON.parse(text)));
const keys = (events: readonly CalComEvent[]): string[] => [...new Set(events.map(({ eventKey }) => eventKey))].sort();

/** What no reading tells any more: a request that was confirmed since, a seat's own move among the others'. */
const GONE_SINCE: ReadonlySet<string> = new Set(['BOOKING_REQUESTED', 'BOOKING_CREATED', 'BOOKING_RESCHEDULED']);

describe('the life of a booking', () => {
	test.each(STORIES)(
		'%s: no key that no webhook has, and the last word of each booking',
		async (name, steps: Steps) => {
			await inSession(async (session) => {
				await session.subscribe();
				await steps(session, async () => await session.cal.advance(90_000));
				const [told, sent] = [await lives(session), sentBy(session)];
				expect(told.length).toBeGreaterThan(0);
				const known = keys(sent);
				// A seat that moved by itself reads like one that was booked.
				const made = keys(told).filter((key) => !known.includes(key));
				expect(
					made.filter((key) => !(name === 'one of two seats moves' && key.startsWith('BOOKING_CREATED:'))),
				).toEqual([]);
				const missing = sent.filter(({ eventKey }) => !keys(told).includes(eventKey));
				expect(missing.filter(({ event }) => !GONE_SINCE.has(event))).toEqual([]);
			});
		},
	);

	test('plain bookings, moved and cancelled, are told whole', async () => {
		await inSession(async (session) => {
			await session.subscribe();
			const first = await session.book(4, SLOT);
			const moved = await session.data('POST', `/bookings/${uidOf(first)}/reschedule`, {
				body: { start: LATER },
			});
			const uid = String(isFields(moved) ? moved['uid'] : '');
			await session.data('POST', `/bookings/${uid}/cancel`, { body: { cancellationReason: 'ill' } });
			await session.book(3, SLOT, { attendee: ADA });
			expect(keys(await lives(session))).toEqual(keys(sentBy(session)));
		});
	});

	const BOOKING: JsonObject = {
		uid: 'U',
		id: 7,
		status: 'accepted',
		start: '2026-11-24T09:00:00.000Z',
		end: '2026-11-24T09:30:00.000Z',
		createdAt: '2026-11-20T09:00:00.000Z',
		updatedAt: '2026-11-21T09:00:00.000Z',
		eventTypeId: 3,
		hosts: [{ id: 1, name: 'School', email: 'owner@school.example', timeZone: 'Europe/Amsterdam' }],
		attendees: [
			{ name: 'Ada Lovelace', email: 'ada@student.example', timeZone: 'Europe/Amsterdam', absent: false },
		],
		bookingFieldsResponses: { email: 'ada@student.example' },
	};
	const namesOf = (more: JsonObject, how: Partial<LifeContext> = {}) =>
		eventsOfBooking({ ...BOOKING, ...more }, context(how)).map(({ event }) => event);

	test.each<[string, JsonObject, Partial<LifeContext>, string[]]>([
		['over', {}, {}, ['BOOKING_CREATED', 'MEETING_ENDED']],
		['to come', {}, { now: '2026-11-23T00:00:00.000Z' }, ['BOOKING_CREATED']],
		['ending this moment', {}, { now: '2026-11-24T09:30:00.000Z' }, ['BOOKING_CREATED', 'MEETING_ENDED']],
		['waiting', { status: 'pending' }, {}, ['BOOKING_REQUESTED']],
		['declined', { status: 'rejected' }, {}, ['BOOKING_REQUESTED', 'BOOKING_REJECTED']],
		['cancelled', { status: 'cancelled' }, {}, ['BOOKING_CREATED', 'BOOKING_CANCELLED']],
		[
			'cancelled, where it is asked first',
			{ status: 'cancelled' },
			{ asksFirst: true },
			['BOOKING_REQUESTED', 'BOOKING_CANCELLED'],
		],
		['moved here', { rescheduledFromUid: 'T' }, { now: '2026-11-23T00:00:00.000Z' }, ['BOOKING_RESCHEDULED']],
		['moved on', { status: 'cancelled', rescheduledToUid: 'V' }, {}, ['BOOKING_CREATED']],
		[
			'missed',
			{ attendees: [{ name: 'Ada', email: 'ada@student.example', absent: true }] },
			{},
			['BOOKING_CREATED', 'MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'],
		],
		[
			'missed by the host',
			{ absentHost: true },
			{},
			['BOOKING_CREATED', 'MEETING_ENDED', 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW'],
		],
		['without a uid', { uid: null }, {}, []],
	])('%s', (_, more, how, expected) => {
		expect(namesOf(more, how)).toEqual(expected);
	});

	test('an earlier event does not know yet how it ended, and the last one is as it is', () => {
		const cancelled = { status: 'cancelled', cancellationReason: 'ill', cancelledByEmail: 'ada@student.example' };
		const [booked, over] = eventsOfBooking({ ...BOOKING, ...cancelled }, context());
		expect(booked).toMatchObject({
			occurredAt: '2026-11-20T09:00:00.000Z',
			booking: { status: 'accepted', lifecycle: 'scheduled', cancellationReason: null, cancelledBy: null },
		});
		expect(over).toMatchObject({
			occurredAt: '2026-11-21T09:00:00.000Z',
			booking: {
				status: 'cancelled',
				lifecycle: 'cancelled',
				cancellationReason: 'ill',
				cancelledBy: 'ada@student.example',
			},
		});
	});

	test('says who was absent, with the keys of the webhooks', () => {
		const absent = { attendees: [{ name: 'Ada', email: 'ada@student.example', absent: true }], absentHost: true };
		const events = eventsOfBooking({ ...BOOKING, ...absent }, context());
		expect(events.map(({ event, noShow }) => [event, noShow?.who ?? null, noShow?.absent ?? []])).toEqual([
			['BOOKING_CREATED', null, []],
			['MEETING_ENDED', null, []],
			['BOOKING_NO_SHOW_UPDATED', 'attendee', ['ada@student.example']],
			['AFTER_HOSTS_CAL_VIDEO_NO_SHOW', 'host', ['owner@school.example']],
		]);
		expect(events[1]?.eventKey).toBe('MEETING_ENDED:U:2026-11-24T09:00:00.000Z');
		expect(events[3]?.eventKey).toBe(
			'AFTER_HOSTS_CAL_VIDEO_NO_SHOW:U:2026-11-24T09:00:00.000Z:owner@school.example',
		);
	});
});
