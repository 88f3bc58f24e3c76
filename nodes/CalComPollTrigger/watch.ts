import type { IDataObject } from 'n8n-workflow';
import type { Session } from '../shared/api/session';
import type { DeliveryFilters } from '../shared/events/filters';
import type { DeliverySettings } from '../shared/events/settings';
import type { CalComEvent } from '../shared/events/event';
import type { EventTypeEvent } from './eventTypeChange';

/** What one poll works with, whatever it watches. */
export interface Poll {
	session: Session;
	/** Milliseconds since 1970, by n8n's clock. */
	now: number;
	/** Whether there is time for another request: n8n gives up a poll that takes too long. */
	hasTime(): boolean;
	settings: DeliverySettings;
	filters: DeliveryFilters;
	parameters: PollParameters;
}

export interface PollParameters {
	bookingEvents: ReadonlySet<string>;
	/** ISO 8601 in UTC; null for "from now on". */
	startDate: string | null;
	eventTypeEvents: ReadonlySet<EventTypeEvent>;
	watchedFields: readonly string[];
	/** Where the event types are listed, below the base URL. */
	eventTypesPath: string;
	/** Minutes before the start, the nearest first. */
	leads: readonly number[];
	includeUnconfirmed: boolean;
	overlapMinutes: number;
	maxPerPoll: number;
}

export interface PollResult {
	events: CalComEvent[];
	/** For the next poll. */
	state: IDataObject;
}

/** One thing to watch. */
export interface Watch {
	/** @param state what the poll before left; undefined at the first. @throws NodeApiError: the state stays as it was */
	poll(poll: Poll, state: unknown): Promise<PollResult>;
	/** A few examples for someone who builds a workflow. */
	samples(poll: Poll): Promise<CalComEvent[]>;
	/** What to say when there are none. */
	nothing: string;
}
