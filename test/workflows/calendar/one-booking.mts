// One booking, which is booked, moved and cancelled.
import { type EventChanges, bookingEvent } from '../event-builder.mts';

export const ADA = 'ada@student.example';

/** Ids as an app makes them: nobody guesses them, so they count in a booking's metadata. */
export const C7 = '0f3d2c1b-7a68-4b59-9c4d-2e1f0a9b8c77';
export const C8 = '5b8e7f60-1d2c-4e3f-8a9b-0c1d2e3f4a88';
export const S1 = '01936f2a-9c4b-7d3e-b1a2-6f5e4d3c2b11';

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
