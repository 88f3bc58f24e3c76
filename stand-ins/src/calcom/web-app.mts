import { applyInput, isSettable } from './event-types.mts';
import type { Json, JsonObject } from './json.mts';
import { assertFreeSlug, removeEventType } from './routes/event-types.mts';
import type { EventType } from './types.mts';
import type { World } from './world.mts';

/** What somebody does in Cal.com's web app. Nobody is told, and no time of change is kept. */
export interface WebApp {
	/** Edits an event type, in the API's words; price and currency can be set here too. */
	editEventType(slug: string, changes: JsonObject): void;
	/** Deletes an event type. */
	removeEventTypeNamed(slug: string): void;
	/** Says for all webhooks how long to wait before somebody counts as missing: the community edition's API takes no wait. */
	waitForMissing(time: number, timeUnit: 'DAY' | 'HOUR' | 'MINUTE'): void;
	/** The event type that was deleted last under this slug is there again, with the id it had. */
	restoreEventType(slug: string): void;
}

/** What only the web app sets: API v2 drops it. */
const SETTERS: Record<string, (eventType: EventType, value: Json) => void> = {
	price: (eventType, value) => (eventType.price = Number(value)),
	currency: (eventType, value) => (eventType.currency = String(value)),
};

/** @throws Error when there is none: whoever asks for it has mistyped it */
export function eventTypeNamed(among: EventType[], slug: string): EventType {
	const eventType = among.findLast((candidate) => candidate.slug === slug);
	if (!eventType) throw new Error(`No event type has the slug ${slug}`);
	return eventType;
}

export function newWebApp(world: World): WebApp {
	const { state } = world;
	return {
		editEventType(slug, changes) {
			const eventType = eventTypeNamed(state.eventTypes, slug);
			const unknown = Object.keys(changes).find((key) => !(key in SETTERS) && !isSettable(key));
			if (unknown !== undefined) throw new Error(`Nobody sets ${unknown} of an event type`);
			if (changes['slug'] !== undefined) assertFreeSlug(state, eventType.ownerId, changes['slug'], eventType);
			for (const [key, value] of Object.entries(changes))
				if (value !== undefined) SETTERS[key]?.(eventType, value);
			applyInput(eventType, changes);
		},
		removeEventTypeNamed(slug) {
			removeEventType({ world }, eventTypeNamed(state.eventTypes, slug));
		},
		waitForMissing(time, timeUnit) {
			for (const webhook of state.webhooks) Object.assign(webhook, { time, timeUnit });
		},
		restoreEventType(slug) {
			const eventType = eventTypeNamed(state.goneEventTypes, slug);
			assertFreeSlug(state, eventType.ownerId, slug);
			state.goneEventTypes = state.goneEventTypes.filter((candidate) => candidate !== eventType);
			state.eventTypes.push(eventType);
		},
	};
}
