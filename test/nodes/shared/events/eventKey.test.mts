import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { delivery, isFields, normalize, recorded } from './support.mts';

const key = (body: unknown) => normalize(body).eventKey;

describe('the event key', () => {
	test.each<[string, unknown, string]>([
		['of a booking', delivery('BOOKING_CREATED'), 'BOOKING_CREATED:uid1'],
		['of a booking without uid', delivery('BOOKING_CREATED', { uid: null }), 'BOOKING_CREATED:id-26'],
		[
			'of a seat',
			delivery('BOOKING_CREATED', { seatsPerTimeSlot: 3, attendeeSeatId: 'seat1' }),
			'BOOKING_CREATED:uid1:seat1',
		],
		[
			'of a removed seat',
			delivery('BOOKING_CANCELLED', { seatsPerTimeSlot: 3, attendees: [{ id: 1, email: 'Cem@x.example' }] }),
			'BOOKING_CANCELLED:uid1:cem@x.example:1',
		],
		['of a reschedule', delivery('BOOKING_RESCHEDULED', { rescheduleUid: 'uid0' }), 'BOOKING_RESCHEDULED:uid1'],
		[
			'of a reschedule that keeps the uid',
			delivery('BOOKING_RESCHEDULED', { rescheduleUid: 'uid1' }),
			'BOOKING_RESCHEDULED:uid1:2026-11-24T08:00:00.000Z',
		],
		['of a payment', delivery('BOOKING_PAID', { paymentId: 7 }), 'BOOKING_PAID:uid1:7'],
		[
			'of a new place',
			delivery('BOOKING_LOCATION_UPDATED', { location: 'Dam 1' }),
			'BOOKING_LOCATION_UPDATED:uid1:Dam 1:2026-11-20T09:01Z',
		],
		['of a meeting', delivery('MEETING_STARTED'), 'MEETING_STARTED:uid1:2026-11-24T08:00:00.000Z'],
		[
			'of no-shows',
			delivery('BOOKING_NO_SHOW_UPDATED', {
				attendees: [
					{ email: 'b@x.example', noShow: false },
					{ email: 'A@x.example', noShow: true },
				],
			}),
			'BOOKING_NO_SHOW_UPDATED:uid1:a@x.example=1,b@x.example=0:2026-11-20T09:01Z',
		],
		[
			"of a host's no-show",
			delivery('AFTER_HOSTS_CAL_VIDEO_NO_SHOW', { hostEmail: 'Owner@x.example' }),
			'AFTER_HOSTS_CAL_VIDEO_NO_SHOW:uid1:2026-11-24T08:00:00.000Z:owner@x.example',
		],
		[
			'of a recording',
			delivery('RECORDING_READY', { downloadLink: 'https://r.example/1?token=t' }),
			'RECORDING_READY:uid1:https://r.example/1',
		],
		['of an instant meeting', delivery('INSTANT_MEETING'), 'INSTANT_MEETING:uid1'],
		['of a ping', recorded('098-PING-ping-test-via-ping'), 'PING:2026-11-20T09:06:04.707Z'],
		['of an event to come', delivery('SOMETHING_NEW'), 'SOMETHING_NEW:uid1:2026-11-20T09:01Z'],
	])('%s', (_name, body, expected) => {
		expect(key(body)).toBe(expected);
	});

	test('keeps long parts short', () => {
		const long = delivery('BOOKING_LOCATION_UPDATED', { location: 'x'.repeat(5000) });
		expect(key(long)).toMatch(/^BOOKING_LOCATION_UPDATED:uid1:[0-9a-f]{32}:2026-11-20T09:01Z$/);
		expect(key({ triggerEvent: 'E'.repeat(500) }).length).toBeLessThan(120);
	});

	test('has no secret in it', () => {
		expect(key(recorded('121-RECORDING_READY-recording-and-transcript'))).not.toContain('abc');
	});
});

describe('one fact, several webhooks', () => {
	const stems = readdirSync(new URL('../../../fixtures/recorded/deliveries', import.meta.url))
		.filter((file) => file.endsWith('.body.json') && !file.includes('TEMPLATE') && !file.includes('PING'))
		.map((file) => file.replace('.body.json', ''));

	test('gives one key, whenever in the minute and with whatever order of fields it is sent', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...stems),
				fc.integer({ min: 0, max: 59_999 }),
				fc.infiniteStream(fc.nat()),
				(stem, shift, random) => {
					const body = recorded(stem);
					const sent = Date.parse(String(body.createdAt));
					const again = new Date(Math.floor(sent / 60_000) * 60_000 + shift).toISOString();
					const shuffled = shuffle({ ...body, createdAt: again }, () => random.next().value);
					expect(key(shuffled)).toBe(key(body));
				},
			),
		);
	});

	test('also where nothing but the data tell what the fact is', () => {
		const body = { triggerEvent: 'SOMETHING_NEW', createdAt: '2026-11-20T09:01:00.000Z', a: { x: 1, y: [2] } };
		const again = { a: { y: [2], x: 1 }, createdAt: '2026-11-20T09:01:59.000Z', triggerEvent: 'SOMETHING_NEW' };
		expect(key(again)).toBe(key(body));
		expect(key({ ...body, a: { x: 2, y: [2] } })).not.toBe(key(body));
	});

	function shuffle(value: unknown, random: () => number): unknown {
		if (Array.isArray(value)) return value.map((item) => shuffle(item, random));
		if (!isFields(value)) return value;
		const entries = Object.entries(value).map(([name, member]) => ({ name, member, rank: random() }));
		entries.sort((a, b) => a.rank - b.rank);
		return Object.fromEntries(entries.map(({ name, member }) => [name, shuffle(member, random)]));
	}
});

describe('different facts about one booking', () => {
	const seat = { seatsPerTimeSlot: 3, uid: 'uid1' };
	const removed = (email: string) => ({ ...seat, attendees: [{ id: 1, bookingId: 2, email }] });
	const flag = (email: string, noShow: boolean) => ({ attendees: [{ email, noShow }] });
	const later = '2026-11-20T09:02:51.472Z';

	test('give different keys', () => {
		const facts = [
			delivery('BOOKING_CREATED'),
			delivery('BOOKING_REQUESTED'),
			delivery('BOOKING_CANCELLED'),
			delivery('BOOKING_REJECTED'),
			delivery('BOOKING_CREATED', { uid: 'uid2' }),
			delivery('BOOKING_CREATED', { ...seat, attendeeSeatId: 'a' }),
			delivery('BOOKING_CREATED', { ...seat, attendeeSeatId: 'b' }),
			delivery('BOOKING_CANCELLED', removed('a@x.example')),
			delivery('BOOKING_CANCELLED', removed('b@x.example')),
			delivery('BOOKING_RESCHEDULED', { rescheduleUid: 'uid1' }),
			delivery('BOOKING_RESCHEDULED', { rescheduleUid: 'uid1', startTime: '2026-11-25T08:00:00Z' }),
			delivery('BOOKING_RESCHEDULED', { ...seat, rescheduleUid: 'uid0', startTime: '2026-11-26T08:00:00Z' }),
			delivery('MEETING_STARTED'),
			delivery('MEETING_STARTED', { startTime: '2026-11-25T08:00:00Z' }),
			delivery('MEETING_ENDED'),
			delivery('BOOKING_NO_SHOW_UPDATED', flag('a@x.example', true)),
			delivery('BOOKING_NO_SHOW_UPDATED', flag('a@x.example', false)),
			delivery('BOOKING_NO_SHOW_UPDATED', flag('b@x.example', true)),
			delivery('BOOKING_NO_SHOW_UPDATED', flag('a@x.example', true), later),
			delivery('AFTER_HOSTS_CAL_VIDEO_NO_SHOW', { hostEmail: 'a@x.example' }),
			delivery('AFTER_HOSTS_CAL_VIDEO_NO_SHOW', { hostEmail: 'b@x.example' }),
			delivery('AFTER_GUESTS_CAL_VIDEO_NO_SHOW'),
			delivery('BOOKING_PAYMENT_INITIATED', { paymentId: 1 }),
			delivery('BOOKING_PAID', { paymentId: 1 }),
			delivery('BOOKING_PAID', { paymentId: 2 }),
			delivery('BOOKING_LOCATION_UPDATED', { location: 'Dam 1' }),
			delivery('BOOKING_LOCATION_UPDATED', { location: 'Dam 2' }),
			delivery('BOOKING_LOCATION_UPDATED', { location: 'Dam 1' }, later),
			delivery('BOOKING_REASSIGNED', { addedHostUserIds: [1], removedHostUserIds: [2] }),
			delivery('BOOKING_REASSIGNED', { addedHostUserIds: [2], removedHostUserIds: [1] }),
			delivery('WRONG_ASSIGNMENT_REPORT', { report: { id: 1 } }),
			delivery('WRONG_ASSIGNMENT_REPORT', { report: { id: 2 } }),
			delivery('RECORDING_READY', { downloadLink: 'https://r.example/1' }),
			delivery('RECORDING_READY', { downloadLink: 'https://r.example/2' }),
			delivery('OOO_CREATED', { oooEntry: { uuid: 'o', updatedAt: '2026-11-20T09:00:00Z' } }),
			delivery('OOO_CREATED', { oooEntry: { uuid: 'o', updatedAt: '2026-11-20T09:00:01Z' } }),
			delivery('OOO_CREATED', { oooEntry: { id: 4, updatedAt: '2026-11-20T09:00:01Z' } }),
			delivery('FORM_SUBMITTED', { formId: 'f', responseId: 1 }),
			delivery('FORM_SUBMITTED', { formId: 'f', responseId: 2 }),
			delivery('FORM_SUBMITTED', { formId: 'f', responses: { a: 1 } }),
			delivery('FORM_SUBMITTED', { formId: 'f', responses: { a: 2 } }),
			delivery('SOMETHING_NEW'),
			delivery('SOMETHING_NEW', {}, later),
		];
		const keys = facts.map(key);
		expect(new Set(keys).size).toBe(facts.length);
	});
});
