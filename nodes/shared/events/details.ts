import { flattenAnswers } from '../booking/answers';
import type {
	CalComEvent,
	EventForm,
	EventInstantMeeting,
	EventNoShow,
	EventOutOfOffice,
	EventPayment,
	EventRecording,
} from './event';
import type { EventAttendee } from '../booking/model';
import type { JsonObject } from '../values/json';
import { toJsonObject } from '../values/json';
import { fields, identifier, isFields, list, number, text, trimmed } from '../values/readers';
import type { Fields } from '../values/readers';
import type { Delivery } from '../booking/schema';
import { withoutSecretParameters } from './secrets';
import { instant } from '../values/time';

/** The parts of an event that only one category has; null in all others. */
export type Details = Pick<
	CalComEvent,
	'noShow' | 'recording' | 'form' | 'outOfOffice' | 'instantMeeting' | 'payment' | 'report' | 'changes'
>;

const NO_DETAILS: Readonly<Details> = {
	noShow: null,
	recording: null,
	form: null,
	outOfOffice: null,
	instantMeeting: null,
	payment: null,
	report: null,
	changes: null,
};

/** What a delivery tells beside its booking, by the category of its event. */
export function readDetails(
	delivery: Delivery,
	category: CalComEvent['category'],
	attendees: readonly EventAttendee[],
	includeSecrets: boolean,
): Details {
	const { event, data } = delivery;
	const report = fields(data.report);
	const details = { ...NO_DETAILS, changes: readChanges(event, data), report: report && toJsonObject(report) };
	if (category === 'noShow') details.noShow = readNoShow(event, data, attendees);
	else if (category === 'recording') details.recording = readRecording(data, includeSecrets);
	else if (category === 'form') details.form = readForm(data);
	else if (category === 'outOfOffice') details.outOfOffice = readOutOfOffice(data);
	else if (category === 'instantMeeting') details.instantMeeting = readInstantMeeting(data);
	else if (category === 'payment') details.payment = readPayment(delivery);
	return details;
}

function readNoShow(event: string, data: Fields, attendees: readonly EventAttendee[]): EventNoShow {
	const hostEmail = trimmed(data.hostEmail);
	const common = { hostEmail, message: text(data.message) };
	if (event === 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW') {
		return { who: 'host', absent: hostEmail === null ? [] : [hostEmail], present: [], ...common };
	}
	if (event === 'AFTER_GUESTS_CAL_VIDEO_NO_SHOW') {
		const guests = list(data.guests).filter(isFields);
		const listed = guests.length > 0 ? guests : attendees;
		// With sign-in to the call Cal.com lists everyone and marks who was missing; else it lists the missing.
		const marked = listed.filter((person) => person.noShow === true);
		return { who: 'attendee', absent: emails(marked.length > 0 ? marked : listed), present: [], ...common };
	}
	return {
		who: 'attendee',
		absent: emails(attendees.filter((attendee) => attendee.noShow === true)),
		present: emails(attendees.filter((attendee) => attendee.noShow === false)),
		...common,
	};
}

function emails(people: ReadonlyArray<{ readonly email?: unknown }>): string[] {
	return people.map((person) => trimmed(person.email)).filter((email) => email !== null);
}

function readRecording(data: Fields, includeSecrets: boolean): EventRecording {
	const links = fields(data.downloadLinks);
	const clean = (link: string): string => (includeSecrets ? link : withoutSecretParameters(link));
	const download = linkOf(data.downloadLink) ?? linkOf(links?.recording);
	return {
		downloadUrl: download === null ? null : clean(download),
		transcriptUrls: list(links?.transcription)
			.map(linkOf)
			.filter((link) => link !== null)
			.map(clean),
	};
}

/** The address in a string, or in an object that has it as `link` or `url`. */
export function linkOf(value: unknown): string | null {
	return isFields(value) ? (trimmed(value.link) ?? trimmed(value.url)) : trimmed(value);
}

function readForm(data: Fields): EventForm {
	return {
		id: identifier(data.formId),
		name: text(data.formName),
		teamId: number(data.teamId),
		responseId: number(data.formResponseId) ?? number(data.responseId),
		answers: flattenAnswers(fields(data.responses), 'all'),
	};
}

function readOutOfOffice(data: Fields): EventOutOfOffice {
	const entry = fields(data.oooEntry) ?? {};
	const user = fields(entry.user);
	const replacement = fields(entry.toUser);
	const reason = fields(entry.reason);
	return {
		uuid: trimmed(entry.uuid),
		start: instant(entry.start),
		end: instant(entry.end),
		reason: reason === null ? text(entry.reason) : text(reason.reason),
		notes: text(entry.notes),
		userEmail: trimmed(user?.email),
		userName: trimmed(user?.name),
		replacementEmail: trimmed(replacement?.email),
		replacementName: trimmed(replacement?.name),
		updatedAt: instant(entry.updatedAt),
	};
}

function readInstantMeeting(data: Fields): EventInstantMeeting {
	return { joinUrl: trimmed(data.connectAndJoinUrl), teamId: number(data.teamId) };
}

function readPayment({ event, payload }: Delivery): EventPayment {
	return {
		id: payload.paymentId,
		status: event === 'BOOKING_PAID' ? 'paid' : 'initiated',
		amount: payload.price,
		currency: payload.currency?.toUpperCase() ?? null,
	};
}

function readChanges(event: string, data: Fields): JsonObject | null {
	if (event === 'EVENT_TYPE_UPDATED') return toJsonObject(data.changes);
	if (event === 'BOOKING_UPCOMING') return { minutesBefore: number(data.minutesBefore) };
	if (event === 'BOOKING_LOCATION_UPDATED') {
		return { location: { old: text(data.previousLocation), new: text(data.location) } };
	}
	if (event !== 'BOOKING_REASSIGNED') return null;
	return { hosts: { addedUserIds: ids(data.addedHostUserIds), removedUserIds: ids(data.removedHostUserIds) } };
}

function ids(value: unknown): number[] {
	return list(value)
		.map(number)
		.filter((id) => id !== null);
}
