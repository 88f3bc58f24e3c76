import type { CalComEvent } from './event';
import { hashOf, shortHash } from '../values/json';
import { fields, identifier, isFields } from '../values/readers';
import type { Fields } from '../values/readers';
import { readPerson } from '../booking/schema';
import type { Delivery } from '../booking/schema';
import { linkOf } from './details';
import { withoutSecretParameters } from './secrets';
import { minuteOf } from '../values/time';

/** Longer parts become a hash: a key must fit a database index. */
const MAX_PART = 100;
/** Hex digits that tell the changes of one event type within one minute apart. */
const CHANGES_HASH = 12;

/** The normalized event as far as it is known before its key. */
export type Unkeyed = Omit<CalComEvent, 'eventKey' | 'raw'>;

type Part = string | null;

/**
 * The idempotency key: the same for every delivery of one fact, whichever webhook sent it, and another for every
 * other fact about the same booking. It is the event, what the event is about, and what tells two such facts apart,
 * joined by ":". Cal.com sends no delivery id, and its `createdAt` differs between webhooks, so where only the
 * moment tells two facts apart it counts to the minute.
 */
export function eventKeyOf(event: Unkeyed, delivery: Delivery): string {
	const parts = KEYS_BY_EVENT.get(event.event) ?? KEYS_BY_CATEGORY[event.category];
	return [event.event, ...parts(event, delivery)]
		.filter((part) => part !== null)
		.map(shortened)
		.join(':');
}

function shortened(part: string): string {
	return part.length > MAX_PART ? shortHash(part) : part;
}

type KeyParts = (event: Unkeyed, delivery: Delivery) => Part[];

const KEYS_BY_CATEGORY: Readonly<Record<CalComEvent['category'], KeyParts>> = {
	booking: (event, delivery) => [subject(event, delivery), seat(event, delivery)],
	payment: (event, delivery) => [subject(event, delivery), seat(event, delivery), event.payment?.id ?? null],
	meeting: (event, delivery) => [subject(event, delivery), event.booking.start],
	noShow: (event, delivery) => [subject(event, delivery), event.booking.start],
	recording: (event, delivery) => [subject(event, delivery), recordingLink(delivery.data)],
	form: formKey,
	outOfOffice: outOfOfficeKey,
	instantMeeting: (event, delivery) => [subject(event, delivery)],
	test: (event) => [event.occurredAt],
	eventType: (event, delivery) => [eventTypeSubject(event, delivery)],
	system: (event, delivery) => [subject(event, delivery), minute(event)],
};

const KEYS_BY_EVENT: ReadonlyMap<string, KeyParts> = new Map<string, KeyParts>([
	['BOOKING_RESCHEDULED', (event, delivery) => [subject(event, delivery), seat(event, delivery), newStart(event)]],
	[
		'BOOKING_LOCATION_UPDATED',
		(event, delivery) => [
			subject(event, delivery),
			seat(event, delivery),
			delivery.payload.location ?? event.booking.location?.label ?? null,
			minute(event),
		],
	],
	[
		'BOOKING_REASSIGNED',
		(event, delivery) => [subject(event, delivery), seat(event, delivery), changedHosts(event), minute(event)],
	],
	// A reminder is due once for each start and lead time: a booking that moves is due anew.
	[
		'BOOKING_UPCOMING',
		(event, delivery) => [
			subject(event, delivery),
			seat(event, delivery),
			event.booking.start,
			identifier(event.changes?.minutesBefore),
		],
	],
	// Event types carry no update time: two polls that find one change do so within the same minute at best.
	[
		'EVENT_TYPE_UPDATED',
		(event, delivery) => [
			eventTypeSubject(event, delivery),
			hashOf(event.changes).slice(0, CHANGES_HASH),
			minute(event),
		],
	],
	['WRONG_ASSIGNMENT_REPORT', (event, delivery) => [subject(event, delivery), identifier(event.report?.id)]],
	['BOOKING_NO_SHOW_UPDATED', (event, delivery) => [subject(event, delivery), flags(event), minute(event)]],
	// Cal.com sends one for each host who did not come.
	[
		'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
		(event, delivery) => [
			subject(event, delivery),
			event.booking.start,
			event.noShow?.hostEmail?.toLowerCase() ?? null,
		],
	],
]);

/** The booking's uid, else its id, else a hash of what was sent about it. */
function subject(event: Unkeyed, delivery: Delivery): string {
	const { uid, id } = event.booking;
	return uid ?? (id === null ? hashOf(withoutCreation(delivery.content)) : `id-${id}`);
}

function eventTypeSubject({ eventType }: Unkeyed, { content }: Delivery): string {
	return identifier(eventType.id) ?? hashOf(withoutCreation(content));
}

/** `createdAt` differs between webhooks for one fact. */
function withoutCreation(content: unknown): unknown {
	return isFields(content) ? { ...content, createdAt: null } : content;
}

/**
 * Each seat of a booking has its own life. One that was given up mostly comes without its uid: then the attendee's
 * email and row tell it, for the same person may book a seat again and give that up too.
 */
function seat({ booking, attendee }: Unkeyed, { payload }: Delivery): Part {
	if (booking.seatUid !== null || !booking.seatRemoved) return booking.seatUid;
	const row = readPerson(payload.attendees[0])?.id ?? null;
	return [attendee.email?.toLowerCase() ?? '', row].filter((part) => part !== null).join(':');
}

/** A booking that keeps its uid when it moves can move again. */
function newStart({ booking }: Unkeyed): Part {
	return booking.seats !== null || booking.previousUid === booking.uid ? booking.start : null;
}

function changedHosts(event: Unkeyed): Part {
	return event.changes === null ? null : hashOf(event.changes).slice(0, 8);
}

function flags({ attendees }: Unkeyed): string {
	return attendees
		.map(({ email, noShow }) => `${email?.toLowerCase() ?? ''}=${noShow === true ? 1 : 0}`)
		.sort()
		.join(',');
}

function recordingLink(data: Fields): Part {
	const links = fields(data.downloadLinks);
	const link = linkOf(data.downloadLink) ?? linkOf(links?.recording);
	return link === null ? null : withoutSecretParameters(link);
}

function formKey(event: Unkeyed): Part[] {
	const { form } = event;
	const id = form?.id ?? hashOf(form?.answers);
	const response = form?.responseId ?? null;
	return response === null ? [id, hashOf(form?.answers), minute(event)] : [id, String(response)];
}

function outOfOfficeKey(event: Unkeyed, { data }: Delivery): Part[] {
	const entry = fields(data.oooEntry);
	const id = event.outOfOffice?.uuid ?? identifier(entry?.id) ?? hashOf(withoutCreation(data));
	return [id, event.outOfOffice?.updatedAt ?? null];
}

function minute(event: Unkeyed): Part {
	return minuteOf(event.occurredAt);
}
