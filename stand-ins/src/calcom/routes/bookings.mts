import { createBooking } from '../bookings/create.mts';
import { readBooking, refuse } from '../bookings/input.mts';
import type { BookingInput } from '../bookings/input.mts';
import { mine } from '../bookings/list.mts';
import { cancel, cancelSeries } from '../bookings/cancel.mts';
import { confirm, decline } from '../bookings/decide.mts';
import { markAbsent } from '../bookings/absent.mts';
import { reschedule } from '../bookings/reschedule.mts';
import { badRequest, notFound } from '../errors.mts';
import { callerOf, created, ok, param, textIn } from '../http.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import type { JsonObject } from '../json.mts';
import { eventTypeOf, findBooking, seriesOf } from '../store.mts';
import { isIsoDate } from '../time.mts';
import type { Booking } from '../types.mts';
import { bookingView, bySeatView } from '../views/booking.mts';
import { listBookings } from './hosted/bookings-of.mts';
import type { World } from '../world.mts';

/** Date of today's shapes; the other two are the hosted edition's and look the same for one booking. */
export const BOOKING_VERSIONS = ['2024-08-13', '2026-02-25', '2026-05-01'];
const LIST_VERSIONS = ['2024-08-13', '2026-02-25'];

const unknownBooking = (uid: string) => notFound(`Booking with uid=${uid} was not found in the database`);

export function bookingIn(request: ApiRequest): Booking {
	const uid = param(request, 'uid');
	const booking = findBooking(request.world.state, uid);
	if (!booking) throw unknownBooking(uid);
	return booking;
}

export const showBooking = (request: ApiRequest, booking: Booking): JsonObject =>
	bookingView(request.world.state, booking);

const EXTRA: JsonObject = { isPlatformManagedUserBooking: false };

const QUICK = {
	name: 'Quick Quinn',
	email: 'quinn@student.example',
	phoneNumber: null,
	timeZone: 'Europe/Amsterdam',
	locale: 'en',
};

/** Somebody else takes the time a moment earlier, when that was asked for. */
async function steal(world: World, wish: BookingInput): Promise<void> {
	if (world.thefts === 0) return;
	world.thefts -= 1;
	await createBooking(world, { ...wish, attendee: QUICK, guests: [] });
}

async function create(request: ApiRequest): Promise<Reply> {
	const { world, body } = request;
	const input = readBooking(body);
	await steal(world, input);
	const { bookings, seatUid, joined, recurring } = await createBooking(world, input);
	const views = bookings.map((booking) => ({
		...showBooking(request, booking),
		...(seatUid === null ? {} : { seatUid }),
		...(joined ? {} : EXTRA),
	}));
	return created(recurring ? views : (views[0] ?? null));
}

const list = (request: ApiRequest): Reply => listBookings(request, mine(request.world.state, callerOf(request)));

function get(request: ApiRequest): Reply {
	const uid = param(request, 'uid');
	const series = seriesOf(request.world.state, uid);
	if (series.length > 0) return ok(series.map((booking) => showBooking(request, booking)));
	return ok(showBooking(request, bookingIn(request)));
}

async function move(request: ApiRequest): Promise<Reply> {
	const { world, body, userId } = request;
	const booking = bookingIn(request);
	const start = body['start'];
	if (!isIsoDate(start)) refuse([{ property: 'start', constraints: ['start must be a valid ISO 8601 date string'] }]);
	if (textIn(body, 'seatUid') !== null && body['reschedulingReason'] !== undefined)
		refuse([{ property: 'reschedulingReason', constraints: ['property reschedulingReason should not exist'] }]);
	const moved = await reschedule(world, booking, {
		start: new Date(String(start)).toISOString(),
		rescheduledBy: textIn(body, 'rescheduledBy'),
		reason: textIn(body, 'reschedulingReason'),
		seatUid: textIn(body, 'seatUid'),
		userId,
	});
	const seatUid = textIn(body, 'seatUid');
	return created({ ...showBooking(request, moved), ...(seatUid === null ? {} : { seatUid }), ...EXTRA });
}

async function cancelRoute(request: ApiRequest): Promise<Reply> {
	const { world, body, userId } = request;
	const uid = param(request, 'uid');
	const ask = {
		reason: textIn(body, 'cancellationReason'),
		cancelledBy: textIn(body, 'cancelledBy'),
		seatUid: textIn(body, 'seatUid'),
		userId,
	};
	const series = seriesOf(world.state, uid);
	if (series.length > 0) {
		await cancelSeries(world, series, ask);
		return ok(series.map((booking) => showBooking(request, booking)));
	}
	const booking = findBooking(world.state, uid);
	if (!booking) throw notFound(`Booking with uid=${uid} not found`);
	if (body['cancelSubsequentBookings'] === true && booking.recurringEventId !== null) {
		const later = seriesOf(world.state, booking.recurringEventId).filter(({ start }) => start >= booking.start);
		await cancelSeries(world, later, ask);
		return ok(later.map((each) => showBooking(request, each)));
	}
	await cancel(world, booking, ask);
	return ok(showBooking(request, booking));
}

function bySeat(request: ApiRequest): Reply {
	const { state } = request.world;
	const seatUid = param(request, 'seatUid');
	const booking = state.bookings.find(({ attendees }) => attendees.some(({ seat }) => seat?.uid === seatUid));
	if (!booking) throw notFound(`Booking with seatUid=${seatUid} was not found in the database`);
	if (!eventTypeOf(state, booking).seats) throw badRequest(`Booking with seatUid=${seatUid} has no seats`);
	return ok(bySeatView(state, booking));
}

/** An action on one booking that answers with the booking. */
function action(
	name: string,
	access: Route['access'],
	act: (request: ApiRequest, booking: Booking) => Promise<void>,
): Route {
	return {
		method: 'POST',
		path: `/bookings/:uid/${name}`,
		access,
		versions: BOOKING_VERSIONS,
		async handle(request) {
			const booking = bookingIn(request);
			await act(request, booking);
			return ok(showBooking(request, booking));
		},
	};
}

export const bookingRoutes: Route[] = [
	{ method: 'POST', path: '/bookings', access: 'public', versions: BOOKING_VERSIONS, handle: create },
	{ method: 'GET', path: '/bookings', access: 'permission', versions: LIST_VERSIONS, handle: list },
	{ method: 'GET', path: '/bookings/by-seat/:seatUid', access: 'public', versions: BOOKING_VERSIONS, handle: bySeat },
	{ method: 'GET', path: '/bookings/:uid', access: 'public', versions: BOOKING_VERSIONS, handle: get },
	{ method: 'POST', path: '/bookings/:uid/reschedule', access: 'public', versions: BOOKING_VERSIONS, handle: move },
	{
		method: 'POST',
		path: '/bookings/:uid/cancel',
		access: 'public',
		versions: BOOKING_VERSIONS,
		handle: cancelRoute,
	},
	action('confirm', 'permission', ({ world }, booking) => confirm(world, booking)),
	action('decline', 'permission', ({ world, body }, booking) => decline(world, booking, textIn(body, 'reason'))),
	action('mark-absent', 'permission', ({ world, body }, booking) => markAbsent(world, booking, body)),
];
