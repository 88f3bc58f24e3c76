// Old payloads in a table of the user's own, as the Cal.com node reads them: what they do to the tables when Cal.com does
// not have their bookings any more; on a real PostgreSQL.
import { readFileSync } from 'node:fs';
import { type TestDatabase, startDatabase } from '../database.mts';
import { type Backfill, type Fields, apiBooking, openBackfill, read } from './backfill.mts';

let db: TestDatabase;
let backfill: Backfill;
beforeAll(async () => {
	db = await startDatabase();
	backfill = openBackfill(db);
});
beforeEach(() => db.empty());
afterAll(async () => {
	await db.pool.query('DROP TABLE IF EXISTS public.old');
	await db.stop();
});

const table = { source: 'table', oldTable: 'public.old', oldColumn: 'body', oldKey: 'nr', batchSize: 10 };
const payload = {
	uid: 'old-1',
	title: 'Level Check',
	type: 'level-check',
	startTime: '2025-03-03T10:00:00+01:00',
	endTime: '2025-03-03T10:30:00+01:00',
	attendees: [{ name: 'Grace Brewster Hopper', email: 'Grace@student.example', language: { locale: 'nl' } }],
	cancellationReason: 'ill',
};
const delivery = { triggerEvent: 'BOOKING_CANCELLED', createdAt: '2025-03-01T09:00:00.000Z', payload };
const text = JSON.stringify(delivery);

async function fill(type: string, values: (string | null)[]): Promise<void> {
	await db.pool.query(`DROP TABLE IF EXISTS public.old; CREATE TABLE public.old (nr text PRIMARY KEY, body ${type})`);
	for (const [n, value] of values.entries())
		await db.pool.query('INSERT INTO public.old VALUES ($1, $2)', [`k${String(n)}`, value]);
}
const run = async () => (await backfill.rows('SELECT * FROM calcom.backfill_runs ORDER BY id DESC'))[0];

/** An input that somebody reported, stored as text. */
const reported = (name: string, key = 'delivery'): unknown => {
	const file = new URL(`../../fixtures/cases/${name}.json`, import.meta.url);
	return (JSON.parse(readFileSync(file, 'utf8')) as Fields)[key];
};
const fillReported = async (name: string): Promise<void> => {
	const found = reported(name) ?? reported(name, 'deliveries');
	await fill(
		'text',
		(Array.isArray(found) ? found : [found]).map((one) => JSON.stringify(one)),
	);
};

describe('a row', () => {
	test.each([
		['text', text],
		['json', text],
		['jsonb', text],
		['text', JSON.stringify(text)],
		['jsonb', JSON.stringify(text)],
		['text', JSON.stringify(JSON.stringify(text))],
		['jsonb', JSON.stringify({ headers: {}, body: delivery })],
		['jsonb', JSON.stringify([{ json: { body: text } }])],
		['jsonb', JSON.stringify({ ...delivery, payload: JSON.stringify(payload) })],
		['json', JSON.stringify({ ...delivery, payload: { ...payload, description: 'a\u0000b' } })],
	])('in a column of %s, however often it is encoded (%#)', async (type, value) => {
		await fill(type, [value]);
		const asked: string[] = [];
		const gone = (uids: string[]) => {
			asked.push(...uids);
			return [{ error: 'Cal.com did not find this booking', code: 'NOT_FOUND' }];
		};
		expect(await backfill.table(table, gone)).toMatchObject({ more: false, read: 1, applied: 1 });
		expect(asked).toEqual(['old-1']);
		expect(await backfill.booking()).toMatchObject({
			uid: 'old-1',
			status: 'cancelled',
			cancellation_reason: 'ill',
			attendee_name: 'Grace Brewster Hopper',
			attendee_email: 'Grace@student.example',
			attendee_locale: 'nl',
			start_time: new Date('2025-03-03T09:00:00Z'),
			last_event_at: new Date('2025-03-01T09:00:00Z'),
		});
		expect(await backfill.rows('SELECT event_key FROM calcom.webhook_events')).toEqual([
			{ event_key: 'BOOKING_CANCELLED:old-1' },
		]);
	});

	test('that is a list tells of each, and its row is read once', async () => {
		const other = { ...delivery, payload: { ...payload, uid: 'old-2' } };
		await fill('jsonb', [JSON.stringify([delivery, other]), text]);
		expect(await backfill.table({ ...table, batchSize: 2 })).toMatchObject({ more: true, read: 3, applied: 2 });
		expect(await backfill.table({ ...table, batchSize: 2 })).toMatchObject({ more: false, read: 3 });
		expect(await backfill.rows('SELECT uid FROM calcom.bookings ORDER BY uid')).toEqual([
			{ uid: 'old-1' },
			{ uid: 'old-2' },
		]);
	});

	test('whose booking Cal.com still has is taken from there', async () => {
		await fill('text', [text]);
		await backfill.table(table, () => [read(apiBooking('old-1'))]);
		expect(await backfill.booking()).toMatchObject({ status: 'scheduled', attendee_email: 'ada@student.example' });
	});

	test('has the booking type and the tag of the settings', async () => {
		await fill('text', [text]);
		await backfill.table(table);
		expect(await backfill.booking()).toMatchObject({ booking_type: 'Level Check', tag: 'amsterdam' });
	});

	test.each([
		['no JSON', /no text that holds one/],
		['', /no text that holds one/],
		['[]', /no text that holds one/],
		[null, /no text that holds one/],
		['{"name": "Ada"}', /No event and no booking/],
		['{"triggerEvent": "PING"}', /no booking is named/],
		['{"triggerEvent": "BOOKING_CREATED", "payload": {"title": "Level Check"}}', /no booking is named/],
		[JSON.stringify({ triggerEvent: 'RECORDING_READY', payload }), /not about a booking as a whole/],
	])('that is no booking says why: %s', async (value, reason) => {
		await fill('text', [value, text]);
		await backfill.table(table);
		expect(await run()).toMatchObject({ status: 'done', read: 2, passed_over: 1, applied: 1, failed: 0 });
		expect((await run())?.['problems']).toEqual([{ what: 'row k0', reason: expect.stringMatching(reason) }]);
	});
});

describe('as reported', () => {
	/** Whatever day it is: their meetings will be over one day. */
	const asSent = { ...table, completePast: false };

	test('first and last names are kept, also where Cal.com sent them empty', async () => {
		await fillReported('07-old-payload-names-lost');
		await backfill.table(asSent);
		expect(await backfill.rows('SELECT name, first_name, last_name FROM calcom.leads')).toEqual([
			{ name: 'Ada Lovelace', first_name: 'Ada', last_name: 'Lovelace' },
		]);
	});

	test('the end of a meeting in its flat shape completes the booking that it names', async () => {
		const booked = { triggerEvent: 'BOOKING_CREATED', createdAt: '2026-11-20T09:00:00.000Z' };
		const flat = reported('08-old-payload-flat-meeting') as Fields;
		const { uid, title, startTime, endTime, attendees } = flat;
		await fill('text', [
			JSON.stringify({ ...booked, payload: { uid, title, startTime, endTime, attendees } }),
			JSON.stringify(flat),
		]);
		expect(await backfill.table(asSent)).toMatchObject({ read: 2, passed_over: 0, failed: 0 });
		expect(await backfill.rows('SELECT uid, status, lifecycle FROM calcom.bookings')).toEqual([
			{ uid: 'uidB2', status: 'completed', lifecycle: 'completed' },
		]);
	});

	test('each seat of a group is its own, and one that is given up cancels nobody else', async () => {
		await fillReported('09-old-payload-seats');
		expect(await backfill.table(asSent)).toMatchObject({ read: 3, applied: 3, known: 0, failed: 0 });
		expect(await backfill.booking()).toMatchObject({
			uid: 'grpOld',
			status: 'scheduled',
			attendee_count: 1,
			attendee_email: 'ada@student.example',
		});
		expect(await backfill.rows('SELECT type FROM calcom.lead_activities ORDER BY occurred_at')).toEqual([
			{ type: 'booked' },
			{ type: 'booked' },
			{ type: 'seat_given_up' },
		]);
	});

	test('in whatever order the seats of a meeting that is over stand, it is completed', async () => {
		const [ada, bob, left] = (reported('09-old-payload-seats', 'deliveries') as Fields[]).map((one) => ({
			...one,
			payload: {
				...(one['payload'] as Fields),
				startTime: '2025-03-03T09:00:00Z',
				endTime: '2025-03-03T09:30:00Z',
			},
		}));
		await fill(
			'text',
			[left, bob, ada].map((one) => JSON.stringify(one)),
		);
		await backfill.table(table);
		expect(await backfill.booking()).toMatchObject({ status: 'completed', attendee_count: 1 });
	});

	test('a number that is only in the answers counts', async () => {
		await fillReported('10-old-payload-phone');
		await backfill.table(asSent);
		expect(await backfill.booking()).toMatchObject({ attendee_phone: '+31612345678' });
	});

	test('questions left open are no answers', async () => {
		await fillReported('11-old-payload-unanswered');
		await backfill.table(asSent);
		const { responses } = (await backfill.booking()) ?? {};
		expect(JSON.stringify(responses)).not.toMatch(/label|isHidden/);
		expect(Object.values(responses as Fields).filter((answer) => answer !== null)).toEqual([]);
	});
});

describe('the page', () => {
	test('asks Cal.com about each booking once, and goes on with the row after its last', async () => {
		const other = { ...delivery, payload: { ...payload, uid: 'old-2' } };
		await fill('text', [text, text, JSON.stringify(other), text, 'no JSON']);
		const asked: string[][] = [];
		const has = (uids: string[]) => {
			asked.push(uids);
			return uids.map(() => ({ error: 'This booking was not found', code: 'NOT_FOUND' }));
		};
		const settings = { ...table, batchSize: 3 };
		expect(await backfill.table(settings, has)).toMatchObject({ more: true });
		expect(await backfill.table(settings, has)).toMatchObject({ more: false, read: 5 });
		expect(asked).toEqual([['old-1', 'old-2'], ['old-1']]);
	});

	test.each([0, 2])('with nothing left ends the run (%i rows before)', async (many) => {
		await fill(
			'text',
			Array.from({ length: many }, () => text),
		);
		const settings = { ...table, batchSize: 2 };
		if (many > 0) expect(await backfill.table(settings)).toMatchObject({ more: true });
		expect(await backfill.table(settings)).toMatchObject({ more: false, read: many });
		expect(await run()).toMatchObject({ status: 'done', problems: [] });
	});

	test('stops when Cal.com cannot be asked: a payload is no substitute for an answer', async () => {
		await fill('text', [text]);
		const busy = () => [{ error: 'Cal.com is not available', details: '503' }];
		await expect(backfill.table(table, busy)).rejects.toThrow(/could not be asked.*not available/);
		expect(await backfill.rows('SELECT * FROM calcom.bookings')).toEqual([]);
	});

	test('that does not say what the rows hold is of an older template, which is told to be imported anew', async () => {
		await fill('text', [text]);
		const asked = await backfill.next('1', table);
		await expect(
			backfill.batch(asked?.['run_id'], [{ error: 'This booking was not found', code: 'NOT_FOUND' }], '1', table),
		).rejects.toThrow(/Import template 06 anew/);
		expect(await run()).toMatchObject({ status: 'running', pages: 0 });
	});

	test.each([
		[{ oldTable: 'public.nowhere' }, /no table "public.nowhere"/],
		[{ oldColumn: 'nothing' }, /no column "nothing"/],
		[{ oldTable: 'public.old; DROP TABLE calcom.leads' }, /(no table|invalid name|syntax)/],
	])('of settings that do not fit says so: %j', async (wrong, message) => {
		await fill('text', []);
		await expect(backfill.next('1', { ...table, ...wrong })).rejects.toThrow(message);
	});
});

test('tables that read payloads themselves are brought up to date, and nothing of that is left', async () => {
	// As they stood before the Cal.com node read payloads, as far as a later version could trip over them.
	const old = {
		'next_backfill_page(settings jsonb, claimant text, by_hand boolean)':
			'TABLE (run_id bigint, source text, after_start text, page_size int, uids jsonb)',
		'backfill_batch(run_id bigint, events jsonb, settings jsonb, claimant text)': 'TABLE (more boolean, pages int)',
		'page_of_table(run calcom.backfill_runs, events jsonb, settings jsonb)': 'jsonb',
		'event_of_payload(value jsonb)': 'jsonb',
		'person_of_payload(p jsonb)': 'jsonb',
		'answers_of_payload(responses jsonb)': 'jsonb',
		'location_of_payload(p jsonb)': 'jsonb',
		'instant_text(value text)': 'text',
		'uid_of_payload(value jsonb)': 'text',
		'delivery_of(value jsonb)': 'jsonb',
		'open_json(value jsonb)': 'jsonb',
	};
	await db.pool.query('DROP FUNCTION calcom.next_backfill_page(jsonb, text, boolean)');
	for (const [signature, answer] of Object.entries(old))
		await db.pool.query(
			`CREATE FUNCTION calcom.${signature} RETURNS ${answer} LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$`.replace(
				'RETURN; END',
				answer.startsWith('TABLE') ? 'RETURN; END' : 'RETURN NULL; END',
			),
		);
	await db.setUp();
	await db.setUp();
	const names = Object.keys(old).map((signature) => signature.replace(/\(.*/, ''));
	const left = await backfill.rows(
		"SELECT proname, count(*)::int AS n FROM pg_proc WHERE pronamespace = 'calcom'::regnamespace AND proname = ANY ($1) GROUP BY 1 ORDER BY 1",
		[names],
	);
	expect(left).toEqual(
		['backfill_batch', 'next_backfill_page', 'page_of_table'].map((proname) => ({ proname, n: 1 })),
	);
	await fill('text', [text]);
	expect(await backfill.table(table)).toMatchObject({ applied: 1 });
});
