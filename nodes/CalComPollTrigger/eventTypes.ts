import { z } from 'zod';
import type { CalComEvent } from '../shared/events/event';
import type { JsonObject } from '../shared/values/json';
import type { EventTypeChange } from './eventTypeChange';
import { eventTypeToEvent } from './eventTypeChange';
import { toJsonObject } from '../shared/values/json';
import type { Snapshot } from './eventTypeDiff';
import { deletion, difference, snapshotOf } from './eventTypeDiff';
import { accountId, eventTypeExists, isoOf, listEventTypes } from './request';
import { passes } from './tell';
import type { PollResult, Poll, Watch } from './watch';

const SAMPLES = 3;
/** Event types that one poll asks for by id; what else vanished is asked for by the next. */
const MAX_CONFIRMED = 10;
const MINUTE = 60_000;

const stateSchema = z.object({
	baseUrl: z.string(),
	/** Where the list is, below the base URL. */
	path: z.string(),
	/** Whose event types these are; null when Cal.com does not tell. */
	account: z.number().nullable(),
	types: z.record(z.record(z.unknown()).transform((fields) => toJsonObject(fields))),
});

type State = z.infer<typeof stateSchema>;

function readState(value: unknown, { session, parameters }: Poll): State | null {
	const found = stateSchema.safeParse(value);
	if (!found.success) return null;
	const { baseUrl, path } = found.data;
	return baseUrl === session.baseUrl && path === parameters.eventTypesPath ? found.data : null;
}

function writeState(poll: Poll, account: number | null, types: Snapshot): PollResult['state'] {
	const { session, parameters } = poll;
	return { baseUrl: session.baseUrl, path: parameters.eventTypesPath, account, types: Object.fromEntries(types) };
}

function eventOf(poll: Poll, change: EventTypeChange): CalComEvent {
	return eventTypeToEvent(change, {
		...poll.settings.context,
		instance: poll.session.instance,
		receivedAt: isoOf(poll.now),
	});
}

function chosen(poll: Poll, change: EventTypeChange): CalComEvent[] {
	if (!poll.parameters.eventTypeEvents.has(change.event)) return [];
	const event = eventOf(poll, change);
	return passes(event, poll) ? [event] : [];
}

/** Those that this poll asks for; by turns, so that some which are there and not listed do not hold up the others. */
function asked(vanished: readonly string[], now: number): ReadonlySet<string> {
	const first = (Math.floor(now / MINUTE) * MAX_CONFIRMED) % Math.max(1, vanished.length);
	return new Set([...vanished.slice(first), ...vanished.slice(0, first)].slice(0, MAX_CONFIRMED));
}

interface Confirmed {
	deleted: EventTypeChange[];
	kept: Map<string, JsonObject>;
}

/**
 * Looks at each event type that is no longer listed: deleted is what Cal.com itself says is not there. What
 * is still there, and what there was no time to ask for, stays remembered.
 */
async function confirm(poll: Poll, vanished: readonly string[], before: Snapshot): Promise<Confirmed> {
	const confirmed: Confirmed = { deleted: [], kept: new Map() };
	const now = asked(vanished, poll.now);
	for (const id of vanished) {
		const old = before.get(id) ?? {};
		const isAsked = now.has(id) && poll.hasTime();
		const exists = isAsked ? await eventTypeExists(poll.session, poll.parameters.eventTypesPath, id) : null;
		if (exists === false) confirmed.deleted.push(deletion(id, old));
		else confirmed.kept.set(id, old);
	}
	return confirmed;
}

async function poll(context: Poll, stored: unknown): Promise<PollResult> {
	const { session, parameters } = context;
	const { watchedFields, eventTypesPath } = parameters;
	const list = await listEventTypes(session, eventTypesPath);
	const now = snapshotOf(list, watchedFields);
	const state = readState(stored, context);
	if (state === null) return { events: [], state: writeState(context, await accountId(session), now) };
	const before = new Map(Object.entries(state.types));
	const { changes, vanished } = difference(before, list, watchedFields);
	if (vanished.length > 0) {
		const account = await accountId(session);
		// The key of somebody else: their event types are not new, and the former ones not deleted.
		if (account !== state.account) return { events: [], state: writeState(context, account, now) };
	}
	const { deleted, kept } = await confirm(context, vanished, before);
	const events = [...changes, ...deleted].flatMap((change) => chosen(context, change));
	return { events, state: writeState(context, state.account, new Map([...now, ...kept])) };
}

/** A few event types, as if they were new. */
async function samples(context: Poll): Promise<CalComEvent[]> {
	const list = await listEventTypes(context.session, context.parameters.eventTypesPath);
	return list
		.map((eventType) => eventOf(context, { event: 'EVENT_TYPE_CREATED', eventType, changes: null }))
		.filter((event) => passes(event, context))
		.slice(0, SAMPLES);
}

/** Changes to event types, of which Cal.com sends no webhook. */
export const eventTypes: Watch = { poll, samples, nothing: 'No event type in Cal.com passes the filters' };
