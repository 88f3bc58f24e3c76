import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ApiRequest } from '../../../../nodes/shared/api/request.ts';
import { versionFor } from '../../../../nodes/shared/api/versions.ts';
import { fakeExecute } from '../../CalCom/support/fake-execute.mts';
import type { Answer, SentRequest } from '../../CalCom/support/fake-execute.mts';

const item = z.object({ id: z.number() });
const list = (from: number, length: number) => Array.from({ length }, (_, index) => ({ id: from + index }));

async function pagesOf(
	respond: (request: SentRequest) => Answer,
	limit: number | null,
	edition: 'hosted' | 'selfHosted' = 'selfHosted',
	filters: IDataObject = {},
) {
	const fake = fakeExecute({ credential: { edition }, answers: respond });
	const request: ApiRequest = {
		method: 'GET',
		path: '/bookings',
		version: versionFor('bookingsList', edition),
		query: filters,
	};
	const sizes: number[] = [];
	const ids: number[] = [];
	for await (const page of (await fake.session()).pages(4, request, item, limit)) {
		sizes.push(page.length);
		ids.push(...page.map(({ id }) => id));
	}
	return { sizes, ids, queries: fake.requests.map(({ query }) => query), version: fake.requests[0]?.version };
}

describe('lists by skip and take', () => {
	/** What Cal.com says of the end of its list: the truth, or, with some filters, nonsense. */
	const account =
		(total: number, honest = true) =>
		(request: SentRequest) => {
			const { take, skip } = request.query as { take: number; skip: number };
			const remaining = Math.max(0, total - skip - take);
			return {
				data: list(skip, Math.max(0, Math.min(take, total - skip))),
				pagination: {
					totalItems: honest ? total : 3,
					remainingItems: remaining,
					hasNextPage: honest && remaining > 0,
				},
			};
		};

	test('10,000 bookings in 40 requests', async () => {
		const { ids, queries, version } = await pagesOf(account(10_000), null);
		expect(ids).toHaveLength(10_000);
		expect(new Set(ids).size).toBe(10_000);
		expect(queries).toHaveLength(40);
		expect(queries[1]).toEqual({ take: 250, skip: 250 });
		expect(version).toBe('2024-08-13');
	});

	test('with a filter that makes the totals wrong, they are not believed', async () => {
		const filters = { afterUpdatedAt: '2026-11-20T00:00:00.000Z' };
		const { ids, queries } = await pagesOf(account(1_000, false), null, 'selfHosted', filters);
		expect(ids).toHaveLength(1_000);
		expect(queries).toHaveLength(5);
	});

	test('a short page is the last one', async () => {
		const { sizes, queries } = await pagesOf(account(300), null);
		expect(sizes).toEqual([250, 50]);
		expect(queries).toHaveLength(2);
	});

	test.each([
		[1, [1], [{ take: 1, skip: 0 }]],
		[
			260,
			[250, 10],
			[
				{ take: 250, skip: 0 },
				{ take: 10, skip: 250 },
			],
		],
	])('a limit of %i asks for no more than that', async (limit, sizes, queries) => {
		const found = await pagesOf(account(1000), limit);
		expect(found).toMatchObject({ sizes, queries });
	});

	test('a list that knows no pages is taken once, whole or as far as wanted', async () => {
		const everything = () => ({ data: list(0, 400) });
		await expect(pagesOf(everything, null)).resolves.toMatchObject({ sizes: [400] });
		await expect(pagesOf(everything, 300)).resolves.toMatchObject({ sizes: [300] });
		await expect(pagesOf(() => ({ data: list(0, 250) }), null)).resolves.toMatchObject({ sizes: [250] });
	});

	test('nothing', async () => {
		await expect(pagesOf(account(0), null)).resolves.toMatchObject({ sizes: [], ids: [] });
	});
});

describe('lists by cursor', () => {
	const account = (total: number) => (request: SentRequest) => {
		const { limit, cursor } = request.query as { limit: number; cursor?: string };
		const from = Number(cursor ?? 0);
		const hasMore = from + limit < total;
		return {
			data: list(from, Math.min(limit, total - from)),
			pagination: { nextCursor: hasMore ? String(from + limit) : null, hasMore },
		};
	};

	test('as many as there are, 100 at a time', async () => {
		const { sizes, queries, version } = await pagesOf(account(250), null, 'hosted');
		expect(sizes).toEqual([100, 100, 50]);
		expect(queries).toEqual([{ limit: 100 }, { limit: 100, cursor: '100' }, { limit: 100, cursor: '200' }]);
		expect(version).toBe('2026-05-01');
	});

	test('no more than wanted', async () => {
		const { sizes, queries } = await pagesOf(account(1000), 120, 'hosted');
		expect(sizes).toEqual([100, 20]);
		expect(queries[1]).toEqual({ limit: 20, cursor: '100' });
	});

	test('a cursor for the second time is an error, not a loop', async () => {
		const stuck = () => ({ data: list(0, 100), pagination: { nextCursor: 'again', hasMore: true } });
		await expect(pagesOf(stuck, null, 'hosted')).rejects.toMatchObject({
			message: 'Cal.com gave the same page of the list twice',
			context: { itemIndex: 4 },
		});
	});

	test('a cursor with nothing behind it ends the list', async () => {
		const done = () => ({ data: list(0, 2), pagination: { nextCursor: 'more', hasMore: false } });
		await expect(pagesOf(done, null, 'hosted')).resolves.toMatchObject({ sizes: [2] });
	});
});
