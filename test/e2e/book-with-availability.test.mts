// Booking by a voice agent and on a form, in a real n8n on a real PostgreSQL, with times that are stolen and a Cal.com that goes away.
import { depth } from '../support/depth.mts';
import { ADA, type Booking, SECRET, openBooking } from './booking/desk.mts';
import { type E2e, openE2e } from './support/e2e.mts';

let e2e: E2e;
let desk: Booking;
beforeAll(async () => {
	e2e = await openE2e();
	desk = await openBooking(e2e, 'e2e-book');
}, 60_000);
afterAll(async () => {
	await desk.close();
	await e2e.close();
});
beforeEach(() => desk.begin());

test.each([
	['no secret', {}],
	['another secret', { [SECRET.name]: 'guessed' }],
	['an empty secret', { [SECRET.name]: '' }],
])('with %s is refused', async (_, headers) => {
	expect((await desk.ask({ action: 'slots' }, headers)).status).toBe(403);
	expect(await desk.requests()).toEqual([]);
});

test('what was answered is not kept in n8n: the secret stands in its headers', async () => {
	expect((await desk.ask(desk.wish(desk.free()))).status).toBe(200);
	expect(await e2e.keptRuns('e2e-book')).toEqual([]);
});

test('is told free times, books one, and the booking and its request know each other', async () => {
	const [first] = await desk.slots();
	const signed = await e2e.db.query<{ id: string }>("SELECT calcom.signed_id('C-7') AS id");
	const wish = desk.wish(first.start, { service: 'level-check', notes: 'Beginner', clientId: 'C-7' });
	const { status, body } = await desk.ask(wish);
	expect([status, body]).toEqual([
		200,
		expect.objectContaining({ ok: true, status: 'booked', start: expect.any(String) }),
	]);
	const [booking] = desk.live(first.start);
	expect(booking).toMatchObject({ uid: body.uid, attendees: [expect.objectContaining({ email: ADA.email })] });
	const [request] = await desk.requests();
	expect(booking?.metadata).toEqual({
		clientId: signed.rows[0]?.id,
		requestId: String(request?.['id']),
		bookedBy: 'voice',
	});
	expect(request).toMatchObject({
		status: 'booked',
		requires_manual_booking: false,
		booking_uid: body.uid,
		client_id: 'C-7',
		attendee_phone: ADA.phone,
		notes: 'Beginner',
		host_name: 'Your School',
	});
});

test('both at once: one books, the other is told so or is given the same booking', async () => {
	const start = desk.free();
	const wish = desk.wish(start);
	const answers = await Promise.all([desk.ask(wish), desk.ask(wish), desk.ask(wish)]);
	expect(answers.map(({ body }) => body.status)).toContain('booked');
	for (const { body } of answers) expect(['booked', 'busy']).toContain(body.status);
	expect(desk.live(start)).toHaveLength(1);
	expect(await desk.requests()).toHaveLength(1);
});

test('is offered other times when the time has just been stolen', async () => {
	const start = desk.free();
	desk.cal.stealNextSlots(1);
	const { status, body } = await desk.ask(desk.wish(start));
	expect([status, body]).toEqual([200, expect.objectContaining({ ok: false, status: 'taken' })]);
	const next = body.slots?.[0]?.start ?? '';
	expect(Date.parse(next)).toBeGreaterThan(Date.parse(start));
	expect((await desk.ask(desk.wish(next))).body.status).toBe('booked');
	expect((await desk.requests()).map((row) => [row['status'], row['requires_manual_booking']])).toEqual([
		['taken', false],
		['booked', false],
	]);
});

/** What is wrong with a wish, and what is said of it. */
const PROBLEMS: [what: string, wrong: Record<string, unknown>, said: RegExp][] = [
	['an unknown service', { service: 'Tango' }, /service must be one of: Level check/],
	['no name', { name: ' ' }, /name is missing/],
	['no email', { email: '', phone: '' }, /email is missing/],
	['half an email', { email: 'ada@' }, /no email address/],
	['no time', { start: '' }, /start is missing/],
	['something that is no time', { start: 'tomorrow at ten' }, /start must be a date/],
	['a time that has passed', { start: '2020-01-01T10:00:00Z' }, /has passed/],
	['another action', { action: 'delete' }, /action must be/],
];
test.each(depth(PROBLEMS.slice(0, 1), PROBLEMS))(
	'%s: told what is wrong, and nothing is kept',
	async (_, wrong, problem) => {
		const { status, body } = await desk.ask(desk.wish('2099-01-01T10:00', wrong));
		expect([status, body]).toEqual([
			200,
			{ ok: false, status: 'problem', problem: expect.stringMatching(problem) },
		]);
		expect(await desk.requests()).toEqual([]);
	},
);

test('Cal.com is down: the request is kept, and booked once when Cal.com is back', async () => {
	const start = desk.free();
	await desk.cal.goDown();
	try {
		const kept = await desk.ask(desk.wish(start));
		expect(kept).toMatchObject({
			body: { status: 'kept', requiresManualBooking: true, triedAgain: true },
		});
		expect(await desk.requests()).toMatchObject([
			{
				status: 'waiting',
				requires_manual_booking: true,
				reason: expect.stringMatching(/Nothing answers/),
			},
		]);
	} finally {
		await desk.cal.comeBack();
	}
	await desk.tryAgain();
	const [row] = await desk.requests();
	expect(row).toMatchObject({ status: 'booked', requires_manual_booking: false, reason: null });
	expect(desk.live(start).map(({ uid }) => uid)).toEqual([row?.['booking_uid']]);
});

test('a run that died after it had booked is finished without a second booking', async () => {
	const start = desk.free();
	const { body } = await desk.ask(desk.wish(start));
	await e2e.db.query(
		"UPDATE calcom.booking_requests SET status = 'booking', booking_uid = NULL, claimed_by = 'dead'",
	);
	await desk.tryAgain();
	expect(await desk.requests()).toMatchObject([{ status: 'booked', booking_uid: body.uid, attempts: 2 }]);
	expect(desk.live(start)).toHaveLength(1);
});

test('on the form: day, service, time, details, booked', async () => {
	await desk.addService('Retired', 'retired', null);
	const services = await desk.openForm();
	expect(services.options).toEqual(['Level check']);
	const times = await services.submit('Level check');
	const [chosen = '', ...others] = times.options;
	expect(others.at(-1)).toMatch(/please call me/);
	const details = await times.submit(chosen);
	const held = desk.cal.state.reservations.length;
	expect(held).toBeGreaterThan(0);
	const end = await details.submit(ADA.name, ADA.email, ADA.phone, 'By form');
	expect(end.html).toContain('You are booked');
	expect(end.html).toContain(chosen);
	const [request] = await desk.requests();
	expect(request).toMatchObject({ channel: 'form', status: 'booked', notes: 'By form' });
	expect(desk.cal.state.bookings.find(({ uid }) => uid === request?.['booking_uid'])?.attendees[0]?.email).toBe(
		ADA.email,
	);
});
