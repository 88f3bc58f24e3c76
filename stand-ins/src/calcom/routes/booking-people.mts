import { changeLocation } from '../bookings/change-location.mts';
import { addAttendee, addGuests, attendeeIn, removeAttendee } from '../bookings/people.mts';
import { callerOf, created, ok, param } from '../http.mts';
import type { Route } from '../http.mts';
import type { JsonObject } from '../json.mts';
import type { Attendee } from '../types.mts';
import { attendeeView } from '../views/booking.mts';
import { BOOKING_VERSIONS, bookingIn, showBooking } from './bookings.mts';

const numbered = (attendee: Attendee): JsonObject => ({ ...attendeeView(attendee), id: attendee.id });
const shared = { access: 'permission', versions: BOOKING_VERSIONS } as const;

export const bookingPeopleRoutes: Route[] = [
	{
		...shared,
		method: 'POST',
		path: '/bookings/:uid/guests',
		bucket: 'booking_guests_add',
		handle(request) {
			const booking = bookingIn(request);
			addGuests(request.world, booking, request.body['guests']);
			return ok(showBooking(request, booking));
		},
	},
	{
		...shared,
		method: 'GET',
		path: '/bookings/:uid/attendees',
		handle: (request) => ok(bookingIn(request).attendees.map(numbered)),
	},
	{
		...shared,
		method: 'POST',
		path: '/bookings/:uid/attendees',
		bucket: 'booking_attendees_add',
		handle(request) {
			const booking = bookingIn(request);
			return created({ ...numbered(addAttendee(request.world, booking, request.body)), bookingId: booking.id });
		},
	},
	{
		...shared,
		method: 'GET',
		path: '/bookings/:uid/attendees/:attendeeId',
		handle: (request) => ok(numbered(attendeeIn(bookingIn(request), param(request, 'attendeeId')))),
	},
	{
		...shared,
		method: 'DELETE',
		path: '/bookings/:uid/attendees/:attendeeId',
		bucket: 'booking_attendees_remove',
		handle(request) {
			const booking = bookingIn(request);
			const { id, name, email, timeZone } = removeAttendee(request.world, booking, param(request, 'attendeeId'));
			return ok({ id, bookingId: booking.id, name, email, timeZone });
		},
	},
	{
		...shared,
		method: 'PATCH',
		path: '/bookings/:uid/location',
		bucket: 'booking_location_update',
		handle(request) {
			const booking = bookingIn(request);
			changeLocation(request.world, booking, callerOf(request), request.body['location']);
			return ok(showBooking(request, booking));
		},
	},
];
