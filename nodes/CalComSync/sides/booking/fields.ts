import type { ValueKind } from '../../merge/kinds';
import type { Fields } from '../../../shared/values/readers';
import { fields, isFields, number, own, text, trimmed } from '../../../shared/values/readers';
import { instant, minutesBetween } from '../../../shared/values/time';
import type { CalComField, Identity, Switch } from '../../resource';
import { appointmentStatus, comparedStatus, isCancelled } from './status';
import { locationOf, placeOf } from './location';
import { clientsOf, guestsOf } from './people';
import { everyoneOf } from './reading';
import { seenOf } from './view';

interface BookingField extends CalComField {
	read: (booking: Fields) => unknown;
}

const startOf = (booking: Fields): string | null => instant(own(booking, 'start'));
const endOf = (booking: Fields): string | null => instant(own(booking, 'end'));

/** Emails as they are compared: one mailbox, however it is written. */
function comparedEmails(value: unknown): unknown {
	return Array.isArray(value)
		? value.map((email: unknown) => (typeof email === 'string' ? email.trim().toLowerCase() : email))
		: value;
}

const settable = (
	writable: Switch,
	name: string,
	label: string,
	kind: ValueKind,
	read: BookingField['read'],
	compared?: BookingField['compared'],
): BookingField => ({ name, label, kind, writable, read, ...(compared === undefined ? {} : { compared }) });

const shown = (
	name: string,
	label: string,
	kind: ValueKind,
	why: string,
	read: BookingField['read'] = (booking) => own(booking, name),
): BookingField => ({ name, label, kind, writable: false, why, read });

const OF_CALCOM = 'Cal.com sets it itself.';
const OF_THE_EVENT_TYPE = 'It comes from the event type: change it there.';
const OF_THE_BOOKER = 'It is what the booker gave, and Cal.com does not let it be changed afterwards.';
const OF_THE_HOST = 'Give the booking to another host with the Cal.com node: Booking > Reassign.';
const OF_THE_PLACE = 'Give the field Location to the record instead.';
const OF_A_CANCELLATION =
	'The reason is given when the booking is cancelled: fill in Cancellation Reason in the options.';

/** What Cal.com tells of a booking, and by which call it is changed, if any. */
const TABLE: readonly BookingField[] = [
	settable('reschedule', 'start', 'Start', 'instant', startOf),
	settable('cancel', 'appointmentStatus', 'Appointment Status', 'text', appointmentStatus, comparedStatus),
	settable('cancel', 'cancelled', 'Cancelled', 'boolean', isCancelled),
	settable('location', 'location', 'Location', 'text', placeOf),
	settable('guests', 'guests', 'Guests', 'list', guestsOf, comparedEmails),
	settable('absent', 'hostAbsent', 'Host Absent', 'boolean', (booking) => own(booking, 'absentHost') === true),
	settable(
		'absent',
		'absentAttendees',
		'Absent Attendees',
		'list',
		(booking) =>
			clientsOf(booking).flatMap(({ email, noShow }) => (noShow === true && email !== null ? [email] : [])),
		comparedEmails,
	),
	shown(
		'end',
		'End',
		'instant',
		'Cal.com decides how long a moved booking takes: give the field Start to the record instead.',
		endOf,
	),
	shown(
		'durationMinutes',
		'Duration (Minutes)',
		'number',
		OF_THE_EVENT_TYPE,
		(booking) => number(own(booking, 'duration')) ?? minutesBetween(startOf(booking), endOf(booking)),
	),
	shown('title', 'Title', 'text', OF_THE_EVENT_TYPE),
	shown('description', 'Description', 'text', OF_THE_BOOKER, (booking) => text(own(booking, 'description'))),
	shown(
		'status',
		'Status in Cal.com',
		'text',
		'Give the field Appointment Status or Cancelled to the record instead.',
	),
	shown('locationType', 'Location Type', 'text', OF_THE_PLACE, (booking) => locationOf(booking)?.type ?? null),
	shown('locationLabel', 'Location Label', 'text', OF_THE_PLACE, (booking) => locationOf(booking)?.label ?? null),
	shown('meetingUrl', 'Meeting URL', 'text', OF_THE_PLACE, (booking) => locationOf(booking)?.url ?? null),
	shown('attendeeName', 'Attendee Name', 'text', OF_THE_BOOKER, (booking) => clientsOf(booking)[0]?.name ?? null),
	shown('attendeeEmail', 'Attendee Email', 'text', OF_THE_BOOKER, (booking) => clientsOf(booking)[0]?.email ?? null),
	shown('attendeePhone', 'Attendee Phone', 'text', OF_THE_BOOKER, (booking) => clientsOf(booking)[0]?.phone ?? null),
	shown(
		'attendeeTimeZone',
		'Attendee Time Zone',
		'text',
		OF_THE_BOOKER,
		(booking) => clientsOf(booking)[0]?.timeZone ?? null,
	),
	shown(
		'attendeeCount',
		'Attendee Count',
		'number',
		'Give the field Guests to the record instead.',
		(booking) => clientsOf(booking).length,
	),
	shown('hostName', 'Host Name', 'text', OF_THE_HOST, (booking) => everyoneOf(booking).organizer.name),
	shown('hostEmail', 'Host Email', 'text', OF_THE_HOST, (booking) => everyoneOf(booking).organizer.email),
	shown('hostTimeZone', 'Host Time Zone', 'text', OF_THE_HOST, (booking) => everyoneOf(booking).organizer.timeZone),
	shown(
		'eventTypeId',
		'Event Type ID',
		'number',
		OF_CALCOM,
		(booking) => number(own(booking, 'eventTypeId')) ?? number(own(fields(own(booking, 'eventType')) ?? {}, 'id')),
	),
	shown('eventTypeSlug', 'Event Type Slug', 'text', OF_THE_EVENT_TYPE, (booking) =>
		trimmed(own(fields(own(booking, 'eventType')) ?? {}, 'slug')),
	),
	shown('cancellationReason', 'Cancellation Reason', 'text', OF_A_CANCELLATION, (booking) =>
		text(own(booking, 'cancellationReason')),
	),
	shown('uid', 'UID', 'text', 'Cal.com gives it, and a new one at each reschedule.'),
	shown('rescheduledFromUid', 'Rescheduled From UID', 'text', OF_CALCOM),
	shown(
		'isRecurring',
		'Recurring',
		'boolean',
		OF_THE_EVENT_TYPE,
		(booking) => trimmed(own(booking, 'recurringBookingUid')) !== null,
	),
	shown('recurringBookingUid', 'Recurring Booking UID', 'text', OF_CALCOM),
	shown('metadata', 'Metadata', 'json', OF_CALCOM, (booking) => fields(own(booking, 'metadata')) ?? {}),
	shown(
		'responses',
		'Answers to the Booking Form',
		'json',
		OF_THE_BOOKER,
		(booking) => fields(own(booking, 'bookingFieldsResponses')) ?? {},
	),
	shown('createdAt', 'Created At', 'instant', OF_CALCOM, (booking) => instant(own(booking, 'createdAt'))),
	shown('updatedAt', 'Updated At', 'instant', OF_CALCOM, (booking) => instant(own(booking, 'updatedAt'))),
];

const BY_NAME = new Map(TABLE.map((field) => [field.name, field]));

export const FIELDS: readonly CalComField[] = TABLE;

/** Where a value lies that has no name of its own: `metadata.level`, `bookingFieldsResponses.goals`. */
function atPath(booking: Fields, path: string): unknown {
	return path.split('.').reduce<unknown>((level, key) => (isFields(level) ? own(level, key) : undefined), booking);
}

/** A field of a booking, or what lies at a path in it; undefined where there is neither. */
export function bookingValue(booking: Fields, name: string): unknown {
	const field = BY_NAME.get(name);
	return field === undefined ? atPath(booking, name) : field.read(booking);
}

/** Bookings are linked by uid alone: titles repeat, and a wrong link would move someone else's appointment. */
export function identity(booking: Fields): Identity {
	return {
		id: trimmed(own(booking, 'uid')) ?? '',
		slug: null,
		title: null,
		updatedAt: instant(own(booking, 'updatedAt')),
		formerIds: seenOf(booking).formerUids,
	};
}
