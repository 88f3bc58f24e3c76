import { invalid } from '../errors.mts';
import type { Issue } from '../errors.mts';
import type { Json, JsonObject } from '../json.mts';
import { pageIssues } from '../paging.mts';
import { eventTypeOf, userById } from '../store.mts';
import type { State } from '../store.mts';
import { isIsoDate } from '../time.mts';
import type { Booking } from '../types.mts';

type Test = (booking: Booking, now: string) => boolean;

const isOpen = ({ status }: Booking): boolean => status === 'ACCEPTED' || status === 'PENDING';

/** A request of a series is not upcoming: only its confirmed occurrences are. */
const STATUSES: Record<string, Test> = {
	upcoming: (booking, now) =>
		booking.end >= now && (booking.recurringEventId === null ? isOpen(booking) : booking.status === 'ACCEPTED'),
	recurring: (booking, now) => booking.end >= now && booking.recurringEventId !== null && isOpen(booking),
	past: (booking, now) => booking.end <= now && isOpen(booking),
	cancelled: ({ status }) => status === 'CANCELLED' || status === 'REJECTED',
	unconfirmed: (booking, now) => booking.end >= now && booking.status === 'PENDING',
};

/** Instants in the query -> the row's value and which side of it counts. */
const DATES: Record<string, { of: (booking: Booking) => string; side: 'after' | 'before'; called: string }> = {
	afterStart: { of: ({ start }) => start, side: 'after', called: 'fromDate' },
	beforeEnd: { of: ({ end }) => end, side: 'before', called: 'toDate' },
	afterCreatedAt: { of: ({ createdAt }) => createdAt, side: 'after', called: 'afterCreatedAt' },
	beforeCreatedAt: { of: ({ createdAt }) => createdAt, side: 'before', called: 'beforeCreatedAt' },
	afterUpdatedAt: { of: ({ updatedAt }) => updatedAt, side: 'after', called: 'afterUpdatedAt' },
	beforeUpdatedAt: { of: ({ updatedAt }) => updatedAt, side: 'before', called: 'beforeUpdatedAt' },
};

const SORTS: Record<string, (booking: Booking) => string> = {
	sortStart: ({ start }) => start,
	sortEnd: ({ end }) => end,
	sortCreated: ({ createdAt }) => createdAt,
	sortUpdatedAt: ({ updatedAt }) => updatedAt,
};

const commaList = (text: string): string[] => text.split(',').filter((part) => part !== '');

/** The query as class-validator sees it: numbers as numbers, lists as lists. */
function targetOf(query: URLSearchParams): JsonObject {
	const target: JsonObject = {};
	for (const [key, text] of query) {
		if (key === 'take' || key === 'skip' || key === 'eventTypeId' || key === 'teamId') target[key] = Number(text);
		else if (key === 'status') target[key] = commaList(text);
		else if (key === 'eventTypeIds' || key === 'teamsIds') target[key] = commaList(text).map(Number);
		else target[key] = text;
	}
	return target;
}

/** @throws ApiError 400 with every query parameter that is wrong */
export function checkQuery(query: URLSearchParams): void {
	const target = targetOf(query);
	const issues: Issue[] = [];
	const status = target['status'];
	if (Array.isArray(status) && !status.every((word) => String(word) in STATUSES))
		issues.push({
			property: 'status',
			value: status,
			constraints: { isEnum: `Invalid status. Allowed are ${Object.keys(STATUSES).join(', ')}` },
		});
	for (const [property, { called }] of Object.entries(DATES)) {
		const value = query.get(property);
		if (value !== null && !isIsoDate(value))
			issues.push({ property, value, constraints: { isIso8601: `${called} must be a valid ISO 8601 date.` } });
	}
	for (const property of Object.keys(SORTS)) {
		const value = query.get(property);
		if (value !== null && value !== 'asc' && value !== 'desc')
			issues.push({ property, value, constraints: { isEnum: `${property} must be either "asc" or "desc".` } });
	}
	issues.push(...pageIssues(asNumber(target['take']), asNumber(target['skip'])));
	if (issues.length > 0) throw invalid(target, issues);
}

const asNumber = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

/** What someone may see in the list: what they host, and what they attend. */
export function mine(state: State, userId: number): (booking: Booking) => boolean {
	const { email } = userById(state, userId);
	return (booking) => booking.userId === userId || booking.attendees.some((attendee) => attendee.email === email);
}

/** Bookings that may be seen and match the query, sorted; not paged yet. */
export function findBookings(
	state: State,
	visible: (booking: Booking) => boolean,
	query: URLSearchParams,
	now: string,
): Booking[] {
	const statuses = commaList(query.get('status') ?? '');
	const typeIds = [...commaList(query.get('eventTypeIds') ?? ''), ...commaList(query.get('eventTypeId') ?? '')].map(
		Number,
	);
	const tests: Test[] = [visible];
	if (statuses.length > 0) tests.push((booking) => statuses.some((status) => STATUSES[status]?.(booking, now)));
	if (typeIds.length > 0) tests.push(({ eventTypeId }) => typeIds.includes(eventTypeId));
	const teamIds = [...commaList(query.get('teamsIds') ?? ''), ...commaList(query.get('teamId') ?? '')].map(Number);
	// On the community edition an account sees its own bookings only: asking for a team's finds none.
	if (teamIds.length > 0)
		tests.push(
			(booking) => state.organization !== null && teamIds.includes(eventTypeOf(state, booking).teamId ?? 0),
		);
	const email = query.get('attendeeEmail');
	if (email !== null) tests.push(({ attendees }) => attendees.some((attendee) => attendee.email === email));
	const name = query.get('attendeeName');
	if (name !== null) tests.push(({ attendees }) => attendees.some((attendee) => attendee.name === name));
	const uid = query.get('bookingUid');
	if (uid !== null) tests.push((booking) => booking.uid === uid);
	for (const [property, { of, side }] of Object.entries(DATES)) {
		const value = query.get(property);
		if (value === null) continue;
		const limit = new Date(value).toISOString();
		tests.push((booking) => (side === 'after' ? of(booking) >= limit : of(booking) <= limit));
	}
	return state.bookings.filter((booking) => tests.every((test) => test(booking, now))).sort(sorterOf(query));
}

/** What Cal.com leaves out of its count, and so of the number of pages: these filter what has been counted. */
const NOT_COUNTED = ['afterCreatedAt', 'beforeCreatedAt', 'afterUpdatedAt', 'beforeUpdatedAt'];

/** How many bookings Cal.com says there are: too many where the query asks for times of creation or of change. */
export function countBookings(
	state: State,
	visible: (booking: Booking) => boolean,
	query: URLSearchParams,
	now: string,
): number {
	const counted = new URLSearchParams(query);
	for (const name of NOT_COUNTED) counted.delete(name);
	return findBookings(state, visible, counted, now).length;
}

function sorterOf(query: URLSearchParams): (a: Booking, b: Booking) => number {
	const [property, of] = Object.entries(SORTS).find(([name]) => query.has(name)) ?? ['sortStart', SORTS['sortStart']];
	const direction = query.get(property) === 'desc' ? -1 : 1;
	const value = of ?? (({ start }: Booking) => start);
	// Plain comparison: these are ISO instants, and long lists are sorted for every page.
	return (a, b) => direction * (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a.id - b.id);
}
