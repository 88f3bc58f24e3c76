import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import type { Booking } from '../../../shared/api/bookings';
import { bookingRequest, bookingFacts, someBookings } from '../../../shared/api/bookings';
import { createFields } from './createFields';
import { readCreateInput } from './createInput';
import { findExisting } from './existing';
import { shape } from './output';
import { sendOnce } from '../../../shared/api/outcome';

/** What Cal.com keeps as the place when only the attendee knows it and nobody said. */
const ASKED: ReadonlyMap<string, [what: string, choice: string]> = new Map([
	['phone', ["attendee's phone number", "Attendee's Phone"]],
	['attendeeInPerson', ["attendee's address", "Attendee's Address"]],
	['somewhereElse', ['place that the attendee names', 'Somewhere Else']],
]);

/** What to tell of a booking that Cal.com took without the place that its event type asks for. */
function missingPlace(made: Booking | undefined): string | null {
	const asked = ASKED.get(made === undefined ? '' : (bookingFacts(made).location ?? ''));
	if (asked === undefined) return null;
	const [what, choice] = asked;
	return `Booked without a place: the event type takes place at the ${what}, which Cal.com was not told. Set Location to "${choice}".`;
}

/**
 * Makes a booking: one, a series (one item for each of its bookings) or a seat, as the event type is.
 * When Cal.com's answer does not tell whether it was made, that is read instead of asking again.
 */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a booking',
		description: 'Book an event type for an attendee',
	},
	fields: createFields,
	async execute(itemIndex, session) {
		const { body, wish } = await readCreateInput(this, itemIndex, session);
		const onlyIfNotBooked = this.getNodeParameter('onlyIfNotBooked', itemIndex, false) === true;
		if (onlyIfNotBooked && wish.email === null) {
			throw invalid(
				this,
				itemIndex,
				'FIELD_EMPTY',
				'"Only if Not Booked Yet" needs the email of the attendee',
				'Fill in Attendee Email: it tells whose booking to look for.',
			);
		}
		const existing = onlyIfNotBooked ? await findExisting(session, itemIndex, wish) : null;
		if (existing !== null) return shape(this, itemIndex, session, existing, { alreadyBooked: true });
		const made = await sendOnce(
			session,
			itemIndex,
			bookingRequest(session, 'POST', '/bookings', body),
			someBookings,
			async () => (wish.email === null ? null : await findExisting(session, itemIndex, wish)),
		);
		const missing = body.location === undefined ? missingPlace(made[0]) : null;
		if (missing !== null) session.note(missing);
		return shape(this, itemIndex, session, made, onlyIfNotBooked ? { alreadyBooked: false } : {});
	},
};
