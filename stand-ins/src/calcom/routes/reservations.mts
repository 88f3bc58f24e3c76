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

/** What is to be reserved. @throws ApiError 404, 400, 422 when somebody has it */
function wanted(request: ApiRequest): { slot: Omit<Reservation, 'uid'>; minutes: number } {
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
	if (!hasRoom(state, eventType, { start: slotStart, end: slotEnd }))
		throw unprocessable("Can't reserve a slot if the event is already booked.");
	// Its own reservation counts, too: one that is to be prolonged has to be given up first.
	if (isReserved(state, eventType, slotStart, world.now()))
		throw unprocessable('This time slot is already reserved by another user. Please choose a different time.');
	const until = addMinutes(world.now().toISOString(), minutes);
	return { slot: { eventTypeId: eventType.id, slotStart, slotEnd, slotDuration, until }, minutes };
}

function reserve(request: ApiRequest): Reply {
	const { slot, minutes } = wanted(request);
	const reservation = { uid: newUuid(), ...slot };
	request.world.state.reservations.push(reservation);
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
			const { slot, minutes } = wanted(request);
			Object.assign(reservation, slot);
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
