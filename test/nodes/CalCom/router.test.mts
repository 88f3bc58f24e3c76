import { NodeApiError } from 'n8n-workflow';
import { z } from 'zod';
import type { Execute, Operation } from '../../../nodes/CalCom/actions/operation.ts';
import { route } from '../../../nodes/CalCom/actions/router.ts';
import { invalid } from '../../../nodes/shared/panel/invalid.ts';
import { fakeExecute } from './support/fake-execute.mts';
import type { FakeExecuteOptions } from './support/fake-execute.mts';

const operation = (execute: Execute): Operation => ({
	option: { name: 'Do', value: 'do', action: 'Do a thing' },
	fields: [],
	execute,
});
const failing = operation(async function (itemIndex) {
	const { wrong } = this.getInputData()[itemIndex]?.json ?? {};
	if (wrong === true) {
		throw invalid(this, itemIndex, 'FIELD_EMPTY', 'The name is empty', 'Fill it in.');
	}
	return { item: itemIndex };
});
const asking = operation(async (itemIndex, session) => {
	await session.request(itemIndex, { method: 'GET', path: '/me', version: null }, z.unknown());
	return [];
});

async function routed(one: Operation, options: FakeExecuteOptions = {}) {
	const fake = fakeExecute({ parameters: { resource: 'thing', operation: 'do' }, ...options });
	const find = (resource: string, name: string) => (resource === 'thing' && name === 'do' ? one : undefined);
	return { fake, output: route(fake.ctx, find, fake.clock) };
}
const three = [{}, { wrong: true }, {}];

describe('the router', () => {
	test('runs the operation for each item and pairs what comes out', async () => {
		const { output } = await routed(failing, { items: [{}, {}] });
		await expect(output).resolves.toEqual([
			[
				{ json: { item: 0 }, pairedItem: { item: 0 } },
				{ json: { item: 1 }, pairedItem: { item: 1 } },
			],
		]);
	});

	test('one item may become many, or none', async () => {
		const many = operation(async (itemIndex) => (itemIndex === 0 ? [] : [{ a: 1 }, { a: 2 }]));
		const { output } = await routed(many, { items: [{}, {}] });
		await expect(output).resolves.toEqual([
			[
				{ json: { a: 1 }, pairedItem: { item: 1 } },
				{ json: { a: 2 }, pairedItem: { item: 1 } },
			],
		]);
	});

	test('a great many results do not overflow', async () => {
		const many = operation(async () => Array.from({ length: 200_000 }, (_, n) => ({ n })));
		const { output } = await routed(many);
		expect((await output)[0]).toHaveLength(200_000);
	});

	test('Continue On Fail: one bad item takes no other down', async () => {
		const { output } = await routed(failing, { items: three, continueOnFail: true });
		await expect(output).resolves.toEqual([
			[
				{ json: { item: 0 }, pairedItem: { item: 0 } },
				{
					json: { error: 'The name is empty', details: 'Fill it in.', code: 'FIELD_EMPTY' },
					pairedItem: { item: 1 },
				},
				{ json: { item: 2 }, pairedItem: { item: 2 } },
			],
		]);
	});

	test('with an error output the item carries its error as well, but does not list it', async () => {
		const options = { items: three, continueOnFail: true };
		const { output } = await routed(failing, { ...options, onError: 'continueErrorOutput' });
		const [good, failed] = (await output)[0] ?? [];
		expect(good).not.toHaveProperty('error');
		expect(failed?.error).toMatchObject({ message: 'The name is empty', context: { itemIndex: 1 } });
		expect({ ...failed }).toEqual({
			json: { error: 'The name is empty', details: 'Fill it in.', code: 'FIELD_EMPTY' },
			pairedItem: { item: 1 },
		});

		const regular = await (await routed(failing, { ...options, onError: 'continueRegularOutput' })).output;
		expect(regular[0]?.[1]?.error).toBeUndefined();
	});

	test('otherwise the error stops the node and names the item', async () => {
		const { output } = await routed(failing, { items: three });
		await expect(output).rejects.toMatchObject({ message: 'The name is empty', context: { itemIndex: 1 } });
	});

	test.each([
		['an error of ours', new Error('oops')],
		['no error at all', 'oops'],
	])('%s becomes one of n8n with the item', async (_name, thrown) => {
		const broken = operation(async () => await Promise.reject(thrown));
		const error = await (await routed(broken)).output.catch((caught: unknown) => caught);
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'oops',
			context: { itemIndex: 0, code: 'UNEXPECTED' },
		});
	});

	test('an error that knows its item keeps it; one that does not gets it', async () => {
		const bare = operation(async function () {
			throw new NodeApiError(this.getNode(), {}, { message: 'Taken', description: 'Choose another.' });
		});
		const { output } = await routed(bare);
		await expect(output).rejects.toMatchObject({ message: 'Taken', context: { itemIndex: 0 } });
	});

	test('a choice that does not exist says so', async () => {
		const { output } = await routed(failing, { parameters: { resource: 'thing', operation: 'undo' } });
		await expect(output).rejects.toThrow('There is no operation "undo" for "thing"');
	});

	test('a base URL that is none is an error before any item', async () => {
		const { output } = await routed(failing, { credential: { baseUrl: 'not one' }, continueOnFail: true });
		await expect(output).rejects.toThrow('is not a web address');
	});
});

describe('what the router tells', () => {
	const limited = {
		status: 429,
		headers: { 'x-ratelimit-reset-default': '7' },
		body: { status: 'error', error: { message: 'Too many requests' } },
	};

	test('waiting, as one hint for the whole execution', async () => {
		const { fake, output } = await routed(asking, {
			items: [{}, {}],
			answers: [limited, { data: {} }, limited, { data: {} }],
		});
		await output;
		expect(fake.hints).toEqual([
			{ message: 'Waited 14 seconds in all for the rate limit of Cal.com.', location: 'outputPane' },
		]);
	});

	test('also when it fails in the end', async () => {
		const { fake, output } = await routed(asking, { answers: [limited, { status: 403, body: {} }] });
		await expect(output).rejects.toThrow();
		expect(fake.hints).toHaveLength(1);
	});

	test('nothing when there is nothing', async () => {
		const { fake, output } = await routed(asking, { answers: [{ data: {} }] });
		await output;
		expect(fake.hints).toEqual([]);
	});
});
