import { badRequest, bareError, notFound } from '../errors.mts';
import { newUid, newUuid } from '../ids.mts';
import { meetingSnapshot } from '../payloads/meeting.mts';
import { createdPayload, seatCreatedPayload } from '../payloads/created.mts';
import { factsOf } from '../payloads/parts.mts';
import { requestedPayload } from '../payloads/requested.mts';
import { findEventType } from '../store.mts';
import { addMinutes } from '../time.mts';
import type { Attendee, Booking, EventType } from '../types.mts';
import { announce, nowIso } from '../world.mts';
import type { World } from '../world.mts';
import { hostFor, seatedAt } from './availability.mts';
import { draftBooking, newAttendee, newSeat, titleOf } from './draft.mts';
import { checkAnswers, checkPlace, lengthFor } from './input.mts';
import type { BookingInput } from './input.mts';

const TAKEN = 'User either already has booking at this time or is not available';
const HOSTS_TAKEN = 'One of the hosts either already has booking at this time or is not available';

/** The event type that was asked for. @throws ApiError 404 */
export function askedEventType(world: World, input: BookingInput): EventType {
	if (input.eventTypeId !== null) {
		const eventType = findEventType(world.state, input.eventTypeId);
		if (!eventType) throw notFound(`Event type with id ${input.eventTypeId} not found.`);
		return eventType;
	}
	if (input.teamSlug !== null) return askedTeamEventType(world, input);
	const owner = world.state.users.find((user) => user.username === input.username);
	if (!owner) throw notFound(`User with username ${input.username ?? ''} not found`);
	const eventType = world.state.eventTypes.find(
		(candidate) => candidate.slug === input.eventTypeSlug && candidate.ownerId === owner.id,
	);
	if (!eventType)
		throw notFound(
			`Event type with slug ${input.eventTypeSlug ?? ''} belonging to user ${input.username ?? ''} not found.`,
		);
	return eventType;
}

function askedTeamEventType({ state }: World, input: BookingInput): EventType {
	const team = state.teams.find(({ slug }) => slug === input.teamSlug);
	const eventType = state.eventTypes.find(
		({ slug, teamId }) => slug === input.eventTypeSlug && teamId !== null && teamId === team?.id,
	);
	if (eventType) return eventType;
	throw notFound(
		`Event type with slug ${input.eventTypeSlug ?? ''} belonging to team ${input.teamSlug ?? ''} not found.`,
	);
}

/** Too late, too soon, taken: in Cal.com's order. @returns who hosts @throws ApiError 400 */
export function claimHost(world: World, eventType: EventType, start: string, end: string, except?: string): number {
	const now = world.now().getTime();
	if (Date.parse(start) < now) throw badRequest('Attempting to book a meeting in the past.');
	if (Date.parse(start) < now + eventType.minimumBookingNotice * 60_000)
		throw badRequest(
			`The event type can't be booked at the selected time ${start}. This could be because it's too soon (violating the minimum booking notice) or too far in the future (outside the event's scheduling window). Try fetching available slots first using the GET /v2/slots endpoint and then make a booking with "start" time equal to one of the available slots: https://cal.com/docs/api-reference/v2/slots`,
		);
	const wish = { start, end, ...(except === undefined ? {} : { except }) };
	const host = hostFor(world.state, eventType, wish);
	// A reservation keeps the time out of lists only: whoever books it gets it.
	if (host === null) throw badRequest(eventType.schedulingType === 'COLLECTIVE' ? HOSTS_TAKEN : TAKEN);
	return host;
}

/** Stores the row and tells the subscribers; the answer to the booker waits for theirs. */
export async function storeAndAnnounce(world: World, booking: Booking): Promise<void> {
	const { state } = world;
	const facts = factsOf(state, booking, world.now());
	await world.rooms.store(state, booking);
	if (booking.status === 'ACCEPTED') booking.snapshot = meetingSnapshot(facts);
	if (booking.paymentId !== null) return await announce(world, 'BOOKING_PAYMENT_INITIATED', booking, createdPayload);
	if (booking.status === 'PENDING') await announce(world, 'BOOKING_REQUESTED', booking, requestedPayload);
	else if (facts.eventType.seats) await announceSeat(world, booking, booking.attendees[0], true);
	else await announce(world, 'BOOKING_CREATED', booking, createdPayload);
	booking.updatedAt = nowIso(world);
}

async function announceSeat(
	world: World,
	booking: Booking,
	attendee: Attendee | undefined,
	first: boolean,
): Promise<void> {
	if (!attendee) return;
	const iCalUid = first ? booking.iCalUid : `${newUid()}@Cal.diy`;
	await announce(world, 'BOOKING_CREATED', booking, (facts) =>
		seatCreatedPayload(facts, {
			attendee,
			first,
			iCalUid,
			title: titleOf(world, facts.eventType, booking.userId, attendee.name),
		}),
	);
}

/** A seat in a meeting that others have booked. @throws ApiError 409 without envelope: full, or already in it */
async function joinSeated(
	world: World,
	booking: Booking,
	eventType: EventType,
	input: BookingInput,
): Promise<Attendee> {
	if (booking.attendees.some((attendee) => attendee.email === input.attendee.email))
		throw bareError(409, 'already_signed_up_for_this_booking_error');
	if (eventType.seats && booking.attendees.length >= eventType.seats.seatsPerTimeSlot)
		throw bareError(409, 'booking_seats_full_error');
	const attendee = newAttendee(world, input.attendee, newSeat(input));
	booking.attendees.push(attendee);
	await announceSeat(world, booking, attendee, false);
	return attendee;
}

export interface Created {
	bookings: Booking[];
	/** The seat that was taken, on an event type with seats. */
	seatUid: string | null;
	/** Someone else had booked this meeting before. */
	joined: boolean;
	recurring: boolean;
}

const STEP_DAYS: Record<string, number> = { daily: 1, weekly: 7, monthly: 28, yearly: 364 };

/** How many occurrences. @throws ApiError 400 when more are asked for than the event type allows */
function occurrencesOf(eventType: EventType, asked: number | null): number {
	if (!eventType.recurrence) return 1;
	if (asked !== null && asked > eventType.recurrence.occurrences)
		throw badRequest("Provided recurrence count is higher than the event type's recurring event count.");
	return asked ?? eventType.recurrence.occurrences;
}

/** Books what was asked for: one meeting, a series, or a seat. */
export async function createBooking(world: World, input: BookingInput): Promise<Created> {
	const eventType = askedEventType(world, input);
	const minutes = lengthFor(eventType, input.lengthInMinutes);
	const count = occurrencesOf(eventType, input.recurrenceCount);
	checkPlace(eventType, input.location);
	checkAnswers(eventType, input);
	const seated = eventType.seats ? seatedAt(world.state, eventType, input.start) : undefined;
	if (seated) {
		const attendee = await joinSeated(world, seated, eventType, input);
		return { bookings: [seated], seatUid: attendee.seat?.uid ?? null, joined: true, recurring: false };
	}
	const recurringEventId = eventType.recurrence ? newUuid() : null;
	const { frequency = 'weekly', interval = 1 } = eventType.recurrence ?? {};
	const bookings: Booking[] = [];
	for (let index = 0; index < count; index += 1) {
		const start = addMinutes(input.start, index * interval * (STEP_DAYS[frequency] ?? 7) * 24 * 60);
		const end = addMinutes(start, minutes);
		const hostId = claimHost(world, eventType, start, end);
		const booking = draftBooking(world, { input, eventType, start, end, hostId, recurringEventId });
		bookings.push(booking);
		await storeAndAnnounce(world, booking);
	}
	const seatUid = eventType.seats ? (bookings[0]?.attendees[0]?.seat?.uid ?? null) : null;
	return { bookings, seatUid, joined: false, recurring: recurringEventId !== null };
}
