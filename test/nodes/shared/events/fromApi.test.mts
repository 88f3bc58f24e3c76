import { readdirSync } from 'node:fs';
import { bookingToEvent, eventOfBooking, isSuperseded, perSeat } from '../../../../nodes/shared/events/fromApi.ts';
import type { FromApiContext } from '../../../../nodes/shared/events/fromApi.ts';
import { allExchanges, exchange } from '../api/recorded-exchanges.mts';
import { CONTEXT, isFields, normalize, recorded } from './support.mts';
import type { Fields } from './support.mts';

const API_CONTEXT: FromApiContext = {
	tag: null,
	instance: null,
	receivedAt: CONTEXT.receivedAt,
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [],
	defaultBookingType: null,
};

const toEvent = (booking: unknown, context: Partial<FromApiContext> = {}) =>
	bookingToEvent(booking, { ...API_CONTEXT, ...context });

function dataOf(body: unknown): unknown {
	return isFields(body) ? body.data : undefined;
}

/** The bookings in an answer of this version of the API. */
function bookingsIn(body: unknown): Fields[] {
	const data = dataOf(body);
	const all: unknown[] = Array.isArray(data) ? data : [data];
	return all.filter(isFields).filter(({ uid, start, hosts }) => uid !== undefined && start !== undefined && hosts);
}

function booking(start: string): Fields {
	const [first] = bookingsIn(exchange(start).body);
	if (first === undefined) throw new Error(`${start} has no booking`);
	return first;
}

/** Answers to the request that made a booking, by its uid. */
const MADE = new Map(
	allExchanges()
		.filter(({ method, path }) => method === 'POST' && /\/(bookings|reschedule)$/.test(path))
		.flatMap(({ body }) => bookingsIn(body))
		.map((one) => [String(one.uid), one] as const),
);

const DELIVERIES = readdirSync(new URL('../../../fixtures/recorded/deliveries/', import.meta.url))
	.filter((name) => /-BOOKING_(CREATED|REQUESTED|RESCHEDULED).*\.body\.json$/.test(name))
	.map((name) => name.replace('.body.json', ''));

/** Deliveries whose booking was recorded as an API answer too. */
const PAIRS = DELIVERIES.flatMap((stem) => {
	const fromWebhook = normalize(recorded(stem));
	const made = MADE.get(fromWebhook.booking.uid ?? '');
	return made === undefined || fromWebhook.booking.seats !== null ? [] : [{ stem, fromWebhook, made }];
});

describe('a booking of the API against the delivery that told of it', () => {
	test('there are enough of them to tell', () => {
		expect(PAIRS.length).toBeGreaterThan(25);
	});

	test.each(PAIRS)('$stem: the same fact, the same key', ({ fromWebhook, made }) => {
		const fromApi = toEvent(made, { event: fromWebhook.event });
		expect(fromApi.eventKey).toBe(fromWebhook.eventKey);
		expect(Object.keys(fromApi).sort()).toEqual(Object.keys(fromWebhook).sort());
		expect(fromApi.category).toBe(fromWebhook.category);
	});

	test.each(PAIRS)('$stem: the same booking, people and times', ({ fromWebhook, made }) => {
		const fromApi = toEvent(made, { event: fromWebhook.event });
		const facts = ({ booking: told }: typeof fromApi) => {
			const { uid, id, title, start, end, durationMinutes, timeZone, startLocal, lifecycle, previousUid } = told;
			return { uid, id, title, start, end, durationMinutes, timeZone, startLocal, lifecycle, previousUid };
		};
		expect(facts(fromApi)).toEqual(facts(fromWebhook));
		const { id, email, username } = fromWebhook.organizer;
		expect(fromApi.organizer).toMatchObject({ id, email, username });
		const people = ({ attendees }: typeof fromApi) =>
			attendees.map(({ name, email, timeZone, locale }) => ({ name, email, timeZone, locale }));
		expect(people(fromApi)[0]).toEqual(people(fromWebhook)[0]);
		expect(fromApi.eventType).toMatchObject({ id: fromWebhook.eventType.id, slug: fromWebhook.eventType.slug });
	});

	test.each(PAIRS.filter(({ fromWebhook }) => fromWebhook.event === 'BOOKING_CREATED'))(
		'$stem: the same place and links',
		({ fromWebhook, made }) => {
			const fromApi = toEvent(made, { event: fromWebhook.event, baseUrl: 'http://localhost:5555/v2' });
			expect(fromApi.booking.location).toMatchObject({ label: expect.any(String) });
			if (fromApi.booking.bookingUrl !== null) {
				expect(fromApi.booking.bookingUrl).toBe(fromWebhook.booking.bookingUrl);
				expect(fromApi.booking.cancelUrl).toBe(fromWebhook.booking.cancelUrl);
			}
			// Deliveries can leave out the number that the attendee gave as the place.
			if (fromWebhook.attendee.phone !== null) expect(fromApi.attendee.phone).toBe(fromWebhook.attendee.phone);
		},
	);
});

describe('what a booking tells of itself', () => {
	test.each<[string, string]>([
		['098', 'BOOKING_CREATED'],
		['128', 'BOOKING_REQUESTED'],
		['136', 'BOOKING_REJECTED'],
		['142', 'BOOKING_CANCELLED'],
		['305', 'BOOKING_RESCHEDULED'],
		['200', 'BOOKING_CREATED'],
	])('%s tells of %s', (start, event) => {
		expect(eventOfBooking(booking(start))).toBe(event);
		expect(toEvent(booking(start))).toMatchObject({ event, source: 'poll', verified: true });
	});

	test('one that was moved is superseded, and names the next one', () => {
		const moved = bookingsIn(exchange('239').body).find(({ rescheduledToUid }) => rescheduledToUid);
		expect(isSuperseded(moved)).toBe(true);
		expect(isSuperseded(booking('098'))).toBe(false);
		expect(toEvent(moved).changes).toEqual({ rescheduledToUid: moved?.rescheduledToUid });
	});

	test('a reschedule knows the uid before, by whom and why', () => {
		const { booking: told, eventKey } = toEvent(booking('305'));
		expect(told).toMatchObject({
			previousUid: 'tCTBzGn312uT4FzEAifHGA',
			rescheduleReason: 'host moves',
			lifecycle: 'rescheduled',
		});
		expect(eventKey).toBe('BOOKING_RESCHEDULED:tmT25wnzvbaeoNY6FcQ7gb');
		expect(toEvent(booking('310')).booking.rescheduledBy).toBe('owner@school.example');
	});

	test('a cancellation happened when the booking last changed', () => {
		const cancelled = toEvent(booking('142'));
		expect(cancelled.occurredAt).toBe(booking('142').updatedAt);
		expect(cancelled.booking).toMatchObject({ cancellationReason: 'changed my mind', cancelledBy: null });
		expect(toEvent(booking('098')).occurredAt).toBe(booking('098').createdAt);
	});

	test('a series is recurring', () => {
		expect(toEvent(booking('200')).booking).toMatchObject({
			isRecurring: true,
			recurringBookingUid: 'e39b9c12-0ee7-4aac-8506-6390b83fa415',
		});
	});

	test('the booker comes first, whatever order the API has', () => {
		const listed = bookingsIn(exchange('239').body).find(({ uid }) => uid === '1kX3Ag346PdugoJxzqiKeC');
		const event = toEvent(listed);
		expect(event.attendee.email).toBe('ada@student.example');
		expect(event.guests).toEqual(['guest1@student.example']);
		expect(event.noShow).toMatchObject({ who: 'attendee', hostEmail: 'owner@school.example' });
		expect(event.noShow?.absent).toEqual(['guest1@student.example', 'owner@school.example']);
	});

	test("answers are the user's own: not those that the API adds", () => {
		const { responses, notes } = toEvent(booking('200'));
		expect(responses).toEqual({});
		expect(notes).toBe('weekly');
		expect(toEvent(booking('299')).attendee).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
	});
});

describe('seats', () => {
	const seated = booking('217');

	test('each seat is told of by itself', () => {
		const seats = perSeat(seated);
		expect(seats).toHaveLength(3);
		const events = seats.map((seat) => toEvent(seat));
		expect(events.map(({ attendee }) => attendee.name)).toEqual(['Ada Lovelace', 'Bob Stone', 'Cem Yilmaz']);
		expect(new Set(events.map(({ eventKey }) => eventKey)).size).toBe(3);
		expect(events[0]?.metadata).toEqual({ source: 'n8n' });
	});

	test('with the key of the delivery', () => {
		const [first] = perSeat(seated);
		expect(toEvent(first).eventKey).toBe(normalize(recorded('078-BOOKING_CREATED-seated-first')).eventKey);
	});

	test('an answer about one seat of several tells of that attendee alone', () => {
		const event = toEvent(booking('215'));
		expect(event.attendees.map(({ name }) => name)).toEqual(['Cem Yilmaz']);
		expect(event.booking.seatUid).toBe(booking('215').seatUid);
	});

	test('nobody is the guest of another, whether or not the number of seats is known', () => {
		expect(toEvent(seated)).toMatchObject({ attendeeCount: 3, guests: [] });
		expect(toEvent(seated, { seats: 3 })).toMatchObject({ attendeeCount: 3, guests: [] });
	});

	test('a booking without seats stays one', () => {
		expect(perSeat(booking('098'))).toEqual([booking('098')]);
	});
});

describe('the pages for the booker', () => {
	const OWN = 'https://cal.school.example/api/v2';
	const pages = (location: string, baseUrl: string | null, uid = 'uid1') => {
		const { bookingUrl, rescheduleUrl, cancelUrl } = toEvent(
			{ ...booking('098'), uid, location },
			{ baseUrl },
		).booking;
		return [bookingUrl, rescheduleUrl, cancelUrl];
	};
	const at = (address: string) => [
		`${address}/booking/uid1`,
		`${address}/reschedule/uid1`,
		`${address}/booking/uid1?cancel=true`,
	];
	const NONE = [null, null, null];

	test.each([
		['https://cal.school.example/video/uid1', OWN, 'https://cal.school.example'],
		['https://app.school.example/video/uid1', 'https://api.school.example/v2', 'https://app.school.example'],
		['http://localhost:3000/video/uid1', 'http://localhost:5555/v2', 'http://localhost:3000'],
		['http://localhost:3000/video/uid1', 'http://calcom-api:5555/v2', 'http://localhost:3000'],
		['http://192.168.1.7:3000/video/uid1', 'http://127.0.0.1/api/v2', 'http://192.168.1.7:3000'],
		['somewhere', 'https://api.cal.com/v2', 'https://cal.com'],
		['https://evil.example/video/uid1', 'https://api.cal.eu/v2', 'https://cal.eu'],
	])('%s, by the API at %s, are at %s', (location, baseUrl, address) => {
		expect(pages(location, baseUrl)).toEqual(at(address));
	});

	test.each([
		['a page that the booker typed', 'https://evil.example/video/x', OWN],
		['one below another path', 'https://evil.example/login/video/x', OWN],
		['one below another path of the own host', 'https://cal.school.example/mallory/video/uid1', OWN],
		['with the uid, but elsewhere', 'https://evil.example/video/uid1', OWN],
		['on a host that begins alike', 'https://cal.school.example.evil.example/video/uid1', OWN],
		['on a host that ends alike', 'https://evilschool.example/video/uid1', OWN],
		['below an ending of a whole country', 'https://mallory.co.uk/video/uid1', 'https://cal-school.co.uk/api/v2'],
		['with the own host as a user', 'https://cal.school.example@evil.example/video/uid1', OWN],
		['with the own host behind a backslash', 'https://evil.example\\@cal.school.example/video/uid1', OWN],
		['of another booking', 'https://cal.school.example/video/uid2', OWN],
		['with more than the uid', 'https://cal.school.example/video/uid1?next=evil.example', OWN],
		['up from the uid', 'https://cal.school.example/video/uid1/../../mallory', OWN],
		['by a private API, a page anywhere', 'https://evil.example/video/uid1', 'http://localhost:5555/v2'],
		['by an open API, a private page', 'http://192.168.1.7/video/uid1', OWN],
		['by an API that is not known', 'https://cal.school.example/video/uid1', null],
	])('%s: there are none', (_, location, baseUrl) => {
		expect(pages(location, baseUrl)).toEqual(NONE);
	});

	test('as recorded: Cal Video on a machine of one’s own', () => {
		const { uid } = booking('098');
		const [bookingUrl] = pages(
			`http://localhost:3000/video/${String(uid)}`,
			'http://localhost:5555/v2',
			String(uid),
		);
		expect(bookingUrl).toBe(`http://localhost:3000/booking/${String(uid)}`);
	});

	test.each(['https://evil.example/video/x', 'https://evil.example/video/uid2', 'https://evil.example/a/video/uid1'])(
		'%s is a link, and not Cal Video',
		(location) => {
			for (const baseUrl of [OWN, 'https://api.cal.com/v2', null]) {
				const { location: place } = toEvent({ ...booking('098'), uid: 'uid1', location }, { baseUrl }).booking;
				expect(place).toMatchObject({ type: 'link', label: location });
			}
		},
	);
});

describe('whatever it is given', () => {
	test('the event can be stored: without NUL and half an emoji', () => {
		const told = toEvent({ ...booking('098'), title: 'A\u0000da \ud83d' }, { includeRaw: true });
		expect(told.booking.title).toBe('Ada \ufffd');
		expect(JSON.stringify(told)).not.toMatch(/\\u0000|\\ud83d/);
	});

	test.each([
		[null],
		[undefined],
		['text'],
		[42],
		[[]],
		[{}],
		[{ status: 'constructor' }],
		[{ uid: 5, attendees: 'x', hosts: [null, 3] }],
	])('%p makes an event with every key', (value) => {
		const event = toEvent(value);
		expect(Object.keys(event).sort()).toEqual(Object.keys(normalize({})).sort());
	});

	test('raw is the booking itself, when asked for', () => {
		expect(toEvent(booking('098'), { includeRaw: true }).raw).toEqual(booking('098'));
		expect(toEvent(booking('098')).raw).toBeNull();
	});

	test('hosted Cal.com has its pages at a known address', () => {
		const { bookingUrl } = toEvent(booking('106'), { baseUrl: 'https://api.cal.eu/v2' }).booking;
		expect(bookingUrl).toBe('https://cal.eu/booking/vvZNEkGedcE72NXpH9TVxw');
		expect(toEvent(booking('106')).booking.bookingUrl).toBeNull();
	});
});
