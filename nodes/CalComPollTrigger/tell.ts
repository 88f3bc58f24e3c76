import type { EventTypes } from '../shared/api/eventTypeFacts';
import { factsOfType } from '../shared/api/eventTypeFacts';
import { filterReason } from '../shared/events/filters';
import type { CalComEvent } from '../shared/events/event';
import type { JsonObject } from '../shared/values/json';
import { bookingToEvent } from '../shared/events/fromApi';
import type { FromApiContext } from '../shared/events/fromApi';
import { readApiBooking } from '../shared/booking/apiSchema';
import type { Fact } from './facts';
import type { Memory } from './memory';
import { subjectOf } from './memory';
import { isoOf } from './request';
import type { Poll } from './watch';

type Told = Pick<FromApiContext, 'event' | 'minutesBefore'>;

/** The event of a booking, as the settings of the node want it. */
export function eventOf(poll: Poll, booking: JsonObject, types: EventTypes, told: Told = {}): CalComEvent {
	const { context } = poll.settings;
	const { title, description, seats } = factsOfType(types, readApiBooking(booking)?.eventTypeId ?? null);
	return bookingToEvent(booking, {
		...context,
		...told,
		receivedAt: isoOf(poll.now),
		baseUrl: poll.session.baseUrl,
		instance: poll.session.instance,
		seats,
		eventTitle: title,
		eventDescription: description,
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
export function tell(
	poll: Poll,
	fact: Fact,
	original: JsonObject,
	types: EventTypes,
	memory: Memory,
): CalComEvent | null {
	if (fact.event === null || !poll.parameters.bookingEvents.has(fact.event)) return null;
	const event = eventOf(poll, fact.booking, types, { event: fact.event });
	if (!passes(event, poll)) return null;
	const raw = fact.moved === null ? event.raw : eventOf(poll, original, types, { event: fact.event }).raw;
	return { ...event, booking: { ...event.booking, previousStart: previousStart(fact, memory) }, raw };
}
