import { filterReason } from '../shared/events/filters';
import type { CalComEvent, JsonObject } from '../shared/events/event';
import { bookingToEvent } from '../shared/events/fromApi';
import type { FromApiContext } from '../shared/events/fromApi';
import { readApiBooking } from '../shared/booking/apiSchema';
import type { Fact } from './facts';
import type { Memory } from './memory';
import { subjectOf } from './memory';
import { isoOf } from './request';
import type { Poll } from './watch';

/** Seats per slot, by the id of the event type. */
export type Seats = ReadonlyMap<number, number>;

type Told = Pick<FromApiContext, 'event' | 'minutesBefore'>;

/** The event of a booking, as the settings of the node want it. */
export function eventOf(poll: Poll, booking: JsonObject, seats: Seats, told: Told = {}): CalComEvent {
	const { context } = poll.settings;
	const typeId = readApiBooking(booking)?.eventTypeId;
	return bookingToEvent(booking, {
		...context,
		...told,
		receivedAt: isoOf(poll.now),
		baseUrl: poll.session.baseUrl,
		instance: poll.session.instance,
		seats: seats.get(typeId ?? NaN) ?? null,
	});
}

/** Whether the filters of the node let an event through. */
export function passes(event: CalComEvent, { filters }: Pick<Poll, 'filters'>): boolean {
	// The API lists a booking once, with everybody in it: there are no copies for guests to look for.
	return filterReason(event, null, filters) === null;
}

/** When the booking before was, as far as it is remembered. */
function previousStart({ moved, booking }: Fact, { known }: Memory): string | null {
	if (moved !== null) return isoOf(moved.start);
	const from = readApiBooking(booking)?.rescheduledFromUid;
	const before = from ? known.get(subjectOf(from)) : undefined;
	return before === undefined ? null : isoOf(before.start);
}

/** The event of a fact; null when it is no news, not chosen or filtered out. */
export function tell(poll: Poll, fact: Fact, original: JsonObject, seats: Seats, memory: Memory): CalComEvent | null {
	if (fact.event === null || !poll.parameters.bookingEvents.has(fact.event)) return null;
	const event = eventOf(poll, fact.booking, seats, { event: fact.event });
	if (!passes(event, poll)) return null;
	const raw = fact.moved === null ? event.raw : eventOf(poll, original, seats, { event: fact.event }).raw;
	return { ...event, booking: { ...event.booking, previousStart: previousStart(fact, memory) }, raw };
}
