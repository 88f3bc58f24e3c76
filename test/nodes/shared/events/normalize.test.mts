import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { EVENT_CATALOG } from '../../../../nodes/shared/events/catalog.ts';
import type { CalComEvent } from '../../../../nodes/shared/events/event.ts';
import { depth } from '../../../support/depth.mts';
import { delivery, FULL_EVENT, isFields, normalize, recorded } from './support.mts';

const EVENTS = [...EVENT_CATALOG.map(({ event }) => event), 'SOMETHING_NEW', '', '__proto__'];
const PARTS = ['noShow', 'recording', 'form', 'outOfOffice', 'instantMeeting', 'payment'] as const;
/** An event in parts, each beside the part that has every key; null where the event has none. */
const partsOf = (event: CalComEvent): [part: object | null, full: object | null][] => [
	[event, FULL_EVENT],
	[event.booking, FULL_EVENT.booking],
	[event.booking.location, FULL_EVENT.booking.location],
	[event.booking.recurrence, FULL_EVENT.booking.recurrence],
	[event.eventType, FULL_EVENT.eventType],
	...[event.organizer, ...event.hosts].map((person): [object, object] => [person, FULL_EVENT.organizer]),
	...[event.attendee, ...event.attendees].map((one): [object, object] => [one, FULL_EVENT.attendee]),
	...PARTS.map((name): [object | null, object | null] => [event[name], FULL_EVENT[name]]),
];
const keys = (value: object) => Object.keys(value).sort();

/** Every key of an event and of its parts is there, and no other. Thousands of times: so Jest is asked when it is not. */
function expectWhole(event: CalComEvent): void {
	for (const [part, full] of partsOf(event)) {
		if (part === null || full === null) continue;
		if (!isDeepStrictEqual(keys(part), keys(full))) expect(keys(part)).toEqual(keys(full));
	}
	expect([event.attendeeCount, event.eventKey]).toEqual([event.attendees.length, expect.stringMatching(/./s)]);
	// What goes through JSON comes out the same: nothing is undefined, infinite or a class of its own.
	const again: unknown = JSON.parse(JSON.stringify(event));
	if (!isDeepStrictEqual(again, event)) expect(again).toEqual(event);
}

/** The names that Cal.com uses, so that random values land where they are read. */
const FIELD_NAMES = [
	'triggerEvent', 'createdAt', 'payload', 'uid', 'bookingUid', 'bookingId', 'id', 'booking', 'title', 'status',
	'startTime', 'endTime', 'start', 'length', 'location', 'type', 'eventTypeId', 'eventType', 'organizer', 'user',
	'attendees', 'team', 'members', 'hosts', 'responses', 'userFieldsResponses', 'metadata', 'videoCallData', 'url',
	'videoCallUrl', 'bookerUrl', 'rescheduleUid', 'seatsPerTimeSlot', 'attendeeSeatId', 'recurringEvent', 'freq',
	'price', 'paymentId', 'guests', 'hostEmail', 'oooEntry', 'toUser', 'reason', 'downloadLink', 'downloadLinks',
	'transcription', 'recording', 'report', 'formId', 'responseId', 'name', 'email', 'firstName', 'phoneNumber',
	'timeZone', 'language', 'locale', 'noShow', 'bookingSeat', 'label', 'value', 'optionValue', 'response',
	'__proto__', 'constructor', 'toString', 'addedHostUserIds', 'previousLocation', 'message',
]; // prettier-ignore

const scalar = fc.oneof(
	fc.constantFrom(null, true, false, 0, -1, 1e300, 1795507200000, '', ' ', '{}', '"{}"', '{"a":1}', '[', '7'),
	fc.constantFrom('2026-11-24T08:00:00Z', '2026-02-30T00:00:00Z', 'Europe/Amsterdam', 'integrations:daily', 'phone'),
	fc.constantFrom('+31612345678', 'ACCEPTED', 'https://cal.example', 'ada@student.example', '__proto__', ...EVENTS),
	fc.string(),
	fc.double(),
);
const { body: likeADelivery } = fc.letrec<{ body: unknown; member: unknown }>((tie) => ({
	member: fc.oneof(
		{ maxDepth: 6, withCrossShrink: true },
		scalar,
		tie('body'),
		fc.array(tie('member'), { maxLength: 3 }),
	),
	body: fc
		.array(fc.tuple(fc.constantFrom(...FIELD_NAMES), tie('member')), { maxLength: 12 })
		// Through JSON, as a delivery comes: there "__proto__" is a field like any other.
		.map((entries): unknown =>
			JSON.parse(
				`{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`).join()}}`,
			),
		),
}));
const context = fc.record({
	includeRaw: fc.boolean(),
	includeSecrets: fc.boolean(),
	defaultCountry: fc.constantFrom(null, 'NL', '', 'xx', '__proto__'),
	receivedAt: fc.constantFrom('2026-11-20T10:00:00.000Z', 'never'),
});

describe('whatever comes', () => {
	test('any JSON is read without an error and gives a whole event', () => {
		fc.assert(fc.property(fc.jsonValue(), context, (body, given) => expectWhole(normalize(body, given))));
	});

	test('so is anything that looks like a delivery', () => {
		fc.assert(
			fc.property(likeADelivery, fc.constantFrom(...EVENTS), context, (data, triggerEvent, given) => {
				expectWhole(normalize({ triggerEvent, createdAt: '2026-11-20T09:01:51.472Z', payload: data }, given));
				expectWhole(normalize(data, given));
				if (isFields(data)) expectWhole(normalize({ ...data, triggerEvent }, given));
			}),
			{ numRuns: depth(200, 1_500) },
		);
	});

	test('the same delivery always gives the same event', () => {
		fc.assert(
			fc.property(likeADelivery, fc.constantFrom(...EVENTS), context, (data, triggerEvent, given) => {
				const body = { triggerEvent, payload: data };
				expect(normalize(structuredClone(body), given)).toEqual(normalize(body, given));
			}),
		);
	});

	test('nothing reaches the prototype of objects', () => {
		fc.assert(
			fc.property(likeADelivery, (data) => {
				normalize(data, { includeRaw: true });
				expect(Object.keys(Object.prototype)).toEqual([]);
			}),
		);
	});
});

describe('odd bodies', () => {
	test.each<[string, unknown]>([
		['null', null],
		['undefined', undefined],
		['false, which a broken template sends', false],
		['a number', 7],
		['an empty text', ''],
		['form data', 'trigger=BOOKING_CREATED&title=Trial'],
		['an empty object', {}],
		['an empty array', []],
		['an array of deliveries', [delivery('BOOKING_CREATED')]],
		['an event that is no text', { triggerEvent: { a: 1 }, payload: {} }],
	])('%s is unknown, with the body beside it', (_name, body) => {
		const event = normalize(body);
		expectWhole(event);
		expect(event).toMatchObject({ event: 'UNKNOWN', category: 'system', occurredAt: '2026-11-20T10:00:00.000Z' });
		expect(event.raw).toEqual(body ?? null);
		expect(event.eventKey).toMatch(/^UNKNOWN:[0-9a-f]{32}:2026-11-20T10:00Z$/);
	});

	test('two unknown bodies have two keys', () => {
		const bodies = [null, false, 7, '', 'a', 'b', [1], [2], { a: 1 }, { a: 2 }];
		expect(new Set(bodies.map((body) => normalize(body).eventKey)).size).toBe(bodies.length);
	});

	test.each<[string, unknown]>([
		['no payload', undefined],
		['null', null],
		['a text', 'nothing'],
		['an array', []],
	])('a payload that is %s leaves a whole event', (_name, payload) => {
		const event = normalize({ triggerEvent: 'BOOKING_CREATED', createdAt: '2026-11-20T09:01:51.472Z', payload });
		expectWhole(event);
		expect(event.booking).toMatchObject({ uid: null, status: 'accepted', lifecycle: 'scheduled' });
	});

	test('text and objects where numbers belong, and the other way round', () => {
		const odd = {
			eventTypeId: '3',
			bookingId: [],
			price: {},
			length: 'x',
			title: 5,
			uid: 6,
			location: {},
			attendees: {},
		};
		const event = normalize(
			delivery('BOOKING_CREATED', { ...odd, seatsPerTimeSlot: '2', metadata: 'x', responses: 4 }),
		);
		expectWhole(event);
		expect(event.eventType).toMatchObject({ id: 3, lengthMinutes: null });
		expect(event.booking).toMatchObject({
			id: null,
			price: null,
			title: null,
			uid: null,
			seats: 2,
			location: null,
		});
		expect(event).toMatchObject({ attendees: [], metadata: {}, responses: {} });
	});

	test('dates and zones that do not exist are null', () => {
		const { booking, occurredAt } = normalize(
			delivery(
				'BOOKING_CREATED',
				{
					startTime: '2026-02-30T08:00:00Z',
					endTime: 'soon',
					organizer: { timeZone: 'Mars/Olympus' },
					attendees: [],
				},
				'yesterday',
			),
		);
		expect(booking).toMatchObject({
			start: null,
			end: null,
			startLocal: null,
			timeZone: null,
			durationMinutes: null,
		});
		expect(occurredAt).toBe('2026-11-20T10:00:00.000Z');
	});

	/** A million and a half are about 5 MB. A tenth is more than any stack has room for. */
	const LEVELS = depth(150_000, 1_500_000);
	const nested = (open: string, close: string): unknown =>
		JSON.parse(open.repeat(LEVELS) + '1' + close.repeat(LEVELS));

	test.each<[string, unknown]>([
		['arrays', nested('[', ']')],
		['objects', nested('{"a":', '}')],
	])('%s nested deeper than any stack are cut, not an error', (_name, deep) => {
		const bodies = [
			deep,
			{ triggerEvent: 'BOOKING_CREATED', payload: deep },
			{
				triggerEvent: 'FORM_SUBMITTED',
				payload: { formId: 'f', responses: { q: { value: deep, response: deep } } },
			},
			delivery('BOOKING_CREATED', {
				metadata: { deep },
				responses: { q: { label: 'q', value: deep } },
				report: { deep },
			}),
			delivery('SOMETHING_NEW', { attendees: deep, organizer: deep, location: deep, recurringEvent: deep }),
			delivery('RECORDING_TRANSCRIPTION_GENERATED', { downloadLinks: { transcription: deep } }),
		];
		for (const body of bodies) {
			expectWhole(normalize(body, { includeRaw: true }));
			expectWhole(normalize(body, { includeRaw: true, includeSecrets: true }));
		}
	});

	const MEGABYTES = depth(1, 5);
	test.each<[string, string]>([
		['slashes', '/'],
		['spaces', ' '],
		['digits', '1'],
		['brackets', '('],
		['braces', '{'],
		['quotes', '"'],
	])(`${String(MEGABYTES)} MB of %s in every text are read in no time`, (_name, character) => {
		const long = `https://cal.example${character.repeat(MEGABYTES * 1_000_000)}x`;
		const names = ['bookerUrl', 'location', 'startTime', 'title', 'type', 'metadata', 'uid', 'recurringEvent'];
		const person = { name: long, email: long, timeZone: long.slice(19), phoneNumber: long.slice(19) };
		const texts = Object.fromEntries(names.flatMap((name) => [[name, long]]));
		// Of the processor: the clock also counts what else the machine does.
		const started = process.cpuUsage();
		expectWhole(normalize(delivery('BOOKING_CREATED', { ...texts, organizer: person, attendees: [person] })));
		for (const name of names) normalize(delivery('BOOKING_CREATED', { [name]: long.slice(19) }));
		const { user, system } = process.cpuUsage(started);
		expect(user + system).toBeLessThan(MEGABYTES * 1_000_000);
	});

	test('a wide body is read whole', () => {
		const responses = Object.fromEntries(
			Array.from({ length: 20_000 }, (_, n) => [`q${n}`, { label: 'q', value: n }]),
		);
		expect(Object.keys(normalize(delivery('BOOKING_CREATED', { responses })).responses)).toHaveLength(20_000);
	});
});

describe('every recorded delivery', () => {
	const files = readdirSync(new URL('../../../fixtures/recorded/deliveries', import.meta.url));
	const stems = files.filter((file) => file.endsWith('.body.json')).map((file) => file.replace('.body.json', ''));

	test.each(stems)('%s gives a whole event, as any event of the catalog too', (stem) => {
		const body = recorded(stem);
		for (const triggerEvent of [body.triggerEvent, ...EVENTS]) expectWhole(normalize({ ...body, triggerEvent }));
	});
});

test('what the trigger knows travels along', () => {
	const given = { source: 'poll', verified: false, tag: 'Amsterdam' } as const;
	expect(normalize(delivery('BOOKING_CREATED'), given)).toMatchObject(given);
});

test('fields that Cal.com adds later do not hurt', () => {
	const plain = normalize(delivery('BOOKING_CREATED'));
	expect(normalize(delivery('BOOKING_CREATED', { attendeeIcsContent: 'BEGIN:VCALENDAR', more: { a: [1] } }))).toEqual(
		plain,
	);
});
