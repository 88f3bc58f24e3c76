// What people at the school do, on a real PostgreSQL, with both stand-ins and a webhook in n8n's place.
import { NO_REGION, toE164 } from '../../nodes/shared/values/phone.ts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import { type Office, openOffice } from '../../playground/src/office.mts';
import { newcomer } from '../../playground/src/once.mts';
import { enterServices } from '../../playground/src/services.mts';
import { type Twilio, startTwilio } from 'stand-ins/twilio';
import { readHealth, readServices, readSms } from '../../playground/src/views.mts';
import { untilRow } from '../../playground/src/wait.mts';
import { type TestDatabase, startDatabase } from '../workflows/database.mts';

const ADA = '+442079460101';
const SECRET = 'made-up';

let database: TestDatabase;
let calcom: CalCom;
let twilio: Twilio;
let folder: string;
let office: Office;
const ran: string[] = [];
const asked: { secret: string | undefined; body: unknown }[] = [];
const answer = { status: 200, body: { ok: true, message: 'Settled.' } };
const retool = createServer((request, response) => {
	void json(request).then((body) => {
		const secret = request.headers['x-calcom-secret'];
		asked.push({ secret: typeof secret === 'string' ? secret : undefined, body });
		response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
	});
});

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'calcom-office-'));
	[database, calcom, twilio] = await Promise.all([
		startDatabase(),
		startCalCom(),
		startTwilio({ dir: folder, paceMs: 0 }),
	]);
	await new Promise<void>((resolve) => retool.listen(0, '127.0.0.1', () => resolve()));
	const { port } = retool.address() as AddressInfo;
	const n8n = {
		url: `http://127.0.0.1:${String(port)}`,
		userFolder: folder,
		log: () => '',
		running: () => true,
		stop: () => Promise.resolve(),
		restart: () => Promise.resolve(),
	};
	const run = (slug: string) => Promise.resolve(void ran.push(slug));
	office = openOffice({ calcom, db: database.pool, n8n, run, twilio, webhookSecret: SECRET });
}, 60_000);
afterAll(async () => {
	retool.close();
	await Promise.all([calcom.stop(), twilio.stop()]);
	await database.stop();
	await rm(folder, { recursive: true });
});

const levelCheck = async () => (await readServices(database.pool, calcom)).find(({ slug }) => slug === 'level-check');
const link = () =>
	database.pool.query("UPDATE calcom.services SET calcom_event_type_id = 23 WHERE slug = 'level-check'");

describe('the services', () => {
	test('are entered once, and keep what people changed', async () => {
		await enterServices(database.pool);
		await database.pool.query("UPDATE calcom.services SET price = 99 WHERE slug = 'trial-lesson'");
		await enterServices(database.pool);
		const services = await readServices(database.pool, calcom);
		expect(services.map(({ slug, price }) => [slug, price])).toEqual([
			['level-check', '0 EUR'],
			['trial-lesson', '99 EUR'],
			['online-lesson', '45 EUR'],
			['studio-lesson', '60 EUR'],
		]);
	});

	test('cannot be edited in Cal.com before they are linked', async () => {
		await expect(office.edit('1', 'theirs')).rejects.toThrow('Sync first');
		await expect(office.edit('999', 'ours')).rejects.toThrow('no such service');
	});

	test('are edited on either side alone', async () => {
		await link();
		expect(await office.edit('1', 'ours')).toBe('Level Check has another description in the table.');
		expect(await levelCheck()).toMatchObject({
			ours: expect.stringContaining('the office'),
			theirs: 'Find the right level',
		});
		expect(await office.edit('1', 'theirs')).toBe('Level Check has another description in Cal.com.');
		expect(await levelCheck()).toMatchObject({
			ours: expect.stringContaining('the office'),
			theirs: expect.stringContaining('Cal.com'),
		});
	});

	test('show a conflict field by field', async () => {
		const conflict = [{ field: 'description', recordField: 'description', base: 'x', ours: 'a', theirs: 'b' }];
		await database.pool.query(
			"UPDATE calcom.services SET sync_status = 'conflict', sync_conflict = $1 WHERE id = 1",
			[JSON.stringify(conflict)],
		);
		expect(await levelCheck()).toMatchObject({
			status: 'conflict',
			conflicts: [{ field: 'description', ours: 'a', theirs: 'b' }],
		});
	});

	test('are settled through the webhook that Retool calls, with its secret', async () => {
		expect(await office.settle('1', 'description', 'theirs')).toBe('Settled.');
		expect(asked).toEqual([
			{
				secret: SECRET,
				body: {
					action: 'resolve_conflict',
					service_id: '1',
					field: 'description',
					choice: 'theirs',
					by: 'the playground',
				},
			},
		]);
	});

	test('say why a choice was refused', async () => {
		Object.assign(answer, { status: 409, body: { ok: false, message: 'There is no conflict any more.' } });
		await expect(office.settle('1', 'description', 'ours')).rejects.toThrow('There is no conflict any more.');
	});
});

describe('SMS', () => {
	test('an answer comes in and is shown; after STOP the number is known as opted out', async () => {
		expect(await office.reply(ADA, 'C')).toBe(`${ADA} has answered "C".`);
		expect(readSms(twilio)).toMatchObject([{ inbound: true, phone: ADA, text: 'C', optedOut: false }]);
		await office.reply(ADA, 'STOP');
		await twilio.settled();
		const shown = readSms(twilio);
		expect(shown.every(({ phone, optedOut }) => phone === ADA && optedOut)).toBe(true);
		// Twilio's own answer, the newest, is above what it answers.
		expect(shown.map(({ inbound }) => inbound)).toEqual([false, true, true]);
	});
});

test('reminders and the sync are run by their templates', async () => {
	await office.remind();
	await office.sync();
	expect(ran).toEqual(['03-appointment-reminders', '05-service-sync']);
});

test('a booking for this time tomorrow is taken, at whatever hour this runs', async () => {
	const before = Date.now();
	const { start, status } = await office.bookSoon(24);
	expect(status).toBe('accepted');
	const ahead = (Date.parse(start) - before) / 3_600_000;
	expect(ahead).toBeLessThan(24);
	expect(ahead).toBeGreaterThan(24 - 4 / 60);
});

test('health: nothing yet, then a claim that failed', async () => {
	const empty = { days: [], failed: [], stuck: [] };
	expect(await readHealth(database.pool)).toMatchObject(empty);
	await database.pool.query(
		"INSERT INTO calcom.webhook_events (event_key, event, category, payload, claimed_by) VALUES ('k', 'BOOKING_CREATED', 'created', '{}', 'x')",
	);
	await database.pool.query(
		"INSERT INTO calcom.event_claims (event_key, consumer, status, error) VALUES ('k', 'lead-capture', 'failed', 'no such table')",
	);
	const { days, failed, problems } = await readHealth(database.pool);
	expect(days).toMatchObject([{ event: 'BOOKING_CREATED', consumer: 'lead-capture', failed: 1, success_percent: 0 }]);
	expect(failed).toMatchObject([{ event: 'BOOKING_CREATED', error: 'no such table' }]);
	expect(problems).toContainEqual(expect.objectContaining({ area: 'events', why: 'no such table' }));
});

test('somebody new is nobody whom the tables know', async () => {
	const taken = Array.from({ length: 799 }, (_, index) => `+442079460${String(index + 200)}`);
	await database.pool.query(
		'INSERT INTO calcom.bookings (uid, uids, attendee_phone) SELECT phone, ARRAY[phone], phone FROM unnest($1::text[]) AS phone',
		[taken],
	);
	const { phoneNumber } = await newcomer(database.pool);
	expect(phoneNumber).toBe('+442079460999');
	expect(toE164(phoneNumber, NO_REGION)).toBe(phoneNumber);
});

test('waiting for a row ends with it, or when time is up', async () => {
	expect(await untilRow(database.pool, 'SELECT $1::int', [1])).toBe(true);
	expect(await untilRow(database.pool, 'SELECT FROM calcom.leads WHERE id = $1', [-1], 150)).toBe(false);
});
