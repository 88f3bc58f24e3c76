import type { ApiResult } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import type { Booking } from '../../../shared/api/bookings';
import { GUESTS_PER_REQUEST, hasAll, inGroups, isGone, movedBooking } from '../../../shared/api/bookingOutcomes';
import { toJsonObject } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import { boolean, list, own, trimmed } from '../../../shared/values/readers';
import { instant } from '../../../shared/values/time';
import { absencesIn, showsAbsences } from './absences';
import { emailsBeyond } from './canSet';
import { uidOf } from './chains';
import { bookingValue } from './fields';
import { ITEM } from './list';
import { placeInput } from './place';
import type { Change } from './send';
import { readIf, sendChange } from './send';
import { statusOfWord } from './status';
import { listedEmails } from './people';

/** The requests that a change takes, worked out from the booking as it is before them. */
type Step = (session: Session, booking: Booking, changes: Fields) => Change[];

const reschedule: Step = (session, booking, changes) => {
	const start = instant(own(changes, 'start'));
	if (start === null) return [];
	const lookUp: Change['lookUp'] = async () =>
		await movedBooking(session, ITEM, { uid: uidOf(booking), seatUid: '', start });
	return [{ method: 'POST', below: '/reschedule', body: { start }, lookUp }];
};

const move: Step = (session, booking, changes) => {
	const place = trimmed(own(changes, 'location'));
	if (place === null) return [];
	const lookUp: Change['lookUp'] = async () =>
		await readIf(session, uidOf(booking), (now) => bookingValue(now, 'location') === place);
	return [{ method: 'PATCH', below: '/location', body: { location: placeInput(place, booking) }, lookUp }];
};

/** Guests of a record, from a list or from text with commas. */
function guestsIn(changes: Fields): string[] {
	const given = own(changes, 'guests');
	const isText = typeof given === 'string' && !given.trimStart().startsWith('[');
	const entries = isText ? given.split(/[,;\n]/) : list(given);
	return entries.flatMap((email) => trimmed(email) ?? []);
}

const addGuests: Step = (session, booking, changes) => {
	const known = listedEmails(booking);
	const added = [...new Set(emailsBeyond(guestsIn(changes), known))];
	return inGroups(added, GUESTS_PER_REQUEST).map((group) => ({
		method: 'POST',
		below: '/guests',
		body: { guests: group.map((email) => ({ email })) },
		lookUp: async () => await readIf(session, uidOf(booking), (now) => hasAll(now, group)),
	}));
};

const markAbsent: Step = (session, booking, changes) => {
	const absences = absencesIn(changes, booking);
	if (absences === null) return [];
	const lookUp: Change['lookUp'] = async () =>
		await readIf(session, uidOf(booking), (now) => showsAbsences(now, absences));
	return [{ method: 'POST', below: '/mark-absent', body: { ...absences }, lookUp }];
};

/** A move comes first: it gives the booking the uid that everything after it needs. */
const STEPS: readonly Step[] = [reschedule, move, addGuests, markAbsent];

/** Whether the record calls the booking off. */
function isCalledOff(changes: Fields): boolean {
	return (
		boolean(own(changes, 'cancelled')) === true || statusOfWord(own(changes, 'appointmentStatus')) === 'cancelled'
	);
}

async function cancel(session: Session, booking: Booking, reason: string, until: number): Promise<ApiResult<Booking>> {
	const uid = uidOf(booking);
	return await sendChange(session, uid, {
		method: 'POST',
		below: '/cancel',
		body: { cancellationReason: reason },
		until,
		lookUp: async () => await readIf(session, uid, (now) => isGone(now)),
	});
}

/**
 * Makes a booking differ by these fields only, each by the call that Cal.com has for it. Calling it off leaves all else
 * alone: nobody is told of a new time for what does not take place.
 *
 * When a later one of several changes fails, the booking is given as the earlier ones made it (it may have a new uid
 * by then), and the failure is told with the execution: what did not change is seen by comparing.
 *
 * @param changes by name, as the record has them
 * @param reason told to everyone when the booking is cancelled
 * @param until see `SyncSide.write`; counts for the first of several changes
 * @throws NodeApiError or TooLate when nothing was changed
 */
export async function writeBooking(
	session: Session,
	booking: Fields,
	changes: Fields,
	reason: string,
	until: number,
): Promise<Booking> {
	let now = toJsonObject(booking);
	if (isCalledOff(changes)) {
		const cancelled = await cancel(session, now, reason, until);
		if (!cancelled.ok) throw session.error(ITEM, cancelled.failure);
		return cancelled.data;
	}
	let isChanged = false;
	for (const step of STEPS) {
		for (const change of step(session, now, changes)) {
			const result = await sendChange(session, uidOf(now), isChanged ? change : { ...change, until });
			if (!result.ok) {
				const error = session.error(ITEM, result.failure);
				if (!isChanged) throw error;
				session.note(`Booking ${uidOf(now)} was changed in part only. ${error.message}`);
				return now;
			}
			now = result.data;
			isChanged = true;
		}
	}
	return now;
}
