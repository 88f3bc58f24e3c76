import { withoutEndCommas } from './words';

/** An error in the words of the node panel: what happened, and how to fix it. */
export interface Explanation {
	message: string;
	description: string;
}

interface KnownError {
	/** Cal.com's own words, or the code of its booking engine. */
	says: RegExp;
	message: string;
	fix: string;
}

/** What people meet while booking, in the words of Cal.com and in ours. The first that fits counts. */
const KNOWN: readonly KnownError[] = [
	{
		says: /already signed up|already_signed_up_for_this_booking_error/i,
		message: 'This attendee has a seat in this booking already',
		fix: 'Cal.com takes each email address once per booking with seats. Use another address, or get the booking to see who is in it.',
	},
	{
		says: /no more seats|booking_seats_full_error|not_enough_available_seats_error/i,
		message: 'All seats of this booking are taken',
		fix: 'Ask for free times (Slot > Get Available) and choose another one.',
	},
	{
		says: /already has booking at this time|no_available_users_found_error|hosts?_unavailable_for_booking|booking_conflict_error|already reserved or booked/i,
		message: 'This time is not free',
		fix: 'Someone may have booked it meanwhile, or it lies outside the working hours. Ask for free times (Slot > Get Available) and choose another one; reserving a slot keeps it free until the booking is made.',
	},
	{
		says: /in the past\b|time_out_of_bounds/i,
		message: 'This time cannot be booked: it is past, or outside the time that may be booked',
		fix: 'Choose a later time. How soon and how far ahead is set in the event type (Limits).',
	},
	{
		says: /cancelled and rescheduled already to booking with uid=/i,
		message: 'This booking was rescheduled already, so it goes by another UID now',
		fix: 'Use the new UID. A reschedule always gives a booking a new one.',
	},
	{
		says: /invalid seatuid/i,
		message: 'There is no such seat in this booking, or it is cancelled already',
		fix: 'Get the booking: it lists the seats that are taken, each with its UID.',
	},
	{
		says: /cancelled already|already (been )?cancelled/i,
		message: 'This booking is cancelled already',
		fix: 'There is nothing left to do. Get the booking first and look at its status when that may happen.',
	},
	{
		says: /cancellation reason is required/i,
		message: 'Cal.com wants a reason when the host cancels',
		fix: 'Fill in Cancellation Reason.',
	},
	{
		says: /already confirmed/i,
		message: 'This booking is confirmed already',
		fix: 'There is nothing left to do. To take it back, cancel the booking.',
	},
	{
		says: /already rejected/i,
		message: 'This booking is declined already',
		fix: 'There is nothing left to do. To take it back, make a new booking.',
	},
	{
		says: /only be marked as absent after/i,
		message: 'Nobody can be marked absent before the booking has begun',
		fix: 'Wait until its start, for example with a Wait node or the event Meeting Started.',
	},
	{
		says: /recurrence count is higher/i,
		message: 'The event type does not repeat that often',
		fix: 'Ask for fewer occurrences, or allow more in the event type (Recurring).',
	},
	{
		says: /already has an event type with this slug|event type with (this|the same) slug/i,
		message: 'There is an event type with this slug already',
		fix: 'Give it another slug: the last part of the address of its booking page.',
	},
	{
		says: /(maximum|limit).{0,100}(booking|duration).{0,100}(reached|exceeded)|booking_limit_reached|duration_limit_reached/i,
		message: 'The event type takes no more bookings for this time',
		fix: 'Choose another day, or raise its booking limits in Cal.com.',
	},
];

/** `responses - {age}Invalid string, {email}error_required_field`: what it found about the answers to the questions. */
const ANSWERS = /^responses - (\{.+)$/s;
const ONE_ANSWER = /\{([^{}]+)\}([^{]*)/g;
const ANSWER_WORDS: Record<string, string> = {
	error_required_field: 'an answer is required',
	email_validation_error: 'this is no email address',
	'Invalid input': 'this answer is not accepted',
	invalid_number: 'this is no phone number',
};

function aboutAnswers(text: string): Explanation | null {
	const all = ANSWERS.exec(text)?.[1];
	if (all === undefined) return null;
	const each = [...all.matchAll(ONE_ANSWER)].map(([, slug = '', said = '']) => {
		const words = withoutEndCommas(said);
		return `${slug}: ${ANSWER_WORDS[words] ?? words}`;
	});
	return {
		message: `Cal.com did not accept an answer to the booking form (${each.join('; ')})`,
		description: `Change it under the questions of the event type. Cal.com said: "${text}".`,
	};
}

/**
 * The words for an error that is known by what Cal.com says; null for any other.
 *
 * @param text Cal.com's own words
 */
export function knownError(text: string): Explanation | null {
	const known = KNOWN.find(({ says }) => says.test(text));
	if (known === undefined) return aboutAnswers(text);
	return { message: known.message, description: `${known.fix} Cal.com said: "${text}".` };
}
