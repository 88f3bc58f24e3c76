import type { CalComEvent } from './event';
import type { Json } from '../values/json';

/** One value of a cell. */
type Cell = string | number | boolean | null;
export type FlatEvent = Record<string, Cell>;

/**
 * The event on one level, as Data Tables, Google Sheets and Airtable map it by themselves: the columns that people want
 * stand first, keys last. The answers to the user's own questions are columns by their slug; one that has the name of
 * another column gets `answer_` before it.
 */
export function flatEvent(event: CalComEvent): FlatEvent {
	const { booking, attendee, organizer, eventType } = event;
	const people: FlatEvent = {
		event: event.event,
		start: localClock(booking.startLocal) ?? booking.start,
		end: localClock(booking.endLocal) ?? booking.end,
		name: attendee.name,
		email: attendee.email,
		phone: attendee.phone,
		title: booking.title,
		status: booking.status,
		lifecycle: booking.lifecycle,
		link: booking.location?.url ?? null,
		place: booking.location?.label ?? null,
		bookingType: event.bookingType,
		service: eventType.title ?? eventType.slug,
		host: organizer.name,
		hostEmail: organizer.email,
		guests: event.guests.join(', '),
		attendeeCount: event.attendeeCount,
		notes: event.notes,
		reason: booking.cancellationReason ?? booking.rejectionReason ?? booking.rescheduleReason,
		price: booking.price,
		currency: booking.currency,
		timeZone: booking.timeZone,
		rescheduleUrl: booking.rescheduleUrl,
		cancelUrl: booking.cancelUrl,
	};
	const machines: FlatEvent = {
		uid: booking.uid,
		previousUid: booking.previousUid,
		seatUid: booking.seatUid,
		startUtc: booking.start,
		endUtc: booking.end,
		occurredAt: event.occurredAt,
		tag: event.tag,
		instance: event.instance,
		eventKey: event.eventKey,
	};
	const { eventKey, ...beforeTheKey } = machines;
	return { ...people, ...beforeTheKey, ...answers(event, { ...people, ...machines }), eventKey: eventKey ?? null };
}

/** "2026-11-27T10:00:00.000+01:00" as spreadsheets read it: "2026-11-27 10:00". */
function localClock(local: string | null): string | null {
	return local === null ? null : `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}

function answers({ customResponses }: CalComEvent, taken: FlatEvent): FlatEvent {
	return Object.fromEntries(
		Object.entries(customResponses).map(([slug, value]) => [
			Object.hasOwn(taken, slug) ? `answer_${slug}` : slug,
			cellOf(value),
		]),
	);
}

/** Several choices are one text; what is no value is written as JSON. */
function cellOf(value: Json): Cell {
	if (Array.isArray(value)) return value.map((one) => String(cellOf(one) ?? '')).join(', ');
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
