import { flatEvent } from '../../../../nodes/shared/events/flat.ts';
import { delivery, normalize } from './support.mts';

const flat = (event: string, payload: Record<string, unknown> = {}) => flatEvent(normalize(delivery(event, payload)));
const answers = (given: Record<string, unknown>) => ({
	responses: Object.fromEntries(
		Object.entries(given).map(([slug, value]) => [slug, { label: slug, value, isHidden: false }]),
	),
});

test('what people want stands first, keys last', () => {
	expect(Object.keys(flat('BOOKING_CREATED', answers({ goals: 'Play Bach' })))).toEqual([
		'event',
		'start',
		'end',
		'name',
		'email',
		'phone',
		'title',
		'status',
		'lifecycle',
		'link',
		'place',
		'bookingType',
		'service',
		'host',
		'hostEmail',
		'guests',
		'attendeeCount',
		'notes',
		'reason',
		'price',
		'currency',
		'timeZone',
		'rescheduleUrl',
		'cancelUrl',
		'uid',
		'previousUid',
		'seatUid',
		'startUtc',
		'endUtc',
		'occurredAt',
		'tag',
		'instance',
		'goals',
		'eventKey',
	]);
});

test('times are the organizer’s, as spreadsheets read them', () => {
	expect(flat('BOOKING_CREATED')).toMatchObject({
		start: '2026-11-24 09:00',
		end: '2026-11-24 09:30',
		timeZone: 'Europe/Amsterdam',
		startUtc: '2026-11-24T08:00:00.000Z',
		name: 'Ada Lovelace',
		email: 'ada@student.example',
		title: 'Lesson between School and Ada',
		uid: 'uid1',
		eventKey: 'BOOKING_CREATED:uid1',
	});
});

test.each([
	['both before the clocks change in the night', '2026-10-25T00:30:00Z', '2026-10-25 02:30'],
	['and after it', '2026-10-25T01:30:00Z', '2026-10-25 02:30'],
	['in the hour that is left out in spring', '2026-03-29T01:00:00Z', '2026-03-29 03:00'],
])('%s', (_, startTime, start) => {
	const { startUtc, ...row } = flat('BOOKING_CREATED', { startTime });
	expect([row['start'], startUtc]).toEqual([start, startTime.replace('Z', '.000Z')]);
});

test('each value is one cell, whatever was answered', () => {
	const row = flat(
		'BOOKING_CREATED',
		answers({ days: ['Mon', 'Tue'], agreed: true, age: 12, open: null, odd: { a: 1 }, email2: '' }),
	);
	expect(row).toMatchObject({ days: 'Mon, Tue', agreed: true, age: 12, open: null, odd: '{"a":1}', email2: null });
	for (const value of Object.values(row))
		expect(['string', 'number', 'boolean']).toContain(value === null ? 'string' : typeof value);
});

test('an answer with the name of a column does not take its place', () => {
	const row = flat('BOOKING_CREATED', answers({ status: 'student', uid: 'x', eventKey: 'y', phone: 'none' }));
	expect(row).toMatchObject({
		status: 'accepted',
		answer_status: 'student',
		uid: 'uid1',
		answer_uid: 'x',
		answer_eventKey: 'y',
		eventKey: 'BOOKING_CREATED:uid1',
	});
});

test('the reason is that of what happened', () => {
	expect(flat('BOOKING_CANCELLED', { status: 'CANCELLED', cancellationReason: 'ill' })['reason']).toBe('ill');
	expect(flat('BOOKING_REJECTED', { status: 'REJECTED', rejectionReason: 'full' })['reason']).toBe('full');
	expect(flat('BOOKING_RESCHEDULED', { reschedulingReason: 'exam' })['reason']).toBe('exam');
});

test('an event without a booking has the same columns', () => {
	expect(
		Object.keys(
			flatEvent(
				normalize({
					triggerEvent: 'OOO_CREATED',
					createdAt: '2026-11-20T09:00:00Z',
					payload: { oooEntry: { uuid: 'x' } },
				}),
			),
		),
	).toEqual(Object.keys(flat('BOOKING_CREATED')));
});
