import { eventTypeToEvent } from '../../../nodes/CalComPollTrigger/eventTypeChange.ts';
import { bookingToEvent } from '../../../nodes/shared/events/fromApi.ts';
import { exchange } from '../shared/api/recorded-exchanges.mts';
import { CONTEXT, isFields, normalize } from '../shared/events/support.mts';
import type { Fields } from '../shared/events/support.mts';

const context = { ...CONTEXT, receivedAt: '2026-11-20T09:00:30.000Z' };
const listed = (start: string): Fields[] => {
	const { body } = exchange(start);
	const data = isFields(body) ? body.data : undefined;
	return (Array.isArray(data) ? data : [data]).filter(isFields);
};
const [lesson = {}] = listed('043');
const updated = (changes: Record<string, { old: string; new: string }>, receivedAt = context.receivedAt) =>
	eventTypeToEvent({ event: 'EVENT_TYPE_UPDATED', eventType: lesson, changes }, { ...context, receivedAt });

describe('an event type that changed', () => {
	test('has every key of an event, the event type and the changes', () => {
		const event = updated({ title: { old: 'a', new: 'b' } });
		expect(Object.keys(event).sort()).toEqual(Object.keys(normalize({})).sort());
		expect(event).toMatchObject({
			category: 'eventType',
			source: 'poll',
			verified: true,
			occurredAt: context.receivedAt,
			bookingType: null,
			eventType: { id: 3, slug: 'trial-lesson', title: 'Trial lesson', lengthMinutes: 30 },
			organizer: { id: 1, username: 'yourschool' },
			changes: { title: { old: 'a', new: 'b' } },
		});
	});

	test.each<[string, string, boolean]>([
		['in the same minute', '2026-11-20T09:00:59.000Z', true],
		['a minute later', '2026-11-20T09:01:00.000Z', false],
	])('found again %s', (_name, receivedAt, same) => {
		const changes = { title: { old: 'a', new: 'b' } };
		expect(updated(changes, receivedAt).eventKey === updated(changes).eventKey).toBe(same);
		expect(updated({ title: { old: 'b', new: 'a' } }).eventKey).not.toBe(updated(changes).eventKey);
	});

	test.each(['EVENT_TYPE_CREATED', 'EVENT_TYPE_DELETED'] as const)(
		'%s: its id is the key, without changes',
		(event) => {
			const made = eventTypeToEvent({ event, eventType: lesson, changes: null }, context);
			expect(made).toMatchObject({ eventKey: `${event}:3`, changes: null, raw: null });
		},
	);

	test('raw is the event type itself, when asked for', () => {
		const made = eventTypeToEvent(
			{ event: 'EVENT_TYPE_CREATED', eventType: lesson, changes: null },
			{ ...context, includeRaw: true },
		);
		expect(made.raw).toEqual(lesson);
	});
});

describe('a booking that starts soon', () => {
	const [booking] = listed('098');
	const reminder = (minutesBefore: number, changes: Fields = {}) =>
		bookingToEvent({ ...booking, ...changes }, { ...context, event: 'BOOKING_UPCOMING', minutesBefore });

	test('is told for each start and lead time, when it is due', () => {
		const { eventKey, occurredAt, changes, booking: told } = reminder(60);
		expect(eventKey).toBe(`BOOKING_UPCOMING:${told.uid}:${told.start}:60`);
		expect(Date.parse(told.start ?? '') - Date.parse(occurredAt ?? '')).toBe(3_600_000);
		expect(changes).toEqual({ minutesBefore: 60 });
		expect(told.lifecycle).toBe('scheduled');
		expect(reminder(15).eventKey).not.toBe(eventKey);
		expect(reminder(60, { start: '2027-01-01T00:00:00Z' }).eventKey).not.toBe(eventKey);
	});

	test('and still waits for its confirmation, where it does', () => {
		expect(reminder(60, { status: 'pending' }).booking).toMatchObject({
			status: 'pending',
			lifecycle: 'requested',
		});
	});
});
