// What somebody of a group answers to a reminder, in a real n8n: it is about one seat.
import { ADA, before } from './reminders/ada.mts';
import { type Replies, openReplies } from './reminders/replies.mts';
import { freeStart, postBooking } from './support/book.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';

/** As the stand-in of Cal.com numbers it. */
const GROUP_CLASS = 14;

let e2e: E2e;
let replies: Replies;
beforeAll(async () => {
	e2e = await openE2e();
	replies = await openReplies(e2e, 'e2e-seats');
});
afterAll(async () => {
	await replies.close();
	await e2e.close();
});
beforeEach(async () => {
	await replies.idle();
	await e2e.twilio.at('clear');
	await e2e.resetTables();
});

test('X of somebody in a group gives up that seat, and the others keep theirs', async () => {
	const [start, bob] = [await freeStart(e2e, 'group-class', 5), '+31687654321'];
	const others = { ...ADA, name: 'Bob Stone', email: 'bob@student.example', phoneNumber: bob };
	for (const attendee of [ADA, others])
		await postBooking(e2e, '/bookings', { start, eventTypeId: GROUP_CLASS, attendee });
	await waitFor(
		'both in the tables',
		async () => (await replies.rows('SELECT FROM calcom.bookings WHERE attendee_count = 2')).length === 1,
	);
	await replies.reminders.run({ at: before(start, 24, 1) });
	await waitFor(
		'both reminders',
		async () => (await replies.reminders.rows()).filter(({ status }) => status === 'delivered').length === 2,
	);
	expect(await replies.answer('X', bob)).toEqual([expect.stringMatching(/^Your Group class on .* is cancelled\./)]);
	await waitFor(
		'the seat to be free',
		async () => (await replies.rows('SELECT FROM calcom.bookings WHERE attendee_count = 1')).length === 1,
	);
	expect(await replies.rows('SELECT attendee_email, status FROM calcom.bookings')).toEqual([
		{ attendee_email: 'ada@student.example', status: 'scheduled' },
	]);
});
