import { customAnswers, flattenAnswers, hasAnswers, textAnswer } from '../booking/answers';
import { NO_ATTENDEE, readGuests } from '../booking/attendees';
import { readEveryone } from '../booking/everyone';
import { readBooking, readEventType } from '../booking/booking';
import { bookingUid } from '../booking/uid';
import { bookingTypeOf } from './bookingType';
import type { BookingTypeRule } from './bookingType';
import { catalogEntry } from './catalog';
import { readDetails } from './details';
import type { CalComEvent, EventCategory } from './event';
import type { EventLocation } from '../booking/model';
import type { Json, JsonObject } from '../values/json';
import { eventKeyOf } from './eventKey';
import { toJson, toJsonObject } from '../values/json';
import { isStaleVideoUrl, readLocation } from '../booking/place';
import { openJson } from '../values/openJson';
import { numberRegion } from '../values/phone';
import { readDelivery } from '../booking/schema';
import type { Delivery, Payload } from '../booking/schema';
import { seatFacts } from '../booking/seats';
import { scrub } from './secrets';
import { instant } from '../values/time';

/** What the normalizer is told beside the delivery itself. */
export interface NormalizeContext {
	source: 'webhook' | 'poll';
	/** Whether the delivery's signature was checked and is right. */
	verified: boolean;
	/** The user's own word for where this comes from (branch, company). */
	tag: string | null;
	/** Which Cal.com it is; null where that is not known. */
	instance: string | null;
	/** ISO 8601 in UTC: stands in where Cal.com sends no time. */
	receivedAt: string;
	/** Keep one-time passwords, video passwords and recording tokens. */
	includeSecrets: boolean;
	/** Fill `raw`; it is filled anyway for events without a shape of their own. */
	includeRaw: boolean;
	/** ISO 3166 alpha-2 for phone numbers written nationally, where a person's zone does not tell; null: the zones alone. */
	defaultCountry: string | null;
	/** The first that matches names the booking type. */
	bookingTypeRules: readonly BookingTypeRule[];
	defaultBookingType: string | null;
}

/** Categories whose attendees were not brought along by anybody. */
const WITHOUT_GUESTS: ReadonlySet<EventCategory> = new Set<EventCategory>(['noShow', 'form']);

/**
 * Makes the one normalized event from whatever Cal.com delivered.
 *
 * Never throws, whatever the body is, and every key of the event is there. The same body and context
 * always give the same event: it reads no clock.
 *
 * @param body The delivery's body after JSON.parse; JSON text, also encoded again by a proxy, is opened.
 * @param context What the delivery does not say itself.
 */
export function normalizeDelivery(body: unknown, context: NormalizeContext): CalComEvent {
	return eventOfDelivery(readDelivery(openJson(body)), context);
}

/** The same of a delivery that is read already. */
export function eventOfDelivery(delivery: Delivery, context: NormalizeContext): CalComEvent {
	const { event, payload } = delivery;
	const category = catalogEntry(event)?.category ?? 'system';

	const everyone = readEveryone(delivery, context.source === 'poll', context.defaultCountry);
	const { organizer, attendees } = everyone;
	const attendee = attendees[0] ?? { ...NO_ATTENDEE };
	const seat = seatFacts(event, payload, everyone.listed);
	const stale = isStaleVideoUrl(event, payload);
	const region = numberRegion(context.defaultCountry, attendee.timeZone, organizer.timeZone);
	const location = readLocation(payload, stale, region);
	const responses = flattenAnswers(payload.responses, 'notSystem');
	const customResponses = customAnswers(payload.userFieldsResponses, responses);
	const eventType = readEventType(event, payload);

	const made: CalComEvent = {
		event,
		occurredAt: occurredAt(delivery) ?? instant(context.receivedAt),
		bookingType:
			bookingUid(payload) === null
				? null
				: bookingTypeOf(
						{
							bookingTitle: payload.title,
							eventTypeTitle: eventType.title,
							eventTypeSlug: eventType.slug,
						},
						context.bookingTypeRules,
						context.defaultBookingType,
					),
		booking: readBooking(delivery, {
			seat,
			facts: { seatRemoved: seat.seatRemoved, someoneAbsent: attendees.some((one) => one.noShow === true) },
			location,
			timeZone: organizer.timeZone ?? attendee.timeZone,
		}),
		attendee,
		attendees,
		attendeeCount: attendees.length,
		guests: seat.seats !== null || WITHOUT_GUESTS.has(category) ? [] : readGuests(attendees, payload.responses),
		notes:
			payload.additionalNotes ??
			textAnswer(payload.responses, 'notes') ??
			(delivery.isBookingRow ? payload.description : null),
		responses,
		customResponses,
		hasCustomResponses: hasAnswers(customResponses),
		eventType,
		organizer,
		hosts: everyone.hosts,
		metadata: readMetadata(payload, stale, location),
		...readDetails(delivery, category, attendees, context.includeSecrets),
		category,
		source: context.source,
		verified: context.verified,
		tag: context.tag,
		instance: context.instance,
		eventKey: '',
		raw: rawOf(delivery.body, category, context),
	};
	made.eventKey = eventKeyOf(made, delivery);
	return made;
}

/** Meetings carry the time their booking was made instead of the time of the event. */
function occurredAt({ event, createdAt, payload }: Delivery): string | null {
	if (event === 'MEETING_STARTED') return payload.startTime ?? payload.start;
	if (event === 'MEETING_ENDED') return payload.endTime ?? payload.end;
	return createdAt;
}

/** The metadata, in which the link of the booking before a reschedule gives way to the new one. */
function readMetadata(payload: Payload, stale: boolean, location: EventLocation | null): JsonObject {
	const metadata = toJsonObject(payload.metadata);
	if (!stale) return metadata;
	if (location?.url) metadata.videoCallUrl = location.url;
	else delete metadata.videoCallUrl;
	return metadata;
}

/** An event that has no shape of its own would be empty without the body. */
function rawOf(body: unknown, category: EventCategory, context: NormalizeContext): Json {
	if (!context.includeRaw && category !== 'system') return null;
	return context.includeSecrets ? toJson(body) : scrub(body);
}
