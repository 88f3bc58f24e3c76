import type { IDataObject } from 'n8n-workflow';
import { create } from '../../../../nodes/CalCom/actions/booking/create.operation.ts';
import { exchange } from '../../shared/api/recorded-exchanges.mts';
import { act, ADA, chosen, data, failure, replay } from './support.mts';

const english = { additionalFields: { language: 'en' } };

/** What a person fills in for each recorded request. */
const RECORDED: Array<[string, Record<string, unknown>]> = [
	['098', { start: '2026-11-23T10:00', eventTypeId: chosen(3), ...ADA, ...english }],
	[
		'100',
		{
			start: '2026-11-24T10:00',
			eventTypeId: chosen(3),
			...ADA,
			additionalFields: { language: 'en', guests: 'bob@student.example, carol@student.example' },
		},
	],
	[
		'103',
		{
			start: '2026-11-24T07:00',
			eventTypeId: chosen(3),
			...ADA,
			timeZone: 'America/New_York',
			additionalFields: { language: 'nl', phoneNumber: '+31612345678' },
		},
	],
	[
		'107',
		{
			start: '2026-11-24T16:00:00Z',
			eventTypeId: chosen(8),
			...ADA,
			...english,
			location: 'attendeePhone',
			locationPhone: '+31612345678',
		},
	],
	[
		'109',
		{
			start: '2026-11-25T09:00',
			eventTypeId: chosen(10),
			...ADA,
			...english,
			location: 'attendeeAddress',
			locationAddress: 'Student street 5, Utrecht',
		},
	],
	[
		'112',
		{
			start: '2026-11-25T12:00',
			eventTypeId: chosen(16),
			...ADA,
			additionalFields: { language: 'en', lengthInMinutes: 60 },
		},
	],
	[
		'212',
		{
			start: '2026-11-30T15:00',
			eventTypeId: chosen(14),
			...ADA,
			additionalFields: { language: 'en', metadata: { pair: [{ key: 'source', value: 'n8n' }] } },
		},
	],
	[
		'238',
		{
			start: '2026-12-01T14:00',
			eventTypeFrom: 'slug',
			eventTypeSlug: 'trial-lesson',
			eventTypeOwner: 'user',
			username: 'yourschool',
			...ADA,
			...english,
		},
	],
	[
		'299',
		{
			start: '2026-12-02T10:00',
			eventTypeId: chosen(22),
			...ADA,
			additionalFields: { language: 'en', firstName: 'Ada', lastName: 'Lovelace' },
		},
	],
];

describe('the request that is recorded', () => {
	test.each(RECORDED)('%s is what the panel makes', async (start, parameters) => {
		const { request, requests } = await act(create, parameters, [replay(start)]);
		const recorded = exchange(start).requestBody as IDataObject;
		expect(requests).toHaveLength(1);
		expect(request).toMatchObject({ method: 'POST', path: '/bookings', version: '2024-08-13' });
		const utc = new Date(String(recorded.start)).toISOString();
		// A number that is the place is the attendee's, and is said to be.
		const called = start === '107' ? { phoneNumber: '+31612345678' } : {};
		const attendee = { ...(recorded.attendee as IDataObject), ...called };
		expect(request?.body).toEqual({ ...recorded, attendee, start: utc });
	});
});

describe('a number without its country', () => {
	const parameters = { start: '2026-11-24T16:00:00Z', eventTypeId: chosen(3), ...ADA };

	test.each([
		['06 12345678', 'Europe/Amsterdam', '+31612345678'],
		['(415) 867-5309', 'America/Los_Angeles', '+14158675309'],
		['+44 07911 123456', 'Europe/Amsterdam', '+447911123456'],
		['06 12345678', 'UTC', '06 12345678'],
		['ask me', 'Europe/Amsterdam', 'ask me'],
	])('%s of somebody in %s is sent as %s', async (given, timeZone, phoneNumber) => {
		const { request } = await act(create, { ...parameters, timeZone, additionalFields: { phoneNumber: given } }, [
			replay('098'),
		]);
		expect(request?.body).toMatchObject({ attendee: { phoneNumber, timeZone } });
	});
});

describe('an event type that calls its attendees', () => {
	const phoneNumber = '+31612345678';
	const parameters = { start: '2026-11-24T16:00:00Z', eventTypeId: chosen(8), ...ADA };
	const eventType = (type: string) => ({ data: { ...data('035'), locations: [{ type }] } });
	const answers = { answers: 'json', answersJson: '{"notes": "hi"}' };
	const withPhone = { ...parameters, ...answers, additionalFields: { phoneNumber } };
	const place = { type: 'attendeePhone', phone: phoneNumber };

	test('is told the known number as the place, where the event type is read', async () => {
		const { request, notes } = await act(create, withPhone, [eventType('attendeePhone'), replay('107')]);
		expect(request?.body).toMatchObject({ location: place, attendee: { phoneNumber } });
		expect(notes).toEqual([]);
	});

	test('the number may stand in an answer', async () => {
		const answersJson = JSON.stringify({ attendeePhoneNumber: phoneNumber });
		const given = { ...parameters, answers: 'json', answersJson };
		const { request } = await act(create, given, [eventType('attendeePhone'), replay('107')]);
		expect(request?.body).toMatchObject({ location: place, attendee: { phoneNumber } });
	});

	test.each([
		['another kind of place', withPhone, 'integration'],
		['no number known', { ...parameters, ...answers }, 'attendeePhone'],
	])('no place is made up: %s', async (_what, given, type) => {
		const { request } = await act(create, given, [eventType(type), replay('107')]);
		expect(request?.body).not.toHaveProperty('location');
	});

	test.each([
		['phone', "Attendee's Phone"],
		['attendeeInPerson', "Attendee's Address"],
	])('a booking that Cal.com took with the place "%s" is told', async (location, choice) => {
		const given = { ...parameters, additionalFields: { phoneNumber } };
		const { requests, notes } = await act(create, given, [{ data: { ...data('107'), location } }]);
		expect(requests).toHaveLength(1);
		expect(notes.join()).toContain(`Set Location to "${choice}"`);
	});
});

describe('what comes out', () => {
	const parameters = { start: '2026-11-23T10:00', eventTypeId: chosen(3), ...ADA };

	test('simplified', async () => {
		const { item } = await act(create, parameters, [replay('098')]);
		expect(item).toEqual({
			uid: '2yxmF8gNq8Lo3RuwBJcdF2',
			status: 'accepted',
			title: 'Trial lesson between Your School and Ada Lovelace',
			start: '2026-11-23T09:00:00.000Z',
			end: '2026-11-23T09:30:00.000Z',
			location: 'http://localhost:3000/video/2yxmF8gNq8Lo3RuwBJcdF2',
			eventTypeId: 3,
			eventTypeSlug: 'trial-lesson',
			host: { name: 'Your School', email: 'owner@school.example' },
			attendees: [{ name: 'Ada Lovelace', email: 'ada@student.example', timeZone: 'Europe/Amsterdam' }],
		});
	});

	test('raw is what Cal.com answered', async () => {
		const { item } = await act(create, { ...parameters, output: 'raw' }, [replay('098')]);
		expect(item).toEqual(data('098'));
	});

	test("normalized is the trigger's shape", async () => {
		const { item } = await act(create, { ...parameters, output: 'normalized' }, [replay('098')]);
		expect(item).toMatchObject({
			event: 'BOOKING_CREATED',
			eventKey: 'BOOKING_CREATED:2yxmF8gNq8Lo3RuwBJcdF2',
			source: 'poll',
			booking: { startLocal: '2026-11-23T10:00:00.000+01:00' },
			attendee: { firstName: 'Ada' },
		});
	});

	test('a series is one item for each booking', async () => {
		const { items } = await act(create, { ...parameters, eventTypeId: chosen(13) }, [replay('200')]);
		expect(items).toHaveLength(4);
		expect(new Set(items.map(({ recurringBookingUid }) => recurringBookingUid)).size).toBe(1);
	});

	test('a seat has its uid', async () => {
		const { item } = await act(create, { ...parameters, eventTypeId: chosen(14) }, [replay('212')]);
		expect(item.seatUid).toBe('1a325cf8-f88f-42ed-a6a1-d981b5c271a9');
	});
});

describe('answers to the questions', () => {
	const base = { start: '2026-11-26T12:00', eventTypeId: chosen(3), ...ADA };
	const filledIn = {
		goals: 'Play Bach',
		level: 'beginner',
		instruments: 'piano, voice',
		adult: 'true',
		age: '41',
		days: ['mon'],
		mode: null,
		cc: '["cc1@student.example"]',
		home: '',
		attendeePhoneNumber: 31612345678,
	};
	const typed = {
		goals: 'Play Bach',
		level: 'beginner',
		instruments: ['piano', 'voice'],
		adult: true,
		age: 41,
		days: ['mon'],
		cc: ['cc1@student.example'],
		attendeePhoneNumber: '31612345678',
	};

	test.each<[string, Record<string, unknown>]>([
		['the form', { answers: 'form', questions: { mappingMode: 'defineBelow', value: filledIn } }],
		['JSON text', { answers: 'json', answersJson: JSON.stringify(filledIn) }],
		['an object', { answers: 'json', answersJson: filledIn }],
	])('from %s are typed as the event type asks', async (_from, more) => {
		const { requests } = await act(create, { ...base, ...more }, [replay('035'), replay('098')]);
		expect(requests[0]).toMatchObject({ method: 'GET', path: '/event-types/3', version: '2024-06-14' });
		expect(requests[1]?.body?.bookingFieldsResponses).toEqual(typed);
	});

	test('are taken from the item when it is mapped by name', async () => {
		const more = { answers: 'form', questions: { mappingMode: 'autoMapInputData', value: null } };
		const { requests } = await act(create, { ...base, ...more }, [replay('035'), replay('098')], {
			items: [{ goals: 'Sing', unrelated: 1, level: 'advanced' }],
		});
		expect(requests[1]?.body?.bookingFieldsResponses).toEqual({ goals: 'Sing', level: 'advanced' });
	});

	test('go as they are when the event type cannot be read', async () => {
		const more = { answers: 'json', answersJson: '{"goals": "Sing"}' };
		const { requests } = await act(create, { ...base, ...more }, [replay('037'), replay('098')]);
		expect(requests[1]?.body?.bookingFieldsResponses).toEqual({ goals: 'Sing' });
	});

	test('of a slug are read by username and slug', async () => {
		const bySlug = { eventTypeFrom: 'slug', eventTypeSlug: 'trial-lesson', username: 'yourschool' };
		const more = { answers: 'json', answersJson: '{"instruments": "piano"}' };
		const { requests } = await act(create, { ...base, ...bySlug, ...more }, [replay('047'), replay('098')]);
		expect(requests[0]?.query).toEqual({ username: 'yourschool', eventSlug: 'trial-lesson' });
		expect(requests[1]?.body?.bookingFieldsResponses).toEqual({ instruments: ['piano'] });
	});

	test('none asks nothing', async () => {
		const { requests } = await act(create, { ...base, answers: 'json', answersJson: '{}' }, [replay('098')]);
		expect(requests).toHaveLength(1);
		expect(requests[0]?.body).not.toHaveProperty('bookingFieldsResponses');
	});
});

describe('what the panel refuses before asking', () => {
	const good = { start: '2026-11-23T10:00', eventTypeId: chosen(3), ...ADA };
	const pairs = (count: number) =>
		JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v'])));

	test.each<[string, Record<string, unknown>, string]>([
		['no start', { start: '' }, 'Start is empty'],
		['words for a start', { start: 'tomorrow' }, 'Start "tomorrow" is not a date and time'],
		[
			'a time that never comes',
			{ start: '2027-03-28T02:30' },
			'Start 2027-03-28T02:30 never comes in Europe/Amsterdam: the clocks go forward over it',
		],
		['an unknown zone', { timeZone: 'Amsterdam' }, 'There is no time zone "Amsterdam"'],
		['no event type', { eventTypeId: chosen(0), eventTypeFrom: 'slug' }, 'Event Type Slug is empty'],
		['a slug for an id', { eventTypeId: 'trial-lesson' }, 'Event Type "trial-lesson" is not a number'],
		['no name', { attendeeName: ' ' }, 'Attendee Name is empty'],
		['no email and no phone', { attendeeEmail: '' }, 'Attendee Email is empty'],
		['a place without details', { location: 'attendeePhone' }, 'Phone Number is empty'],
		['51 pairs', { additionalFields: { metadataJson: pairs(51) } }, 'Cal.com does not take this metadata'],
		[
			'a long name',
			{ additionalFields: { metadata: { pair: [{ key: 'k'.repeat(41), value: '' }] } } },
			'Cal.com does not take this metadata',
		],
		[
			'a long value',
			{ additionalFields: { metadata: { pair: [{ key: 'k', value: 'v'.repeat(501) }] } } },
			'Cal.com does not take this metadata',
		],
		['broken JSON', { answers: 'json', answersJson: '{nope' }, 'Answers (JSON) is not valid JSON'],
	])('%s', async (_what, change, message) => {
		const told = await failure(create, { ...good, ...change });
		expect(told).toMatchObject({ message, itemIndex: 0, requests: 0 });
		expect(told.description).not.toBe('');
	});

	test('an instant meeting on self-hosted Cal.com', async () => {
		const told = await failure(create, { ...good, additionalFields: { instant: true } });
		expect(told).toMatchObject({ message: expect.stringContaining('only on hosted Cal.com'), requests: 0 });
	});

	test('routing and an instant meeting are sent to hosted Cal.com', async () => {
		const additionalFields = { instant: true, routing: '{"responseId": 123, "teamMemberIds": [101]}' };
		const team = { eventTypeFrom: 'slug', eventTypeSlug: 'trial', eventTypeOwner: 'team', teamSlug: 'piano' };
		const hosted = { credential: { baseUrl: 'https://api.cal.com/v2' } };
		const parameters = { ...good, ...team, additionalFields: { ...additionalFields, organizationSlug: 'acme' } };
		const { request } = await act(create, parameters, [replay('098')], hosted);
		expect(request?.body).toMatchObject({
			eventTypeSlug: 'trial',
			teamSlug: 'piano',
			organizationSlug: 'acme',
			instant: true,
			routing: { responseId: 123, teamMemberIds: [101] },
		});
	});

	test('metadata at its limits passes', async () => {
		const additionalFields = {
			metadataJson: pairs(49),
			metadata: { pair: [{ key: 'k'.repeat(40), value: 'v'.repeat(500) }] },
		};
		const { request } = await act(create, { ...good, additionalFields }, [replay('098')]);
		expect(Object.keys(request?.body?.metadata as IDataObject)).toHaveLength(50);
	});

	test('metadata becomes text', async () => {
		const additionalFields = { metadataJson: '{"n": 5, "o": {"a": 1}, "t": true}' };
		const { request } = await act(create, { ...good, additionalFields }, [replay('098')]);
		expect(request?.body?.metadata).toEqual({ n: '5', o: '{"a":1}', t: 'true' });
	});
});
