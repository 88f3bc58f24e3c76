// Deliveries that somebody stored, in whatever form: the same events as by the trigger.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { CalComEvent } from '../../../../nodes/shared/events/event.ts';
import { storedEvents } from '../../../../nodes/shared/events/stored.ts';
import { depth } from '../../../support/depth.mts';
import { readRecordings } from './recordings.mts';
import { CONTEXT, type Fields, delivery, isFields, normalize } from './support.mts';

/** What a column does not say: whose delivery it was, and when it came. */
const { tag, instance, includeSecrets, includeRaw, defaultCountry, bookingTypeRules, defaultBookingType } = CONTEXT;
const context = { tag, instance, includeSecrets, includeRaw, defaultCountry, bookingTypeRules, defaultBookingType };
const read = (value: unknown) => storedEvents(value, context);
const eventsIn = (value: unknown): CalComEvent[] => read(value).flatMap((one) => ('event' in one ? [one.event] : []));
const reasons = (value: unknown): string[] => read(value).flatMap((one) => ('reason' in one ? [one.reason] : []));
const byTrigger = (body: unknown): CalComEvent => normalize(body, { verified: false, receivedAt: '' });

const reported = (name: string): Fields =>
	JSON.parse(readFileSync(new URL(`../../../fixtures/cases/${name}.json`, import.meta.url), 'utf8')) as Fields;

/** The forms in which a delivery is found in columns. */
const FORMS: Readonly<Record<string, (body: unknown) => unknown>> = {
	'as an object': (body) => body,
	'as text': (body) => JSON.stringify(body),
	'as text, encoded twice': (body) => JSON.stringify(JSON.stringify(body)),
	'as text, encoded four times': (body) => JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify(body)))),
	'as the item of an n8n webhook': (body) => ({ headers: { host: 'n8n.example' }, params: {}, query: {}, body }),
	'as an n8n item': (body) => [{ json: { body } }],
	'in a list': (body) => [body],
	'as text in the item of a webhook': (body) => JSON.stringify({ body: JSON.stringify(body) }),
	'with spaces around': (body) => `  ${JSON.stringify(body)}\n`,
};

const recorded = readRecordings().flatMap(({ stem, bytes }) => {
	try {
		const body: unknown = JSON.parse(bytes.toString('utf8'));
		return isFields(body) && typeof body['triggerEvent'] === 'string' ? [{ stem, body }] : [];
	} catch {
		return [];
	}
});

describe.each(Object.entries(FORMS))('a stored delivery %s', (_, form) => {
	test('is the event that the trigger makes of it, for every recording', () => {
		expect(recorded.length).toBeGreaterThan(50);
		for (const { stem, body } of recorded) expect([stem, eventsIn(form(body))]).toEqual([stem, [byTrigger(body)]]);
	});
});

describe('the payload alone', () => {
	test.each<[string, Fields, string]>([
		['made', {}, 'BOOKING_CREATED'],
		['asked for', { status: 'PENDING' }, 'BOOKING_REQUESTED'],
		['moved', { rescheduleUid: 'old' }, 'BOOKING_RESCHEDULED'],
		['cancelled', { status: 'CANCELLED' }, 'BOOKING_CANCELLED'],
		['declined', { status: 'REJECTED' }, 'BOOKING_REJECTED'],
	])('of a booking that was %s', (_, more, event) => {
		const { payload } = delivery('X', more) as { payload: Fields };
		for (const stored of [payload, JSON.stringify(payload), { payload }, { payload: JSON.stringify(payload) }])
			expect(eventsIn(stored)).toMatchObject([
				{
					event,
					eventKey: `${event}:uid1`,
					booking: { uid: 'uid1' },
					attendee: { email: 'ada@student.example' },
				},
			]);
	});
});

describe('as reported', () => {
	test('names are those of the trigger', () => {
		expect(eventsIn(reported('07-old-payload-names-lost')['delivery'])).toMatchObject([
			{ attendee: { firstName: 'Ada', lastName: 'Lovelace' } },
		]);
	});
	test('a meeting in its flat shape names its booking', () => {
		expect(eventsIn(JSON.stringify(reported('08-old-payload-flat-meeting')['delivery']))).toMatchObject([
			{ event: 'MEETING_ENDED', booking: { uid: 'uidB2', lifecycle: 'completed' } },
		]);
	});
	test('seats have keys of their own, and one that is given up cancels nobody else', () => {
		const events = eventsIn(reported('09-old-payload-seats')['deliveries']);
		expect(new Set(events.map(({ eventKey }) => eventKey)).size).toBe(3);
		expect(events.map(({ booking }) => [booking.status, booking.seatRemoved])).toEqual([
			['accepted', false],
			['accepted', false],
			['accepted', true],
		]);
	});
	test('a number in the answers is the attendee’s', () => {
		expect(eventsIn(reported('10-old-payload-phone')['delivery'])).toMatchObject([
			{ attendee: { phone: '+31612345678' } },
		]);
	});
	test('questions left open are null', () => {
		const [event] = eventsIn(reported('11-old-payload-unanswered')['delivery']);
		expect(Object.values(event?.responses ?? { none: 1 })).toEqual(
			Object.values(event?.responses ?? {}).map(() => null),
		);
	});
});

describe('a booking of the API', () => {
	test('is the event of its state', () => {
		const booking = {
			uid: 'U',
			status: 'cancelled',
			start: '2026-12-10T09:00:00.000Z',
			hosts: [],
			attendees: [{ name: 'Ada', email: 'ada@student.example' }],
		};
		expect(eventsIn(JSON.stringify(booking))).toMatchObject([
			{ eventKey: 'BOOKING_CANCELLED:U', attendee: { name: 'Ada' } },
		]);
	});
});

describe('what is no delivery', () => {
	test.each<[unknown, string]>([
		['', 'It is no object, and no text that holds one'],
		['hello', 'It is no object, and no text that holds one'],
		['{"a":', 'It is no object, and no text that holds one'],
		[null, 'It is no object, and no text that holds one'],
		[undefined, 'It is no object, and no text that holds one'],
		[7, 'It is no object, and no text that holds one'],
		[[], 'It is no object, and no text that holds one'],
		[{}, 'No event and no booking of Cal.com is named in it'],
		[{ name: 'Ada' }, 'No event and no booking of Cal.com is named in it'],
		[{ body: { name: 'Ada' } }, 'No event and no booking of Cal.com is named in it'],
	])('%j says so', (value, reason) => {
		expect(reasons(value)).toEqual([reason]);
	});

	test('an event is one already', () => {
		expect(reasons(normalize(delivery('BOOKING_CREATED')))).toEqual(['It is a normalized event already']);
	});

	test('among others takes none of them down', () => {
		expect(
			read([delivery('BOOKING_CREATED'), 'x', delivery('BOOKING_CANCELLED', { status: 'CANCELLED' })]).map(
				(one) => ('event' in one ? one.event.event : one.reason),
			),
		).toEqual(['BOOKING_CREATED', 'It is no object, and no text that holds one', 'BOOKING_CANCELLED']);
	});

	test('never throws, whatever it is', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				for (const one of read(value)) expect('event' in one || typeof one.reason === 'string').toBe(true);
			}),
			{ numRuns: depth(200, 2000) },
		);
	});
});
