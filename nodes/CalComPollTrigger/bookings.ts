import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CalComEvent } from '../shared/events/event';
import type { JsonObject } from '../shared/values/json';
import { readApiBooking } from '../shared/booking/apiSchema';
import { followedBy } from '../shared/events/parts';
import { factsOf } from './facts';
import { isHalfMade } from './halfMade';
import type { Position, ReadRow } from './keyset';
import { PAGE, readOn, startAt } from './keyset';
import type { Memory } from './memory';
import { CAPACITY, readMemory, trim, writeMemory } from './memory';
import { NO_ITEM, asRows, isoOf, listBookings } from './request';
import type { EventTypes } from '../shared/api/eventTypeFacts';
import { readEventTypeFacts } from '../shared/api/eventTypeFacts';
import { readSeated } from './seated';
import { tell } from './tell';
import type { PollResult, Poll, Watch } from './watch';

const SAMPLES = 3;
/** Nothing is older: with no booking at all, everything to come is new, whatever the clocks say. */
const BEGINNING = isoOf(1);
const MINUTE = 60_000;
/** Milliseconds: reading begins one before the position, and what may have been forgotten lies behind that. */
const PAST = 2;

const positionSchema = z.object({ at: z.string(), skip: z.number(), uid: z.string().nullable() });
const stateSchema = z.object({
	/** Where Cal.com is: another one has other bookings. */
	baseUrl: z.string(),
	/** The date that was asked for as the start; null for "from now on". */
	startDate: z.string().nullable(),
	position: positionSchema,
	/** The last change that was read, in milliseconds since 1970 by Cal.com's clock; null before the first. */
	newest: z.number().nullable(),
	/** What `newest` was when reading was first cut short; null when the last poll read everything. */
	cutAt: z.number().nullable(),
	/** Bookings changed before this moment (ISO 8601) were there before the start: their seats are not news. */
	seatsSince: z.string().nullable(),
});

type State = z.infer<typeof stateSchema> & { memory: Memory };

function readState(value: unknown, { session, parameters }: Poll): State | null {
	const found = stateSchema.safeParse(value);
	if (!found.success || found.data.baseUrl !== session.baseUrl) return null;
	const state = { ...found.data, memory: readMemory(value) };
	const { startDate } = parameters;
	if (startDate === null || startDate === state.startDate) return state;
	// A date that was chosen later on leads back to it, never forward: nothing is lost, and what is remembered
	// is not told again.
	const isBack = Date.parse(startDate) < Date.parse(state.position.at);
	return { ...state, startDate, position: isBack ? startAt(startDate) : state.position };
}

const NO_ONE: ReadonlySet<string> = new Set();
const NO_TYPES: EventTypes = new Map();

/** Takes note of the present state of bookings without telling anyone. What is being made is news once it is whole. */
function remember(memory: Memory, bookings: readonly JsonObject[], now: number): void {
	for (const booking of bookings.filter((one) => !isHalfMade(one, now))) {
		for (const { subject, known } of factsOf(booking, memory, NO_ONE)) memory.known.set(subject, known);
	}
}

/**
 * The start from now on: what changed last is remembered and not told. That is more than the overlap needs,
 * so that an old booking that is touched later on (a guest added) is not taken for a new one.
 */
async function startFromNow(poll: Poll): Promise<State> {
	const memory: Memory = { known: new Map(), floor: 0 };
	let newest: number | null = null;
	for (let skip = 0; skip < CAPACITY; skip += PAGE) {
		const list = await listBookings(poll.session, { sortUpdatedAt: 'desc', take: PAGE, skip });
		remember(memory, list, poll.now);
		const moments = asRows(list, 'updatedAt').flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
		newest ??= moments[0] ?? null;
		memory.floor = list.length < PAGE ? 0 : (moments.at(-1) ?? 0);
		if (list.length < PAGE) break;
	}
	for await (const page of readSeated(poll.session, await readEventTypeFacts(poll.session, NO_ITEM), poll.now))
		remember(memory, page, poll.now);
	trim(memory, poll.now);
	return {
		baseUrl: poll.session.baseUrl,
		startDate: null,
		position: nextPosition(poll, startAt(BEGINNING), newest, memory),
		newest,
		cutAt: null,
		seatsSince: null,
		memory,
	};
}

function startFromDate({ session }: Poll, startDate: string): State {
	return {
		baseUrl: session.baseUrl,
		startDate,
		position: startAt(startDate),
		newest: null,
		cutAt: null,
		seatsSince: startDate,
		// What changed before the date is none of our business, and no overlap may lead back to it.
		memory: { known: new Map(), floor: Date.parse(startDate) - 1 },
	};
}

/**
 * Where the next poll starts when everything was read: a while back, because a change can become visible
 * later than its time says, but no further than what is still remembered.
 */
function nextPosition({ parameters }: Poll, before: Position, newest: number | null, { floor }: Memory): Position {
	if (newest === null) return before;
	return startAt(isoOf(Math.max(newest - parameters.overlapMinutes * MINUTE, floor + PAST)));
}

/** What was left to the next poll is read again by it, whatever came after. */
function notBehind(heldAt: string | null, position: Position): Position {
	return heldAt !== null && Date.parse(heldAt) <= Date.parse(position.at) ? startAt(heldAt) : position;
}

interface Reading {
	rows: Array<ReadRow<JsonObject>>;
	/** What was read of the list, beyond the last row too. */
	seen: JsonObject[];
	/** Where to go on; null when everything was read. */
	rest: Position | null;
	/** When the first booking that was left to the next poll changed (ISO 8601); null when none was. */
	heldAt: string | null;
}

/** Reads on from where the last poll ended: so many bookings with news, and no longer than a poll may take. */
async function readChanges({ session, parameters, now, hasTime }: Poll, { position, memory }: State): Promise<Reading> {
	const reading: Reading = { rows: [], seen: [], rest: null, heldAt: null };
	const read = async (query: IDataObject) => asRows(await listBookings(session, query), 'updatedAt');
	const order = { after: 'afterUpdatedAt', sort: 'sortUpdatedAt' } as const;
	let left = parameters.maxPerPoll;
	for await (const page of readOn(read, order, position, PAGE)) {
		reading.seen.push(...page.map(({ value }) => value));
		for (const row of page) {
			if (isHalfMade(row.value, now)) {
				reading.heldAt ??= row.at;
				continue;
			}
			reading.rows.push(row);
			left -= factsOf(row.value, memory, NO_ONE).filter(({ event }) => event !== null).length;
			if (left <= 0) return { ...reading, rest: row.resume };
		}
		if (!hasTime()) return { ...reading, rest: reading.rows.at(-1)?.resume ?? null };
	}
	return reading;
}

/** Tells of one booking what is new, and remembers it. */
function take(poll: Poll, booking: JsonObject, known: Taking, isSilent = false): CalComEvent[] {
	const { memory, types, followed } = known;
	return factsOf(booking, memory, followed).flatMap((fact) => {
		const event = isSilent ? null : tell(poll, fact, booking, types, memory);
		memory.known.set(fact.subject, fact.known);
		return event === null ? [] : [event];
	});
}

interface Taking {
	memory: Memory;
	types: EventTypes;
	followed: ReadonlySet<string>;
}

const isBefore = (booking: JsonObject, since: string | null): boolean => {
	const changed = readApiBooking(booking)?.updatedAt ?? null;
	return since !== null && changed !== null && Date.parse(changed) < Date.parse(since);
};

async function poll(context: Poll, stored: unknown): Promise<PollResult> {
	const { session, parameters } = context;
	const state = readState(stored, context);
	if (state === null && parameters.startDate === null) {
		return { events: [], state: writeState(await startFromNow(context)) };
	}
	const from = state ?? startFromDate(context, parameters.startDate ?? BEGINNING);
	const { memory } = from;
	const { rows, seen, rest, heldAt } = await readChanges(context, from);
	const taking: Taking = { memory, types: await readEventTypeFacts(session, NO_ITEM), followed: followedBy(seen) };
	const events = rows.flatMap(({ value }) => take(context, value, taking));
	for await (const page of readSeated(session, taking.types, context.now)) {
		const whole = page.filter((booking) => !isHalfMade(booking, context.now));
		for (const booking of whole) events.push(...take(context, booking, taking, isBefore(booking, from.seatsSince)));
		if (!context.hasTime()) break;
	}
	const changes = rows.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
	const newest = changes.length === 0 ? from.newest : Math.max(from.newest ?? 0, changes.at(-1) ?? 0);
	trim(memory, context.now);
	// Batches that were cut short went on without looking back: what became visible meanwhile is looked for at the end.
	const cutAt = from.cutAt ?? newest;
	const position = notBehind(heldAt, rest ?? nextPosition(context, from.position, cutAt, memory));
	const next = { ...from, position, newest, cutAt: rest === null ? null : cutAt, seatsSince: null };
	return { events, state: writeState(next) };
}

const writeState = ({ memory, ...rest }: State): PollResult['state'] => ({ ...rest, ...writeMemory(memory) });

/** The bookings that changed last, as the events of their present state. */
async function samples(context: Poll): Promise<CalComEvent[]> {
	const newest = await listBookings(context.session, { sortUpdatedAt: 'desc', take: PAGE });
	const nothingKnown: Memory = { known: new Map(), floor: 0 };
	const followed = followedBy(newest);
	const facts = newest.flatMap((booking) => factsOf(booking, nothingKnown, followed).slice(-1));
	return facts.flatMap((fact) => tell(context, fact, fact.booking, NO_TYPES, nothingKnown) ?? []).slice(0, SAMPLES);
}

/** Bookings whose webhook never came, or has nowhere to come to. */
export const bookings: Watch = {
	poll,
	samples,
	nothing: 'No booking in Cal.com passes the filters and the choice of events',
};
