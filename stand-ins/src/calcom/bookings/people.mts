import { badRequest, coded, notFound } from '../errors.mts';
import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { eventTypeOf } from '../store.mts';
import { isTimeZone } from '../time.mts';
import type { Attendee, Booking } from '../types.mts';
import { nowIso } from '../world.mts';
import type { World } from '../world.mts';
import { newAttendee } from './draft.mts';
import { isEmail, refuse } from './input.mts';

const text = (value: Json | undefined, otherwise: string): string =>
	typeof value === 'string' && value !== '' ? value : otherwise;

/** Everyone but the first attendee is a guest in the answers too. */
function rememberGuests(world: World, booking: Booking): void {
	if (booking.responses) booking.responses['guests'] = booking.attendees.slice(1).map(({ email }) => email);
	booking.updatedAt = nowIso(world);
}

function add(world: World, booking: Booking, person: JsonObject): Attendee {
	const attendee = newAttendee(world, {
		name: text(person['name'], ''),
		email: text(person['email'], ''),
		phoneNumber: typeof person['phoneNumber'] === 'string' ? person['phoneNumber'] : null,
		timeZone: text(person['timeZone'], booking.attendees[0]?.timeZone ?? 'UTC'),
		locale: text(person['language'], 'en'),
	});
	booking.attendees.push(attendee);
	rememberGuests(world, booking);
	return attendee;
}

const isThere = (booking: Booking, email: unknown): boolean =>
	booking.attendees.some((attendee) => attendee.email === email);

/** Guests by email. Nobody is told: the community edition sends nothing. @throws ApiError 400 */
export function addGuests(world: World, booking: Booking, guests: Json | undefined): void {
	const entries = Array.isArray(guests) ? guests.filter(isObject) : [];
	if (entries.length === 0 || !entries.every(({ email }) => isEmail(email)))
		refuse([{ property: 'guests', constraints: ['guests must be an array of objects with a valid email'] }]);
	const newcomers = entries.filter(({ email }) => !isThere(booking, email));
	if (newcomers.length === 0) throw coded(400, 'TRPCError', 'emails_must_be_unique_valid');
	for (const guest of newcomers) add(world, booking, guest);
}

/** @throws ApiError 400 */
export function addAttendee(world: World, booking: Booking, person: JsonObject): Attendee {
	const { name, email, timeZone } = person;
	if (typeof name !== 'string' || !isEmail(email) || !isTimeZone(timeZone))
		refuse([{ property: 'attendee', constraints: ['name, a valid email and an IANA timeZone must be given'] }]);
	if (isThere(booking, email)) throw coded(400, 'TRPCError', 'emails_must_be_unique_valid');
	if (eventTypeOf(world.state, booking).seats)
		throw badRequest("Can't add attendees to seated bookings. Please book a seat instead.");
	return add(world, booking, person);
}

/** @throws ApiError 404 */
export function attendeeIn(booking: Booking, id: string): Attendee {
	const attendee = booking.attendees.find((candidate) => String(candidate.id) === id);
	if (!attendee) throw notFound(`Attendee with id ${id} not found in booking ${booking.uid}`);
	return attendee;
}

/** @throws ApiError 404, or 400 for the one who booked */
export function removeAttendee(world: World, booking: Booking, id: string): Attendee {
	const attendee = attendeeIn(booking, id);
	if (attendee === booking.attendees[0]) throw badRequest('cannot_remove_primary_attendee');
	booking.attendees = booking.attendees.filter((candidate) => candidate !== attendee);
	rememberGuests(world, booking);
	return attendee;
}
