import { guestAnswers, textAnswer } from '../booking/answers';
import { catalogEntry } from './catalog';
import type { CalComEvent } from './event';
import { sameEmail } from '../booking/people';
import type { Fields } from '../values/readers';
import { fields, identifier, list, text } from '../values/readers';
import type { Delivery } from '../booking/schema';

/** Which deliveries may start the workflow. An empty list lets everything through. */
export interface DeliveryFilters {
	/** Cal.com's trigger events. */
	events: readonly string[];
	eventTypeIds: readonly number[];
	attendeeEmails: readonly string[];
	organizerEmails: readonly string[];
	ignoreGuestCopies: boolean;
}

/** What stopped a delivery, in the words of the answer to Cal.com. */
export type FilterReason =
	'event not chosen' | 'other event type' | 'other attendee' | 'other organizer' | 'copy for a guest';

/** Addresses of the panel; a field that holds several is taken apart. */
function toEmails(value: unknown): string[] {
	const entries = typeof value === 'string' ? [value] : list(value);
	return entries.flatMap((entry) => text(entry)?.split(/[\s,;]+/) ?? []).filter((email) => email !== '');
}

/** Rows without a choice are left out; one that is no number matches no event type. */
function toEventTypeIds(value: unknown): number[] {
	const rows = list(fields(value)?.values);
	const ids = rows.map((row) => identifier(fields(fields(row)?.eventTypeId)?.value));
	return ids.flatMap((id) => (id === null ? [] : [Number(id)]));
}

/** Reads the `filters` collection of the node; what is not filled in filters nothing. */
export function readFilters(parameter: unknown, events: readonly string[]): DeliveryFilters {
	const chosen: Fields = fields(parameter) ?? {};
	return {
		events,
		eventTypeIds: toEventTypeIds(chosen.eventTypes),
		attendeeEmails: toEmails(chosen.attendeeEmails),
		organizerEmails: toEmails(chosen.organizerEmails),
		ignoreGuestCopies: chosen.ignoreGuestCopies === true,
	};
}

function lists(wanted: readonly string[], email: string | null): boolean {
	return wanted.some((one) => sameEmail(one, email));
}

/**
 * Whether a delivery is a copy about guests alone: the booking form names who booked, the attendees
 * listed do not include them, and every one listed is among the guests whom the booker brought along.
 * The booker's own delivery tells of the same booking.
 */
export function isGuestCopy({ payload }: Delivery, event: CalComEvent): boolean {
	// With seats, a delivery about one seat lists its holder alone, who may be among another's guests.
	if (event.booking.seats !== null || event.attendees.length === 0) return false;
	const booker = textAnswer(payload.responses, 'email');
	if (booker === null) return false;
	const guests = new Set(guestAnswers(payload.responses).map((email) => email.toLowerCase()));
	return event.attendees.every(
		({ email }) => email !== null && !sameEmail(email, booker) && guests.has(email.toLowerCase()),
	);
}

/**
 * Says why a delivery starts nothing, or null when it may.
 *
 * A filter judges only deliveries that carry what it looks at: Cal.com names no event type in no-show
 * changes, recordings, forms and absences, and losing those would be worse than one too many. Events
 * that are not in the catalog (Cal.com adds some) pass the choice of events.
 *
 * @param delivery null for what was not delivered: a booking of the API is listed once, and has no copies
 */
export function filterReason(
	event: CalComEvent,
	delivery: Delivery | null,
	filters: DeliveryFilters,
): FilterReason | null {
	const { events, eventTypeIds, attendeeEmails, organizerEmails, ignoreGuestCopies } = filters;
	const known = catalogEntry(event.event);
	if (known !== undefined && known.internal !== true && events.length > 0 && !events.includes(event.event)) {
		return 'event not chosen';
	}
	const { id } = event.eventType;
	if (eventTypeIds.length > 0 && id !== null && !eventTypeIds.includes(id)) return 'other event type';
	const people = event.attendees.filter(({ email }) => email !== null);
	if (attendeeEmails.length > 0 && people.length > 0 && !people.some(({ email }) => lists(attendeeEmails, email))) {
		return 'other attendee';
	}
	const organizer = event.organizer.email;
	if (organizerEmails.length > 0 && organizer !== null && !lists(organizerEmails, organizer))
		return 'other organizer';
	return ignoreGuestCopies && delivery !== null && isGuestCopy(delivery, event) ? 'copy for a guest' : null;
}
