import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CalComEvent } from '../shared/events/event';
import type { JsonObject } from '../shared/values/json';
import { perSeat } from '../shared/events/fromApi';
import type { ApiBooking } from '../shared/booking/apiSchema';
import { readApiBooking } from '../shared/booking/apiSchema';
import { toJsonObject } from '../shared/values/json';
import { isHalfMade } from './halfMade';
import { readOn, startAt } from './keyset';
import { subjectOf } from './memory';
import { NO_ITEM, asRows, isoOf, listBookings } from './request';
import type { EventTypes } from '../shared/api/eventTypeFacts';
import { readEventTypeFacts } from '../shared/api/eventTypeFacts';
import { eventOf, passes } from './tell';
import type { PollResult, Poll, Watch } from './watch';

const MINUTE = 60_000;
const SAMPLES = 3;
const BASE = 36;
const EVENT = 'BOOKING_UPCOMING';

/** Reminders that were told: the nearest lead time by booking (or seat) and start. */
export type Reminded = Map<string, { lead: number; start: number }>;

/** `subject lead start` */
const ENTRY = /^([0-9a-f]+) (\d+) ([0-9a-z]+)$/;
const stateSchema = z.object({ baseUrl: z.string(), reminded: z.array(z.string()) });

function readState(value: unknown, baseUrl: string): Reminded {
	const found = stateSchema.safeParse(value);
	if (!found.success || found.data.baseUrl !== baseUrl) return new Map();
	return new Map(
		found.data.reminded.flatMap((entry): Array<[string, { lead: number; start: number }]> => {
			const [, subject, lead, start] = ENTRY.exec(entry) ?? [];
			if (subject === undefined || lead === undefined || start === undefined) return [];
			return [[subject, { lead: Number(lead), start: parseInt(start, BASE) }]];
		}),
	);
}

/** Without the meetings that have begun: nobody is reminded of them again. */
function writeState(baseUrl: string, reminded: Reminded, now: number): PollResult['state'] {
	const coming = [...reminded].filter(([, { start }]) => start > now);
	return {
		baseUrl,
		reminded: coming.map(([subject, { lead, start }]) => `${subject} ${lead} ${start.toString(BASE)}`),
	};
}

/**
 * The lead time that is due, in minutes; null when none is. When several are, only the nearest: nobody gets
 * two reminders at once, and none for a lead time that the booking was too late for.
 *
 * @param told the nearest lead time that was told for this start; undefined for none
 * @param leads minutes before the start
 */
export function dueLead(start: number, now: number, leads: readonly number[], told: number | undefined): number | null {
	if (start <= now) return null;
	const due = leads.filter((lead) => now >= start - lead * MINUTE);
	const nearest = Math.min(...due);
	return due.length > 0 && (told === undefined || nearest < told) ? nearest : null;
}

function takesPlace({ status }: ApiBooking, includeUnconfirmed: boolean): boolean {
	const word = status?.toLowerCase();
	return word === 'accepted' || (includeUnconfirmed && word === 'pending');
}

/** A moved booking has another start, and so another name to be remembered by. */
const nameOf = ({ uid, seatUid, start }: ApiBooking): string => subjectOf(`${uid} ${seatUid ?? ''} ${start}`);

interface Due {
	booking: JsonObject;
	name: string;
	lead: number;
	start: number;
}

/** What is due for a booking: a reminder for each seat in it. */
export function dueOf(
	booking: JsonObject,
	{ now, parameters }: Pick<Poll, 'now' | 'parameters'>,
	told: Reminded,
): Due[] {
	return perSeat(booking).flatMap((part) => {
		const read = readApiBooking(part);
		if (read?.start == null || !takesPlace(read, parameters.includeUnconfirmed)) return [];
		if (isHalfMade(part, now)) return [];
		const start = Date.parse(read.start);
		const name = nameOf(read);
		const lead = dueLead(start, now, parameters.leads, told.get(name)?.lead);
		return lead === null ? [] : [{ booking: toJsonObject(part), name, lead, start }];
	});
}

/** The bookings that start from now on, in order, page by page. */
async function* readComing({ session, now }: Poll): AsyncGenerator<JsonObject[]> {
	const read = async (query: IDataObject) => asRows(await listBookings(session, query), 'start');
	const order = { after: 'afterStart', sort: 'sortStart' } as const;
	for await (const page of readOn(read, order, startAt(isoOf(now)))) yield page.map(({ value }) => value);
}

function startsAfter(booking: JsonObject | undefined, moment: number): boolean {
	const start = booking === undefined ? null : readApiBooking(booking)?.start;
	return typeof start === 'string' && Date.parse(start) > moment;
}

async function readDue(context: Poll, told: Reminded): Promise<Due[]> {
	const { now, parameters, hasTime } = context;
	const horizon = now + Math.max(0, ...parameters.leads) * MINUTE;
	const due: Due[] = [];
	for await (const page of readComing(context)) {
		due.push(...page.flatMap((booking) => dueOf(booking, context, told)));
		if (due.length >= parameters.maxPerPoll || startsAfter(page.at(-1), horizon) || !hasTime()) break;
	}
	// The next to start come first; the rest is still due at the next poll.
	return due.slice(0, parameters.maxPerPoll);
}

async function poll(context: Poll, stored: unknown): Promise<PollResult> {
	const { session, now } = context;
	const told = readState(stored, session.baseUrl);
	const due = await readDue(context, told);
	const types: EventTypes = due.length > 0 ? await readEventTypeFacts(session, NO_ITEM) : new Map();
	const events: CalComEvent[] = [];
	for (const { booking, name, lead, start } of due) {
		told.set(name, { lead, start });
		const event = eventOf(context, booking, types, { event: EVENT, minutesBefore: lead });
		if (passes(event, context)) events.push(event);
	}
	return { events, state: writeState(session.baseUrl, told, now) };
}

/** The next bookings, as if they were due. */
async function samples(context: Poll): Promise<CalComEvent[]> {
	const events: CalComEvent[] = [];
	for await (const page of readComing(context)) {
		for (const booking of page) {
			const read = readApiBooking(booking);
			if (read === null || !takesPlace(read, context.parameters.includeUnconfirmed)) continue;
			const [part = booking] = perSeat(booking);
			const minutesBefore = context.parameters.leads[0] ?? 0;
			const event = eventOf(context, toJsonObject(part), new Map(), { event: EVENT, minutesBefore });
			if (passes(event, context)) events.push(event);
			if (events.length === SAMPLES) return events;
		}
	}
	return events;
}

/** "Starts in so many minutes": reminders without a database. */
export const upcoming: Watch = {
	poll,
	samples,
	nothing: 'No booking that is still to come passes the filters',
};
