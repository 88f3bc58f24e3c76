import type { IDataObject } from 'n8n-workflow';
import { get } from '../../../../nodes/CalCom/actions/booking/get.operation.ts';
import { getAttendee } from '../../../../nodes/CalCom/actions/booking/getAttendee.operation.ts';
import { getAttendees } from '../../../../nodes/CalCom/actions/booking/getAttendees.operation.ts';
import { getCalendarLinks } from '../../../../nodes/CalCom/actions/booking/getCalendarLinks.operation.ts';
import { getConferencingSessions } from '../../../../nodes/CalCom/actions/booking/getConferencingSessions.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/booking/getMany.operation.ts';
import { getRecordings } from '../../../../nodes/CalCom/actions/booking/getRecordings.operation.ts';
import { getReferences } from '../../../../nodes/CalCom/actions/booking/getReferences.operation.ts';
import { getTranscripts } from '../../../../nodes/CalCom/actions/booking/getTranscripts.operation.ts';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import type { Answer, SentRequest } from '../support/fake-execute.mts';
import { act, data, failure, replay, UID } from './support.mts';

const BOOKING = data('098');
const many = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ ...BOOKING, uid: `uid${index}` }));

describe('output', () => {
	const TYPES = {
		data: [{ id: BOOKING.eventTypeId, title: 'Trial lesson', confirmationPolicy: { disabled: true } }],
	};

	test('events: what the webhooks of each booking would have told, in the words of the trigger, with one more request', async () => {
		const parameters = {
			bookingUid: UID,
			output: 'events',
			eventOptions: { tag: 'amsterdam' },
			bookingTypes: { rules: [{ match: 'titleContains', value: 'trial', name: 'Trial' }] },
		};
		const cancelled = { data: { ...BOOKING, status: 'cancelled', cancellationReason: 'ill' } };
		const { items, requests } = await act(get, parameters, [cancelled, TYPES]);
		expect(requests.map(({ path }) => path)).toEqual(['/bookings/uid1', '/event-types']);
		expect(items).toMatchObject([
			{
				eventKey: `BOOKING_CREATED:${String(BOOKING.uid)}`,
				tag: 'amsterdam',
				bookingType: 'Trial',
				instance: 'cal.school.example',
			},
			{ eventKey: `BOOKING_CANCELLED:${String(BOOKING.uid)}`, booking: { cancellationReason: 'ill' } },
		]);
		expect(items[0]).toMatchObject({ eventType: { title: 'Trial lesson' } });
	});

	test('events, where the credential may not read event types: without what they would fill', async () => {
		const forbidden = {
			status: 403,
			body: { status: 'error', error: { code: 'ForbiddenException', message: 'no' } },
		};
		const { items } = await act(get, { bookingUid: UID, output: 'events' }, [{ data: BOOKING }, forbidden]);
		expect(items[0]).toMatchObject({ event: 'BOOKING_CREATED', eventType: { title: null } });
	});

	test('events of many: the event types are read once', async () => {
		const answers = (request: SentRequest): Answer =>
			request.path === '/event-types'
				? TYPES
				: { data: many(100), pagination: { hasNextPage: request.query['skip'] !== 100 } };
		const { requests } = await act(getMany, { returnAll: false, limit: 200, output: 'events' }, answers);
		expect(requests.filter(({ path }) => path === '/event-types')).toHaveLength(1);
	});

	test('flat: one level', async () => {
		const { item, requests } = await act(get, { bookingUid: UID, output: 'flat' }, [{ data: BOOKING }]);
		expect(requests).toHaveLength(1);
		expect(item).toMatchObject({ uid: BOOKING.uid, name: 'Ada Lovelace', instance: 'cal.school.example' });
	});
});

describe('get', () => {
	test('by uid', async () => {
		const { item, request } = await act(get, { bookingUid: UID }, [replay('098')]);
		expect(request).toMatchObject({ method: 'GET', path: '/bookings/uid1', version: '2024-08-13' });
		expect(item.uid).toBe(BOOKING.uid);
	});

	test('a series is one item for each booking', async () => {
		const { items } = await act(get, { bookingUid: UID, rescheduled: 'chain' }, [replay('203')]);
		expect(items).toHaveLength(4);
	});

	test('by seat', async () => {
		const seatUid = '5d93781c-3012-448a-ad6b-b438f773e96c';
		const { request, item } = await act(get, { getBy: 'seat', seatUid }, [replay('218')]);
		expect(request?.path).toBe(`/bookings/by-seat/${seatUid}`);
		expect(item).toMatchObject({ uid: 'dQQjDPdus3X19scJM4AF2r', seatUid });
		const normalized = await act(get, { getBy: 'seat', seatUid, output: 'normalized' }, [replay('218')]);
		expect(normalized.item).toMatchObject({ attendee: { name: 'Bob Stone' }, booking: { seatUid } });
	});

	test.each<[string, Record<string, unknown>, string]>([
		['no booking', { bookingUid: { __rl: true, mode: 'list', value: '' } }, 'Booking is not chosen'],
		['no seat', { getBy: 'seat', seatUid: ' ' }, 'Seat UID is empty'],
	])('%s is refused before asking', async (_what, parameters, message) => {
		expect(await failure(get, parameters)).toMatchObject({ message, itemIndex: 0, requests: 0 });
	});

	test('one that is not there', async () => {
		const told = await failure(get, { bookingUid: 'nope' }, [replay('151')]);
		expect(told.message).toContain('nope was not found');
		expect(told.itemIndex).toBe(0);
	});

	test('an answer in the old shape is no data', async () => {
		const told = await failure(get, { bookingUid: UID }, [replay('152')]);
		expect(told.message).toMatch(/old format/);
	});
});

describe('the chain of reschedules', () => {
	const chain: Record<string, IDataObject> = {
		a: { ...BOOKING, uid: 'a', status: 'cancelled', rescheduledToUid: 'b' },
		b: { ...BOOKING, uid: 'b', status: 'cancelled', rescheduledFromUid: 'a', rescheduledToUid: 'c' },
		c: { ...BOOKING, uid: 'c', rescheduledFromUid: 'b' },
		// Two that name each other.
		x: { ...BOOKING, uid: 'x', rescheduledFromUid: 'y', rescheduledToUid: 'y' },
		y: { ...BOOKING, uid: 'y', rescheduledFromUid: 'x', rescheduledToUid: 'x' },
	};
	const answer = ({ path }: SentRequest): Answer => ({ data: chain[path.replace('/bookings/', '')] });

	test.each<[string, string, string[], number]>([
		['a', 'asIs', ['a'], 1],
		['a', 'chain', ['a', 'b', 'c'], 3],
		['b', 'chain', ['a', 'b', 'c'], 3],
		['c', 'chain', ['a', 'b', 'c'], 3],
		['a', 'latest', ['c'], 3],
		['c', 'latest', ['c'], 1],
		['x', 'chain', ['y', 'x'], 3],
		['x', 'latest', ['y'], 2],
	])('of %s, %s is %p', async (bookingUid, rescheduled, uids, asked) => {
		const { items, requests } = await act(get, { bookingUid, rescheduled }, answer);
		expect(items.map(({ uid }) => uid)).toEqual(uids);
		expect(requests).toHaveLength(asked);
	});

	test('that never ends is left', async () => {
		const endless = ({ path }: SentRequest): Answer => {
			const uid = path.replace('/bookings/', '');
			return { data: { ...BOOKING, uid, rescheduledToUid: `${Number(uid) + 1}` } };
		};
		const { requests } = await act(get, { bookingUid: '1', rescheduled: 'latest' }, endless);
		expect(requests.length).toBeLessThanOrEqual(100);
	});
});

describe('get many', () => {
	test.each<[string, Record<string, unknown>, IDataObject]>([
		['nothing', {}, {}],
		['one status', { filters: { status: ['upcoming'] } }, { status: 'upcoming' }],
		['several statuses', { filters: { status: ['upcoming', 'past'] } }, { status: 'upcoming,past' }],
		[
			'an attendee',
			{ filters: { attendeeEmail: ' bob@student.example ' } },
			{ attendeeEmail: 'bob@student.example' },
		],
		['a name', { filters: { attendeeName: 'Bob' } }, { attendeeName: 'Bob' }],
		['a uid', { filters: { bookingUid: 'wkLJybPQEnKKqLNJykA151' } }, { bookingUid: 'wkLJybPQEnKKqLNJykA151' }],
		['an event type', { filters: { eventTypeId: { __rl: true, mode: 'list', value: '3' } } }, { eventTypeId: '3' }],
		['event types', { filters: { eventTypeIds: '3, 5' } }, { eventTypeIds: '3,5' }],
		['a team', { filters: { teamId: { __rl: true, mode: 'id', value: 1 } } }, { teamId: '1' }],
		['teams', { filters: { teamsIds: '1,2' } }, { teamsIds: '1,2' }],
		[
			'times in a zone',
			{
				filters: {
					timeZone: 'America/New_York',
					afterStart: '2026-11-24T09:00',
					beforeEnd: '2026-11-25T00:00:00Z',
					afterCreatedAt: '2026-11-01',
					beforeCreatedAt: '2026-11-30',
				},
			},
			{
				afterStart: '2026-11-24T14:00:00.000Z',
				beforeEnd: '2026-11-25T00:00:00.000Z',
				afterCreatedAt: '2026-11-01T04:00:00.000Z',
				beforeCreatedAt: '2026-11-30T05:00:00.000Z',
			},
		],
		[
			"times in the workflow's zone",
			{ filters: { afterUpdatedAt: '2026-11-24T09:00', beforeUpdatedAt: '2027-03-28T02:30' } },
			{ afterUpdatedAt: '2026-11-24T08:00:00.000Z', beforeUpdatedAt: '2027-03-28T01:30:00.000Z' },
		],
		['the latest first', { sortBy: 'sortStart', sortDirection: 'desc' }, { sortStart: 'desc' }],
		['the oldest first', { sortBy: 'sortCreated' }, { sortCreated: 'asc' }],
		['by change', { sortBy: 'sortUpdatedAt', sortDirection: 'desc' }, { sortUpdatedAt: 'desc' }],
		['by end', { sortBy: 'sortEnd', sortDirection: 'asc' }, { sortEnd: 'asc' }],
	])('asks for %s', async (_what, parameters, query) => {
		const { request } = await act(getMany, { limit: 5, ...parameters }, [{ data: [] }]);
		expect(request).toMatchObject({ method: 'GET', path: '/bookings', version: '2024-08-13' });
		expect(request?.query).toEqual({ ...query, take: 5, skip: 0 });
	});

	test('stops at the limit', async () => {
		const { items, requests } = await act(getMany, { limit: 3 }, [{ data: many(3) }]);
		expect(items).toHaveLength(3);
		expect(requests).toHaveLength(1);
	});

	test('reads all pages', async () => {
		const all = many(520);
		const page = ({ query }: SentRequest): Answer => ({
			data: all.slice(Number(query.skip), Number(query.skip) + Number(query.take)),
		});
		const { items, requests } = await act(getMany, { returnAll: true }, page);
		expect(items).toHaveLength(520);
		expect(requests).toHaveLength(3);
	});

	test('goes by cursor on hosted Cal.com', async () => {
		const answers = [
			{ data: many(2), pagination: { nextCursor: 'c1', hasMore: true } },
			{ data: many(1), pagination: { nextCursor: null, hasMore: false } },
		];
		const hosted = { credential: { baseUrl: 'https://api.cal.com/v2' } };
		const { items, requests } = await act(getMany, { returnAll: true }, answers, hosted);
		expect(items).toHaveLength(3);
		expect(requests.map(({ version }) => version)).toEqual(['2026-05-01', '2026-05-01']);
		expect(requests[1]?.query).toMatchObject({ cursor: 'c1' });
	});

	test('gives what is recorded, in each shape', async () => {
		for (const output of ['simplified', 'normalized', 'raw']) {
			const { items } = await act(getMany, { output, limit: 100 }, [replay('239')]);
			expect(items.length).toBeGreaterThan(10);
		}
	});

	test.each<[Record<string, unknown>, string]>([
		[{ filters: { eventTypeIds: '3, x' } }, 'Event Type IDs: "x" is not a number'],
		[{ filters: { afterStart: 'soon' } }, 'Starts After "soon" is not a date and time'],
		[{ filters: { timeZone: 'Nowhere' } }, 'There is no time zone "Nowhere"'],
	])('refuses %p', async (parameters, message) => {
		expect(await failure(getMany, parameters)).toMatchObject({ message, itemIndex: 0, requests: 0 });
	});

	test.each([['253'], ['260']])('%s: what Cal.com refuses is told', async (start) => {
		const told = await failure(getMany, {}, [replay(start)]);
		expect(told.message).toMatch(/^Cal\.com did not accept the values/);
	});
});

describe('what belongs to a booking', () => {
	test.each<[Operation, string, Record<string, unknown>, IDataObject, string | IDataObject, number]>([
		[getAttendees, '/bookings/uid1/attendees', {}, {}, '173', 4],
		[getAttendee, '/bookings/uid1/attendees/101', { attendee: '101' }, {}, '370', 1],
		[getCalendarLinks, '/bookings/uid1/calendar-links', {}, {}, '176', 4],
		[getRecordings, '/bookings/uid1/recordings', {}, {}, '178', 0],
		[getReferences, '/bookings/uid1/references', { type: '' }, {}, { data: [{ id: 1, type: 'daily_video' }] }, 1],
		[getReferences, '/bookings/uid1/references', { type: 'zoom_video' }, { type: 'zoom_video' }, { data: [] }, 0],
		[getConferencingSessions, '/bookings/uid1/conferencing-sessions', {}, {}, { data: [{ id: 's1' }] }, 1],
	])('%#', async (operation, path, parameters, query, answer, count) => {
		const { items, request } = await act(operation, { bookingUid: UID, ...parameters }, [
			typeof answer === 'string' ? replay(answer) : answer,
		]);
		expect(request).toMatchObject({ method: 'GET', path, version: '2024-08-13', query });
		expect(items).toHaveLength(count);
	});

	test('recordings come with their links', async () => {
		const recording = {
			id: '1234567890',
			roomName: 'daily-video-room-123',
			startTs: 1678901234,
			status: 'finished',
			maxParticipants: 10,
			duration: 3600,
			shareToken: 'share-token-123',
			downloadLink: 'https://recordings.example/123',
			error: null,
		};
		const { items } = await act(getRecordings, { bookingUid: UID }, [{ data: [recording] }]);
		expect(items).toEqual([recording]);
	});

	test('sessions and references come as they are', async () => {
		const session = {
			id: 's1',
			room: 'daily-video-room-123',
			startTime: 1678901234,
			duration: 3600,
			ongoing: false,
			maxParticipants: 2,
			participants: [{ user_id: 'u1', user_name: 'Ada', participant_id: 'p1', join_time: 1, duration: 60 }],
		};
		const reference = {
			id: 1,
			type: 'google_calendar',
			eventUid: 'e1',
			destinationCalendarId: 'cal@school.example',
		};
		const of = async (operation: Operation, one: IDataObject) =>
			(await act(operation, { bookingUid: UID }, [{ data: [one] }])).items;
		expect(await of(getConferencingSessions, session)).toEqual([session]);
		expect(await of(getReferences, reference)).toEqual([reference]);
	});

	test('transcripts are links, one item each', async () => {
		const links = ['https://t.example/1', 'https://t.example/2'];
		const { items } = await act(getTranscripts, { bookingUid: UID }, [{ data: links }]);
		expect(items).toEqual(links.map((url) => ({ url })));
	});

	test('an attendee is found by email', async () => {
		const { requests, item } = await act(getAttendee, { bookingUid: UID, attendee: 'LATE4@student.example' }, [
			replay('173'),
			replay('370'),
		]);
		expect(requests[1]?.path).toBe('/bookings/uid1/attendees/36');
		expect(item).toMatchObject({ name: 'X Y' });
	});

	test.each<[string, string]>([
		['nobody@student.example', 'Nobody in this booking has the email address nobody@student.example'],
		['Ada', 'Attendee "Ada" is neither an email address nor an ID'],
		['', 'Attendee is empty'],
	])('%p is nobody', async (attendee, message) => {
		const told = await failure(getAttendee, { bookingUid: UID, attendee }, [replay('173')]);
		expect(told).toMatchObject({ message, itemIndex: 0 });
	});
});
