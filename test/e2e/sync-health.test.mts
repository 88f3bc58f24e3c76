// Template 09 in a real n8n: it retries what failed, writes the digest, and hears of errors of other workflows.
import type { Workflow } from '../../playground/src/n8n/editor.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { bookingEvent } from '../workflows/event-builder.mts';

const WORKFLOW = 'calcom-09';
const FAILING = 'e2e-failing';
type Row = Record<string, unknown>;

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
	await e2e.editor.activate(WORKFLOW);
});
beforeEach(() => e2e.resetTables());
afterAll(async () => {
	await e2e.editor.deactivate(WORKFLOW);
	await e2e.close();
});

const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> => (await e2e.db.query<Row>(sql, values)).rows;

/** An event in the inbox whose run failed a day ago. */
async function failed(start: string, attempts = 1): Promise<void> {
	const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0, booking: { start } });
	await rows("SELECT calcom.claim_event($1::jsonb, 'gone')", [JSON.stringify(event)]);
	await rows(
		"UPDATE calcom.event_claims SET status = 'failed', error = 'no connection', attempts = $1, claimed_at = now() - interval '1 day'",
		[attempts],
	);
}

/** A workflow that fails at each call of its webhook and tells template 09. */
const failing: Workflow = {
	id: FAILING,
	name: 'Fails each time',
	nodes: [
		{
			id: 'in',
			name: 'In',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			parameters: { httpMethod: 'POST', path: FAILING, options: {} },
			webhookId: FAILING,
		},
		{
			id: 'stop',
			name: 'Stop',
			type: 'n8n-nodes-base.stopAndError',
			typeVersion: 1,
			position: [200, 0],
			parameters: { errorMessage: 'The piano is out of tune' },
		},
	],
	connections: { In: { main: [[{ node: 'Stop', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1', errorWorkflow: WORKFLOW },
};

test('the digest tells what there is to look at', async () => {
	await failed('2026-12-01T09:00:00.000Z');
	const { output } = await e2e.editor.run(WORKFLOW, 'Every Morning');
	expect(output['Write the Digest']).toMatchObject([
		{
			subject: 'Cal.com: 1 thing to look at',
			problems: 1,
			send: true,
			text: expect.stringContaining('no connection'),
		},
	]);
	expect(output['Anything to Tell?']).toHaveLength(1);
	expect(output['Retry What Is Due']).toBeUndefined();
});

test('what failed is applied again, and nobody is told', async () => {
	await failed('2026-12-01T09:00:00.000Z');
	const { output } = await e2e.editor.run(WORKFLOW, 'Every Ten Minutes');
	expect(output['Retry What Is Due']).toMatchObject([{ retried: 1, recovered: 1, given_up: 0, text: '' }]);
	expect(output['Anything to Tell?']).toEqual([]);
	expect(await rows('SELECT uid FROM calcom.bookings')).toEqual([{ uid: 'A' }]);
});

test('what is given up is told', async () => {
	await failed('not a time', 5);
	const { output } = await e2e.editor.run(WORKFLOW, 'Every Ten Minutes');
	expect(output['Anything to Tell?']).toMatchObject([
		{
			given_up: 1,
			subject: 'Cal.com: an event could not be applied',
			text: expect.stringContaining('after 6 attempts'),
		},
	]);
});

test('an error of another workflow is recorded', async () => {
	await e2e.editor.saveWorkflow(failing);
	await e2e.editor.activate(FAILING);
	try {
		await fetch(`${e2e.n8n}/webhook/${FAILING}`, { method: 'POST' });
		const [error] = await waitFor('the error in the table', async () => {
			const found = await rows('SELECT * FROM calcom.workflow_errors');
			return found.length > 0 ? found : null;
		});
		expect(error).toMatchObject({
			workflow_id: FAILING,
			workflow: 'Fails each time',
			node: 'Stop',
			message: 'The piano is out of tune',
			execution_url: expect.stringContaining(`/workflow/${FAILING}/`),
		});
	} finally {
		await e2e.editor.deactivate(FAILING);
		await e2e.editor.deleteWorkflow(FAILING);
	}
});
