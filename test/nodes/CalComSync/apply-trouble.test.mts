// Between looking and writing: what someone changed meanwhile, what Cal.com refuses, and what it does not answer.
import { describe, expect, test } from '@jest/globals';
import { Account, eventType, inStep, patched, refusal, run, service, WRITE } from './support.mts';

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
			body: { status: 'error', error: { code: 'UnauthorizedException', message: 'Invalid API Key' } },
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
