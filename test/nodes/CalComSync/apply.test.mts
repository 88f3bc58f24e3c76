import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
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

describe('reading again before writing', () => {
	/** Lets the first request take its time. */
	const slowly = (account: Account, milliseconds: number, meanwhile: () => void) => ({
		before: ({ clock }: { clock: { sleep(milliseconds: number): Promise<void> } }) => {
			account.fault = ({ method, path }) => {
				if (method !== 'GET' || path !== '/event-types') return undefined;
				account.fault = () => undefined;
				const listed = account.answer({ method, path } as never);
				void clock.sleep(milliseconds);
				meanwhile();
				return listed;
			};
		},
	});

	test('a list that is old is not trusted: what someone changed meanwhile is merged', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		const { before } = slowly(account, 6_000, () => account.edit(1, { title: 'By Hand', lengthInMinutes: 50 }));
		const edited = { ...record, name: 'Ours', description: 'New' };
		const { requests, bodies, conflicts } = await run(account, [edited], WRITE, before);
		expect(requests).toEqual(['GET /event-types', 'GET /event-types/1', 'PATCH /event-types/1']);
		expect(bodies[2]).toEqual({ description: 'New' });
		expect(conflicts[0]).toMatchObject({
			duration_minutes: 50,
			conflicts: [{ field: 'title', theirs: 'By Hand' }],
		});
	});

	test('a young list is enough', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		const { before } = slowly(account, 4_000, () => undefined);
		const { requests } = await run(account, [{ ...record, name: 'Ours' }], WRITE, before);
		expect(requests).toEqual(['GET /event-types', 'PATCH /event-types/1']);
	});

	const usedUp = { 'x-ratelimit-remaining-default': '0', 'x-ratelimit-reset-default': '40' };
	const isPatch = ({ method }: { method: string }): boolean => method === 'PATCH';

	test.each<[string, (account: Account, meanwhile: () => void) => Account['fault'], string[]]>([
		[
			'is told to come back later',
			(account, meanwhile) => (request) => {
				if (!isPatch(request)) return undefined;
				account.fault = () => undefined;
				meanwhile();
				return { ...Object(refusal(429, 'Too many requests')), headers: usedUp };
			},
			['GET /event-types', 'PATCH /event-types/1', 'GET /event-types/1', 'PATCH /event-types/1'],
		],
		[
			'waits for the next window of the rate limit',
			(account, meanwhile) => (request) => {
				account.fault = () => undefined;
				const listed = { ...account.answer(request), headers: usedUp };
				meanwhile();
				return listed;
			},
			['GET /event-types', 'GET /event-types/1', 'PATCH /event-types/1'],
		],
	])('a write that %s is not sent as it was: someone may have edited it meanwhile', async (_what, trouble, sent) => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.fault = trouble(account, () => account.edit(1, { title: 'By Hand' }));
		const edited = { ...record, name: 'Ours', description: 'New' };
		const { requests, bodies, conflicts } = await run(account, [edited], WRITE);
		expect(requests).toEqual(sent);
		expect(bodies.at(-1)).toEqual({ description: 'New' });
		expect(conflicts[0]).toMatchObject({ conflicts: [{ field: 'title', ours: 'Ours', theirs: 'By Hand' }] });
		expect(account.eventTypes.get('1')).toMatchObject({ title: 'By Hand', description: 'New' });
	});

	test('a write that has to wait again and again is left to the next run', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.fault = (request) =>
			isPatch(request) ? { ...Object(refusal(429, 'Too many requests')), headers: usedUp } : undefined;
		const { failed } = await run(account, [{ ...record, name: 'Ours' }], WRITE);
		expect(failed[0]).toMatchObject({ sync_status: 'error', sync_error: expect.stringContaining('too busy') });
		account.fault = () => undefined;
		const { changed } = await run(account, [patched({ ...record, name: 'Ours' }, failed[0])], WRITE);
		expect(changed).toHaveLength(1);
		expect(account.eventTypes.get('1')).toMatchObject({ title: 'Ours' });
	});

	test('an event type that is gone by then is not written', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		const { before } = slowly(account, 6_000, () => account.eventTypes.delete('1'));
		const { requests, onlyInRecords } = await run(account, [{ ...record, name: 'Ours' }], WRITE, before);
		expect(requests).toEqual(['GET /event-types', 'GET /event-types/1']);
		expect(onlyInRecords[0]).toMatchObject({ id: 1, orphan: 'deletedInCalCom', sync_status: 'error' });
	});
});

describe('what can go wrong', () => {
	test('a field that Cal.com drops in silence is never called synced', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.ignored.add('title');
		const edited = { ...record, name: 'Ours', duration_minutes: 45 };
		const { requests, failed } = await run(account, [edited], WRITE);
		expect(requests).toEqual(['GET /event-types', 'PATCH /event-types/1', 'GET /event-types/1']);
		expect(failed[0]).toMatchObject({
			id: 1,
			sync_status: 'error',
			sync_error: expect.stringMatching(/^name: .*another value/),
		});
		account.ignored.clear();
		const healed = await run(account, [patched(edited, failed[0])], WRITE);
		expect(healed.bodies[1]).toEqual({ title: 'Ours' });
		expect(healed.changed[0]).toMatchObject({ sync_status: 'synced', sync_error: null });
	});

	test('one record that Cal.com refuses does not stop the others', async () => {
		const account = new Account([1, 2, 3].map((id) => eventType(id)));
		const records = await inStep(
			account,
			[1, 2, 3].map((id) => service(id)),
		);
		account.fault = ({ method, path }) =>
			method === 'PATCH' && path.endsWith('/2') ? refusal(400, 'The length is odd') : undefined;
		const edited = records.map((record) => ({ ...record, duration_minutes: 17 }));
		const { changed, failed, hints } = await run(account, edited, WRITE);
		expect(changed.map(({ id }) => id)).toEqual([1, 3]);
		expect(failed[0]).toMatchObject({
			id: 2,
			sync_status: 'error',
			sync_error: expect.stringContaining('The length is odd'),
		});
		expect(hints[0]).toBe('2 changed, 1 failed, 4 API calls');
		account.fault = () => undefined;
		const again = await run(account, [patched(edited[1] ?? {}, failed[0])], WRITE);
		expect(again.bodies[1]).toEqual({ lengthInMinutes: 17 });
	});

	test('a write without an answer is looked up, not sent again', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.fault = ({ method }) => {
			if (method !== 'PATCH') return undefined;
			account.edit(1, { title: 'Ours' });
			return { status: 502, body: 'Bad gateway' };
		};
		const { requests, changed } = await run(account, [{ ...record, name: 'Ours' }], WRITE);
		expect(requests).toEqual(['GET /event-types', 'PATCH /event-types/1', 'GET /event-types/1']);
		expect(changed[0]).toMatchObject({ sync_status: 'synced' });
	});

	test('a write without an answer that did not happen fails', async () => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		account.fault = ({ method }) => (method === 'PATCH' ? { status: 502, body: 'Bad gateway' } : undefined);
		const { requests, failed } = await run(account, [{ ...record, name: 'Ours' }], WRITE);
		expect(requests.filter((request) => request.startsWith('PATCH'))).toHaveLength(1);
		expect(failed[0]).toMatchObject({ id: 1, sync_status: 'error' });
	});

	test('without the list nothing is decided', async () => {
		const account = new Account([eventType(1)]);
		account.fault = () => ({
			status: 401,
			body: { status: 'error', error: { code: 'UnauthorizedException', message: 'No' } },
		});
		await expect(run(account, [service(1)], WRITE)).rejects.toThrow(/API key/i);
	});

	test.each([
		[
			'a length that is no number',
			{ duration_minutes: 'half an hour' },
			/^duration_minutes: "half an hour" is not a number/,
		],
		['an emptied title', { name: '' }, /^name: it is empty in the record/],
	])('%s is told and not sent', async (_what, edit, words) => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)]);
		const { requests, failed } = await run(account, [{ ...record, ...edit }], WRITE);
		expect(requests).toEqual(['GET /event-types']);
		expect(failed[0]).toMatchObject({ id: 1, sync_status: 'error', sync_error: expect.stringMatching(words) });
	});

	test('a column that no record has is told; one that this record left out is not touched', async () => {
		const account = new Account([eventType(1), eventType(2)]);
		const [whole, second] = await inStep(account, [service(1), service(2)]);
		const first = Object.fromEntries(Object.entries(whole ?? {}).filter(([name]) => name !== 'description'));
		account.edit(1, { description: 'Theirs' });
		const some = await run(account, [first, second ?? {}], WRITE);
		expect(some.unchanged).toHaveLength(2);
		const none = await run(account, [first], WRITE);
		expect(none.failed[0]).toMatchObject({ sync_error: 'description: the records have no column "description"' });
		expect(some.requests.concat(none.requests)).toEqual(['GET /event-types', 'GET /event-types']);
	});

	test('an account without anything is more likely the wrong one', async () => {
		const records = await inStep(new Account([eventType(1)]), [service(1)]);
		const { onlyInRecords, hints } = await run(new Account([]), records, WRITE);
		expect(onlyInRecords[0]).toMatchObject({ orphan: 'deletedInCalCom', calcom_event_type_id: 1 });
		expect(hints[1]).toMatch(/^Cal\.com has no event types at all here, but 1 of your records/);
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

describe('the outputs', () => {
	const record = fc.record({
		id: fc.integer({ min: 1, max: 12 }),
		name: fc.constantFrom('Lesson 1', 'Lesson 2', 'Piano', '', 'Yoga'),
		slug: fc.constantFrom('lesson-1', 'lesson-2', 'lesson-3', null),
		duration_minutes: fc.constantFrom(30, '30', 45, 'odd', null),
		active: fc.constantFrom(true, 'f', null),
		calcom_event_type_id: fc.constantFrom(null, 1, '2', 99),
		sync_state: fc.constantFrom(null, '{"v":1,"id":"1","base":{"title":"Old"}}', '{broken'),
		sync_resolution: fc.constantFrom(null, '{"title":"ours"}', { title: { choose: 'theirs', ours: 'gone' } }),
	});
	const parameters = fc.record({
		apply: fc.constantFrom('dryRun', 'links', 'write', 'writeAndCreate'),
		conflictPolicy: fc.constantFrom('flag', 'calcom', 'record'),
	});

	test('every record comes out once, whatever it holds', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(record, { maxLength: 12 }), parameters, async (records, stored) => {
				const account = new Account([eventType(1), eventType(2), eventType(3)]);
				const { all } = await run(account, records, stored);
				const items = all.flatMap((items) =>
					items.flatMap(({ pairedItem }) => (pairedItem === undefined ? [] : [pairedItem])),
				);
				expect(items.map((paired) => (paired as { item: number }).item).sort((a, b) => a - b)).toEqual(
					records.map((_, index) => index),
				);
			}),
			{ numRuns: 60 },
		);
	});

	test('an empty item is no record', async () => {
		const { all, onlyInCalCom } = await run(new Account([eventType(1)]), [{}], WRITE);
		expect(all.flat()).toHaveLength(1);
		expect(onlyInCalCom).toHaveLength(1);
	});

	test('an event type without a record comes out ready to import, in step at once', async () => {
		const account = new Account([eventType(7)]);
		const { onlyInCalCom } = await run(account, [], WRITE);
		expect(onlyInCalCom).toEqual([
			{
				name: 'Lesson 7',
				slug: 'lesson-7',
				description: 'A first lesson',
				duration_minutes: 30,
				active: true,
				sync_status: 'synced',
				last_calcom_sync: '2026-11-20T09:00:00.000Z',
				sync_error: null,
				calcom_event_type_id: 7,
				sync_state: expect.any(String),
			},
		]);
		const { unchanged, requests } = await run(account, [{ id: 1, ...onlyInCalCom[0] }], WRITE);
		expect(requests).toEqual(['GET /event-types']);
		expect(unchanged).toHaveLength(1);
	});

	test.each([
		['without a key', [service(1, { id: null })], /has no "id"/],
		['with the key of another', [service(1), service(1, { slug: 'lesson-2' })], /^Several records have "1"/],
		[
			'linked to one event type twice',
			[service(1, { calcom_event_type_id: 1 }), service(2, { calcom_event_type_id: '1' })],
			/./,
		],
	])('records %s are told, not guessed', async (_what, records, words) => {
		const { failed, requests, onlyInCalCom } = await run(new Account([eventType(1)]), records, WRITE);
		expect(failed).toHaveLength(records.length);
		expect(failed[0]).toMatchObject({ sync_status: 'error', sync_error: expect.stringMatching(words) });
		expect(requests).toEqual(['GET /event-types']);
		expect(onlyInCalCom).toEqual([]);
	});

	test.each([
		['is shown', {}, true, null],
		['is hidden', { hidden: true }, false, /hidden/],
	])('what %s can be booked accordingly', async (_what, edit, can, why) => {
		const account = new Account([eventType(1, edit)]);
		const stored = { ...WRITE, options: { includeReport: true } };
		const { changed } = await run(account, [service(1, { active: !('hidden' in edit) })], stored);
		const report = changed[0]?.sync_report as { can_be_booked: boolean; can_be_booked_reason: string | null };
		expect(report.can_be_booked).toBe(can);
		if (why === null) expect(report.can_be_booked_reason).toBeNull();
		else expect(report.can_be_booked_reason).toMatch(why);
	});

	test('what is not in Cal.com, or not in step, cannot be booked', async () => {
		const account = new Account([eventType(1)]);
		const stored = { ...WRITE, options: { includeReport: true } };
		const records = [service(1, { name: 'Other' }), service(2, { name: 'Yoga', slug: 'yoga' })];
		const { conflicts, onlyInRecords } = await run(account, records, stored);
		expect(conflicts[0]?.sync_report).toMatchObject({
			can_be_booked: false,
			can_be_booked_reason: 'It is not in step with Cal.com',
		});
		expect(onlyInRecords[0]?.sync_report).toMatchObject({
			can_be_booked: false,
			can_be_booked_reason: 'It is not in Cal.com',
		});
	});
});

describe('a week of edits on both sides', () => {
	const edits = fc.record({
		ours: fc.record(
			{
				name: fc.constantFrom('Cut', 'Colour', 'Wash', ' Cut '),
				description: fc.constantFrom(null, '', 'Short', 'Long\r\ntext'),
				duration_minutes: fc.constantFrom(30, '30', 45, '45.0'),
				active: fc.constantFrom(true, false, 'f', 1),
			},
			{ requiredKeys: [] },
		),
		theirs: fc.record(
			{
				title: fc.constantFrom('Cut', 'Colour', 'Shave'),
				description: fc.constantFrom('', 'Short', 'Long\ntext'),
				lengthInMinutes: fc.constantFrom(30, 45, 60),
				hidden: fc.boolean(),
			},
			{ requiredKeys: [] },
		),
	});
	const policies = fc.constantFrom('flag', 'calcom', 'record');

	test('ends with both sides the same, and a second run has nothing to do', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(edits, { maxLength: 4 }), policies, async (week, conflictPolicy) => {
				const account = new Account([eventType(1)]);
				const stored = { ...WRITE, conflictPolicy };
				let [record = {}] = await inStep(account, [service(1)], stored);
				for (const { ours, theirs } of week) {
					record = { ...record, ...ours };
					account.edit(1, theirs);
					const { changed, conflicts, unchanged, failed } = await run(account, [record], stored);
					expect(failed).toEqual([]);
					record = patched(record, [...changed, ...conflicts, ...unchanged][0]);

					const again = await run(account, [record], stored);
					expect(again.requests).toEqual(['GET /event-types']);
					expect(again.changed).toEqual([]);
					if (conflictPolicy !== 'flag') expect(again.unchanged).toHaveLength(1);
					const torn = (again.conflicts[0]?.conflicts ?? []) as Array<{ field: string }>;
					const theirsNow = account.eventTypes.get('1') ?? {};
					if (!torn.some(({ field }) => field === 'title'))
						expect(String(record.name).trim()).toBe(theirsNow.title);
					if (!torn.some(({ field }) => field === 'lengthInMinutes')) {
						expect(Number(record.duration_minutes)).toBe(theirsNow.lengthInMinutes);
					}
					expect(record).toMatchObject({ price: '45.00', company_id: 'school-1' });
				}
			}),
			{ numRuns: 80 },
		);
	});
});
