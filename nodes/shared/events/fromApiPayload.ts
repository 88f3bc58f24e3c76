import { hostedApi } from '../api/baseUrl';
import { isPrivateHost } from '../api/plainHttp';
import type { ApiBooking } from '../booking/apiSchema';
import { videoPage } from '../values/links';
import { sameEmail } from '../booking/people';
import { sameSite } from '../values/hosts';
import { trimmed } from '../values/readers';
import type { Fields } from '../values/readers';

/** Answers that the API adds to those of the form, or names otherwise than webhooks do. */
const NO_ANSWERS: ReadonlySet<string> = new Set(['displayEmail', 'displayGuests', 'rescheduledReason']);
/** Hosted Cal.com's pages for bookers, by the host of its API. */
const HOSTED_PAGES: ReadonlyMap<string, string> = new Map([
	['https://api.cal.com/v2', 'https://cal.com'],
	['https://api.cal.eu/v2', 'https://cal.eu'],
]);

/** What a booking alone does not tell. */
export interface PayloadContext {
	/** The API's base URL: tells the booker's pages on hosted Cal.com. */
	baseUrl: string | null;
	/** Seats per slot of the event type, where it is known. */
	seats: number | null;
	/** The event type's title, where it is known. */
	eventTitle: string | null;
	/** Its description, where it is known. */
	eventDescription: string | null;
}

/**
 * A booking of the API as the payload of a webhook delivery, so that the one normalizer reads both.
 * The booker comes first: the API lists the attendees in no order, but keeps the email answered.
 */
export function payloadOf(booking: ApiBooking, event: string, context: PayloadContext): Fields {
	const [organizer, ...hosts] = booking.hosts;
	const seat = booking.seatUid ?? trimmed(seated(booking)?.seatUid);
	const responses = answersOf(booking);
	const { metadata } = booking;
	return {
		uid: booking.uid,
		bookingId: booking.id,
		title: booking.title,
		// What the API calls the description of a booking is the note of who booked; deliveries mean the event type's text.
		description: context.eventDescription,
		eventDescription: context.eventDescription,
		additionalNotes: booking.description,
		status: booking.status,
		startTime: booking.start,
		endTime: booking.end,
		length: booking.duration,
		location: booking.location ?? booking.meetingUrl,
		type: booking.eventType?.slug,
		eventTypeId: booking.eventTypeId ?? booking.eventType?.id,
		eventTitle: booking.eventType?.title ?? context.eventTitle,
		organizer,
		hosts,
		attendees: bookerFirst(booking).map(personOf),
		responses,
		metadata: metadata ?? seated(booking)?.metadata,
		bookerUrl: bookerUrl(booking, context.baseUrl),
		rescheduleUid: booking.rescheduledFromUid,
		rescheduledBy: booking.rescheduledByEmail,
		rescheduleReason: booking.reschedulingReason ?? booking.bookingFieldsResponses?.rescheduledReason,
		cancelledBy: booking.cancelledByEmail,
		cancellationReason: booking.cancellationReason,
		rejectionReason: booking.rejectionReason,
		attendeeSeatId: seat,
		seatsPerTimeSlot: context.seats,
		recurringBookingUid: booking.recurringBookingUid,
		recurringEventId: booking.recurringBookingUid,
		iCalUID: booking.icsUid,
		// Only where it is the host who was absent: elsewhere the organizer is who hosts.
		hostEmail: event === 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW' ? organizer?.email : undefined,
		triggerEvent: event,
	};
}

/** The attendee whose seat this is about: the one named, else the only one; undefined without seats. */
function seated({ attendees, seatUid }: ApiBooking): Fields | undefined {
	const only = attendees.length === 1 ? attendees[0] : undefined;
	const one = seatUid === null ? only : attendees.find((attendee) => attendee.seatUid === seatUid);
	return one?.seatUid === undefined ? undefined : one;
}

function answersOf(booking: ApiBooking): Fields {
	const answers = booking.bookingFieldsResponses ?? seated(booking)?.bookingFieldsResponses;
	if (typeof answers !== 'object' || answers === null) return {};
	return Object.fromEntries(Object.entries(answers).filter(([slug]) => !NO_ANSWERS.has(slug)));
}

/** Deliveries tell of a seat with its attendee alone. */
function bookerFirst(booking: ApiBooking): Fields[] {
	const { attendees, bookingFieldsResponses } = booking;
	const seat = seated(booking);
	if (seat !== undefined) return [seat];
	const email = trimmed(bookingFieldsResponses?.email);
	const booker = attendees.find((attendee) => sameEmail(trimmed(attendee.email), email));
	return booker === undefined ? attendees : [booker, ...attendees.filter((attendee) => attendee !== booker)];
}

/** The ids of attendees stay out: in a delivery they mean a removed seat. */
function personOf({ name, email, phoneNumber, timeZone, language, absent }: Fields): Fields {
	return { name, email, phoneNumber, timeZone, language: { locale: language }, noShow: absent };
}

/**
 * The address of the booker's pages: hosted Cal.com's are known, and on an own one the page of Cal Video tells it. The
 * booker can type an address as the place, so it has to name this very booking, and be where the API is.
 */
function bookerUrl({ location, uid }: ApiBooking, baseUrl: string | null): string | null {
	if (baseUrl === null || !URL.canParse(baseUrl)) return null;
	const { hostname } = new URL(baseUrl);
	const hosted = HOSTED_PAGES.get(hostedApi(hostname) ?? '');
	if (hosted !== undefined) return hosted;
	const page = videoPage(location);
	if (page === null || page.uid !== uid) return null;
	const isHere = sameSite(page.host, hostname) || (isPrivateHost(page.host) && isPrivateHost(hostname));
	return isHere ? page.origin : null;
}
