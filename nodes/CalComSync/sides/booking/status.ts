import type { Fields } from '../../../shared/values/readers';
import { own, trimmed } from '../../../shared/values/readers';
import { isSuperseded } from '../../../shared/events/fromApi';
import { clientsOf } from './people';

/** How the tables call the state of an appointment. */
export type AppointmentStatus = 'scheduled' | 'cancelled' | 'no_show';

/** The words that records use, each as one of ours; spaces, hyphens and letter case do not matter. */
const WORDS: ReadonlyMap<string, AppointmentStatus> = new Map([
	['scheduled', 'scheduled'],
	['accepted', 'scheduled'],
	['confirmed', 'scheduled'],
	['pending', 'scheduled'],
	// Cal.com has no such state: a meeting that took place stays accepted. So the word is the record's own, and
	// neither changes anything in Cal.com nor is replaced as long as Cal.com says nothing else.
	['completed', 'scheduled'],
	['cancelled', 'cancelled'],
	['canceled', 'cancelled'],
	['rejected', 'cancelled'],
	['no_show', 'no_show'],
	['noshow', 'no_show'],
]);

/** The status that a word of a record stands for; null for one that is not known. */
export function statusOfWord(word: unknown): AppointmentStatus | null {
	const written = trimmed(word)
		?.toLowerCase()
		.replace(/[\s-]+/g, '_');
	return written === undefined ? null : (WORDS.get(written) ?? null);
}

/** What two words are compared by: "completed" and "scheduled" are the same to Cal.com. */
export function comparedStatus(word: unknown): unknown {
	return statusOfWord(word) ?? word;
}

/** Whether a booking does not take place. One that was moved does, at another time and under another uid. */
export function isCancelled(booking: Fields): boolean {
	const status = trimmed(own(booking, 'status'))?.toLowerCase();
	return (status === 'cancelled' || status === 'rejected') && !isSuperseded(booking);
}

/** Whether someone did not come: the host, or all those who booked. */
export function isNoShow(booking: Fields): boolean {
	const clients = clientsOf(booking);
	return (
		own(booking, 'absentHost') === true || (clients.length > 0 && clients.every(({ noShow }) => noShow === true))
	);
}

/**
 * The state of an appointment, worked out from what Cal.com tells. It is never "completed": that a meeting's time has
 * passed does not say that it took place, and a value that changes by itself would look like a change in Cal.com.
 */
export function appointmentStatus(booking: Fields): AppointmentStatus {
	if (isCancelled(booking)) return 'cancelled';
	return isNoShow(booking) ? 'no_show' : 'scheduled';
}
