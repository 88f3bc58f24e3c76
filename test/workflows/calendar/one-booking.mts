// One booking, which is booked, moved and cancelled.
import { type EventChanges, bookingEvent } from '../event-builder.mts';

export const ADA = 'ada@student.example';

export const booked = (changes: Partial<EventChanges> = {}) =>
	bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0, ...changes });
export const withMetadata = (metadata: Record<string, string>) => booked({ rest: { metadata } });
export const moved = bookingEvent({
	event: 'BOOKING_RESCHEDULED',
	uid: 'B',
	minute: 1,
	booking: { previousUid: 'A', start: '2026-12-02T09:00:00.000Z' },
});
export const cancelled = bookingEvent({ event: 'BOOKING_CANCELLED', uid: 'B', minute: 80 });
