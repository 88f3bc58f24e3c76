import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { invalid } from '../../../shared/panel/invalid';
import { numberRegion, toE164 } from '../../../shared/values/phone';
import { readJson } from '../shared/json';
import { readZone } from '../shared/timeFields';
import { toInstant } from '../../../shared/panel/instant';
import { jsonObject, readAnswers } from './createAnswers';
import type { BookingWish } from './existing';
import { chosenLocation } from './locations';
import { readMetadata } from './metadata';
import { asText, filled, readCollection, readList, readRows, readText } from './parameters';

export interface CreateInput {
	/** The body of `POST /bookings`. */
	body: IDataObject;
	wish: BookingWish;
}

interface EventTypeChoice {
	fields: IDataObject;
	eventType: BookingWish['eventType'];
}

function readEventType(ctx: IExecuteFunctions, itemIndex: number, organizationSlug: string): EventTypeChoice {
	const need = (name: string, label: string): string => {
		const value = readText(ctx, name, itemIndex);
		if (value !== '') return value;
		throw invalid(
			ctx,
			itemIndex,
			'FIELD_EMPTY',
			`${label} is empty`,
			'Choose what to book, from the list or by its ID or slug.',
		);
	};
	if (readText(ctx, 'eventTypeFrom', itemIndex) !== 'slug') {
		const id = need('eventTypeId', 'Event Type');
		if (/^\d+$/.test(id)) return { fields: { eventTypeId: Number(id) }, eventType: { id: Number(id) } };
		throw invalid(
			ctx,
			itemIndex,
			'NOT_A_NUMBER',
			`Event Type "${id}" is not a number`,
			'Choose it from the list, or use its ID. To book by slug, set Event Type From to Slug.',
		);
	}
	const slug = need('eventTypeSlug', 'Event Type Slug');
	const isTeam = readText(ctx, 'eventTypeOwner', itemIndex) === 'team';
	const owner = isTeam ? need('teamSlug', 'Team Slug') : need('username', 'Username');
	return {
		fields: {
			eventTypeSlug: slug,
			...(isTeam ? { teamSlug: owner } : { username: owner }),
			...filled({ organizationSlug }),
		},
		eventType: { slug, username: isTeam ? null : owner },
	};
}

function readOwnData(ctx: IExecuteFunctions, itemIndex: number, more: Record<string, unknown>): IDataObject {
	const json = { name: 'additionalFields.metadataJson', label: 'Metadata (JSON)' };
	const fromJson = Object.entries(readJson(ctx, itemIndex, json, jsonObject) ?? {});
	const pairs = readRows(more.metadata, 'pair').map(({ key, value }) => [asText(key), value] as const);
	const read = readMetadata([...fromJson, ...pairs]);
	if (read.ok) return Object.keys(read.metadata).length === 0 ? {} : { metadata: read.metadata };
	throw invalid(ctx, itemIndex, 'METADATA_NOT_ACCEPTED', 'Cal.com does not take this metadata', read.problem);
}

/** Cal.com refuses a number without its country; where the attendee lives tells it. What is no number stays as it is. */
function international(phone: string, timeZone: string): string {
	return toE164(phone, numberRegion(null, timeZone, null)) ?? phone;
}

function readAttendee(
	ctx: IExecuteFunctions,
	itemIndex: number,
	timeZone: string,
	more: Record<string, unknown>,
): Record<string, string> {
	const name = readText(ctx, 'attendeeName', itemIndex);
	const email = readText(ctx, 'attendeeEmail', itemIndex);
	const phoneNumber = international(asText(more.phoneNumber), timeZone);
	if (name === '') {
		throw invalid(
			ctx,
			itemIndex,
			'FIELD_EMPTY',
			'Attendee Name is empty',
			'Cal.com books for someone with a name.',
		);
	}
	if (email === '' && phoneNumber === '') {
		throw invalid(
			ctx,
			itemIndex,
			'FIELD_EMPTY',
			'Attendee Email is empty',
			'Fill it in, or add a Phone Number under Additional Fields where the event type does without an email.',
		);
	}
	return { name, timeZone, ...filled({ email, phoneNumber, language: asText(more.language) }) };
}

function readNumber(value: unknown, name: string): IDataObject {
	const number = Number(asText(value));
	return Number.isFinite(number) && number > 0 ? { [name]: number } : {};
}

/** First and last name, for event types that ask for them apart. */
function readNames(more: Record<string, unknown>): IDataObject {
	const names = filled({ firstName: asText(more.firstName), lastName: asText(more.lastName) });
	return Object.keys(names).length === 0 ? {} : { name: names };
}

const ATTENDEES_PHONE = 'attendeePhone';

/**
 * The known number as the place of an event type that calls its attendees. Without a place Cal.com takes the booking, and
 * keeps the word "phone" for the number.
 */
function placeAtPhone(firstPlace: string | null, phone: string): IDataObject | null {
	return firstPlace === ATTENDEES_PHONE && phone !== '' ? { type: ATTENDEES_PHONE, phone } : null;
}

/**
 * What the panel says about the booking to make, as the API wants it.
 *
 * @throws NodeOperationError when something is missing or over Cal.com's limits
 */
export async function readCreateInput(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
): Promise<CreateInput> {
	const more = readCollection(ctx, 'additionalFields', itemIndex);
	if (more.instant === true) session.requireHosted(itemIndex, 'Instant Meeting');
	const { fields, eventType } = readEventType(ctx, itemIndex, asText(more.organizationSlug));
	const zone = readZone(ctx, itemIndex);
	const value: unknown = ctx.getNodeParameter('start', itemIndex, '');
	const start = toInstant(ctx, itemIndex, { value, zone, label: 'Start', skipped: 'refuse' });
	const attendee = readAttendee(ctx, itemIndex, zone, more);
	const { answers: given, firstPlace } = await readAnswers(ctx, itemIndex, session, eventType);
	const answers = { ...given, ...readNames(more) };
	const chosen = chosenLocation(ctx, itemIndex, 'create');
	const known = attendee.phoneNumber ?? asText(given.attendeePhoneNumber);
	const location = chosen ?? placeAtPhone(firstPlace, known);
	const called = location?.type === ATTENDEES_PHONE ? asText(location.phone) : '';
	const guests = readList(more.guests);
	const routing = readJson(ctx, itemIndex, { name: 'additionalFields.routing', label: 'Routing (JSON)' }, jsonObject);
	const body = {
		start,
		...fields,
		// Of a number that is the place only, deliveries do not tell whose it is.
		attendee: { ...filled({ phoneNumber: called }), ...attendee },
		...(guests.length === 0 ? {} : { guests }),
		...(location === null ? {} : { location }),
		...(Object.keys(answers).length === 0 ? {} : { bookingFieldsResponses: answers }),
		...readOwnData(ctx, itemIndex, more),
		...readNumber(more.lengthInMinutes, 'lengthInMinutes'),
		...readNumber(more.recurrenceCount, 'recurrenceCount'),
		...(more.instant === true ? { instant: true } : {}),
		...(routing === null || Object.keys(routing).length === 0 ? {} : { routing }),
		...filled({ emailVerificationCode: asText(more.emailVerificationCode) }),
	};
	return { body, wish: { start, email: attendee.email ?? null, eventType } };
}
