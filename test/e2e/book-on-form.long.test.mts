// Booking on the form in a real n8n, where it does not go as wished: a stolen time, no time that suits, Cal.com away.
import { ADA, type Booking, openBooking } from './booking/desk.mts';
import { type E2e, openE2e } from './support/e2e.mts';

let e2e: E2e;
let desk: Booking;
beforeAll(async () => {
	e2e = await openE2e();
	desk = await openBooking(e2e, 'e2e-form');
}, 60_000);
afterAll(async () => {
	await desk.close();
	await e2e.close();
});
beforeEach(() => desk.begin());

test('a stolen time: others are offered, with what was typed kept', async () => {
	const times = await (await desk.openForm()).submit('Level check');
	const details = await times.submit(times.options[0] ?? '');
	desk.cal.stealNextSlots(1);
	const again = await details.submit(ADA.name, ADA.email, '', '');
	expect(again.html).toContain('just been taken');
	expect(again.options).not.toContain(times.options[0]);
	const filled = await again.submit(again.options[0] ?? '');
	expect(filled.html).toContain(ADA.email);
	const end = await filled.submit(ADA.name, ADA.email, '', '');
	expect(end.html).toContain('You are booked');
	expect((await desk.requests()).map((row) => row['status'])).toEqual(['taken', 'booked']);
});

test('no time suits: kept for a person', async () => {
	const times = await (await desk.openForm()).submit('Level check');
	const end = await (await times.submit(times.options.at(-1) ?? '')).submit(ADA.name, ADA.email, '', '');
	expect(end.html).toContain('We have your request');
	expect(await desk.requests()).toMatchObject([
		{ status: 'given_up', requires_manual_booking: true, start_time: null, wanted_day: expect.anything() },
	]);
});

test('Cal.com is down: the details are taken, for a person', async () => {
	const services = await desk.openForm();
	await desk.cal.goDown();
	try {
		const details = await services.submit('Level check');
		const end = await details.submit(ADA.name, ADA.email, ADA.phone, '');
		expect(end.html).toContain('We have your request');
	} finally {
		await desk.cal.comeBack();
	}
	expect(await desk.requests()).toMatchObject([
		{
			requires_manual_booking: true,
			attendee_email: ADA.email,
			reason: expect.stringMatching(/could not be asked/),
		},
	]);
	expect((await e2e.db.query('SELECT service_name FROM calcom.requests_to_book_by_hand')).rows).toEqual([
		{ service_name: 'Level check' },
	]);
});
