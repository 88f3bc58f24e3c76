// A place that somebody typed is no page of ours in an SMS, whichever way the booking comes: the whole way, from what
// Cal.com sends to the text. Anybody can book with somebody else's number.
import { bookingToEvent } from '../../../nodes/shared/events/fromApi.ts';
import { normalizeDelivery } from '../../../nodes/shared/events/normalize.ts';
import { ADA, type Desk, FROM, settingsOf, startDesk, utc } from '../reminders/desk.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const CONTEXT = {
	tag: null,
	instance: null,
	receivedAt: '2026-11-20T10:00:00.000Z',
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [],
	defaultBookingType: null,
};
const attendee = { name: 'Ada Lovelace', email: 'x@evil.example', timeZone: 'Europe/Amsterdam', phoneNumber: ADA };
const host = { id: 1, name: 'School', email: 'owner@school.example', timeZone: 'Europe/Amsterdam' };

const read = (location: string, baseUrl: string) =>
	bookingToEvent(
		{
			uid: 'uid1',
			id: 26,
			title: 'Lesson',
			status: 'accepted',
			start: utc('2026-12-01 12:00'),
			end: utc('2026-12-01 12:30'),
			createdAt: '2026-11-20T09:01:51.000Z',
			hosts: [host],
			attendees: [attendee],
			location,
			metadata: {},
			eventType: { id: 3, slug: 'lesson', title: 'Lesson' },
			bookingFieldsResponses: { name: 'Ada', email: 'x@evil.example' },
		},
		{ ...CONTEXT, baseUrl },
	);

const delivered = (payload: Record<string, unknown>) =>
	normalizeDelivery(
		{
			triggerEvent: 'BOOKING_CREATED',
			createdAt: '2026-11-20T09:01:51.472Z',
			payload: {
				bookerUrl: 'https://cal.com',
				uid: 'uid1',
				bookingId: 26,
				title: 'Lesson',
				startTime: utc('2026-12-01 12:00'),
				endTime: utc('2026-12-01 12:30'),
				type: 'lesson',
				eventTitle: 'Lesson',
				eventTypeId: 3,
				organizer: host,
				attendees: [attendee],
				responses: {},
				metadata: {},
				...payload,
			},
		},
		{ ...CONTEXT, source: 'webhook', verified: true },
	);

/** The reminder, and what is answered to R: it has the link to move the booking. */
async function sent(): Promise<string[]> {
	const { claim, maySend, plan, sent: wasSent } = desk.with({ times: '2h' });
	await plan(utc('2026-11-24 12:00'));
	const [due] = await claim(utc('2026-12-01 10:00'));
	if (due === undefined) throw new Error('nothing was due');
	const { text } = await maySend(due.id, utc('2026-12-01 10:00'));
	await wasSent(due.id, 'SM1', utc('2026-12-01 10:00'));
	const answer = await desk.first<{ text: string }>('SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3, $4)', [
		JSON.stringify({ MessageSid: 'SMin1', From: ADA, To: FROM, Body: 'R' }),
		JSON.stringify(settingsOf('04-reminder-replies.json')),
		'run-1',
		utc('2026-12-01 10:30'),
	]);
	return [String(text), answer.text];
}

test.each([
	['https://evil.example/video/x', 'https://cal.school.example/api/v2'],
	['https://evil.example/video/uid1', 'https://cal.school.example/api/v2'],
	['https://evil.example/login/video/x', 'http://localhost:5555/v2'],
	['https://evil.example/video/uid1', 'https://api.cal.com/v2'],
])('a booking read from the API whose place is %s has no link there (%s)', async (location, baseUrl) => {
	await desk.db.apply(read(location, baseUrl));
	const texts = await sent();
	expect(texts[0]).toContain('Lesson');
	expect(texts.filter((text) => text.includes('evil.example'))).toEqual([]);
});

const PAGES_OF_OTHERS = [
	'https://cal.com/mallory/verify',
	'https://cal.com/mallory',
	'https://app.cal.com/mallory/verify',
	'https://mallory.cal.com/verify',
	'https://cal.com/video/../mallory/pay',
	'https://cal.com/video/%2e%2e/mallory/pay',
	'https://cal.com/video/uid1/../../mallory',
	'https://cal.com/video/uid2',
	'https://cal.com/mallory/video/uid1',
	'https://cal.eu/mallory',
];

test.each(
	PAGES_OF_OTHERS.flatMap((url) => [
		[url, 'as their own address', { location: url, ...typedAs('attendeeInPerson', url) }] as const,
		[url, 'as a place elsewhere', { location: url, ...typedAs('somewhereElse', url) }] as const,
		[url, 'as metadata', { location: 'integrations:daily', metadata: { videoCallUrl: url } }] as const,
	]),
)('somebody’s page on the same Cal.com is in no SMS: %s, typed %s', async (_url, _how, payload) => {
	await desk.db.apply(delivered(payload));
	const [reminder] = await sent();
	expect(reminder).toContain('Lesson');
	expect(reminder).not.toMatch(/mallory|cal\.eu|uid2|https:/);
});

function typedAs(value: string, url: string) {
	return { responses: { location: { label: 'location', value: { value, optionValue: url }, isHidden: false } } };
}

test('that is also so where the settings trust cal.com as a whole, as they did when they came', async () => {
	const trusting = { trustedLinks: 'cal.com, cal.eu, meet.google.com' };
	await desk.db.apply(delivered({ location: 'https://cal.com/mallory' }));
	const { place } = await desk.first<{ place: string | null }>(
		'SELECT calcom.place_for_sms(b, $1::jsonb) AS place FROM calcom.bookings b',
		[JSON.stringify({ ...desk.settings, ...trusting })],
	);
	expect(place).toBeNull();
});

test.each([
	['https://cal.com', 'https://app.cal.com/video/uid1'],
	['https://school.cal.com', 'https://app.cal.com/video/uid1'],
	['https://cal.school.example', 'https://cal.school.example/video/uid1'],
	['http://localhost:3000', 'http://localhost:3000/video/uid1'],
])('Cal Video’s page of this booking is: booked at %s, %s', async (bookerUrl, url) => {
	for (const payload of [{ location: url }, { location: 'integrations:daily', metadata: { videoCallUrl: url } }]) {
		await desk.empty();
		await desk.db.apply(delivered({ bookerUrl, ...payload }));
		expect((await sent())[0]).toContain(url);
	}
});
