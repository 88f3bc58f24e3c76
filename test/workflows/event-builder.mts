// Normalized events of one booking, as the trigger emits them, for tests of what the templates do with them.
import type { CalComEvent } from '../../nodes/shared/events/event.ts';
import type { EventAttendee, EventBooking } from '../../nodes/shared/booking/model.ts';

const ADA: EventAttendee = {
	name: 'Ada Lovelace',
	firstName: 'Ada',
	lastName: 'Lovelace',
	email: 'ada@student.example',
	phone: '+31612345678',
	timeZone: 'Europe/Amsterdam',
	locale: 'en',
	noShow: null,
};

export const person = (name: string, email: string, phone: string | null = null): EventAttendee => ({
	...ADA,
	name,
	firstName: name.split(' ')[0] ?? null,
	lastName: name.split(' ').slice(1).join(' ') || null,
	email,
	phone,
});

const BOOKING: EventBooking = {
	uid: null,
	id: 1,
	title: 'Level Check between Your School and Ada Lovelace',
	description: null,
	status: 'accepted',
	lifecycle: 'scheduled',
	start: '2026-12-01T09:00:00.000Z',
	end: '2026-12-01T09:30:00.000Z',
	durationMinutes: 30,
	timeZone: 'Europe/Amsterdam',
	startLocal: '2026-12-01T10:00:00.000+01:00',
	endLocal: '2026-12-01T10:30:00.000+01:00',
	location: { type: 'video', label: 'Cal Video', url: 'https://cal.example/video/A', phone: null, address: null },
	previousUid: null,
	previousStart: null,
	previousEnd: null,
	rescheduledBy: null,
	rescheduleReason: null,
	cancelledBy: null,
	cancellationReason: null,
	rejectionReason: null,
	rescheduleRequested: false,
	seatUid: null,
	seats: null,
	seatRemoved: false,
	isRecurring: false,
	recurrence: null,
	recurringBookingUid: null,
	price: 0,
	currency: 'EUR',
	paid: null,
	iCalUid: null,
	bookingUrl: 'https://cal.example/booking/1',
	rescheduleUrl: 'https://cal.example/reschedule/1',
	cancelUrl: 'https://cal.example/booking/1?cancel=true',
};

/** What a delivery that tells nothing of the booking itself leaves blank. */
const UNTOLD: Partial<EventBooking> = {
	id: null,
	title: null,
	status: null,
	start: null,
	end: null,
	durationMinutes: null,
	timeZone: null,
	startLocal: null,
	endLocal: null,
	location: null,
	price: null,
	currency: null,
	bookingUrl: null,
	rescheduleUrl: null,
	cancelUrl: null,
};

export interface EventChanges {
	event: string;
	uid: string;
	/** Minutes after the first delivery of the story. */
	minute: number;
	booking?: Partial<EventBooking>;
	key?: string;
	rest?: Partial<CalComEvent>;
	attendees?: EventAttendee[];
}

/** The lifecycle and status that each event carries unless a test says otherwise. */
const USUAL: Record<string, Pick<EventBooking, 'lifecycle' | 'status'>> = {
	BOOKING_CREATED: { lifecycle: 'scheduled', status: 'accepted' },
	BOOKING_REQUESTED: { lifecycle: 'requested', status: 'pending' },
	BOOKING_RESCHEDULED: { lifecycle: 'rescheduled', status: 'accepted' },
	BOOKING_CANCELLED: { lifecycle: 'cancelled', status: 'cancelled' },
	BOOKING_REJECTED: { lifecycle: 'rejected', status: 'rejected' },
	MEETING_STARTED: { lifecycle: 'started', status: 'accepted' },
	MEETING_ENDED: { lifecycle: 'completed', status: 'accepted' },
};

const categoryOf = (event: string) => (event.startsWith('MEETING_') ? 'meeting' : 'booking');

export function bookingEvent({ event, uid, minute, booking, key, rest, attendees = [ADA] }: EventChanges): CalComEvent {
	return {
		event,
		category: categoryOf(event),
		eventKey: key ?? `${event}:${uid}`,
		occurredAt: new Date(Date.UTC(2026, 10, 20, 9, minute)).toISOString(),
		source: 'webhook',
		verified: true,
		bookingType: null,
		tag: null,
		instance: null,
		booking: { ...BOOKING, ...USUAL[event], uid, ...booking },
		eventType: {
			id: 1,
			slug: 'level-check',
			title: 'Level Check',
			description: null,
			lengthMinutes: 30,
			schedulingType: null,
		},
		organizer: {
			id: 1,
			name: 'Your School',
			email: 'owner@school.example',
			username: 'yourschool',
			timeZone: 'Europe/Amsterdam',
			locale: 'en',
		},
		attendee: attendees[0] ?? { ...ADA, name: null, firstName: null, lastName: null, email: null, phone: null },
		attendees,
		attendeeCount: attendees.length,
		guests: [],
		hosts: [],
		responses: { goals: 'Play Bach' },
		customResponses: { goals: 'Play Bach' },
		hasCustomResponses: true,
		notes: 'hello',
		metadata: {},
		noShow: null,
		recording: null,
		form: null,
		outOfOffice: null,
		instantMeeting: null,
		payment: null,
		report: null,
		changes: null,
		raw: null,
		...rest,
	};
}

/** A cancellation or rejection as Cal.com sends it: place unresolved, no metadata. */
export const thin = { location: { type: 'video', label: 'Cal Video', url: null, phone: null, address: null } } as const;

/** A no-show change names emails and flags, and nothing of the booking but its uid. */
export function noShowEvent(uid: string, minute: number, flags: Record<string, boolean>): CalComEvent {
	const emails = Object.keys(flags);
	const listed = emails.map((email) => ({
		...ADA,
		name: null,
		firstName: null,
		lastName: null,
		phone: null,
		timeZone: null,
		locale: null,
		email,
		noShow: flags[email] ?? null,
	}));
	const absent = emails.filter((email) => flags[email]);
	return bookingEvent({
		event: 'BOOKING_NO_SHOW_UPDATED',
		uid,
		minute,
		key: `BOOKING_NO_SHOW_UPDATED:${uid}:${JSON.stringify(flags)}`,
		attendees: listed,
		booking: { ...UNTOLD, lifecycle: absent.length > 0 ? 'noShow' : null },
		rest: {
			category: 'noShow',
			eventType: {
				id: null,
				slug: null,
				title: null,
				description: null,
				lengthMinutes: null,
				schedulingType: null,
			},
			organizer: { id: null, name: null, email: null, username: null, timeZone: null, locale: null },
			responses: {},
			notes: null,
			noShow: {
				who: 'attendee',
				absent,
				present: emails.filter((email) => !flags[email]),
				hostEmail: null,
				message: null,
			},
		},
	});
}
