import { resolvedLocation } from '../bookings/location.mts';
import { badRequest } from '../errors.mts';
import { ok, param } from '../http.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import type { JsonObject } from '../json.mts';
import { titleOf } from '../bookings/draft.mts';
import { eventTypeOf, userById } from '../store.mts';
import { minutesBetween } from '../time.mts';
import type { Booking } from '../types.mts';
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

function nothingOf(request: ApiRequest): Reply {
	bookingIn(request);
	return ok([]);
}

const shared = { access: 'permission', versions: BOOKING_VERSIONS } as const;

export const bookingDetailRoutes: Route[] = [
	{
		...shared,
		method: 'GET',
		path: '/bookings/:uid/calendar-links',
		handle: (request) => ok(calendarLinks(request)),
	},
	{ ...shared, method: 'GET', path: '/bookings/:uid/references', handle: nothingOf },
	{ ...shared, method: 'GET', path: '/bookings/:uid/recordings', handle: nothingOf },
	{ ...shared, method: 'GET', path: '/bookings/:uid/transcripts', handle: nothingOf },
	{ ...shared, method: 'GET', path: '/bookings/:uid/conferencing-sessions', handle: nothingOf },
	{ ...shared, method: 'POST', path: '/bookings/:uid/reassign', handle: reassign },
	{ ...shared, method: 'POST', path: '/bookings/:uid/reassign/:userId', handle: reassign },
];
