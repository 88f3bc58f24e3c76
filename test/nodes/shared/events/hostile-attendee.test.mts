// An attendee who types what no one should: the event is whole, storable, and says what was typed.
import { openJson } from '../../../../nodes/shared/values/openJson.ts';
import {
	HOSTILE_EMAILS,
	HOSTILE_LOCALES,
	HOSTILE_PHONES,
	HOSTILE_TEXTS,
	HOSTILE_ZONES,
	type HostileValue,
	storable,
} from '../../../support/hostile-values.mts';
import { FULL_EVENT, delivery, isFields, normalize } from './support.mts';

/** As the trigger reads it: from the bytes that Cal.com sent. */
const received = (body: unknown) => normalize(openJson(JSON.stringify(body)));

const named = (values: readonly HostileValue[]) => values.map(({ name, value }) => [name, value] as const);

const everywhere = (value: string) =>
	delivery('BOOKING_CREATED', {
		title: `Lesson between School and ${value}`,
		description: value,
		additionalNotes: value,
		location: value,
		cancellationReason: value,
		attendees: [
			{
				name: value,
				firstName: value,
				lastName: value,
				email: 'ada@student.example',
				timeZone: 'Europe/Amsterdam',
			},
		],
		responses: {
			name: { label: 'your_name', value },
			goals: { label: value, value },
			[value.slice(0, 60)]: { label: 'x', value },
			list: { label: 'list', value: [value, value] },
			location: { label: 'location', value: { value, optionValue: value } },
		},
		metadata: { [value.slice(0, 40)]: value.slice(0, 500) },
	});

describe.each(named(HOSTILE_TEXTS))('%s', (_, value) => {
	test('is kept as it was typed, in an event of the usual shape', () => {
		const event = received(everywhere(value));
		expect(Object.keys(event).sort()).toEqual(Object.keys(FULL_EVENT).sort());
		expect(Object.keys(event.booking).sort()).toEqual(Object.keys(FULL_EVENT.booking).sort());
		const typed = storable(value).trim();
		expect(event.attendee.name).toBe(typed === '' ? null : typed);
		expect(event.attendee.email).toBe('ada@student.example');
		expect(event.notes).toBe(typed === '' ? null : storable(value));
		expect(event.booking.title).toBe(`Lesson between School and ${storable(value)}`);
		expect(event.eventKey).toBe('BOOKING_CREATED:uid1');
	});

	test('can be stored, and changes nothing but the event', () => {
		const json = JSON.stringify(received(everywhere(value)));
		expect(json).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i);
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect(isFields(JSON.parse(json))).toBe(true);
	});

	test('as a uid of the booking it stays one part of an address and of a key', () => {
		const { booking, eventKey } = received(delivery('BOOKING_CREATED', { uid: value }));
		expect(eventKey.length).toBeLessThan(130);
		for (const url of [booking.bookingUrl, booking.rescheduleUrl, booking.cancelUrl]) {
			if (url === null) continue;
			const { origin, pathname, hash, searchParams } = new URL(url);
			expect([origin, hash, [...searchParams.keys()].filter((key) => key !== 'cancel')]).toEqual([
				'https://cal.example',
				'',
				[],
			]);
			expect(pathname).toMatch(/^\/(booking|reschedule)\/[^/]+$/);
		}
	});
});

test.each(named(HOSTILE_EMAILS))('an email: %s', (_, email) => {
	const payload = { attendees: [{ name: 'Ada', email, timeZone: 'Europe/Amsterdam' }] };
	const event = received(delivery('BOOKING_CANCELLED', { ...payload, seatsPerTimeSlot: 3 }));
	expect(event.attendees).toHaveLength(1);
	expect(event.attendee.name).toBe('Ada');
	// No index of a database takes 6,000 characters: the booking would be lost for them.
	expect((event.attendee.email ?? '').length).toBeLessThanOrEqual(320);
	expect(event.eventKey.length).toBeLessThan(130);
});

test.each(named(HOSTILE_PHONES))('a phone: %s', (_, phoneNumber) => {
	const { attendee } = received(
		delivery('BOOKING_CREATED', { attendees: [{ name: 'Ada', email: 'ada@student.example', phoneNumber }] }),
	);
	// A number or none: never a word, a sign, or two of them.
	expect(attendee.phone ?? '+31612345678').toMatch(/^\+[1-9]\d{7,14}$/);
});

test.each(named(HOSTILE_ZONES))('a time zone: %s', (_, timeZone) => {
	const organizer = { name: 'School', email: 'owner@school.example', timeZone };
	const { attendee, booking } = received(
		delivery('BOOKING_CREATED', { organizer, attendees: [{ name: 'Ada', email: 'a@student.example', timeZone }] }),
	);
	expect([attendee.timeZone, booking.timeZone, booking.startLocal]).toEqual([null, null, null]);
});

test.each(named(HOSTILE_LOCALES))('a language: %s', (_, locale) => {
	const { attendee } = received(
		delivery('BOOKING_CREATED', { attendees: [{ name: 'Ada', email: 'a@student.example', language: { locale } }] }),
	);
	expect(attendee.name).toBe('Ada');
});
