// Each template claims a delivery for itself, and the inbox tells how all of them are doing; on a real PostgreSQL.
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';
import { type Calendar, openCalendar } from './calendar.mts';
import { C7 } from './one-booking.mts';

let db: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
	db = await startDatabase();
	calendar = openCalendar(db);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

describe('claims of several templates', () => {
	const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 });
	const inbox = () => calendar.query('SELECT status, error, attempts FROM calcom.webhook_events');
	const claim = (consumer: string) =>
		calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'n8n', $2)", [JSON.stringify(event), consumer]);
	const finish = (consumer: string, outcome: string, message: string | null = null) =>
		calendar.query('SELECT calcom.finish_event($1, $2, $3, $4)', [event.eventKey, outcome, message, consumer]);

	test('each is given once, however many runs ask, and the payload is kept once', async () => {
		const runs = Array.from({ length: 20 }, (_, at) => [
			() => db.apply(event, `lead ${String(at)}`),
			() => calendar.apply(event, {}, `calendar ${String(at)}`),
		]).flat();
		const given = await Promise.all(runs.map((run) => run()));
		expect(given.filter(Boolean)).toHaveLength(2);
		expect(await calendar.query('SELECT consumer, status, attempts FROM calcom.event_claims ORDER BY 1')).toEqual([
			{ consumer: 'calendar-events', status: 'processed', attempts: 1 },
			{ consumer: 'lead-capture', status: 'processed', attempts: 1 },
		]);
		expect(await inbox()).toEqual([{ status: 'processed', error: null, attempts: 1 }]);
	});

	test('the inbox row tells the worst of them', async () => {
		await claim('lead-capture');
		await claim('calendar-events');
		await finish('lead-capture', 'processed');
		expect(await inbox()).toEqual([{ status: 'processing', error: null, attempts: 1 }]);
		await finish('calendar-events', 'failed', 'no connection');
		expect(await inbox()).toEqual([{ status: 'failed', error: 'no connection', attempts: 1 }]);
		await claim('calendar-events');
		await finish('calendar-events', 'processed');
		expect(await inbox()).toEqual([{ status: 'processed', error: null, attempts: 2 }]);
	});

	test('the inbox row is right when templates finish at the same moment', async () => {
		const consumers = Array.from({ length: 10 }, (_, at) => `template ${String(at)}`);
		for (let round = 0; round < 10; round += 1) {
			await db.empty();
			await Promise.all(consumers.map(claim));
			await Promise.all(consumers.map((consumer) => finish(consumer, 'processed')));
			expect(await inbox()).toEqual([{ status: 'processed', error: null, attempts: 1 }]);
		}
	});

	test('the retry applies what its own template left, with the settings of the last run', async () => {
		await calendar.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'Z', minute: 0 }), {
			clientKey: 'customer',
		});
		const failed = { ...event, metadata: { customer: C7 } };
		await calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [
			JSON.stringify(failed),
		]);
		await finish('calendar-events', 'failed', 'no connection');
		expect(await calendar.query('SELECT * FROM calcom.retry_events()')).toEqual([
			{ event_key: event.eventKey, status: 'processed', error: null },
		]);
		expect(await calendar.query("SELECT client_id FROM calcom.calendar_events WHERE booking_uid = 'A'")).toEqual([
			{ client_id: C7 },
		]);
		// Lead capture was never asked: it has no lead.
		expect((await db.tables()).leads).toEqual([]);
	});

	test('the retry waits longer after each failure, and gives up', async () => {
		const retry = () => calendar.query("SELECT status FROM calcom.retry_events(100, 3, interval '1 minute')");
		const later = (minutes: number) =>
			calendar.query('UPDATE calcom.event_claims SET claimed_at = claimed_at - make_interval(mins => $1)', [
				minutes,
			]);
		const broken = { ...event, booking: { ...event.booking, start: 'not a time' } };
		await calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [
			JSON.stringify(broken),
		]);
		await finish('calendar-events', 'failed', 'no connection');
		expect(await retry()).toEqual([]);
		await later(1);
		expect(await retry()).toEqual([{ status: 'failed' }]);
		await later(1);
		expect(await retry()).toEqual([]);
		await later(1);
		expect(await retry()).toEqual([{ status: 'failed' }]);
		await later(60);
		expect(await retry()).toEqual([]);
		expect(await calendar.query('SELECT consumer, attempts FROM calcom.failed_events')).toEqual([
			{ consumer: 'calendar-events', attempts: 3 },
		]);
	});
});
