import type { JsonObject } from '../json.mts';
import { utcOffset } from '../time.mts';
import type { Attendee, Webhook } from '../types.mts';
import { withOffset } from './parts.mts';
import type { Facts } from './parts.mts';

/** BOOKING_NO_SHOW_UPDATED: only the attendees that were named, with what they are now. */
export function noShowPayload({ booking }: Facts, changed: Attendee[]): JsonObject {
	const [only] = changed;
	const message =
		changed.length === 1 && only
			? `${only.email} ${only.noShow ? 'marked' : 'unmarked'} as no-show`
			: 'No-show status updated for attendees';
	return {
		message,
		attendees: changed.map(({ email, noShow }) => ({ email, noShow })),
		bookingUid: booking.uid,
		bookingId: booking.id,
	};
}

/** PING, what the test button of Cal.com's web app sends. */
export function pingPayload(at: Date): JsonObject {
	const zone = { timeZone: 'Europe/London', language: { locale: 'en' }, utcOffset: utcOffset(at, 'Europe/London') };
	return {
		type: 'Test',
		title: 'Test trigger event',
		startTime: at.toISOString(),
		endTime: at.toISOString(),
		attendees: [{ email: 'jdoe@example.com', name: 'John Doe', ...zone }],
		organizer: { name: 'Cal', email: 'no-reply@cal.com', ...zone },
	};
}

const plainAttendee = ({ id, email, name, locale, timeZone, phoneNumber, noShow }: Attendee, bookingId: number) => ({
	id,
	email,
	name,
	locale,
	timeZone,
	phoneNumber,
	bookingId,
	noShow,
});

/** RECORDING_READY and RECORDING_TRANSCRIPTION_GENERATED: no booking id, and `type` holds the title. */
export function recordingPayload(facts: Facts, links: JsonObject): JsonObject {
	const { booking, organizer, at } = facts;
	return {
		type: booking.title,
		title: booking.title,
		description: booking.description ?? '',
		startTime: booking.start,
		endTime: booking.end,
		organizer: withOffset(
			{
				email: organizer.email,
				name: organizer.name,
				timeZone: organizer.timeZone,
				language: { locale: organizer.locale },
			},
			at,
		),
		attendees: booking.attendees.map((attendee) => ({
			id: attendee.id,
			...withOffset(
				{
					name: attendee.name,
					email: attendee.email,
					timeZone: attendee.timeZone,
					language: { locale: attendee.locale },
				},
				at,
			),
		})),
		uid: booking.uid,
		customReplyToEmail: null,
		...links,
	};
}

/** AFTER_HOSTS_CAL_VIDEO_NO_SHOW and AFTER_GUESTS_…: who did not come within the webhook's delay. */
export function noShowAfterPayload(
	{ booking, eventType, organizer }: Facts,
	who: 'hosts' | 'guests',
	webhook: Webhook,
): JsonObject {
	const minutes = webhook.time ?? 5;
	const limit = new Date(Date.parse(booking.start) + minutes * 60_000).toISOString();
	const before = `${limit.slice(0, 10)} ${limit.slice(11, 19)} +00:00`;
	const attendees = booking.attendees.map((attendee) => plainAttendee(attendee, booking.id));
	return {
		title: booking.title,
		bookingId: booking.id,
		bookingUid: booking.uid,
		startTime: booking.start,
		attendees,
		endTime: booking.end,
		participants: [],
		...(who === 'hosts' ? { hostEmail: organizer.email, noShowHost: true } : { guests: attendees }),
		eventType: { id: eventType.id, teamId: eventType.teamId, parentId: null, calVideoSettings: null },
		webhook: {
			id: webhook.id,
			subscriberUrl: webhook.subscriberUrl,
			appId: null,
			time: minutes,
			timeUnit: webhook.timeUnit ?? 'MINUTE',
			eventTriggers: webhook.triggers,
			payloadTemplate: webhook.payloadTemplate,
			version: webhook.version,
		},
		message:
			who === 'hosts'
				? `Host with email ${organizer.email} didn't join the call or didn't join before ${before}`
				: `No guest has joined the call or didn't join before ${before}`,
	};
}

export interface Absence {
	id: number;
	uuid: string;
	start: string;
	end: string;
	notes: string;
	createdAt: string;
	updatedAt: string;
}

/** OOO_CREATED, sent for changes too. */
export function outOfOfficePayload(
	absence: Absence,
	user: { id: number; name: string; username: string; email: string; timeZone: string },
): JsonObject {
	return {
		oooEntry: {
			id: absence.id,
			start: absence.start,
			end: absence.end,
			createdAt: absence.createdAt,
			updatedAt: absence.updatedAt,
			notes: absence.notes,
			reason: { emoji: '🏝️', reason: 'ooo_reasons_vacation' },
			reasonId: 2,
			user: { id: user.id, name: user.name, username: user.username, email: user.email, timeZone: user.timeZone },
			toUser: null,
			uuid: absence.uuid,
		},
	};
}
