import type { Answering, Asked, Reply } from './fake-poll.mts';

/** A booking as the list of API v2 gives it, as far as polls look at it. */
export interface ListedBooking {
	uid: string;
	id: number;
	title: string;
	status: string;
	start: string;
	end: string;
	createdAt: string;
	updatedAt: string;
	eventTypeId: number;
	eventType: { id: number; slug: string };
	hosts: Array<{ id: number; name: string; email: string; timeZone: string }>;
	attendees: Array<Record<string, unknown>>;
	rescheduledFromUid?: string;
	rescheduledToUid?: string;
}

export const iso = (millis: number): string => new Date(millis).toISOString();

let counter = 0;

/** A booking, for a day after it was made unless told otherwise. */
export function aBooking(changes: Partial<ListedBooking> & { updatedAt: string }): ListedBooking {
	counter += 1;
	const start = changes.start ?? iso(Date.parse(changes.updatedAt) + 86_400_000);
	return {
		uid: `uid-${counter}`,
		id: counter,
		title: 'Trial lesson',
		status: 'accepted',
		start,
		end: iso(Date.parse(start) + 1_800_000),
		createdAt: changes.updatedAt,
		eventTypeId: 3,
		eventType: { id: 3, slug: 'trial-lesson' },
		hosts: [{ id: 1, name: 'Your School', email: 'owner@school.example', timeZone: 'Europe/Amsterdam' }],
		attendees: [{ name: 'Ada Lovelace', email: 'ada@student.example', timeZone: 'Europe/Amsterdam' }],
		...changes,
	};
}

export interface Account {
	bookings: ListedBooking[];
	eventTypes: Array<Record<string, unknown> & { id: number }>;
	me: number;
	/** Before each answer: moves the list under the reader, or throws. */
	meanwhile: (asked: Asked) => void;
	answer: Answering;
}

const good = (data: unknown): Reply => ({
	status: 200,
	body: { status: 'success', data, pagination: { totalItems: 1 } },
});
export const notFound = (): Reply => ({
	status: 404,
	body: { status: 'error', error: { code: 'NotFoundException', message: 'not found' } },
});

const DATES = [
	['afterUpdatedAt', 'updatedAt'],
	['afterStart', 'start'],
] as const;
const SORTS = [
	['sortUpdatedAt', 'updatedAt'],
	['sortStart', 'start'],
] as const;

/** The list as API v2 sorts and cuts it: ties in the order of ids. */
export function listOf(bookings: readonly ListedBooking[], query: Record<string, string>): ListedBooking[] {
	let found = [...bookings];
	for (const [filter, field] of DATES) {
		const after = query[filter];
		if (after !== undefined) found = found.filter((one) => Date.parse(one[field]) >= Date.parse(after));
	}
	const types = query['eventTypeIds']?.split(',').map(Number);
	if (types) found = found.filter(({ eventTypeId }) => types.includes(eventTypeId));
	for (const [sort, field] of SORTS) {
		const direction = query[sort] === 'desc' ? -1 : 1;
		if (query[sort] !== undefined) {
			found.sort((a, b) => direction * (Date.parse(a[field]) - Date.parse(b[field]) || a.id - b.id));
		}
	}
	const skip = Number(query['skip'] ?? 0);
	return found.slice(skip, skip + Number(query['take'] ?? 100));
}

/** A Cal.com account that answers what polls ask for. */
export function account(start: Partial<Account> = {}): Account {
	const it: Account = {
		bookings: [],
		eventTypes: [],
		me: 1,
		meanwhile: () => undefined,
		answer: (asked) => {
			it.meanwhile(asked);
			if (asked.path === '/bookings') return good(structuredClone(listOf(it.bookings, asked.query)));
			if (asked.path === '/me') return good({ id: it.me });
			if (/\/event-types$/.test(asked.path)) return good(structuredClone(it.eventTypes));
			const one = it.eventTypes.find(({ id }) => asked.path.endsWith(`/event-types/${id}`));
			return one === undefined ? notFound() : good(structuredClone(one));
		},
		...start,
	};
	return it;
}
