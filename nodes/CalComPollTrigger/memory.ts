import { z } from 'zod';
import { shortHash } from '../shared/values/json';

/** What is known of a booking, or of one seat in it. */
export interface Known {
	/** The event that its state tells of; `SUPERSEDED` for one that was moved on to another uid. */
	event: string;
	/** Milliseconds since 1970. */
	start: number;
	/** When Cal.com last changed the booking, in milliseconds since 1970, by its own clock. */
	at: number;
	/** The booking's uid, for a seat: seats can move from one booking to another. */
	uid: string | null;
}

/**
 * The states that were handled already, so that an unrelated update (a guest added) is not told again.
 * Bounded: what Cal.com changed longest ago is forgotten first.
 */
export interface Memory {
	known: Map<string, Known>;
	/** States whose booking changed at or before this moment may have been forgotten; milliseconds since 1970. */
	floor: number;
}

export const SUPERSEDED = 'SUPERSEDED';

/** How many states are remembered. */
export const CAPACITY = 2_000;

/** Hex digits that tell bookings apart: static data stays small, and holds no uid that opens a booking's page. */
const SUBJECT_LENGTH = 14;
const LETTERS: ReadonlyArray<[letter: string, event: string]> = [
	['C', 'BOOKING_CREATED'],
	['M', 'BOOKING_RESCHEDULED'],
	['Q', 'BOOKING_REQUESTED'],
	['R', 'BOOKING_REJECTED'],
	['S', SUPERSEDED],
	['X', 'BOOKING_CANCELLED'],
];
const EVENT_OF: ReadonlyMap<string, string> = new Map(LETTERS);
const LETTER_OF: ReadonlyMap<string, string> = new Map(LETTERS.map(([letter, event]) => [event, letter]));
const BASE = 36;

/** Under which name a booking or a seat is remembered. */
export const subjectOf = (uid: string): string => shortHash(uid).slice(0, SUBJECT_LENGTH);

/** `subject letter start changed [uid]` */
const ENTRY = /^([0-9a-f]+) ([A-Z]) (-?[0-9a-z]+) (-?[0-9a-z]+)(?: (.+))?$/;
const stored = z.object({ known: z.array(z.string()).catch([]), floor: z.number().catch(0) });

function readEntry(text: string): Array<[string, Known]> {
	const [, subject, letter, start, at, uid] = ENTRY.exec(text) ?? [];
	const event = EVENT_OF.get(letter ?? '');
	if (subject === undefined || start === undefined || at === undefined || event === undefined) return [];
	return [[subject, { event, start: parseInt(start, BASE), at: parseInt(at, BASE), uid: uid ?? null }]];
}

/** Reads what {@link writeMemory} wrote; an entry that cannot be read is left out. */
export function readMemory(value: unknown): Memory {
	const found = stored.safeParse(value);
	if (!found.success) return { known: new Map(), floor: 0 };
	return { known: new Map(found.data.known.flatMap(readEntry)), floor: found.data.floor };
}

export function writeMemory({ known, floor }: Memory): { known: string[]; floor: number } {
	const entries = [...known].map(([subject, { event, start, at, uid }]) =>
		[subject, LETTER_OF.get(event) ?? 'S', start.toString(BASE), at.toString(BASE), uid]
			.filter((part) => part !== null)
			.join(' '),
	);
	return { known: entries, floor };
}

/**
 * Forgets what was changed longest ago. Seats of meetings to come stay: nothing but their being known tells
 * which of them are new, and they go when the meeting has begun.
 *
 * @param now milliseconds since 1970
 */
export function trim(memory: Memory, now: number, capacity = CAPACITY): void {
	const { known } = memory;
	const old = [...known]
		.filter(([, { uid, start }]) => uid === null || start <= now)
		.sort(([, one], [, other]) => one.at - other.at);
	for (const [subject, { at }] of old.slice(0, Math.max(0, known.size - capacity))) {
		known.delete(subject);
		memory.floor = Math.max(memory.floor, at);
	}
}
