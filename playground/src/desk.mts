// The front desk: books, moves and cancels through Cal.com's API, as the booking page or another program would.
import { FetchError, ofetch } from 'ofetch';
import { z } from 'zod';
import { type Person, somebody, somewhen } from './people.mts';

export interface DeskBooking {
	uid: string;
	title: string;
	/** accepted, pending, cancelled, rejected */
	status: string;
	start: string;
	attendee: string;
}

export interface Desk {
	/** Books a Level Check. Resolves after Cal.com has delivered its webhooks. */
	book(person?: Person, start?: string): Promise<DeskBooking>;
	/** Books a lesson that the school has to confirm. */
	request(person?: Person, start?: string): Promise<DeskBooking>;
	/** Moves a booking; Cal.com gives it a new uid. */
	reschedule(uid: string, start?: string, reason?: string): Promise<DeskBooking>;
	cancel(uid: string, reason?: string): Promise<DeskBooking>;
	confirm(uid: string): Promise<DeskBooking>;
	decline(uid: string, reason?: string): Promise<DeskBooking>;
	/** All bookings, the newest first. */
	bookings(): Promise<DeskBooking[]>;
}

const BOOKINGS = '2024-08-13';
const EVENT_TYPES = '2024-06-14';
const PLAIN = 'level-check';
const TO_CONFIRM = 'intake-approval';
const ATTEMPTS = 6;

const bookingSchema = z
	.object({
		uid: z.string(),
		title: z.string(),
		status: z.string(),
		start: z.string(),
		attendees: z.array(z.object({ name: z.string() })),
	})
	.transform(({ attendees, ...rest }): DeskBooking => ({ ...rest, attendee: attendees[0]?.name ?? '' }));

/** @param calcom the stand-in's address (`http://127.0.0.1:PORT/v2`) and key */
export function openDesk(calcom: { url: string; apiKey: string }): Desk {
	const call = async (path: string, version: string, body?: Record<string, unknown>) => {
		const headers = { authorization: `Bearer ${calcom.apiKey}`, 'cal-api-version': version };
		try {
			const method = body ? 'POST' : 'GET';
			return await ofetch<unknown>(`${calcom.url}${path}`, {
				method,
				body,
				headers,
				retry: 0,
				responseType: 'json',
			});
		} catch (error) {
			throw error instanceof FetchError ? new Error(`Cal.com: ${reasonIn(error)}`, { cause: error }) : error;
		}
	};
	const one = async (path: string, body: Record<string, unknown>) =>
		z.object({ data: bookingSchema }).parse(await call(path, BOOKINGS, body)).data;
	const eventTypeId = async (slug: string) => {
		const list = z.object({ data: z.array(z.object({ id: z.number(), slug: z.string() })) });
		const found = list
			.parse(await call('/event-types', EVENT_TYPES))
			.data.find((eventType) => eventType.slug === slug);
		if (!found) throw new Error(`Cal.com has no event type "${slug}".`);
		return found.id;
	};
	/** A time that is picked here may be taken: then another one is picked. */
	const atSomeTime = async (start: string | undefined, attempt: (start: string) => Promise<DeskBooking>) => {
		for (let tried = 1; ; tried += 1) {
			try {
				return await attempt(start ?? somewhen(new Date()));
			} catch (error) {
				if (
					start ||
					tried === ATTEMPTS ||
					!(error instanceof Error && /available|already/i.test(error.message))
				)
					throw error;
			}
		}
	};
	const bookAs = async (slug: string, person: Person, start?: string) => {
		const id = await eventTypeId(slug);
		return await atSomeTime(start, (time) =>
			one('/bookings', { start: time, eventTypeId: id, attendee: { ...person } }),
		);
	};

	return {
		book: (person = somebody(), start) => bookAs(PLAIN, person, start),
		request: (person = somebody(), start) => bookAs(TO_CONFIRM, person, start),
		reschedule: (uid, start, reason = 'Another day suits me better') =>
			atSomeTime(start, (time) =>
				one(`/bookings/${uid}/reschedule`, { start: time, reschedulingReason: reason }),
			),
		cancel: (uid, reason = 'I have found another school') =>
			one(`/bookings/${uid}/cancel`, { cancellationReason: reason }),
		confirm: (uid) => one(`/bookings/${uid}/confirm`, {}),
		decline: (uid, reason = 'We are fully booked') => one(`/bookings/${uid}/decline`, { reason }),
		async bookings() {
			const answer = await call('/bookings?take=100&sortCreated=desc', BOOKINGS);
			return z.object({ data: z.array(bookingSchema) }).parse(answer).data;
		},
	};
}

function reasonIn(error: FetchError): string {
	const said = z.object({ error: z.object({ message: z.string() }) }).safeParse(error.data);
	return said.success ? said.data.error.message : error.message;
}
