import { DateTime } from 'luxon';
import type { CalComEvent, EventNoShow } from './event';
import type { Json } from '../values/json';
import type { ApiBooking } from '../booking/apiSchema';
import { readApiBooking } from '../booking/apiSchema';
import type { Delivery } from '../booking/schema';
import { readDelivery } from '../booking/schema';
import type { PayloadContext } from './fromApiPayload';
import { payloadOf } from './fromApiPayload';
import { toJson } from '../values/json';
import type { NormalizeContext } from './normalize';
import { normalizeDelivery } from './normalize';
import { trimmed } from '../values/readers';
import { scrub } from './secrets';
import { storableData } from '../values/storable';

/** What an API booking is normalized with: what a delivery is, and what the booking itself does not tell. */
export interface FromApiContext extends Omit<NormalizeContext, 'source' | 'verified'>, Partial<PayloadContext> {
	/** The fact to tell; left out: the one that the booking's status tells of. */
	event?: string;
	/** How long before its start a BOOKING_UPCOMING is told, in minutes. */
	minutesBefore?: number;
}

const EVENT_OF_STATUS: ReadonlyMap<string, string> = new Map([
	['pending', 'BOOKING_REQUESTED'],
	['rejected', 'BOOKING_REJECTED'],
	['cancelled', 'BOOKING_CANCELLED'],
]);

/**
 * The webhook event that a booking's present state tells of: a pending one was requested, one that
 * follows another was rescheduled, and so on.
 */
export function eventOfBooking(booking: unknown): string {
	const read = readApiBooking(booking);
	const known = EVENT_OF_STATUS.get(read?.status?.toLowerCase() ?? '');
	if (known !== undefined) return known;
	return read?.rescheduledFromUid ? 'BOOKING_RESCHEDULED' : 'BOOKING_CREATED';
}

/**
 * Whether a booking was moved to another time. Cal.com calls the old one cancelled but sends nothing
 * for it: the new one tells the story, and nobody must be told of a cancellation.
 */
export function isSuperseded(booking: unknown): boolean {
	return trimmed(readApiBooking(booking)?.rescheduledToUid) !== null;
}

/**
 * One booking for each seat of a seated booking, because webhooks tell of each seat by itself; the
 * booking alone when it has no seats.
 *
 * @param booking an object of `GET /bookings`; it is copied, not changed
 */
export function perSeat<T extends object>(booking: T): Array<T & { attendees?: unknown[]; seatUid?: string }> {
	const seats = (readApiBooking(booking)?.attendees ?? []).flatMap((attendee) => {
		const seatUid = trimmed(attendee.seatUid);
		return seatUid === null ? [] : [{ ...booking, attendees: [attendee], seatUid }];
	});
	return seats.length > 0 ? seats : [booking];
}

/**
 * Makes the normalized event of a booking as API v2 gives it: the same shape and, for the same fact,
 * the same event key as the webhook's. Never throws; reads no clock. Without what a database cannot store.
 *
 * The API does not tell the price, the event type's title on older versions, or how long a series
 * is: those stay null. Of a booking that was moved on, `changes.rescheduledToUid` names the next one.
 */
export function bookingToEvent(given: unknown, context: FromApiContext): CalComEvent {
	const booking = storableData(given);
	const {
		event = eventOfBooking(booking),
		baseUrl = null,
		seats = null,
		eventTitle = null,
		eventDescription = null,
		minutesBefore,
		...rest
	} = context;
	const read = readApiBooking(booking);
	const payload =
		read === null
			? {}
			: { ...payloadOf(read, event, { baseUrl, seats, eventTitle, eventDescription }), minutesBefore };
	const made = normalizeDelivery(
		{ triggerEvent: event, createdAt: momentOf(read, event, minutesBefore), payload },
		{ ...rest, source: 'poll', verified: true, includeRaw: false },
	);
	return {
		...made,
		guests: isGroup(read) ? [] : made.guests,
		noShow: made.noShow ?? absences(read),
		changes: made.changes ?? (read?.rescheduledToUid ? { rescheduledToUid: read.rescheduledToUid } : null),
		raw: context.includeRaw ? rawOf(booking, context.includeSecrets) : null,
	};
}

/**
 * A booking of the API, read like a delivery of an event: for who needs a part of what an event tells. Null when it is no
 * object.
 */
export function readBookingAs(booking: unknown, event: string): Delivery | null {
	const read = readApiBooking(booking);
	if (read === null) return null;
	const nothing = { baseUrl: null, seats: null, eventTitle: null, eventDescription: null };
	return readDelivery({ triggerEvent: event, payload: payloadOf(read, event, nothing) });
}

/** Whether everybody in it has booked for themselves, as the seats tell where the number of seats is not known. */
function isGroup(booking: ApiBooking | null): boolean {
	return booking?.attendees.some(({ seatUid }) => trimmed(seatUid) !== null) ?? false;
}

const BEGINNINGS: ReadonlySet<string> = new Set(['BOOKING_CREATED', 'BOOKING_REQUESTED', 'BOOKING_RESCHEDULED']);

/**
 * When it happened: the end of a booking's life is its last change, its beginning its creation (but one
 * that moved and kept its uid did so later), and a reminder is due at a time of its own.
 */
function momentOf(booking: ApiBooking | null, event: string, minutesBefore = 0): string | null {
	if (booking === null) return null;
	const { uid, start, createdAt, updatedAt, rescheduledFromUid } = booking;
	if (event === 'BOOKING_UPCOMING' && start !== null) {
		return DateTime.fromISO(start, { zone: 'utc' }).minus({ minutes: minutesBefore }).toISO();
	}
	const keptUid = event === 'BOOKING_RESCHEDULED' && uid !== null && rescheduledFromUid === uid;
	return BEGINNINGS.has(event) && !keptUid ? createdAt : (updatedAt ?? createdAt);
}

function absences(booking: ApiBooking | null): EventNoShow | null {
	if (booking === null) return null;
	const emails = (absent: boolean) =>
		booking.attendees.flatMap(({ email, absent: flag }) => {
			const known = trimmed(email);
			return flag === absent && known !== null ? [known] : [];
		});
	const attendees = emails(true);
	if (attendees.length === 0 && !booking.absentHost) return null;
	const hostEmail = booking.absentHost ? trimmed(booking.hosts[0]?.email) : null;
	return {
		who: attendees.length > 0 ? 'attendee' : 'host',
		absent: hostEmail === null ? attendees : [...attendees, hostEmail],
		present: emails(false),
		hostEmail,
		message: null,
	};
}

function rawOf(booking: unknown, includeSecrets: boolean): Json {
	return includeSecrets ? toJson(booking) : scrub(booking);
}
