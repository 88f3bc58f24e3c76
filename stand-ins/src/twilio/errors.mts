/** An answer other than what was asked for. */
export class TwilioError extends Error {
	readonly status: number;
	readonly code: number;

	constructor(status: number, code: number, message: string) {
		super(message);
		this.status = status;
		this.code = code;
	}

	/** As Twilio answers it. */
	get body() {
		const { code, message, status } = this;
		return { code, message, more_info: `https://www.twilio.com/docs/errors/${String(code)}`, status };
	}
}

/** Refusals of a message. What a sentence says about is put in where `%` stands. */
const REFUSALS = {
	21211: "Invalid 'To' Phone Number: %",
	21212: "The 'From' number % is not a valid phone number, shortcode, or alphanumeric sender ID.",
	21266: "'To' and 'From' number cannot be the same: %",
	21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: %",
	21602: 'Message body is required.',
	21603: "A 'From' phone number is required.",
	21604: "A 'To' phone number is required.",
	21606: 'The From phone number % is not a valid, SMS-capable inbound phone number or short code for your account.',
	21609: "The 'StatusCallback' URL % is not a valid URL.",
	21610: 'Attempt to send to unsubscribed recipient',
	21611: "This 'From' number % has exceeded the maximum number of queued messages",
	21612: "The 'To' phone number: %, is not currently reachable via SMS.",
	21614: 'To number: %, is not a mobile number',
	21617: 'The concatenated message body exceeds the 1600 character limit.',
	21659: "'From' % is not a Twilio phone number or Short Code country mismatch",
	21701: 'The Messaging Service does not exist',
	21910: "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel",
} as const;

export type Refusal = keyof typeof REFUSALS;

/** A message that Twilio does not take: nothing was sent, and asking again changes nothing. */
export const refuse = (code: Refusal, about = ''): TwilioError =>
	new TwilioError(400, code, REFUSALS[code].replace('%', about));

export const unauthorized = (): TwilioError => new TwilioError(401, 20003, 'Authenticate');

export const notFound = (path: string): TwilioError =>
	new TwilioError(404, 20404, `The requested resource ${path} was not found`);

/** A request that events.twilio.com does not understand. */
export const invalidParameter = (message: string): TwilioError => new TwilioError(400, 20001, message);

const PLANNED: Record<number, [code: number, message: string]> = {
	401: [20003, 'Authenticate'],
	403: [20403, 'Forbidden'],
	404: [20404, 'The requested resource was not found'],
	429: [20429, 'Too Many Requests'],
	500: [20500, 'An internal server error has occurred'],
	503: [20503, 'Service Unavailable'],
};

/** What Twilio says with a status when it does not do what was asked. */
export function failure(status: number): TwilioError {
	const [code, message] = PLANNED[status] ?? [20500, 'This failure was asked for.'];
	return new TwilioError(status, code, message);
}
