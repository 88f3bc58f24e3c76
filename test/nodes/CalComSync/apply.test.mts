import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Account, eventType, inStep, patched, refusal, run, service, WRITE } from './support.mts';

const CREATE = { apply: 'writeAndCreate' };

describe('writing', () => {
	test('links, remembers and sends nothing when both sides hold the same', async () => {
		const account = new Account([eventType(7)]);
		const first = await run(account, [service(1, { slug: 'lesson-7', name: 'Lesson 7' })], WRITE);
		expect(first.requests).toEqual(['GET /event-types']);
		expect(first.changed).toEqual([
			{
				id: 1,
				sync_status: 'synced',
				last_calcom_sync: '2026-11-20T09:00:00.000Z',
				sync_error: null,
				calcom_event_type_id: 7,
				sync_state: expect.any(String),
			},
		]);
	});

	test('leaves a record that is in step alone', async () => {
		const account = new Account([eventType(1)]);
		const records = await inStep(account, [service(1)]);
		const again = await run(account, records, WRITE);
		expect(again.requests).toEqual(['GET /event-types']);
		expect(again.unchanged).toHaveLength(1);
		expect(again.hints).toEqual(['1 unchanged, 1 API call']);
	});

	test.each([
		['the name', { name: 'Premium Cut' }, { title: 'Premium Cut' }],
		['the length, as a database gives it', { duration_minutes: '45' }, { lengthInMinutes: 45 }],
		['not being active', { active: false }, { hidden: true }],
		['not being active, as text', { active: 'f' }, { hidden: true }],
		['an emptied description', { description: null }, { description: '' }],
		['two fields', { name: 'Cut', duration_minutes: 20 }, { title: 'Cut', lengthInMinutes: 20 }],
	])('sends %s and nothing else', async (_what, edit, body) => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		const { requests, bodies, changed } = await run(account, [{ ...record, ...edit }], WRITE);
		expect(requests).toEqual(['GET /event-types', 'PATCH /event-types/1']);
		expect(bodies[1]).toEqual(body);
		expect(changed).toEqual([expect.objectContaining({ id: 1, sync_status: 'synced', sync_error: null })]);
	});

	test.each([
		['the title', { title: 'Premium Cut' }, { name: 'Premium Cut' }],
		['the length', { lengthInMinutes: 45 }, { duration_minutes: 45 }],
		['hiding', { hidden: true }, { active: false }],
	])('gives %s out for the record, and no other column', async (_what, edit, columns) => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.edit(1, edit);
		const { requests, changed } = await run(account, record === undefined ? [] : [record], WRITE);
		expect(requests).toEqual(['GET /event-types']);
		expect(changed).toHaveLength(1);
		const { sync_status, last_calcom_sync, sync_error, calcom_event_type_id, sync_state, ...rest } =
			changed[0] ?? {};
		expect(rest).toEqual({ id: 1, ...columns });
		expect({ sync_status, sync_error, calcom_event_type_id }).toEqual({
			sync_status: 'synced',
			sync_error: null,
			calcom_event_type_id: 1,
		});
		expect(last_calcom_sync).toBe('2026-11-20T09:00:00.000Z');
		expect(JSON.parse(String(sync_state))).toMatchObject({ v: 1, id: '1' });
	});

	test('does both at once when each side changed another field', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.edit(1, { title: 'Premium Cut' });
		const edited = { ...record, duration_minutes: 45 };
		const { bodies, changed } = await run(account, [edited], WRITE);
		expect(bodies[1]).toEqual({ lengthInMinutes: 45 });
		expect(changed[0]).toMatchObject({ name: 'Premium Cut' });
		const after = await run(account, [patched(edited, changed[0])], WRITE);
		expect(after.unchanged).toHaveLength(1);
	});

	test('sends equal fields too when it is forced', async () => {
		const account = new Account([eventType(1)]);
		const stored = {
			...WRITE,
			preset: 'custom',
			fields: { pairs: [{ recordField: 'name', calcomField: 'title', mode: 'record' }] },
		};
		const records = await inStep(account, [service(1)], stored);
		const { bodies } = await run(account, records, { ...stored, options: { force: true } });
		expect(bodies).toEqual([undefined, { title: 'Lesson 1' }]);
	});

	/** What the services table looks at, and nothing else: ten thousand whole ones take the fake too long. */
	function small(id: number): IDataObject {
		const { title, slug, description, lengthInMinutes, hidden } = eventType(id);
		return { id, title, slug, description, lengthInMinutes, hidden };
	}

	test('10,000 records in step cost one request', async () => {
		const ids = Array.from({ length: 10_000 }, (_, index) => index + 1);
		const account = new Account(ids.map(small));
		const records = await inStep(
			account,
			ids.map((id) => service(id)),
		);
		const again = await run(account, records, WRITE);
		expect(again.requests).toEqual(['GET /event-types']);
		expect(again.hints).toEqual(['10000 unchanged, 1 API call']);
	});
});

describe('creating', () => {
	test('makes an event type of a record, with a slug made of its name', async () => {
		const account = new Account([]);
		const record = service(1, { name: 'Élan & Trial', slug: null });
		const { requests, bodies, changed } = await run(account, [record], CREATE);
		expect(requests).toEqual(['GET /event-types', 'POST /event-types']);
		expect(bodies[1]).toEqual({
			title: 'Élan & Trial',
			slug: 'elan-trial',
			description: 'A first lesson',
			lengthInMinutes: 30,
			hidden: false,
		});
		expect(changed[0]).toMatchObject({
			id: 1,
			slug: 'elan-trial',
			calcom_event_type_id: 1000,
			sync_status: 'synced',
		});
		const again = await run(account, [patched(record, changed[0])], CREATE);
		expect(again.requests).toEqual(['GET /event-types']);
		expect(again.unchanged).toHaveLength(1);
	});

	test('does not create unless it is told to', async () => {
		const { requests, onlyInRecords } = await run(new Account([]), [service(1)], WRITE);
		expect(requests).toEqual(['GET /event-types']);
		expect(onlyInRecords[0]).toMatchObject({ id: 1, orphan: 'neverCreated', sync_status: 'never' });
	});

	test('does not make anew what was deleted in Cal.com', async () => {
		const records = await inStep(new Account([eventType(1)]), [service(1)]);
		const { requests, onlyInRecords } = await run(new Account([eventType(2)]), records, CREATE);
		expect(requests).toEqual(['GET /event-types']);
		expect(onlyInRecords[0]).toMatchObject({ id: 1, orphan: 'deletedInCalCom' });
	});

	test('says what a record lacks', async () => {
		const { requests, failed } = await run(new Account([]), [service(1, { duration_minutes: null })], CREATE);
		expect(requests).toEqual(['GET /event-types']);
		expect(failed[0]).toMatchObject({
			id: 1,
			sync_status: 'error',
			sync_error: expect.stringContaining('"lengthInMinutes"'),
		});
	});

	test.each([
		['was made although no answer came', { status: 504, body: 'Timeout' }],
		['was made by someone else meanwhile', refusal(400, 'User already has an event type with this slug.')],
	])('links to the event type that %s', async (_what, answer) => {
		const account = new Account([]);
		account.fault = ({ method, body = {} }) => {
			if (method !== 'POST') return undefined;
			account.eventTypes.set('5', eventType(5, body));
			return answer;
		};
		const { requests, changed } = await run(account, [service(1)], CREATE);
		expect(requests).toEqual(['GET /event-types', 'POST /event-types', 'GET /event-types']);
		expect(changed[0]).toMatchObject({ id: 1, calcom_event_type_id: 5, sync_status: 'synced' });
	});

	test('two records with one slug never share an event type', async () => {
		const records = [service(1, { slug: 'same' }), service(2, { slug: 'same' })];
		const { changed, failed } = await run(new Account([]), records, CREATE);
		expect(changed.map(({ id }) => id)).toEqual([1]);
		expect(failed[0]).toMatchObject({ id: 2, sync_error: expect.stringMatching(/slug/) });
	});
});

describe('a dry run', () => {
	test.each(['dryRun', 'links'])('%s sends nothing, and writing what comes out changes nothing', async (apply) => {
		const account = new Account([eventType(1), eventType(2), eventType(9)]);
		const [first, second] = await inStep(account, [service(1), service(2)]);
		account.edit(1, { title: 'Theirs', description: 'Theirs' });
		const records = [{ ...first, name: 'Ours' }, { ...second, duration_minutes: 45 }, service(3)];
		const { requests, all } = await run(account, records, { apply });
		expect(requests).toEqual(['GET /event-types']);
		const items = all.flatMap((items) => items.map(({ json }) => json)).filter(({ id }) => id !== undefined);
		expect(items).toHaveLength(3);
		for (const item of items) {
			const record = records.find(({ id }) => id === item.id) ?? {};
			expect(item.dry_run).toBe(true);
			expect(patched(record, item)).toEqual(record);
		}
	});

	test('shows what would be done, field by field', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.edit(1, { title: 'Theirs' });
		const { changed, hints } = await run(account, [{ ...record, duration_minutes: 45 }]);
		expect(changed[0]?.sync_report).toMatchObject({
			sent: false,
			fields: {
				title: {
					outcome: 'toRecord',
					recordField: 'name',
					ours: 'Lesson 1',
					theirs: 'Theirs',
					base: 'Lesson 1',
				},
				lengthInMinutes: {
					outcome: 'toCalCom',
					recordField: 'duration_minutes',
					ours: 45,
					theirs: 30,
					base: 30,
				},
				hidden: { outcome: 'unchanged' },
			},
		});
		expect(hints[0]).toBe('Dry run, nothing was written: 1 changed, 1 API call');
	});

	test('of the links shows how, and how sure', async () => {
		const account = new Account([eventType(1), eventType(2, { title: 'Piano lesson for beginners' })]);
		const records = [
			service(1),
			service(3, { name: 'Piano lessons for beginners', slug: 'x' }),
			service(4, { name: 'Yoga', slug: 'y' }),
		];
		const { changed, onlyInRecords } = await run(account, records, { apply: 'links' });
		expect(changed.map(({ sync_report }) => sync_report)).toEqual([
			{ link: { state: 'linked', by: 'slug', score: 100, id: '1', slug: 'lesson-1', title: 'Lesson 1' } },
			{ link: expect.objectContaining({ state: 'linked', by: 'title', id: '2', score: expect.any(Number) }) },
		]);
		expect(onlyInRecords[0]?.sync_report).toEqual({ link: { state: 'neverCreated' } });
	});
});
