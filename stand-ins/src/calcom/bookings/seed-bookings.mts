import { findEventType } from '../store.mts';
import type { World } from '../world.mts';
import { draftBooking } from './draft.mts';

const HOUR = 60 * 60_000;
/** A plain lesson, and one with places to choose from. */
const KINDS = [3, 4, 11];
const LESSON_MINUTES = 30;

/** Fills the past with lessons, an hour apart, every tenth of them cancelled; nobody is told. */
export function seedBookings(world: World, count: number): void {
	const now = world.now().getTime();
	for (let index = 0; index < count; index += 1) {
		const eventType = findEventType(world.state, KINDS[index % KINDS.length] ?? 0);
		if (!eventType) throw new Error('The event types to seed bookings for were deleted');
		const start = new Date(now - (count - index) * HOUR);
		const name = `Student ${String(index + 1)}`;
		const booking = draftBooking(world, {
			input: {
				start: start.toISOString(),
				attendee: {
					name,
					email: `student${String(index + 1)}@student.example`,
					phoneNumber: null,
					timeZone: 'Europe/Amsterdam',
					locale: 'en',
				},
				eventTypeId: eventType.id,
				eventTypeSlug: null,
				username: null,
				teamSlug: null,
				guests: [],
				answers: {},
				metadata: {},
				location: undefined,
				lengthInMinutes: null,
				recurrenceCount: null,
			},
			eventType,
			start: start.toISOString(),
			end: new Date(start.getTime() + LESSON_MINUTES * 60_000).toISOString(),
			hostId: eventType.hostIds[0] ?? 1,
			recurringEventId: null,
		});
		if (index % 10 === 9) booking.status = 'CANCELLED';
		world.state.bookings.push(booking);
	}
}
