import type { CalComEvent } from './event';
import { bookingToEvent, eventOfBooking } from './fromApi';
import type { NormalizeContext } from './normalize';
import { normalizeDelivery } from './normalize';
import { openJson } from '../values/openJson';
import type { Fields } from '../values/readers';
import { isFields, text, trimmed } from '../values/readers';

/** How often a value may have been encoded or wrapped again on its way into a column. */
const MAX_LAYERS = 6;
/** More than a delivery is ever wrapped in one list. */
const MAX_LISTED = 1000;
/** What n8n, proxies and inboxes put around a delivery. */
const WRAPPERS = ['body', 'json', 'raw', 'delivery', 'request', 'data'] as const;

/** One thing that a column held: an event, or why there is none. */
export type Stored = { event: CalComEvent } | { reason: string };

export type StoredContext = Omit<NormalizeContext, 'source' | 'verified' | 'receivedAt'>;

/**
 * The events in what somebody stored of Cal.com: a delivery, its payload alone, n8n's item around it, a list of these, a
 * booking of API v2, as an object or as text, encoded once or several times. What it is not is told. Never throws.
 *
 * The signature of what was stored is not known any more, so `verified` is false.
 *
 * @param value what stands in the column
 */
export function storedEvents(value: unknown, context: StoredContext): Stored[] {
	return unwrapped(value, 0).map((found) => readStored(found, context));
}

function unwrapped(value: unknown, layer: number): unknown[] {
	const opened = opensTo(value);
	if (layer >= MAX_LAYERS) return [opened];
	if (Array.isArray(opened)) {
		if (opened.length === 0) return [opened];
		return opened.slice(0, MAX_LISTED).flatMap((one) => unwrapped(one, layer + 1));
	}
	if (!isFields(opened) || isDelivery(opened) || isBooking(opened)) return [opened];
	const inner = WRAPPERS.map((name) => opened[name]).find((one) => typeof opensTo(one) === 'object' && one !== null);
	return inner === undefined ? [opened] : unwrapped(inner, layer + 1);
}

/** Text may be JSON, encoded any number of times. */
function opensTo(value: unknown): unknown {
	let opened = value;
	for (let layer = 0; layer < MAX_LAYERS && typeof opened === 'string'; layer++) {
		const next: unknown = openJson(opened);
		if (next !== opened) {
			opened = next;
			continue;
		}
		try {
			opened = JSON.parse(opened);
		} catch {
			return opened;
		}
	}
	return opened;
}

const isDelivery = (object: Fields): boolean =>
	text(object.triggerEvent) !== null || isFields(opensTo(object.payload)) || isEvent(object);
const isBooking = (object: Fields): boolean =>
	['uid', 'bookingUid', 'iCalUID', 'startTime'].some((key) => trimmed(object[key]) !== null);
const isEvent = (object: Fields): boolean => text(object.eventKey) !== null && isFields(object.booking);

/** A booking of API v2, which says `start` and `hosts` where deliveries say `startTime` and `organizer`. */
const isOfApi = (object: Fields): boolean =>
	trimmed(object.uid) !== null && trimmed(object.start) !== null && Array.isArray(object.hosts);

function readStored(found: unknown, context: StoredContext): Stored {
	if (!isFields(found)) return { reason: 'It is no object, and no text that holds one' };
	if (isEvent(found)) return { reason: 'It is a normalized event already' };
	const full = { ...context, receivedAt: '' };
	if (isOfApi(found)) return { event: bookingToEvent(found, { ...full, event: eventOfBooking(found) }) };
	if (!isDelivery(found) && !isBooking(found)) return { reason: 'No event and no booking of Cal.com is named in it' };
	return { event: normalizeDelivery(withEvent(found), { ...full, source: 'webhook', verified: false }) };
}

/** The payload alone does not name its event: then its state does. */
function withEvent(delivery: Fields): Fields {
	if (text(delivery.triggerEvent) !== null) return delivery;
	const inner = opensTo(delivery.payload);
	const payload = isFields(inner) ? inner : delivery;
	const named = text(payload.triggerEvent);
	if (named !== null) return { ...delivery, triggerEvent: named, payload };
	const state = { status: payload.status, rescheduledFromUid: payload.rescheduleUid ?? payload.fromReschedule };
	return { triggerEvent: eventOfBooking(state), createdAt: delivery.createdAt ?? null, payload };
}
