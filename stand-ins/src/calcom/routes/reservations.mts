import { hasRoom, isReserved } from '../bookings/availability.mts';
import { badRequest, notFound, unprocessable } from '../errors.mts';
import { created, ok, param } from '../http.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import { newUuid } from '../ids.mts';
import type { JsonObject } from '../json.mts';
import { findEventType } from '../store.mts';
import { addMinutes, isIsoDate } from '../time.mts';
import type { Reservation } from '../types.mts';
import { SLOT_VERSIONS } from './slots.mts';

const view = ({ uid, eventTypeId, slotStart, slotEnd, slotDuration, until }: Reservation): JsonObject => ({
	reservationUid: uid,
	eventTypeId,
	slotStart,
	slotEnd,
	slotDuration,
	reservationUntil: until,
});

function reserve(request: ApiRequest): Reply {
	const { world, body } = request;
	const { state } = world;
	const eventType = findEventType(state, Number(body['eventTypeId']));
	if (!eventType) throw notFound(`Event Type with ID=${String(body['eventTypeId'])} not found`);
	if (!isIsoDate(body['slotStart']))
		throw badRequest('slotStart property is wrong,slotStart must be a valid ISO 8601 date string ');
	const slotStart = new Date(body['slotStart']).toISOString();
	const slotDuration = Number(body['slotDuration'] ?? eventType.lengthInMinutes);
	const minutes = Number(body['reservationDuration'] ?? 5);
	const slotEnd = addMinutes(slotStart, slotDuration);
	const taken =
		isReserved(state, eventType, slotStart, world.now()) ||
		!hasRoom(state, eventType, { start: slotStart, end: slotEnd });
	if (taken) throw unprocessable(`This slot is already reserved or booked for event type with ID=${eventType.id}`);
	const until = addMinutes(world.now().toISOString(), minutes);
	const reservation = { uid: newUuid(), eventTypeId: eventType.id, slotStart, slotEnd, slotDuration, until };
	state.reservations.push(reservation);
	return created({ ...view(reservation), reservationDuration: minutes });
}

function reservationIn(request: ApiRequest): Reservation {
	const uid = param(request, 'uid');
	const reservation = request.world.state.reservations.find((candidate) => candidate.uid === uid);
	if (!reservation) throw notFound(`Slot with uid=${uid} not found`);
	return reservation;
}

const path = '/slots/reservations/:uid';

export const reservationRoutes: Route[] = [
	{ method: 'POST', path: '/slots/reservations', access: 'public', versions: SLOT_VERSIONS, handle: reserve },
	{
		method: 'GET',
		path,
		access: 'public',
		versions: SLOT_VERSIONS,
		handle: (request) => ok(view(reservationIn(request))),
	},
	{
		method: 'PATCH',
		path,
		access: 'public',
		versions: SLOT_VERSIONS,
		handle(request) {
			const reservation = reservationIn(request);
			const minutes = Number(request.body['reservationDuration'] ?? 5);
			reservation.until = addMinutes(request.world.now().toISOString(), minutes);
			return ok({ ...view(reservation), reservationDuration: minutes });
		},
	},
	{
		method: 'DELETE',
		path,
		access: 'public',
		versions: SLOT_VERSIONS,
		handle(request) {
			const { state } = request.world;
			const reservation = reservationIn(request);
			state.reservations = state.reservations.filter((candidate) => candidate !== reservation);
			return { status: 200, body: { status: 'success' } };
		},
	},
];
