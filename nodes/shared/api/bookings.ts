import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { z } from 'zod';
import type { DataSchema } from './client';
import type { ApiRequest } from './request';
import type { Session } from './session';
import { versionFor } from './versions';
import type { JsonObject } from '../values/json';
import type { ApiBooking } from '../booking/apiSchema';
import { readApiFields } from '../booking/apiSchema';
import { toJsonObject } from '../values/json';
import { text } from '../values/readers';

/** A booking as Cal.com gives it; the parts that the operations decide by are read with `bookingFacts`. */
export type Booking = JsonObject;

const anObject = z.record(z.unknown()).transform((value): JsonObject => toJsonObject(value));

/** One booking. What has no start is no booking of this version of the API. */
export const aBooking: DataSchema<Booking> = z
	.object({ uid: z.string(), start: z.string(), status: z.string() })
	.passthrough()
	.transform((value): Booking => toJsonObject(value));

/** One booking, or those of a recurring series. */
export const someBookings: DataSchema<Booking[]> = z
	.union([aBooking, z.array(aBooking)])
	.transform((answer) => (Array.isArray(answer) ? answer : [answer]));

/** Any object that an answer may hold. */
export const something: DataSchema<JsonObject> = anObject;
export const aList: DataSchema<JsonObject[]> = z.array(anObject);

interface AttendeeFacts {
	email: string;
	seatUid: string | null;
}

/** What the operations decide by. */
export interface BookingFacts extends Pick<
	ApiBooking,
	'eventTypeId' | 'rescheduledFromUid' | 'rescheduledToUid' | 'recurringBookingUid' | 'location'
> {
	/** The empty text where Cal.com gave none, here and below. */
	uid: string;
	status: string;
	start: string;
	attendees: AttendeeFacts[];
	/** User names of the hosts. */
	hosts: Array<string | null>;
	eventTypeSlug: string | null;
}

export function bookingFacts(booking: Booking): BookingFacts {
	const read = readApiFields(booking);
	return {
		...read,
		uid: read.uid ?? '',
		status: read.status ?? '',
		start: read.start ?? '',
		attendees: read.attendees.map((one) => ({ email: text(one.email) ?? '', seatUid: text(one.seatUid) })),
		hosts: read.hosts.map(({ username }) => text(username)),
		eventTypeSlug: text(read.eventType?.slug),
	};
}

/** Whether a booking takes place, as far as is known: waiting for its confirmation counts. */
export function isLive({ status }: BookingFacts): boolean {
	return status === 'accepted' || status === 'pending';
}

/** Whether two times are the same moment, however they are written. */
export function sameMoment(one: string, other: string): boolean {
	return Date.parse(one) === Date.parse(other);
}

/** The path of a booking, with what is below it. */
export function bookingPath(uid: string, below = ''): string {
	return `/bookings/${encodeURIComponent(uid)}${below}`;
}

/** A request of the bookings group. Empty bodies are sent too: Cal.com wants a body on these. */
export function bookingRequest(
	session: Pick<Session, 'edition'>,
	method: IHttpRequestMethods,
	path: string,
	body?: IDataObject,
): ApiRequest {
	return {
		method,
		path,
		version: versionFor('bookings', session.edition),
		...(body === undefined ? {} : { body }),
	};
}

/** A booking, or the bookings of a series, by uid. @throws NodeApiError */
export async function readBookings(session: Session, itemIndex: number, uid: string): Promise<Booking[]> {
	return await session.request(itemIndex, bookingRequest(session, 'GET', bookingPath(uid)), someBookings);
}

/** A booking, by the uid of a seat in it. */
export function seatRequest(session: Pick<Session, 'edition'>, seatUid: string): ApiRequest {
	return bookingRequest(session, 'GET', `/bookings/by-seat/${encodeURIComponent(seatUid)}`);
}
