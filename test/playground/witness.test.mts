// What the tables say of how far a booking has come, on a real PostgreSQL.
import { witnessOf } from '../../playground/src/page/witness.mts';
import { type TestDatabase, startDatabase } from '../workflows/database.mts';
import { bookingEvent } from '../workflows/event-builder.mts';

const UID = 'uid-of-ada';
const event = bookingEvent({ event: 'BOOKING_CREATED', uid: UID, minute: 0 });
const LONG_AGO = new Date(0);

let database: TestDatabase;
beforeAll(async () => {
	database = await startDatabase();
}, 60_000);
afterAll(() => database.stop());
beforeEach(() => database.empty());

const witness = (on: string[] = ['03-appointment-reminders']) =>
	witnessOf(
		{
			db: database.pool,
			calcom: { on: () => () => undefined },
			published: { on, problems: [] },
			receiver: (url) => url.split('/').at(-1) ?? null,
		},
		{ remind: () => Promise.resolve('sent') },
	);
const claim = (consumer: string) =>
	database.pool.query('SELECT * FROM calcom.claim_event($1::jsonb, $2, $3)', [
		JSON.stringify(event),
		'test',
		consumer,
	]);
const finish = (consumer: string, status: string, error: string | null = null) =>
	database.pool.query('SELECT calcom.finish_event($1, $2, $3, $4)', [event.eventKey, status, error, consumer]);

test('an event that is taken in, worked on by two, and done', async () => {
	const began = new Date();
	expect(await witness().inbox(UID, LONG_AGO)).toBeNull();
	await claim('lead-capture');
	await claim('calendar-events');
	const taken = await witness().inbox(UID, began);
	expect(taken).toMatchObject({ begun: 2, done: 0, processed: null, error: null });
	expect(taken?.received.getTime()).toBeGreaterThanOrEqual(began.getTime() - 1);
	await finish('lead-capture', 'processed');
	expect(await witness().inbox(UID, began)).toMatchObject({ begun: 2, done: 1 });
	await finish('calendar-events', 'processed');
	expect(await witness().inbox(UID, began)).toMatchObject({ begun: 2, done: 2, processed: expect.any(Date) });
	expect(await witness().inbox(UID, new Date(Date.now() + 60_000))).toBeNull();
	expect(await witness().inbox('another', began)).toBeNull();
});

test('one that failed, with the reason', async () => {
	await claim('lead-capture');
	await finish('lead-capture', 'failed', 'no such column');
	expect(await witness().inbox(UID, LONG_AGO)).toMatchObject({ begun: 1, done: 1, error: 'no such column' });
});

test('an SMS counts once it is sent', async () => {
	const insert = `INSERT INTO calcom.reminders (booking_uid, start_time, kind, recipient, due_at, status, body, sent_at)
		VALUES ($1, now(), $2, '+442079460101', now(), $3, $4, $5)`;
	await database.pool.query(insert, [UID, '24h', 'pending', null, null]);
	expect(await witness().sms(UID, LONG_AGO)).toBeNull();
	await database.pool.query(insert, [UID, 'confirmation', 'sent', 'Hi Ada', new Date()]);
	expect(await witness().sms(UID, LONG_AGO)).toEqual({ at: expect.any(Date), text: 'Hi Ada' });
	expect(await witness().sms(UID, new Date(Date.now() + 60_000))).toBeNull();
});

test('workflows that write rows are counted once each; where none sends SMS, none is waited for', () => {
	const to = (slug: string) => ({ subscriberUrl: `http://127.0.0.1/${slug}` });
	const sent = ['01-lead-capture', '02-calendar-events', '02-calendar-events', '10-quick-start-data-table'].map(to);
	expect(witness().writers(sent)).toBe(2);
	expect(witness([]).remind).toBeNull();
});
