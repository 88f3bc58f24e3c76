import { bookingTypeOf } from '../../../../nodes/shared/events/bookingType.ts';
import type { BookingTypeRule } from '../../../../nodes/shared/events/bookingType.ts';
import { bookingLinks } from '../../../../nodes/shared/booking/links.ts';
import { delivery, normalize, recorded } from '../events/support.mts';

describe('status and lifecycle', () => {
	test.each<[string, string | undefined, string | null, string | null]>([
		['BOOKING_CREATED', 'ACCEPTED', 'accepted', 'scheduled'],
		['BOOKING_CREATED', undefined, 'accepted', 'scheduled'],
		['BOOKING_REQUESTED', 'PENDING', 'pending', 'requested'],
		['BOOKING_REQUESTED', undefined, 'pending', 'requested'],
		['BOOKING_RESCHEDULED', 'ACCEPTED', 'accepted', 'rescheduled'],
		['BOOKING_CANCELLED', 'CANCELLED', 'cancelled', 'cancelled'],
		['BOOKING_CANCELLED', undefined, 'cancelled', 'cancelled'],
		['BOOKING_REJECTED', 'REJECTED', 'rejected', 'rejected'],
		['BOOKING_PAYMENT_INITIATED', 'ACCEPTED', 'pending', 'requested'],
		['BOOKING_PAID', 'ACCEPTED', 'accepted', 'scheduled'],
		['BOOKING_PAID', 'PENDING', 'pending', 'requested'],
		['BOOKING_LOCATION_UPDATED', undefined, 'accepted', 'scheduled'],
		['BOOKING_REASSIGNED', undefined, 'accepted', 'scheduled'],
		['MEETING_STARTED', undefined, 'accepted', 'started'],
		['MEETING_ENDED', 'ACCEPTED', 'accepted', 'completed'],
		['INSTANT_MEETING', 'AWAITING_HOST', null, 'requested'],
		['INSTANT_MEETING_ACCEPTED', 'ACCEPTED', 'accepted', 'scheduled'],
		['AFTER_HOSTS_CAL_VIDEO_NO_SHOW', undefined, null, 'noShow'],
		['AFTER_GUESTS_CAL_VIDEO_NO_SHOW', undefined, null, 'noShow'],
		['RECORDING_READY', undefined, null, null],
		['PING', undefined, null, null],
		['SOMETHING_NEW', 'ACCEPTED', 'accepted', null],
		['SOMETHING_NEW', 'constructor', null, null],
	])('%s with %p is %p, %p', (event, sent, status, lifecycle) => {
		expect(normalize(delivery(event, { status: sent })).booking).toMatchObject({ status, lifecycle });
	});

	test('a no-show that was taken back is none', () => {
		const flagged = (noShow: boolean) =>
			normalize(delivery('BOOKING_NO_SHOW_UPDATED', { attendees: [{ email: 'a@x.example', noShow }] })).booking;
		expect(flagged(true).lifecycle).toBe('noShow');
		expect(flagged(false).lifecycle).toBeNull();
	});
});

describe('seats', () => {
	const row = { id: 62, bookingId: 50, email: 'Cem@student.example', name: 'Cem Yilmaz' };
	const listed = { email: 'cem@student.example', name: 'Cem Yilmaz' };
	const seated = { seatsPerTimeSlot: 3, status: 'CANCELLED' };

	test.each<[string, string, Record<string, unknown>, boolean]>([
		['the removed row alone', 'BOOKING_CANCELLED', { ...seated, attendees: [row] }, true],
		['a seat reference', 'BOOKING_CANCELLED', { ...seated, attendees: [listed], attendeeSeatId: 's' }, true],
		['one attendee of a whole cancellation', 'BOOKING_CANCELLED', { ...seated, attendees: [listed] }, false],
		[
			'several attendees',
			'BOOKING_CANCELLED',
			{ ...seated, attendees: [row, { ...row, id: 63, email: 'bob@student.example' }] },
			false,
		],
		['no attendee', 'BOOKING_CANCELLED', { ...seated, attendees: [] }, false],
		['no seats', 'BOOKING_CANCELLED', { status: 'CANCELLED', attendees: [row] }, false],
		['another event', 'BOOKING_REJECTED', { ...seated, attendees: [row] }, false],
	])('%s', (_name, event, payload, removed) => {
		const { booking } = normalize(delivery(event, payload));
		expect(booking.seatRemoved).toBe(removed);
		if (removed) expect(booking).toMatchObject({ status: 'accepted', lifecycle: 'scheduled', seats: 3 });
		else expect(booking.status).toBe('cancelled');
	});

	test.each<[Record<string, unknown>, string | null]>([
		[{ attendeeSeatId: 'a', seatReferenceUid: 'b' }, 'a'],
		[{ seatReferenceUid: 'b' }, 'b'],
		[{ attendees: [{ email: 'x@x.example', bookingSeat: { referenceUid: 'c' } }] }, 'c'],
		[{ attendees: [{ email: 'x@x.example', bookingSeat: null }] }, null],
	])('the seat of %p is %p', (payload, seatUid) => {
		expect(normalize(delivery('BOOKING_CREATED', { seatsPerTimeSlot: 3, ...payload })).booking.seatUid).toBe(
			seatUid,
		);
	});
});

describe('bookingLinks', () => {
	const none = { bookingUrl: null, rescheduleUrl: null, cancelUrl: null };

	test.each<[string | null, string | null, string | null, ReturnType<typeof bookingLinks>]>([
		[null, 'u', null, none],
		['https://cal.example', null, 's', none],
		[
			'https://cal.example/',
			'u',
			null,
			{
				bookingUrl: 'https://cal.example/booking/u',
				rescheduleUrl: 'https://cal.example/reschedule/u',
				cancelUrl: 'https://cal.example/booking/u?cancel=true',
			},
		],
		[
			'https://cal.example',
			'u',
			's',
			{
				bookingUrl: 'https://cal.example/booking/u?seatReferenceUid=s',
				rescheduleUrl: 'https://cal.example/reschedule/s',
				cancelUrl: 'https://cal.example/booking/u?cancel=true&seatReferenceUid=s',
			},
		],
	])('%p, %p, %p', (bookerUrl, uid, seatUid, expected) => {
		expect(bookingLinks(bookerUrl, uid, { seats: null, seatUid, seatRemoved: false })).toEqual(expected);
	});

	test('who gave up a seat is not handed the links that move or cancel the whole booking', () => {
		expect(bookingLinks('https://cal.example', 'A', { seats: 3, seatUid: null, seatRemoved: true })).toEqual({
			bookingUrl: 'https://cal.example/booking/A',
			rescheduleUrl: null,
			cancelUrl: null,
		});
	});

	test.each(['javascript:alert(1)', '/relative', '', 7])('no links from the address %p', (bookerUrl) => {
		expect(normalize(delivery('BOOKING_CREATED', { bookerUrl })).booking).toMatchObject(none);
	});
});

describe('bookingType', () => {
	const rules: BookingTypeRule[] = [
		{ match: 'titleContains', value: ' ', name: 'blank' },
		{ match: 'slugIs', value: 'LEVEL-check', name: 'Level Check' },
		{ match: 'titleContains', value: 'trial', name: 'Trial' },
	];
	const facts = { bookingTitle: null, eventTypeTitle: null, eventTypeSlug: null };

	test.each<[Partial<typeof facts> | Record<string, string>, string | null]>([
		[{ bookingTitle: 'TRIAL lesson' }, 'Trial'],
		[{ eventTypeTitle: 'My trial' }, 'Trial'],
		[{ eventTypeSlug: 'level-check', bookingTitle: 'trial' }, 'Level Check'],
		[{ eventTypeSlug: 'level-check-2' }, 'Other'],
		[{}, 'Other'],
	])('%p is %p', (given, expected) => {
		expect(bookingTypeOf({ ...facts, ...given }, rules, 'Other')).toBe(expected);
	});

	test('is only for events with a booking', () => {
		const context = { bookingTypeRules: rules, defaultBookingType: 'Other' };
		expect(normalize(delivery('BOOKING_CREATED'), context).bookingType).toBe('Other');
		expect(normalize(recorded('098-PING-ping-test-via-ping'), context).bookingType).toBeNull();
		expect(normalize(recorded('117-OOO_CREATED-ooo-created'), context).bookingType).toBeNull();
	});
});

describe('single fields', () => {
	test.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
		['numbers as text', 'BOOKING_CREATED', { bookingId: '26', price: '4500' }, { id: 26, price: 4500 }],
		[
			'text in number fields',
			'BOOKING_CREATED',
			{ bookingId: 'x', price: '12 euro', length: {} },
			{ id: null, price: null },
		],
		['currency', 'BOOKING_CREATED', { currency: 'eur' }, { currency: 'EUR' }],
		['paid', 'BOOKING_PAID', { paid: false }, { paid: true }],
		['not paid', 'BOOKING_PAYMENT_INITIATED', { paid: true }, { paid: false }],
		['paid as sent', 'BOOKING_CREATED', { paid: true }, { paid: true }],
		[
			'length without times',
			'BOOKING_CREATED',
			{ startTime: 'x', endTime: null, length: 45 },
			{ durationMinutes: 45, start: null },
		],
		[
			'start and end',
			'BOOKING_CREATED',
			{ startTime: undefined, start: '2026-11-24T08:00:00Z' },
			{ start: '2026-11-24T08:00:00.000Z' },
		],
		['blank texts', 'BOOKING_CREATED', { title: ' ', description: '' }, { title: null, description: null }],
		['reschedule asked for', 'BOOKING_CANCELLED', { requestReschedule: true }, { rescheduleRequested: true }],
		[
			'a reason to reschedule',
			'BOOKING_RESCHEDULED',
			{ responses: { rescheduleReason: { label: 'r', value: 'ill' } } },
			{ rescheduleReason: 'ill' },
		],
		[
			'no such reason on other events',
			'BOOKING_CREATED',
			{ responses: { rescheduleReason: { label: 'r', value: 'ill' } } },
			{ rescheduleReason: null },
		],
		[
			'recurrence',
			'BOOKING_CREATED',
			{ recurringEvent: { freq: 2, interval: 1, count: 4 } },
			{ isRecurring: true, recurrence: { frequency: 'weekly', interval: 1, count: 4 } },
		],
		[
			'a frequency not known',
			'BOOKING_CREATED',
			{ recurringEvent: { freq: 9 } },
			{ isRecurring: true, recurrence: { frequency: null, interval: null, count: null } },
		],
		[
			'a series',
			'MEETING_STARTED',
			{ recurringEventId: 'series1' },
			{ isRecurring: true, recurrence: null, recurringBookingUid: 'series1' },
		],
		['the booking before', 'MEETING_STARTED', { fromReschedule: 'uid0' }, { previousUid: 'uid0' }],
	])('%s', (_name, event, payload, expected) => {
		expect(normalize(delivery(event, payload)).booking).toMatchObject(expected);
	});

	test.each([
		['ROUND_ROBIN', 'roundRobin'],
		['COLLECTIVE', 'collective'],
		['MANAGED', 'managed'],
		['SOMETHING', 'SOMETHING'],
		[null, null],
	])('scheduling type %p is %p', (schedulingType, expected) => {
		expect(normalize(delivery('BOOKING_CREATED', { schedulingType })).eventType.schedulingType).toBe(expected);
	});

	test.each(['RECORDING_READY', 'RECORDING_TRANSCRIPTION_GENERATED', 'PING'])(
		'the type of %s is no slug',
		(event) => {
			expect(normalize(delivery(event)).eventType.slug).toBeNull();
		},
	);
});
