import { eventTypeOf, userById } from '../store.mts';
import type { State } from '../store.mts';
import { addDays, addMinutes, instantOf, localTime } from '../time.mts';
import type { Booking, EventType, Schedule } from '../types.mts';

const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

function scheduleOf(state: State, userId: number): Schedule | undefined {
	const { scheduleId } = userById(state, userId);
	return state.schedules.find((schedule) => schedule.id === scheduleId);
}

interface Window {
	from: Date;
	to: Date;
}

/** The working hours of one local day. */
function windowsOn(schedule: Schedule, date: string): Window[] {
	const noon = instantOf(date, 12 * 60, schedule.timeZone);
	const { weekday } = localTime(noon, schedule.timeZone);
	const overrides = schedule.overrides.filter((override) => override.date === date);
	const hours = overrides.length > 0 ? overrides : schedule.availability.filter(({ days }) => days.includes(weekday));
	return hours.map(({ startTime, endTime }) => ({
		from: instantOf(date, clock(startTime), schedule.timeZone),
		to: instantOf(date, clock(endTime), schedule.timeZone),
	}));
}

/** Whether a booking keeps its time: a request only does when the event type says so. */
function blocks(state: State, booking: Booking): boolean {
	if (booking.status === 'ACCEPTED') return true;
	if (booking.status !== 'PENDING') return false;
	const eventType = eventTypeOf(state, booking);
	return eventType.price > 0 || eventType.confirmationPolicy?.['blockUnconfirmedBookingsInBooker'] === true;
}

export interface Wish {
	start: string;
	end: string;
	/** The booking that is being moved does not stand in its own way. */
	except?: string;
}

function isWorking(state: State, userId: number, { start, end }: Wish): boolean {
	const schedule = scheduleOf(state, userId);
	if (!schedule) return false;
	const { date } = localTime(new Date(start), schedule.timeZone);
	return windowsOn(schedule, date).some(({ from, to }) => from <= new Date(start) && new Date(end) <= to);
}

/** An event of a calendar that counts, or an absence, stands in the way. */
function isAway(state: State, userId: number, wish: Wish): boolean {
	const counts = state.calendars.filter((calendar) => calendar.userId === userId && calendar.isSelected);
	const busy = state.busy.filter(
		(event) => event.userId === userId && counts.some(({ externalId }) => externalId === event.externalId),
	);
	const away = state.outOfOffice.filter((entry) => entry.userId === userId);
	return [...busy, ...away].some(({ start, end }) => start < wish.end && wish.start < end);
}

export function isFree(state: State, userId: number, wish: Wish): boolean {
	if (!isWorking(state, userId, wish) || isAway(state, userId, wish)) return false;
	return !state.bookings.some(
		(booking) =>
			booking.userId === userId &&
			booking.uid !== wish.except &&
			booking.start < wish.end &&
			wish.start < booking.end &&
			blocks(state, booking),
	);
}

const load = (state: State, userId: number): number =>
	state.bookings.filter((booking) => booking.userId === userId).length;

/** Who will host, or null when nobody is free: the owner, the least busy teacher, or the first of a panel that is all free. */
export function hostFor(state: State, eventType: EventType, wish: Wish): number | null {
	const free = eventType.hostIds.filter((userId) => isFree(state, userId, wish));
	if (eventType.schedulingType === 'COLLECTIVE')
		return free.length === eventType.hostIds.length ? (free[0] ?? null) : null;
	return free.sort((a, b) => load(state, a) - load(state, b) || a - b)[0] ?? null;
}

/** The booking with seats that already sits at this time, if any. */
export function seatedAt(state: State, eventType: EventType, start: string): Booking | undefined {
	return state.bookings.find(
		(booking) => booking.eventTypeId === eventType.id && booking.start === start && booking.status === 'ACCEPTED',
	);
}

export function hasRoom(state: State, eventType: EventType, wish: Wish): boolean {
	const seated = eventType.seats ? seatedAt(state, eventType, wish.start) : undefined;
	if (seated && eventType.seats) return seated.attendees.length < eventType.seats.seatsPerTimeSlot;
	return hostFor(state, eventType, wish) !== null;
}

export interface SlotQuery {
	/** Instants between which slots start. */
	from: Date;
	to: Date;
	now: Date;
	minutes: number;
	/** The booking that is to be moved: its own time counts as free. */
	except?: string;
}

/** Starts of the free slots, ISO UTC, in order. */
export function freeSlots(state: State, eventType: EventType, { from, to, now, minutes, except }: SlotQuery): string[] {
	const earliest = new Date(now.getTime() + eventType.minimumBookingNotice * 60_000);
	const starts = new Set<string>();
	for (const userId of eventType.hostIds) {
		const schedule = scheduleOf(state, userId);
		if (!schedule) continue;
		const last = localTime(to, schedule.timeZone).date;
		for (let date = localTime(from, schedule.timeZone).date; date <= last; date = addDays(date, 1)) {
			for (const window of windowsOn(schedule, date)) {
				for (let start = window.from.toISOString(); ; start = addMinutes(start, minutes)) {
					const end = addMinutes(start, minutes);
					if (new Date(end) > window.to) break;
					const at = new Date(start);
					if (at < from || at > to || at < earliest || isReserved(state, eventType, start, now)) continue;
					const wish = { start, end, ...(except === undefined ? {} : { except }) };
					if (hasRoom(state, eventType, wish)) starts.add(start);
				}
			}
		}
	}
	return [...starts].sort();
}

export function isReserved(state: State, eventType: EventType, start: string, now: Date): boolean {
	return state.reservations.some(
		(reservation) =>
			reservation.eventTypeId === eventType.id &&
			reservation.slotStart === start &&
			Date.parse(reservation.until) > now.getTime(),
	);
}
