// Recorded deliveries, as they came and as those of further bookings.
import { readRecordings } from '../../nodes/shared/events/recordings.mts';

/** What the built-in Cal.com Trigger can listen to as well. */
export const EVENTS = ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED', 'MEETING_ENDED'];

export interface RecordedDelivery {
	/** Exact bytes, 1.7 to 4 KB. */
	body: Buffer;
	/** The uids of bookings in it. */
	uids: string[];
	event: string;
}

/** The recorded deliveries of the four events, except those with seats, whose keys name people rather than bookings. */
export function readDeliveries(): RecordedDelivery[] {
	return readRecordings().flatMap(({ bytes }) => {
		const text = bytes.toString();
		const event = /"triggerEvent":"(\w+)"/.exec(text)?.[1] ?? '';
		const uids = [...text.matchAll(/"(?:uid|rescheduleUid|fromReschedule)":"(\w+)"/g)].flatMap(
			([, uid]) => uid ?? [],
		);
		if (!EVENTS.includes(event) || uids.length === 0 || /"(?:attendeeSeatId|seatReferenceUid)":"/.test(text))
			return [];
		return [{ body: bytes, uids: [...new Set(uids)], event }];
	});
}

/** How many people the made-up bookings are of: some new leads, more that are known. */
const PEOPLE = 50;

/** The same delivery, of another booking (its `number`-th) and maybe another person. The size stays about the same. */
export function ofAnotherBooking({ body, uids }: RecordedDelivery, number: number): Buffer {
	let text = body.toString();
	for (const [at, uid] of uids.entries()) {
		text = text.replaceAll(uid, `bench${String(number).padStart(8, '0')}x${String(at)}`.padEnd(uid.length, 'x'));
	}
	text = text.replaceAll('ada@student.example', `p${String(number % PEOPLE).padStart(2, '0')}@student.example`);
	return Buffer.from(text.replace(/"bookingId":\d+/, `"bookingId":${String(100_000 + number)}`));
}

/** Deliveries without end, each of a booking of its own. */
export function furtherBookings() {
	const recorded = readDeliveries();
	let made = 0;
	const next = () => {
		const delivery = recorded[made % recorded.length];
		if (!delivery) throw new Error('There are no recorded deliveries.');
		return ofAnotherBooking(delivery, (made += 1));
	};
	return { next, many: (size: number): Buffer[] => Array.from({ length: size }, next), made: (): number => made };
}
