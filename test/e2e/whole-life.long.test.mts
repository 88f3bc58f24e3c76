// One booking's whole life with all templates switched on: booked, confirmed, reminded, moved, reminded again, answered
// and cancelled, while the services are in step and everything is told twice. Days pass by moving the clock.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Row } from '../../playground/src/rows.mts';
import { differs } from '../compat/differences.mts';
import { type MovedClock, takeClock } from './whole-life/clock.mts';
import { type E2e, deliver, openE2e, waitFor } from './support/e2e.mts';

/** Makes tables and is run once; needs a chat model. */
const NOT_SWITCHED_ON = differs('dataTable') ? /^(00|10|11)-/ : /^(00|11)-/;
const person = {
	name: 'Ada Lovelace',
	email: 'ada.whole.life@student.example',
	phoneNumber: '+447911123456',
	timeZone: 'Europe/London',
	language: 'en',
};

let e2e: E2e;
let clock: MovedClock;
let slugs: string[];
beforeAll(async () => {
	e2e = await openE2e();
	await e2e.resetTables();
	clock = await takeClock(e2e);
	await e2e.twilio.at('webhook', `${e2e.n8n}/webhook/calcom-sms-replies`);
	const files = await readdir(join(import.meta.dirname, '../../workflows'));
	slugs = files
		.filter((file) => /^\d\d-.*\.json$/.test(file) && !NOT_SWITCHED_ON.test(file))
		.map((file) => file.slice(0, -5));
	await Promise.all(slugs.map((slug) => e2e.activate(slug)));
}, 180_000);
afterAll(async () => {
	await Promise.all(slugs.filter((slug) => slug !== '01-lead-capture').map((slug) => e2e.deactivate(slug)));
	await clock.release();
	await e2e.twilio.at('webhook', null);
	await e2e.resetTables();
	await e2e.close();
}, 180_000);

const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
	z.array(z.record(z.unknown())).parse(JSON.parse(JSON.stringify((await e2e.db.query(sql, values)).rows)));
/** Rows of this person and this booking: other tests have left bookings at Cal.com, which template 06 finds. */
const mine = (sql: string, ...values: unknown[]) => rows(sql, values);
const before = (start: string, hours: number) =>
	DateTime.fromISO(start, { zone: 'utc' }).minus({ hours }).plus({ minutes: 1 }).toJSDate().toISOString();

/** What went to this person, the oldest first. */
const sent = async () =>
	(await e2e.twilio.outbox())
		.filter(({ to, direction }) => to === person.phoneNumber && direction === 'outbound-api')
		.map(({ body }) => body);

/** Runs the reminders, and waits until Twilio has told what became of them. */
async function remind(): Promise<void> {
	await e2e.editor.run('calcom-03', 'Every 5 Minutes');
	await e2e.twilio.at('settled');
	await waitFor(
		'the statuses',
		async () => (await rows("SELECT FROM calcom.reminders WHERE status IN ('claimed', 'sent')")).length === 0,
	);
}

/** Waits until every template that takes bookings has applied this many events of this booking. */
const applied = (uids: string[], events: number) =>
	waitFor(`${String(events)} events to be applied`, async () => {
		const claims = await rows(
			`SELECT claim.status FROM calcom.event_claims claim JOIN calcom.webhook_events USING (event_key) WHERE booking_uid = ANY ($1)`,
			[uids],
		);
		return claims.length === 2 * events && claims.every(({ status }) => status === 'processed');
	});

const dataTablesSchema = z.object({
	data: z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), projectId: z.string() })) }),
});
const dataRowsSchema = z.object({ data: z.object({ data: z.array(z.record(z.unknown())) }) });

/** This person's rows in the table of template 10, which lies in n8n. */
async function rowsOfDataTable(): Promise<Row[]> {
	const tables = dataTablesSchema.parse(await e2e.editor.request('/data-tables-global')).data.data;
	const table = tables.find(({ name }) => name === 'Cal.com bookings');
	if (!table) return [];
	const path = `/projects/${table.projectId}/data-tables/${table.id}/rows?take=250`;
	const { data } = dataRowsSchema.parse(await e2e.editor.request(path)).data;
	return data.filter((row) => row['attendee_email'] === person.email);
}

/** A free time of a day that is at least so many days away. */
async function freeIn(days: number): Promise<string> {
	const slots = z.array(z.string()).parse(await e2e.at('freeSlots', 'level-check', 400));
	const [first = ''] = slots;
	const found = slots.find((slot) => Date.parse(slot) > Date.parse(first) + days * 24 * 3_600_000);
	if (found === undefined) throw new Error('There is no free time.');
	return found;
}

test('one booking, all templates: every row once, every SMS once', async () => {
	await e2e.db.query(
		"INSERT INTO calcom.services (name, slug, description, duration_minutes, price, currency) VALUES ('Level Check', 'level-check', 'Find the right level', 30, 20, 'EUR')",
	);
	await waitFor(
		'the service to be linked',
		async () => (await rows("SELECT FROM calcom.services WHERE sync_status = 'synced'")).length > 0,
	);

	const start = await freeIn(3);
	const booked = await e2e.desk.book(person, start);
	await applied([booked.uid], 1);
	await remind();
	expect(await sent()).toEqual([expect.stringContaining('is booked for')]);
	await clock.at(before(start, 24));
	await remind();
	await remind();
	expect(await sent()).toHaveLength(2);
	await clock.at(before(start, 2));
	await remind();
	expect(await sent()).toHaveLength(3);

	const later = await freeIn(3);
	const moved = await e2e.desk.reschedule(booked.uid, later);
	const uids = [booked.uid, moved.uid];
	await applied(uids, 2);
	await remind();
	await clock.at(before(later, 24));
	await remind();
	await e2e.twilio.at('reply', person.phoneNumber, 'c');
	await waitFor(
		'the answer',
		async () => (await rows("SELECT FROM calcom.messages WHERE status = 'answered'")).length === 1,
	);
	expect(
		await rows('SELECT confirmed_start = start_time AS confirmed FROM calcom.bookings WHERE uid = $1', [moved.uid]),
	).toEqual([{ confirmed: true }]);

	await e2e.desk.cancel(moved.uid, 'Ill');
	await applied(uids, 3);
	await clock.at(before(later, 2));
	await remind();

	// Everything once more, all at the same time: as it was told, and what people and schedules start.
	const told = (await e2e.deliveries()).filter(({ uid }) => uid !== null && uids.includes(uid));
	// Booked, moved and cancelled, told to each template that listens.
	expect(told.length).toBeGreaterThanOrEqual(3 * (differs('dataTable') ? 2 : 3));
	const again = await Promise.all(
		told.map(({ subscriberUrl, body, headers }) => deliver(subscriberUrl, body, headers)),
	);
	expect(again.map(({ status }) => status)).toEqual(again.map(() => 200));
	await Promise.all([
		remind(),
		e2e.editor.run('calcom-05', 'Sync Now'),
		e2e.editor.run('calcom-06', 'Start the Backfill'),
	]);
	await e2e.editor.run('calcom-09', 'Every Morning');
	await waitFor('all runs to end', async () => {
		const runs = await Promise.all(slugs.map((slug) => e2e.editor.executions(`calcom-${slug.slice(0, 2)}`, 50)));
		return runs.flat().every(({ status }) => status !== 'running' && status !== 'new');
	});

	expect(await sent()).toEqual([
		expect.stringMatching(/^Hi Ada, your Level Check is booked for /),
		expect.stringMatching(/^Hi Ada, a reminder of your Level Check /),
		expect.stringMatching(/^Hi Ada, a reminder of your Level Check /),
		expect.stringMatching(/^Hi Ada, your Level Check is booked for /),
		expect.stringMatching(/^Hi Ada, a reminder of your Level Check /),
		expect.stringMatching(/^Thank you, Ada! See you on /),
	]);
	const reminder = (kind: string, status: string, reason: string | null = null) => ({ kind, status, reason });
	expect(
		await mine(
			'SELECT kind, status, reason FROM calcom.reminders WHERE recipient = $1 ORDER BY start_time, kind',
			person.phoneNumber,
		),
	).toEqual([
		reminder('24h', 'delivered'),
		reminder('2h', 'delivered'),
		reminder('confirmation', 'delivered'),
		reminder('24h', 'delivered'),
		reminder('2h', 'silenced', 'the booking was cancelled'),
		reminder('confirmation', 'delivered'),
	]);
	expect(
		await mine(
			'SELECT name, email, phone FROM calcom.leads WHERE email = $1 OR phone = $2',
			person.email,
			person.phoneNumber,
		),
	).toEqual([{ name: person.name, email: person.email, phone: person.phoneNumber }]);
	expect(
		await mine(
			'SELECT uid, cardinality(uids) AS uids, status, lifecycle, start_time, reschedule_count, cancellation_reason FROM calcom.bookings WHERE attendee_email = $1',
			person.email,
		),
	).toEqual([
		{
			uid: moved.uid,
			uids: 2,
			status: 'cancelled',
			lifecycle: 'cancelled',
			start_time: later,
			reschedule_count: 1,
			cancellation_reason: 'Ill',
		},
	]);
	expect(
		await mine(
			'SELECT e.booking_uid, e.status, e.client_linked_by, s.name AS service, e.price FROM calcom.calendar_events e LEFT JOIN calcom.services s ON s.id = e.service_id WHERE e.attendee_email = $1',
			person.email,
		),
	).toEqual([
		{ booking_uid: moved.uid, status: 'cancelled', client_linked_by: 'email', service: 'Level Check', price: '20' },
	]);
	expect(
		await mine(
			'SELECT type FROM calcom.lead_activities JOIN calcom.leads ON leads.id = lead_id WHERE email = $1 ORDER BY type',
			person.email,
		),
	).toEqual(['booked', 'cancelled', 'rescheduled', 'sms_confirmed'].map((type) => ({ type })));
	expect(
		await mine(
			'SELECT event, status, error FROM calcom.webhook_events WHERE booking_uid = ANY ($1) ORDER BY event',
			uids,
		),
	).toEqual(
		['BOOKING_CANCELLED', 'BOOKING_CREATED', 'BOOKING_RESCHEDULED'].map((event) => ({
			event,
			status: 'processed',
			error: null,
		})),
	);
	expect(
		await mine(
			'SELECT consumer, count(*)::int AS events FROM calcom.event_claims JOIN calcom.webhook_events USING (event_key) WHERE booking_uid = ANY ($1) GROUP BY 1 ORDER BY 1',
			uids,
		),
	).toEqual([
		{ consumer: 'calendar-events', events: 3 },
		{ consumer: 'lead-capture', events: 3 },
	]);
	expect(await mine('SELECT body, meaning, status FROM calcom.messages')).toEqual([
		{ body: 'c', meaning: 'confirm', status: 'answered' },
	]);
	expect(
		await rows("SELECT name, description, price, sync_status FROM calcom.services WHERE slug = 'level-check'"),
	).toEqual([{ name: 'Level Check', description: 'Find the right level', price: '20', sync_status: 'synced' }]);
	// What waits or was never told of other tests' bookings is no business of this one.
	expect(
		await rows(
			"SELECT area, what, why FROM calcom.health_problems WHERE area IN ('events', 'messages', 'actions', 'workflows')",
		),
	).toEqual([]);
	expect(await rowsOfDataTable()).toEqual(
		differs('dataTable')
			? []
			: [expect.objectContaining({ uid: moved.uid, status: 'cancelled', all_uids: [...uids].sort().join(' ') })],
	);
	expect(await rows('SELECT workflow, node, message FROM calcom.workflow_errors')).toEqual([]);
}, 180_000);
