import { newUid, newUuid, uuidOf } from '../ids.mts';
import type { JsonObject } from '../json.mts';
import { nextId, userById } from '../store.mts';
import type { Attendee, Booking, EventType, Seat } from '../types.mts';
import { nowIso } from '../world.mts';
import type { World } from '../world.mts';
import type { AttendeeInput, BookingInput } from './input.mts';
import { chosenPlace, newVideoCall, videoCallUrlOf } from './location.mts';

export function newAttendee(world: World, person: AttendeeInput, seat: Seat | null = null): Attendee {
	return {
		id: nextId(world.state, 'attendee'),
		name: person.name,
		email: person.email ?? '',
		timeZone: person.timeZone,
		phoneNumber: person.phoneNumber,
		locale: person.locale,
		noShow: false,
		seat,
	};
}

export function titleOf(world: World, eventType: EventType, hostId: number, attendeeName: string): string {
	const team = world.state.teams.find((candidate) => candidate.id === eventType.teamId);
	const host = eventType.schedulingType === 'COLLECTIVE' && team ? team.name : userById(world.state, hostId).name;
	return `${eventType.title} between ${host} and ${attendeeName}`;
}

/** What the API remembers of the form. */
function answersOf(input: BookingInput, place: JsonObject | undefined): JsonObject {
	const { attendee, guests, answers } = input;
	return {
		...(attendee.email === null ? {} : { email: attendee.email }),
		...(attendee.phoneNumber === null ? {} : { attendeePhoneNumber: attendee.phoneNumber }),
		name: attendee.name,
		...(guests.length > 0 ? { guests: [...guests] } : {}),
		...answers,
		...(place ? { location: place } : {}),
	};
}

export interface Draft {
	input: BookingInput;
	eventType: EventType;
	start: string;
	end: string;
	hostId: number;
	recurringEventId: string | null;
}

/** A row with everything decided, not stored yet. */
export function draftBooking(world: World, draft: Draft): Booking {
	const { input, eventType, start, end, hostId } = draft;
	const { state } = world;
	const uid = newUid();
	const place = chosenPlace(eventType.locations, input.location);
	const isPaid = eventType.price > 0;
	const pending = eventType.confirmationPolicy !== null || isPaid;
	const video = pending ? null : newVideoCall(place.kind);
	const at = nowIso(world);
	const seated = eventType.seats !== null;
	const answers = answersOf(input, place.answer);
	const guests = input.guests.map((email) =>
		newAttendee(world, { ...input.attendee, name: '', email, phoneNumber: null, locale: 'en' }),
	);
	const booker = newAttendee(world, input.attendee, seated ? newSeat(input) : null);
	const panel = eventType.schedulingType === 'COLLECTIVE' ? eventType.hostIds.filter((id) => id !== hostId) : [];
	const hosts = panel.map((id) => {
		const { name, email, timeZone, locale } = userById(state, id);
		return newAttendee(world, { name, email, timeZone, locale, phoneNumber: null });
	});
	return {
		id: nextId(state, 'booking'),
		uid,
		idempotencyKey: uuidOf(`${start}${uid}`),
		userId: hostId,
		eventTypeId: eventType.id,
		title: titleOf(world, eventType, hostId, input.attendee.name),
		description: seated ? null : String(input.answers['notes'] ?? ''),
		start,
		end,
		status: pending ? 'PENDING' : 'ACCEPTED',
		location: place.raw,
		video,
		videoCallUrl: pending ? null : videoCallUrlOf(state.bookerUrl, uid, video, place),
		metadata: { ...input.metadata },
		responses: seated ? null : answers,
		attendees: [booker, ...guests.sort((a, b) => a.id - b.id), ...hosts],
		iCalUid: `${seated ? newUid() : uid}@Cal.diy`,
		iCalSequence: 0,
		createdAt: at,
		updatedAt: at,
		cancellationReason: null,
		cancelledBy: null,
		rejectionReason: null,
		fromReschedule: null,
		rescheduled: false,
		rescheduledBy: null,
		recurringEventId: draft.recurringEventId,
		noShowHost: false,
		paid: false,
		paymentId: isPaid ? nextId(state, 'payment') : null,
		oneTimePassword: pending ? newUuid() : null,
		snapshot: null,
		fired: [],
	};
}

/** A seat of one's own, with one's own answers. */
export const newSeat = (input: BookingInput): Seat => ({
	uid: newUuid(),
	responses: { name: input.attendee.name, guests: [], ...input.answers },
	metadata: { ...input.metadata },
});
