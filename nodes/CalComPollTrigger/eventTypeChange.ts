import type { CalComEvent } from '../shared/events/event';
import type { JsonObject } from '../shared/values/json';
import { toJson } from '../shared/values/json';
import type { NormalizeContext } from '../shared/events/normalize';
import { normalizeDelivery } from '../shared/events/normalize';
import type { Fields } from '../shared/values/readers';
import { fields, list } from '../shared/values/readers';
import { scrub } from '../shared/events/secrets';

export type EventTypeEvent = 'EVENT_TYPE_CREATED' | 'EVENT_TYPE_UPDATED' | 'EVENT_TYPE_DELETED';

/** What became of an event type between two looks at it. */
export interface EventTypeChange {
	event: EventTypeEvent;
	/** As API v2 gives it; of a deleted one what is remembered of it. */
	eventType: Fields;
	/** `{field: {old, new}}` of an update; null otherwise. */
	changes: JsonObject | null;
}

/**
 * Makes the normalized event of a change to an event type. Cal.com sends no webhook for those and keeps
 * no update time, so it happened when it was found: at `receivedAt`. Never throws; reads no clock.
 */
export function eventTypeToEvent(
	change: EventTypeChange,
	context: Omit<NormalizeContext, 'source' | 'verified'>,
): CalComEvent {
	const { event, eventType, changes } = change;
	const payload = {
		eventTypeId: eventType.id,
		type: eventType.slug,
		eventTitle: eventType.title,
		eventDescription: eventType.description,
		length: eventType.lengthInMinutes,
		schedulingType: eventType.schedulingType,
		organizer: fields(list(eventType.users)[0]) ?? undefined,
		changes,
	};
	const made = normalizeDelivery(
		{ triggerEvent: event, createdAt: context.receivedAt, payload },
		{ ...context, source: 'poll', verified: true, includeRaw: false },
	);
	const raw = !context.includeRaw ? null : context.includeSecrets ? toJson(eventType) : scrub(eventType);
	return { ...made, raw };
}
