// What people reported, and more of each kind: people who do not attend, reasons of another state, links of another
// booking, bookings without a uid. The reported inputs are in test/fixtures/cases.
import { readFileSync } from 'node:fs';
import { bookingToEvent } from '../../../../nodes/shared/events/fromApi.ts';
import { normalizeDelivery } from '../../../../nodes/shared/events/normalize.ts';
import { CONTEXT, type Fields, delivery, normalize } from '../events/support.mts';

const reported = (name: string): Fields =>
	JSON.parse(readFileSync(new URL(`../../../fixtures/cases/${name}.json`, import.meta.url), 'utf8')) as Fields;
const deliveriesOf = (name: string): Fields[] => reported(name)['deliveries'] as Fields[];
const read = (booking: unknown) => bookingToEvent(booking, CONTEXT);
const emails = (people: ReadonlyArray<{ email: string | null }>) => people.map(({ email }) => email);

const ADA = { name: 'Ada Lovelace', email: 'ada@student.example' };
const CO = { name: 'Co Host', email: 'cohost@team.example' };
const BOB = { name: 'Bob', email: 'bob@student.example' };
const answers = (guests?: unknown) => ({
	name: ADA.name,
	email: ADA.email,
	...(guests === undefined ? {} : { guests }),
});
const row = (more: Fields = {}): Fields => ({
	id: 13,
	uid: 'uidT',
	title: 'Lesson',
	startTime: '2026-12-10T09:00:00.000Z',
	endTime: '2026-12-10T09:30:00.000Z',
	status: 'ACCEPTED',
	user: { email: 'owner@school.example', name: 'School', timeZone: 'Europe/Amsterdam' },
	attendees: [ADA, CO],
	responses: answers(),
	...more,
});

describe('who hosts is no attendee', () => {
	test('as reported: a meeting of a team, and the same over the API', () => {
		const [booked, ended] = deliveriesOf('05-cohost-becomes-attendee');
		for (const event of [
			normalize(booked),
			normalize(ended),
			read(reported('05-cohost-becomes-attendee')['apiBooking']),
		]) {
			expect([emails(event.attendees), event.attendeeCount, event.guests]).toEqual([[ADA.email], 1, []]);
			expect(emails(event.hosts)).toEqual([CO.email]);
			expect(event.organizer.email).toBe('owner@school.example');
		}
	});

	test.each<[string, unknown, string[], string[]]>([
		['MEETING_STARTED without guests', { triggerEvent: 'MEETING_STARTED', ...row() }, [ADA.email], [CO.email]],
		[
			'with a guest whom the answers name',
			{ triggerEvent: 'MEETING_ENDED', ...row({ attendees: [ADA, BOB, CO], responses: answers([BOB.email]) }) },
			[ADA.email, BOB.email],
			[CO.email],
		],
		[
			'with a guest in other letters',
			{
				triggerEvent: 'MEETING_ENDED',
				...row({ attendees: [ADA, BOB, CO], responses: answers(['BOB@Student.example']) }),
			},
			[ADA.email, BOB.email],
			[CO.email],
		],
		[
			'the host listed first',
			{ triggerEvent: 'MEETING_ENDED', ...row({ attendees: [CO, ADA] }) },
			[ADA.email],
			[CO.email],
		],
		[
			'a collective booking that is cancelled',
			delivery('BOOKING_CANCELLED', { attendees: [ADA, CO], responses: answers(), status: 'CANCELLED' }),
			[ADA.email],
			[CO.email],
		],
		[
			'a member of the team among the attendees',
			delivery('BOOKING_CREATED', { attendees: [ADA, CO], team: { id: 1, members: [CO] }, responses: answers() }),
			[ADA.email],
			[CO.email],
		],
		[
			'a host who is a guest, too',
			delivery('BOOKING_CREATED', { attendees: [ADA, CO], hosts: [CO], responses: answers([CO.email]) }),
			[ADA.email, CO.email],
			[CO.email],
		],
		[
			'guests of a booking just made, whoever the answers name',
			delivery('BOOKING_CREATED', { attendees: [ADA, BOB], responses: answers() }),
			[ADA.email, BOB.email],
			[],
		],
		[
			'where no answer names the booker',
			{ triggerEvent: 'MEETING_ENDED', ...row({ responses: {} }) },
			[ADA.email, CO.email],
			[],
		],
		[
			'a booker who hosts: who tries the own page',
			delivery('BOOKING_CREATED', {
				attendees: [{ name: 'School', email: 'owner@school.example' }],
				responses: {},
			}),
			['owner@school.example'],
			[],
		],
		[
			'a group, where each one booked for themselves',
			{ triggerEvent: 'MEETING_ENDED', ...row({ attendees: [ADA, BOB], seatsPerTimeSlot: 5 }) },
			[ADA.email, BOB.email],
			[],
		],
	])('%s', (_, body, attendees, hosts) => {
		const event = normalize(body);
		expect([emails(event.attendees), emails(event.hosts)]).toEqual([attendees, hosts]);
	});
});

describe('who is listed twice is one', () => {
	test('as reported: the booker as the own guest', () => {
		const event = normalize(reported('06-booker-as-own-guest')['delivery']);
		expect(event).toMatchObject({
			attendeeCount: 1,
			guests: [],
			attendee: { name: 'Ada Lovelace', phone: '+31612345678' },
		});
	});

	test.each<[string, Fields[], Fields]>([
		[
			'the nameless first',
			[
				{ email: ADA.email, name: '' },
				{ ...ADA, phoneNumber: '+31612345678' },
			],
			{ name: 'Ada Lovelace', phone: '+31612345678' },
		],
		['in other letters', [ADA, { email: 'ADA@Student.example', name: 'Somebody' }], { name: 'Ada Lovelace' }],
		[
			'three times',
			[ADA, { email: ADA.email }, { email: ADA.email, timeZone: 'Europe/Paris' }],
			{ timeZone: 'Europe/Paris' },
		],
		['absent in the second', [ADA, { email: ADA.email, noShow: true }], { noShow: true }],
	])('%s', (_, attendees, attendee) => {
		expect(normalize(delivery('BOOKING_CREATED', { attendees }))).toMatchObject({ attendeeCount: 1, attendee });
	});

	test('but two without an address are two', () => {
		expect(
			normalize(delivery('BOOKING_CREATED', { attendees: [{ name: 'A' }, { name: 'B' }] })).attendeeCount,
		).toBe(2);
	});
});

describe('a reason belongs to the state it was given for', () => {
	test('as reported: the end of a meeting that was moved', () => {
		const ended = deliveriesOf('04-meeting-ended-reason-of-move')
			.map((body) => normalize(body))
			.find(({ event }) => event === 'MEETING_ENDED');
		expect(ended?.booking).toMatchObject({
			status: 'accepted',
			cancellationReason: null,
			rescheduleReason: 'dentist',
		});
	});

	const reasons = { cancellationReason: 'why', rejectionReason: 'no', cancelledBy: 'ada@student.example' };
	const NONE = { cancellationReason: null, rejectionReason: null, cancelledBy: null };
	test.each<[string, Fields, Fields]>([
		['BOOKING_CREATED', { ...reasons, status: 'ACCEPTED' }, NONE],
		['BOOKING_RESCHEDULED', { ...reasons, status: 'ACCEPTED' }, NONE],
		['BOOKING_REQUESTED', { ...reasons, status: 'PENDING' }, NONE],
		['BOOKING_PAID', { ...reasons, status: 'ACCEPTED' }, NONE],
		['BOOKING_CANCELLED', { ...reasons, status: 'CANCELLED' }, reasons],
		['BOOKING_CANCELLED', { ...reasons, status: undefined }, reasons],
		['BOOKING_REJECTED', { ...reasons, status: 'REJECTED' }, reasons],
		['BOOKING_CANCELLED', { ...reasons, status: 'CANCELLED', requestReschedule: true }, reasons],
		['MEETING_ENDED', { ...reasons, status: 'CANCELLED' }, reasons],
		['RECORDING_READY', { ...reasons, status: 'ACCEPTED' }, NONE],
	])('%s with %j', (event, payload, expected) => {
		expect(normalize(delivery(event, payload)).booking).toMatchObject(expected);
	});

	test('of a row that was never moved, no reason is one of a move', () => {
		const event = normalize({ triggerEvent: 'MEETING_ENDED', ...row({ cancellationReason: 'odd' }) });
		expect(event.booking).toMatchObject({ cancellationReason: null, rescheduleReason: null });
	});
});

describe('a Cal Video page that names another uid is never this booking’s', () => {
	const page = (uid: string, pages = 'https://cal.example') => `${pages}/video/${uid}`;

	test('as reported: a later date of a series', () => {
		const [first, later] = deliveriesOf('21-recurring-video-link-of-first').map((body) => normalize(body));
		expect(first?.booking.location?.url).toBe('https://cal.com/video/occ1');
		expect([later?.booking.location?.type, later?.booking.location?.url]).toEqual(['video', null]);
		expect(JSON.stringify(later)).not.toContain('video/occ1');
	});

	test.each<[string, string, Fields, string | null]>([
		[
			'a request to move, with the old one',
			'BOOKING_REQUESTED',
			{ location: 'integrations:daily', metadata: { videoCallUrl: page('old') } },
			null,
		],
		[
			'its own',
			'BOOKING_REQUESTED',
			{ location: 'integrations:daily', metadata: { videoCallUrl: page('uid1') } },
			page('uid1'),
		],
		['another as the place', 'BOOKING_CREATED', { location: page('old') }, null],
		[
			'another as the place, its own in the metadata',
			'BOOKING_CREATED',
			{ location: page('old'), metadata: { videoCallUrl: page('uid1') } },
			page('uid1'),
		],
		[
			'of pages with another address',
			'BOOKING_CREATED',
			{ location: 'integrations:daily', metadata: { videoCallUrl: page('old', 'https://video.example') } },
			null,
		],
		[
			'after the end',
			'MEETING_ENDED',
			{ location: 'integrations:daily', metadata: { videoCallUrl: page('old') } },
			null,
		],
		[
			'of the booking before, where its pages are not known',
			'BOOKING_CREATED',
			{
				bookerUrl: undefined,
				rescheduleUid: 'old',
				location: 'integrations:daily',
				metadata: { videoCallUrl: page('old') },
			},
			null,
		],
		[
			'another app whose address has the same form',
			'BOOKING_CREATED',
			{ location: 'integrations:whereby', metadata: { videoCallUrl: 'https://whereby.example/video/room-7' } },
			'https://whereby.example/video/room-7',
		],
		[
			'a link of another app as the place',
			'BOOKING_CREATED',
			{ location: 'https://whereby.example/video/room-7' },
			'https://whereby.example/video/room-7',
		],
	])('%s', (_, event, payload, url) => {
		expect(normalize(delivery(event, payload)).booking.location?.url).toBe(url);
	});
});

describe('a booking without a uid', () => {
	test('as reported: has that of its calendar entry', () => {
		expect(normalize(reported('22-no-uid-lead-capture')['delivery'])).toMatchObject({
			eventKey: 'BOOKING_REQUESTED:abc123',
			booking: { uid: 'abc123', id: 77 },
		});
	});

	test.each<[string, Fields, string | null]>([
		['its own uid first', { iCalUID: 'other123@Cal.com' }, 'uid1'],
		['bookingUid before the calendar', { uid: undefined, bookingUid: 'B', iCalUID: 'other123@Cal.com' }, 'B'],
		['another calendar’s entry', { uid: undefined, iCalUID: 'abc123@google.com' }, null],
		['no entry', { uid: undefined, iCalUID: undefined }, null],
		[
			'not with seats, which have an entry each',
			{ uid: undefined, iCalUID: 'abc123@Cal.com', seatsPerTimeSlot: 20 },
			null,
		],
		['words', { uid: undefined, iCalUID: 'a b c@Cal.com' }, null],
	])('%s', (_, payload, uid) => {
		expect(normalize(delivery('BOOKING_REQUESTED', payload)).booking.uid).toBe(uid);
	});

	test('a seat’s move without one has none', () => {
		expect(normalize(reported('23-reschedule-without-uid')['delivery']).booking.uid).toBeNull();
	});
});

describe('a host who is gone', () => {
	test('as reported: is nobody, not somebody called unknown', () => {
		expect(read(reported('25-api-host-unknown')['apiBooking'])).toMatchObject({
			organizer: { id: null, name: null, email: null, username: null },
			hosts: [],
			attendee: { email: 'ada@student.example' },
		});
	});

	test('beside one who is there', () => {
		const gone = { id: 'unknown', name: 'unknown', email: 'unknown', username: 'unknown' };
		const there = { id: 1, name: 'School', email: 'owner@school.example' };
		expect(read({ uid: 'U', hosts: [there, gone], attendees: [ADA] }).hosts).toEqual([]);
		expect(read({ uid: 'U', hosts: [gone, there], attendees: [ADA] }).hosts).toMatchObject([
			{ email: there.email },
		]);
	});
});

test('whatever it is, it reads the same twice', () => {
	for (const name of [
		'04-meeting-ended-reason-of-move',
		'05-cohost-becomes-attendee',
		'21-recurring-video-link-of-first',
	])
		for (const body of deliveriesOf(name))
			expect(normalizeDelivery(body, CONTEXT)).toEqual(normalizeDelivery(structuredClone(body), CONTEXT));
});
