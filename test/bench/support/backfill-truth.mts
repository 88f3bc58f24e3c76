// What the tables must hold after a backfill, told from the bookings of the stand-in alone, and what they hold.
import type pg from 'pg';
import { type Booking, type CalCom, eventTypeOf } from 'stand-ins/calcom';

/** Name of a table, or of a part of it -> what it holds, one line for each row. */
export type Lines = Record<string, string[]>;

const STATUS = { ACCEPTED: 'scheduled', PENDING: 'scheduled', CANCELLED: 'cancelled', REJECTED: 'cancelled' } as const;
const EVENT = { PENDING: 'BOOKING_REQUESTED', CANCELLED: 'BOOKING_CANCELLED', REJECTED: 'BOOKING_REJECTED' } as const;

/** Whose place another booking has taken: Cal.com calls it cancelled, and it is part of the other one. */
const isMovedOn = ({ status, rescheduled }: Booking) => status === 'CANCELLED' && rescheduled;

function bookerOf({ attendees, responses }: Booking): { email: string; noShow: boolean } | undefined {
	return attendees.find(({ email }) => email === responses?.['email']) ?? attendees[0];
}

function statusOf(booking: Booking, now: string): string {
	if (booking.status !== 'ACCEPTED' || booking.end > now) return STATUS[booking.status];
	return bookerOf(booking)?.noShow === true ? 'no_show' : 'completed';
}

/** The facts that a booking tells of, as `EVENT:uid`. */
function factsOf(booking: Booking, now: string): string[] {
	const { status, uid, fromReschedule, noShowHost, attendees } = booking;
	const own =
		status === 'ACCEPTED' ? (fromReschedule === null ? 'BOOKING_CREATED' : 'BOOKING_RESCHEDULED') : EVENT[status];
	const absent = noShowHost
		? 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW'
		: attendees.some(({ noShow }) => noShow)
			? 'BOOKING_NO_SHOW_UPDATED'
			: null;
	const over = status === 'ACCEPTED' && booking.end < now;
	return [own, ...(over ? ['MEETING_ENDED'] : []), ...(absent === null ? [] : [absent])].map(
		(event) => `${event}:${uid}`,
	);
}

/** Everything that must be there. */
export function truthOf({ state }: Pick<CalCom, 'state'>): Lines {
	const now = new Date().toISOString();
	const told = state.bookings.filter((booking) => !isMovedOn(booking));
	const lead = (booking: Booking) => bookerOf(booking)?.email.toLowerCase() ?? '';
	const facts = told.flatMap((booking) => factsOf(booking, now));
	const byUid = new Map(state.bookings.map((booking) => [booking.uid, booking]));
	/** All uids that it had before it moved. */
	const before = ({ fromReschedule }: Booking): string[] => {
		const earlier = fromReschedule === null ? undefined : byUid.get(fromReschedule);
		return earlier === undefined ? [] : [earlier.uid, ...before(earlier)];
	};
	return {
		bookings: told.map((booking) =>
			[
				booking.uid,
				statusOf(booking, now),
				booking.start,
				booking.end,
				lead(booking),
				eventTypeOf(state, booking).slug,
				[...before(booking)].sort().join(','),
				booking.cancellationReason ?? '',
			].join(' | '),
		),
		leads: [...new Set(told.map(lead).filter((email) => email !== ''))],
		'calendar events': told.map((booking) => `${booking.uid} | ${statusOf(booking, now)} | ${booking.start}`),
		'inbox, all processed': facts.map((fact) => `${fact} | processed`),
		activities: facts,
	};
}

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const fact = "split_part(event_key, ':', 1) || ':' || split_part(event_key, ':', 2)";
const QUERIES: Record<string, string> = {
	bookings: `SELECT concat_ws(' | ', b.uid, b.status, ${instant('b.start_time')}, ${instant('b.end_time')}, lower(coalesce(l.email, '')), b.event_type_slug,
			coalesce((SELECT string_agg(u, ',') FROM unnest(b.uids) AS u WHERE u <> b.uid), ''), coalesce(b.cancellation_reason, '')) AS line
		FROM calcom.bookings AS b LEFT JOIN calcom.leads AS l ON l.id = b.lead_id`,
	leads: 'SELECT lower(email) AS line FROM calcom.leads',
	'calendar events': `SELECT concat_ws(' | ', booking_uid, status, ${instant('start_time')}) AS line FROM calcom.calendar_events`,
	'inbox, all processed': `SELECT ${fact} || ' | ' || status AS line FROM calcom.webhook_events`,
	activities: `SELECT ${fact} AS line FROM calcom.lead_activities`,
};

/** Everything that is there. */
export async function linesOf(db: pg.Pool): Promise<Lines> {
	const all: Lines = {};
	for (const [name, query] of Object.entries(QUERIES))
		all[name] = (await db.query<{ line: string }>(query)).rows.map(({ line }) => line);
	return all;
}

export interface Difference {
	name: string;
	rows: number;
	missing: string[];
	/** There, and not expected; a row that is there twice is one too many. */
	tooMany: string[];
}

/** @param may facts that are right whether they are there or not, as `EVENT:uid` */
export function differences(truth: Lines, found: Lines, may: ReadonlySet<string> = new Set()): Difference[] {
	return Object.entries(truth).map(([name, expected]) => {
		const rows = found[name] ?? [];
		const left = new Map<string, number>();
		for (const line of expected) left.set(line, (left.get(line) ?? 0) + 1);
		const tooMany: string[] = [];
		for (const line of rows) {
			const open = left.get(line) ?? 0;
			if (open > 0) left.set(line, open - 1);
			else if (!may.has(line.split(' | ')[0] ?? '')) tooMany.push(line);
		}
		return {
			name,
			rows: rows.length,
			missing: [...left].filter(([, open]) => open > 0).map(([line]) => line),
			tooMany,
		};
	});
}

/** One text for each table that a backfill writes to: equal texts, equal rows, down to the clocks in them. */
export async function digestOf(db: pg.Pool): Promise<Record<string, string>> {
	const digests: Record<string, string> = {};
	for (const table of [
		'leads',
		'bookings',
		'lead_activities',
		'calendar_events',
		'webhook_events',
		'event_claims',
		'staff',
	]) {
		const { rows } = await db.query<{ digest: string }>(
			`SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS digest FROM calcom.${table} AS t`,
		);
		digests[table] = rows[0]?.digest ?? '';
	}
	return digests;
}

/** How many requests it takes: each page begins with what starts when the last one ended, which it has seen. */
export function expectedPages(starts: string[], pageSize: number): number {
	const sorted = starts.toSorted();
	for (let pages = 1, from = 0, size = pageSize; ; pages += 1) {
		const page = sorted.slice(from, from + size);
		const last = page.at(-1);
		if (last === undefined || page.length < size) return pages;
		// A page all of one time leads nowhere: it is read again, twice as long.
		let next = from + page.length - 1;
		while (next > from && sorted[next - 1] === last) next -= 1;
		size = next === from ? size * 2 : pageSize;
		from = next;
	}
}
