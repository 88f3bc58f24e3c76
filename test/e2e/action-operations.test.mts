// Every operation of the action node, once, in a real n8n: it calls what it says and hands over an item.
import { findOperation, RESOURCES } from '../../nodes/CalCom/actions/resources.ts';
import { depth } from '../support/depth.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { type ActionRunner, openActions } from './support/action-workflow.mts';
import { byId, type Step } from './action-steps/step.mts';
import { HOSTED, SELF_HOSTED } from './action-steps/index.mts';

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
afterAll(async () => {
	await e2e.close();
});

test('every operation has its step', () => {
	const all = RESOURCES.flatMap(({ option, operations }) =>
		operations.map((operation) => `${String(option.value)}:${String(operation.option.value)}`),
	);
	const covered = [...SELF_HOSTED, ...HOSTED].map(({ resource, operation }) => `${resource}:${operation}`);
	expect([...new Set(covered)].sort()).toEqual(all.sort());
});

const EDITIONS = [
	{ edition: 'selfHosted', steps: SELF_HOSTED },
	{ edition: 'hosted', steps: HOSTED },
] as const;

describe.each(EDITIONS.slice(0, depth(1, EDITIONS.length)))('$edition', ({ edition, steps }) => {
	let actions: ActionRunner;
	beforeAll(async () => {
		actions = await openActions(e2e, `act-${edition}`, { edition, rateLimit: 5_000 });
	});
	afterAll(async () => {
		await actions.stop();
	});

	const named = steps.map((step): [string, Step] => [`${step.resource}: ${step.operation}${step.as ?? ''}`, step]);
	test.each(named)('%s', async (_, { resource, operation, prepare, calls, gives }) => {
		expect(findOperation(resource, operation)).toBeDefined();
		const parameters = prepare === undefined ? {} : await prepare(actions.cal);
		actions.cal.requests.clear();
		const { items, from } = await actions.run({ parameters: { resource, operation, ...parameters } });
		expect(actions.cal.requests.counts).toMatchObject(
			Object.fromEntries(calls.map((call) => [call, expect.any(Number)])),
		);
		expect(items[0]).toMatchObject(gives);
		expect(from).toEqual(items.map(() => 0));
	});
});

describe('what only hosted Cal.com has', () => {
	const hostedOnly = RESOURCES.filter(({ hostedOnly }) => hostedOnly === true);
	let actions: ActionRunner;
	beforeAll(async () => {
		actions = await openActions(e2e, 'act-not-hosted');
	});
	afterAll(async () => {
		await actions.stop();
	});

	test.each(hostedOnly.map(({ option }) => String(option.value)))(
		'%s: a self-hosted one is not even asked',
		async (resource) => {
			const operation = HOSTED.find((candidate) => candidate.resource === resource)?.operation;
			const required = { teamId: byId(1), routingFormId: 'x', start: '2026-12-24', end: '2026-12-26' };
			const parameters = { resource, operation, organizationId: '10', ...required };
			await expect(actions.run({ parameters })).rejects.toThrow(/hosted/i);
			expect(actions.cal.requests.counts).toEqual({});
		},
	);
});
