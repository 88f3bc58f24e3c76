import type { ErrorCode } from './errorCodes';
import { inWords, withoutEndCommas, withoutEndDot } from './words';

/** An error in the words of the node panel: what happened, and how to fix it. */
export interface Explanation {
	code: ErrorCode;
	message: string;
	description: string;
}

interface KnownError {
	code: ErrorCode;
	/** Cal.com's own words, or the code of its booking engine. */
	says: RegExp;
	/** Made from Cal.com's words where they name what it is about. */
	message: string | ((text: string) => string);
	fix: string;
}

/** What people meet while booking, in the words of Cal.com and in ours. The first that fits counts. */
const KNOWN: readonly KnownError[] = [
	{
		code: 'ATTENDEE_HAS_SEAT',
		says: /already signed up|already_signed_up_for_this_booking_error/i,
		message: 'This attendee has a seat in this booking already',
		fix: 'Cal.com takes each email address once per booking with seats. Use another address, or get the booking to see who is in it.',
	},
	{
		code: 'SEATS_FULL',
		says: /no more seats|booking_seats_full_error|not_enough_available_seats_error/i,
		message: 'All seats of this booking are taken',
		fix: 'Ask for free times (Slot > Get Available) and choose another one.',
	},
	{
		code: 'TIME_NOT_FREE',
		says: /already has booking at this time|no_available_users_found_error|be booked at the selected time|already reserved by another|if the event is already booked|hosts?_unavailable_for_booking|booking_conflict_error|already reserved or booked/i,
		message: 'This time is not free',
		fix: 'Someone may have booked it meanwhile, or it lies outside the working hours. Ask for free times (Slot > Get Available) and choose another one; reserving a slot keeps it free until the booking is made.',
	},
	{
		code: 'TIME_NOT_BOOKABLE',
		says: /in the past\b|time_out_of_bounds/i,
		message: 'This time cannot be booked: it is past, or outside the time that may be booked',
		fix: 'Choose a later time. How soon and how far ahead is set in the event type (Limits).',
	},
	{
		code: 'BOOKING_RESCHEDULED',
		says: /rescheduled already to booking with uid=undefined/i,
		message: 'This booking was rescheduled already, and Cal.com does not say what its UID is now',
		fix: 'Look for it by its attendee (Booking > Get Many).',
	},
	{
		code: 'BOOKING_CANCELLED',
		says: /can't reschedule booking .{0,100}because it has been cancelled\./i,
		message: 'This booking is cancelled, so it cannot be rescheduled',
		fix: 'Make a new booking.',
	},
	{
		code: 'SEAT_REQUIRED',
		says: /is a seated booking .{0,60}provide seatuid/i,
		message: 'This booking has seats: it has to be said which of them is meant',
		fix: 'Fill in Seat UID. Get the booking: it lists the seats that are taken, each with its UID.',
	},
	{
		code: 'BOOKING_RESCHEDULED',
		says: /cancelled and rescheduled already to booking with uid=/i,
		message: 'This booking was rescheduled already, so it goes by another UID now',
		fix: 'Use the new UID. A reschedule always gives a booking a new one.',
	},
	{
		code: 'SEAT_NOT_FOUND',
		says: /invalid seatuid/i,
		message: 'There is no such seat in this booking, or it is cancelled already',
		fix: 'Get the booking: it lists the seats that are taken, each with its UID.',
	},
	{
		code: 'BOOKING_CANCELLED',
		says: /cancelled already|already (been )?cancelled/i,
		message: 'This booking is cancelled already',
		fix: 'There is nothing left to do. Get the booking first and look at its status when that may happen.',
	},
	{
		code: 'CANCELLATION_REASON_REQUIRED',
		says: /cancellation reason is required/i,
		message: 'Cal.com wants a reason when the host cancels',
		fix: 'Fill in Cancellation Reason.',
	},
	{
		code: 'BOOKING_CONFIRMED',
		says: /already confirmed/i,
		message: 'This booking is confirmed already',
		fix: 'There is nothing left to do. To take it back, cancel the booking.',
	},
	{
		code: 'BOOKING_DECLINED',
		says: /already rejected/i,
		message: 'This booking is declined already',
		fix: 'There is nothing left to do. To take it back, make a new booking.',
	},
	{
		code: 'BOOKING_NOT_BEGUN',
		says: /only be marked as absent after/i,
		message: 'Nobody can be marked absent before the booking has begun',
		fix: 'Wait until its start, for example with a Wait node or the event Meeting Started.',
	},
	{
		code: 'TOO_MANY_OCCURRENCES',
		says: /recurrence count is higher/i,
		message: 'The event type does not repeat that often',
		fix: 'Ask for fewer occurrences, or allow more in the event type (Recurring).',
	},
	{
		code: 'SLUG_TAKEN',
		says: /already has an event type with this slug|event type with (this|the same) slug|\bslug\b.{0,60}(exists|taken|in use)/i,
		message: 'There is an event type with this slug already',
		fix: 'Give it another slug: the last part of the address of its booking page.',
	},
	{
		code: 'BOOKING_LIMIT_REACHED',
		says: /(maximum|limit).{0,100}(booking|duration).{0,100}(reached|exceeded)|booking_limit_reached|duration_limit_reached/i,
		message: 'The event type takes no more bookings for this time',
		fix: 'Choose another day, or raise its booking limits in Cal.com.',
	},
	{
		code: 'EMAILS_NOT_ACCEPTED',
		says: /emails_must_be_unique_valid/i,
		message: 'Cal.com did not accept the email addresses: one is not valid, or is in this booking already',
		fix: 'Get the attendees of the booking to see who is in it, and check how the addresses are written.',
	},
	{
		code: 'PRIMARY_ATTENDEE',
		says: /cannot_remove_primary_attendee/i,
		message: 'The attendee who made the booking cannot be removed from it',
		fix: 'Cancel the booking, or remove somebody else.',
	},
	{
		code: 'LOCATION_NOT_ALLOWED',
		says: /unsupported location type|booking location .{0,100}not valid/i,
		message: (text) => `Cal.com did not accept the location: ${text}`,
		fix: 'Choose a location that the event type offers.',
	},
	{
		code: 'APP_NOT_CONNECTED',
		says: /^[\w.-]{1,50} not connected\.?$/i,
		message: (text) => `An app is not connected to Cal.com: ${text.split(' ')[0] ?? ''}`,
		fix: 'Connect it in Cal.com under Apps with the account of the owner of this API key, or choose another location.',
	},
	{
		code: 'CALENDARS_UNREADABLE',
		says: /unable to fetch connected calendars/i,
		message: 'Cal.com could not read the connected calendars',
		fix: 'Try again in a moment. If it stays so, connect the calendar anew in Cal.com under Settings > Calendars.',
	},
	{
		code: 'ANSWER_NOT_ACCEPTED',
		says: /\bbooking field\b/i,
		message: (text) => `Cal.com did not accept an answer to the booking form: ${text}`,
		fix: 'Change it under the questions of the event type.',
	},
];

/** `responses - {age}Invalid string, {email}error_required_field`: what it found about the answers to the questions. */
const ANSWERS = /^responses - (\{.+)$/s;
const ONE_ANSWER = /\{([^{}]+)\}([^{]*)/g;
const ANSWER_WORDS: Record<string, string> = {
	error_required_field: 'an answer is required',
	email_validation_error: 'this is no email address',
	'Invalid input': 'this answer is not accepted',
	'Invalid string': 'the answer has to be a text',
	invalid_number: 'this is no phone number',
};

function aboutAnswers(text: string): Explanation | null {
	const all = ANSWERS.exec(text)?.[1];
	if (all === undefined) return null;
	// One answer can be wrong in several ways, each told with the same beginning.
	const each = [...all.replaceAll('responses - ', '').matchAll(ONE_ANSWER)].map(([, slug = '', said = '']) => {
		const words = withoutEndCommas(said);
		return `${slug}: ${ANSWER_WORDS[words] ?? inWords(words)}`;
	});
	return {
		code: 'ANSWER_NOT_ACCEPTED',
		message: `Cal.com did not accept an answer to the booking form (${[...new Set(each)].join('; ')})`,
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
	const { code, message, fix } = known;
	return {
		code,
		message: typeof message === 'string' ? message : message(withoutEndDot(text)),
		description: `${fix} Cal.com said: "${text}".`,
	};
}
