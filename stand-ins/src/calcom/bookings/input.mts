import { isPossiblePhoneNumber, isValidPhoneNumber } from 'libphonenumber-js';
import { answerSlug, customFields } from '../booking-fields.mts';
import { badRequest, coded } from '../errors.mts';
import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { isIsoDate, isTimeZone } from '../time.mts';
import type { BookingField, EventType } from '../types.mts';

export interface AttendeeInput {
	name: string;
	email: string | null;
	phoneNumber: string | null;
	timeZone: string;
	locale: string;
}

export interface BookingInput {
	start: string;
	attendee: AttendeeInput;
	eventTypeId: number | null;
	eventTypeSlug: string | null;
	username: string | null;
	teamSlug: string | null;
	guests: string[];
	answers: JsonObject;
	metadata: JsonObject;
	location: Json | undefined;
	lengthInMinutes: number | null;
	recurrenceCount: number | null;
}

interface Complaint {
	property: string;
	constraints: string[];
	children?: Complaint[];
}

/** Bookings have a validator of their own, whose whole answer is one long message. */
function sentence({ property, constraints, children = [] }: Complaint): string {
	return `${property} property is wrong,${constraints.join(', ')} ${children.map(sentence).join(', ')}`;
}

export function refuse(complaints: Complaint[]): void {
	if (complaints.length > 0) throw badRequest(complaints.map(sentence).join(', '));
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
export const isEmail = (value: unknown): value is string => typeof value === 'string' && EMAIL.test(value);

function attendeeComplaints(attendee: JsonObject): Complaint[] {
	const children: Complaint[] = [];
	if (typeof attendee['name'] !== 'string')
		children.push({ property: 'name', constraints: ['name must be a string'] });
	if (!isTimeZone(attendee['timeZone']))
		children.push({ property: 'timeZone', constraints: ['timeZone must be a valid IANA time-zone'] });
	if (!attendee['email'] && !attendee['phoneNumber'])
		children.push({
			property: 'attendee email or phone',
			constraints: ['Attendee must have at least one contact method (email or phone number)'],
		});
	return children.length > 0 ? [{ property: 'attendee', constraints: [], children }] : [];
}

function metadataComplaints(metadata: Json | undefined): Complaint[] {
	if (metadata === undefined) return [];
	const rule =
		'Metadata must have at most 50 keys, each key up to 40 characters, and string values up to 500 characters.';
	const fits =
		isObject(metadata) &&
		Object.keys(metadata).length <= 50 &&
		Object.entries(metadata).every(
			([key, value]) => key.length <= 40 && typeof value === 'string' && value.length <= 500,
		);
	return fits ? [] : [{ property: 'metadata', constraints: [rule] }];
}

/** Reads the body of POST /bookings (2024-08-13). @throws ApiError 400 with Cal.com's sentence. */
export function readBooking(body: JsonObject): BookingInput {
	const { start, attendee, eventTypeId, eventTypeSlug, username, teamSlug } = body;
	const complaints: Complaint[] = [];
	if (!isIsoDate(start))
		complaints.push({ property: 'start', constraints: ['start must be a valid ISO 8601 date string'] });
	if (!isObject(attendee))
		complaints.push({ property: 'attendee', constraints: ['attendee should not be null or undefined'] });
	else complaints.push(...attendeeComplaints(attendee));
	complaints.push(...metadataComplaints(body['metadata']));
	if (typeof eventTypeId !== 'number' && !(text(eventTypeSlug) && (text(username) ?? text(teamSlug))))
		complaints.push({
			property: 'eventTypeId or eventTypeSlug + username',
			constraints: [
				'Either eventTypeId or eventTypeSlug + username or eventTypeSlug + teamSlug must be provided',
			],
		});
	refuse(complaints);
	const person = isObject(attendee) ? attendee : {};
	return {
		start: new Date(String(start)).toISOString(),
		attendee: {
			name: String(person['name']),
			email: text(person['email']),
			phoneNumber: text(person['phoneNumber']),
			timeZone: String(person['timeZone']),
			locale: text(person['language']) ?? 'en',
		},
		eventTypeId: typeof eventTypeId === 'number' ? eventTypeId : null,
		eventTypeSlug: text(eventTypeSlug),
		username: text(username),
		teamSlug: text(teamSlug),
		guests: Array.isArray(body['guests']) ? body['guests'].map(String) : [],
		answers: isObject(body['bookingFieldsResponses']) ? body['bookingFieldsResponses'] : {},
		metadata: isObject(body['metadata']) ? body['metadata'] : {},
		location: body['location'],
		lengthInMinutes: typeof body['lengthInMinutes'] === 'number' ? body['lengthInMinutes'] : null,
		recurrenceCount: typeof body['recurrenceCount'] === 'number' ? body['recurrenceCount'] : null,
	};
}

/** JavaScript types that the API takes for an answer, by type of question. */
const EXPECTED: Record<string, 'string' | 'number' | 'boolean' | 'array'> = {
	text: 'string',
	textarea: 'string',
	select: 'string',
	radio: 'string',
	phone: 'string',
	address: 'string',
	url: 'string',
	email: 'string',
	number: 'number',
	boolean: 'boolean',
	multiselect: 'array',
	checkbox: 'array',
	multiemail: 'array',
};

const kindOf = (value: Json): string => (Array.isArray(value) ? 'array' : typeof value);

function checkType(field: BookingField, value: Json): void {
	const expected = EXPECTED[field.type];
	if (!expected || kindOf(value) === expected) return;
	throw badRequest(
		`Invalid type for booking field '${field.slug}'. Expected type ${expected} (compatible with field type '${field.type}'), but received ${kindOf(value)}.`,
	);
}

function checkOptions(field: BookingField, value: Json): void {
	const options = Array.isArray(field['options']) ? field['options'] : null;
	if (!options) return;
	const wrong = (Array.isArray(value) ? value : [value]).filter((choice) => !options.includes(choice));
	if (wrong.length === 0) return;
	const what = Array.isArray(value) ? 'One or more invalid options' : `Invalid option '${String(value)}'`;
	throw badRequest(`${what} for booking field '${field.slug}'. Allowed options are: ${options.join(', ')}.`);
}

const isWrongNumber = (value: Json | undefined): boolean =>
	typeof value === 'string' && value.trim() !== '' && !isValidPhoneNumber(value);

/** @throws ApiError 400 for a kind of place that the event type does not have */
export function checkPlace({ id, locations }: EventType, location: Json | undefined): void {
	if (!isObject(location)) return;
	const types = [...new Set(locations.map(({ type }) => String(type)))];
	const asked = String(location['type']);
	if (types.includes(asked)) return;
	throw badRequest(
		`Booking location with type ${asked} not valid for event type with id=${id}. The event type has following location types: ${types.join(', ')}, and only these types are allowed for booking location.`,
	);
}

/** The answers against the form: first the API's own checks, then those of the booking engine behind it. */
export function checkAnswers(eventType: EventType, input: BookingInput): void {
	for (const field of customFields(eventType.bookingFields)) {
		const value = input.answers[answerSlug(field)];
		if (value === undefined) {
			if (field['required'] !== true) continue;
			throw badRequest(
				`Missing required booking field response: ${field.slug} - it is required by the event type booking fields, but missing in the bookingFieldsResponses. You can fetch the event type with ID ${eventType.id} to see the required fields.`,
			);
		}
		checkType(field, value);
		checkOptions(field, value);
	}
	const problems: string[] = [];
	if (input.attendee.email === null) problems.push('{email}error_required_field');
	else if (!isEmail(input.attendee.email)) problems.push('{email}email_validation_error');
	const { phoneNumber } = input.attendee;
	// A recorded booking has a number of those that films use: well-formed is enough here.
	if (phoneNumber !== null && !isPossiblePhoneNumber(phoneNumber))
		problems.push('{attendeePhoneNumber}invalid_number');
	for (const field of customFields(eventType.bookingFields)) {
		const value = input.answers[answerSlug(field)];
		// Cal.com's engine wants numbers as text, its API wants them as numbers: no answer satisfies both.
		if (field.type === 'number' && value !== undefined) problems.push(`{${field.slug}}Invalid string`);
		if (field.type === 'phone' && field['hidden'] !== true && isWrongNumber(value))
			problems.push(`{${field.slug}}invalid_number`);
	}
	if (
		isObject(input.location) &&
		input.location['type'] === 'attendeePhone' &&
		isWrongNumber(input.location['phone'])
	)
		problems.push('{location}invalid_number');
	if (!input.guests.every(isEmail)) problems.push('{guests}email_validation_error');
	if (problems.length > 0)
		throw coded(400, 'BAD_REQUEST', `responses - ${problems.map((problem) => `${problem}, `).join('')}`);
}

/** Minutes of the meeting. @throws ApiError 400 when the length is not one that the event type offers. */
export function lengthFor(eventType: EventType, asked: number | null): number {
	if (asked === null) return eventType.lengthInMinutes;
	const { lengthInMinutesOptions: options } = eventType;
	if (options.length === 0)
		throw badRequest(
			"Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths. Please, remove the 'lengthInMinutes' field from the request.",
		);
	if (!options.includes(asked))
		throw badRequest(
			`Provided 'lengthInMinutes' is not one of the possible lengths for the event type. The possible lengths are: ${options.join(', ')}`,
		);
	return asked;
}
