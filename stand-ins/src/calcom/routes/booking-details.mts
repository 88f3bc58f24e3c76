import { resolvedLocation } from '../bookings/location.mts';
import { badRequest } from '../errors.mts';
import { ok, param } from '../http.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import type { JsonObject } from '../json.mts';
import { titleOf } from '../bookings/draft.mts';
import { eventTypeOf, userById } from '../store.mts';
import { minutesBetween } from '../time.mts';
import type { Booking, Recording } from '../types.mts';
import { nowIso } from '../world.mts';
import { BOOKING_VERSIONS, bookingIn } from './bookings.mts';

const compact = (iso: string): string => iso.replace(/[-:]|\.\d{3}/g, '');
const seconds = (iso: string): string => iso.replace(/\.\d{3}/, '');

function calendarFile(booking: Booking, text: { details: string; place: string; at: string }): string {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'BEGIN:VEVENT',
		`UID:${booking.uid}`,
		`SUMMARY:${booking.title}`,
		`DTSTAMP:${compact(text.at)}`,
		`DTSTART:${compact(booking.start)}`,
		`DESCRIPTION:${text.details}`,
		`LOCATION:${text.place}`,
		`DURATION:PT${minutesBetween(booking.start, booking.end)}M`,
		'END:VEVENT',
		'END:VCALENDAR',
		'',
	];
	return `data:text/calendar,${encodeURIComponent(lines.join('\r\n'))}`;
}

/** Links that put the booking into the attendee's own calendar. */
function calendarLinks(request: ApiRequest): JsonObject[] {
	const booking = bookingIn(request);
	const details = eventTypeOf(request.world.state, booking).description || (booking.description ?? '');
	const place = resolvedLocation(booking);
	const [body, location, subject] = [details, place, booking.title].map(encodeURIComponent);
	const outlook = (host: string) =>
		`https://${host}/calendar/0/deeplink/compose?body=${body}&enddt=${seconds(booking.end)}&path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&startdt=${seconds(booking.start)}&subject=${subject}&location=${location}`;
	const google = `https://calendar.google.com/calendar/r/eventedit?dates=${compact(booking.start)}/${compact(booking.end)}&text=${booking.title}&details=${body}&location=${location}`;
	return [
		{ label: 'Google Calendar', id: 'googleCalendar', link: google },
		{ label: 'Microsoft Office', id: 'microsoftOffice', link: outlook('outlook.office.com') },
		{ label: 'Microsoft Outlook', id: 'microsoftOutlook', link: outlook('outlook.live.com') },
		{ label: 'ICS', id: 'ics', link: calendarFile(booking, { details, place, at: nowIso(request.world) }) },
	];
}

/** Gives a booking to another host; without a name, to the one who has it or the next of the round robin. */
function reassign(request: ApiRequest): Reply {
	const { state } = request.world;
	const booking = bookingIn(request);
	const eventType = eventTypeOf(state, booking);
	const asked = param(request, 'userId');
	const others = eventType.hostIds.filter((id) => id !== booking.userId);
	const userId = asked === '' ? (others[0] ?? booking.userId) : Number(asked);
	if (!eventType.hostIds.includes(userId)) throw badRequest(`User with id ${asked} is not a host of this event type`);
	booking.userId = userId;
	booking.title = titleOf(request.world, eventType, userId, booking.attendees[0]?.name ?? '');
	booking.updatedAt = nowIso(request.world);
	const { id, name, email } = userById(state, userId);
	return ok({ bookingUid: booking.uid, reassignedTo: { id, name, email, displayEmail: email } });
}

/** What the booking left in other systems: its room in Cal Video. */
function references(request: ApiRequest): JsonObject[] {
	const { id, status, video } = bookingIn(request);
	const type = request.query.get('type');
	if (video === null || status !== 'ACCEPTED' || (type !== null && type !== video.type)) return [];
	return [{ id, type: video.type, eventUid: video.id, destinationCalendarId: null }];
}

const recordingsOf = (request: ApiRequest): Recording[] => {
	const { uid } = bookingIn(request);
	return request.world.state.recordings.filter(({ bookingUid }) => bookingUid === uid);
};

const recordingView = ({ id, bookingUid, startedAt, duration }: Recording): JsonObject => ({
	id,
	roomName: bookingUid,
	startTs: Date.parse(startedAt) / 1000,
	status: 'finished',
	maxParticipants: 2,
	duration,
	shareToken: `share-${id}`,
	downloadLink: `https://recordings.example/${id}.mp4`,
});

/** Who was in the room, of meetings that were recorded. */
function sessions(request: ApiRequest): JsonObject[] {
	const { attendees } = bookingIn(request);
	return recordingsOf(request).map(({ id, bookingUid, startedAt, duration }) => ({
		id,
		room: bookingUid,
		startTime: Date.parse(startedAt) / 1000,
		duration,
		ongoing: false,
		maxParticipants: attendees.length + 1,
		participants: attendees.map(({ name }) => ({
			userId: null,
			userName: name,
			joinTime: Date.parse(startedAt) / 1000,
			duration,
		})),
	}));
}

const shared = { access: 'permission', versions: BOOKING_VERSIONS } as const;

export const bookingDetailRoutes: Route[] = [
	{
		...shared,
		method: 'GET',
		path: '/bookings/:uid/calendar-links',
		handle: (request) => ok(calendarLinks(request)),
	},
	{ ...shared, method: 'GET', path: '/bookings/:uid/references', handle: (request) => ok(references(request)) },
	{
		...shared,
		method: 'GET',
		path: '/bookings/:uid/recordings',
		handle: (request) => ok(recordingsOf(request).map(recordingView)),
	},
	{
		...shared,
		method: 'GET',
		path: '/bookings/:uid/transcripts',
		handle: (request) => ok(recordingsOf(request).flatMap(({ transcript }) => transcript ?? [])),
	},
	{
		...shared,
		method: 'GET',
		path: '/bookings/:uid/conferencing-sessions',
		handle: (request) => ok(sessions(request)),
	},
	{ ...shared, method: 'POST', path: '/bookings/:uid/reassign', handle: reassign },
	{ ...shared, method: 'POST', path: '/bookings/:uid/reassign/:userId', handle: reassign },
];
