import { bookings } from '../../../../../nodes/CalComSync/sides/booking/index.ts';
import { bookingToEvent } from '../../../../../nodes/shared/events/fromApi.ts';
import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import { booking, recorded, recordedList, seen } from './support.mts';

const { fields, identity, valueOf } = bookings;

const CONTEXT = {
	tag: null,
	instance: null,
	receivedAt: '',
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [],
	defaultBookingType: null,
};

function values(object: Fields): Record<string, unknown> {
	return Object.fromEntries(fields.map(({ name }) => [name, valueOf(object, name)]));
}

describe('what a field of a booking is', () => {
	test('of a booking with guests, whoever Cal.com lists first', () => {
		const moved = recordedList('239').find(({ uid }) => uid === 'uNPtqVKFzosPaX1um1iQvC') ?? {};
		const [ada, guest] = moved.attendees as unknown[];
		expect(values(seen({ ...moved, attendees: [guest, ada] }))).toEqual({
			uid: 'uNPtqVKFzosPaX1um1iQvC',
			start: '2026-11-30T13:00:00.000Z',
			end: '2026-11-30T13:30:00.000Z',
			durationMinutes: 30,
			title: 'Trial lesson between Your School and Ada Lovelace',
			description: null,
			status: 'accepted',
			appointmentStatus: 'scheduled',
			cancelled: false,
			location: 'http://localhost:3000/video/uNPtqVKFzosPaX1um1iQvC',
			locationType: 'video',
			locationLabel: 'Cal Video',
			meetingUrl: 'http://localhost:3000/video/uNPtqVKFzosPaX1um1iQvC',
			guests: ['guest1@student.example'],
			attendeeName: 'Ada Lovelace',
			attendeeEmail: 'ada@student.example',
			attendeePhone: null,
			attendeeTimeZone: 'Europe/Amsterdam',
			attendeeCount: 2,
			hostName: 'Your School',
			hostEmail: 'owner@school.example',
			hostTimeZone: 'Europe/Amsterdam',
			eventTypeId: 3,
			eventTypeSlug: 'trial-lesson',
			cancellationReason: null,
			rescheduledFromUid: '1kX3Ag346PdugoJxzqiKeC',
			isRecurring: false,
			recurringBookingUid: undefined,
			hostAbsent: false,
			absentAttendees: [],
			metadata: {},
			responses: expect.objectContaining({ email: 'ada@student.example' }),
			createdAt: '2026-11-20T09:03:02.673Z',
			updatedAt: '2026-11-20T09:03:02.782Z',
		});
	});

	test('of an occurrence of a series', () => {
		expect(values(recorded('203'))).toMatchObject({
			isRecurring: true,
			recurringBookingUid: 'e39b9c12-0ee7-4aac-8506-6390b83fa415',
		});
	});

	test('of a booking with seats: everyone in it, and nobody the guest of another', () => {
		expect(values(recorded('217'))).toMatchObject({
			attendeeCount: 3,
			attendeeEmail: 'ada@student.example',
			guests: [],
			appointmentStatus: 'scheduled',
		});
	});

	test('of every recorded booking, without failing', () => {
		for (const object of recordedList('239')) expect(valueOf(object, 'start')).toMatch(/Z$/);
		expect(values({})).toMatchObject({ start: null, appointmentStatus: 'scheduled', guests: [], metadata: {} });
	});

	test('of every recorded booking, the same as the triggers tell', () => {
		for (const object of recordedList('239')) {
			const event = bookingToEvent(object, CONTEXT);
			expect(values(object)).toMatchObject({
				locationType: event.booking.location?.type ?? null,
				locationLabel: event.booking.location?.label ?? null,
				meetingUrl: event.booking.location?.url ?? null,
				attendeeName: event.attendee.name,
				attendeeEmail: event.attendee.email,
				attendeePhone: event.attendee.phone,
				attendeeTimeZone: event.attendee.timeZone,
				attendeeCount: event.attendeeCount,
				guests: event.guests,
				hostEmail: event.organizer.email,
				hostTimeZone: event.organizer.timeZone,
				eventTypeSlug: event.eventType.slug,
			});
		}
	});

	test('at a path', () => {
		const object = booking('u', { metadata: { level: 'B1' }, bookingFieldsResponses: { goals: ['Bach'] } });
		expect(valueOf(object, 'metadata.level')).toBe('B1');
		expect(valueOf(object, 'bookingFieldsResponses.goals')).toEqual(['Bach']);
		expect(valueOf(object, 'metadata.constructor.name')).toBeUndefined();
	});
});

describe('the state of an appointment', () => {
	const attendees = (...absent: boolean[]) =>
		absent.map((is, index) => ({ email: `${index}@x.example`, absent: is }));

	test.each<[string, Fields, string, boolean]>([
		['accepted', { status: 'accepted' }, 'scheduled', false],
		['waiting for its confirmation', { status: 'pending' }, 'scheduled', false],
		['cancelled', { status: 'cancelled' }, 'cancelled', true],
		['declined', { status: 'rejected' }, 'cancelled', true],
		['moved on: never cancelled', { status: 'cancelled', rescheduledToUid: 'next' }, 'scheduled', false],
		['long past: never completed', { status: 'accepted', end: '2020-01-01T00:00:00Z' }, 'scheduled', false],
		['the host did not come', { status: 'accepted', absentHost: true }, 'no_show', false],
		['nobody came', { status: 'accepted', attendees: attendees(true, true) }, 'no_show', false],
		['one of two came', { status: 'accepted', attendees: attendees(true, false) }, 'scheduled', false],
		['nobody is known', { status: 'accepted', attendees: [] }, 'scheduled', false],
		['cancelled after all', { status: 'cancelled', absentHost: true }, 'cancelled', true],
		[
			'the booker did not come, a host of the team did',
			{
				status: 'accepted',
				attendees: attendees(true, false),
				bookingFieldsResponses: { email: '0@X.example' },
			},
			'no_show',
			false,
		],
	])('%s', (_name, object, status, cancelled) => {
		expect(valueOf(object, 'appointmentStatus')).toBe(status);
		expect(valueOf(object, 'cancelled')).toBe(cancelled);
	});

	test.each([
		['completed', 'scheduled'],
		['Completed', 'scheduled'],
		['scheduled', 'scheduled'],
		['canceled', 'cancelled'],
		['No-Show', 'no_show'],
		['no show', 'no_show'],
		['on hold', 'on hold'],
		[null, null],
	])('the word %p of a record is compared as %p', (word, compared) => {
		const field = fields.find(({ name }) => name === 'appointmentStatus');
		expect(field?.compared?.(word)).toBe(compared);
	});
});

describe('a booking is linked', () => {
	test('by its uid and those it had, never by its title', () => {
		expect(identity(seen(booking('u1')))).toMatchObject({ id: 'u1', slug: null, title: null, formerIds: [] });
	});

	test('and knows when it was changed last', () => {
		expect(identity(recorded('199')).updatedAt).toBe('2026-11-20T09:03:02.782Z');
	});
});

test('what cannot be set says what to do instead', () => {
	for (const { writable, why } of fields) expect(writable === false ? why : 'no need').toMatch(/\w/);
});
