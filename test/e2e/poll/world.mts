// A Cal.com of a test's own and a workflow that asks it each second: nothing of one test is left for another.
import { randomUUID } from 'node:crypto';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import { type Desk, openDesk } from '../../../playground/src/desk.mts';
import type { Workflow } from '../../../playground/src/n8n/editor.mts';
import { seldom } from '../../support/template.mts';
import { type E2e, waitFor } from '../support/e2e.mts';
import { calComCredential } from '../support/trigger-workflow.mts';
import { type Emitted, polled, pollWorkflow } from './workflow.mts';

type Credential = Awaited<ReturnType<typeof calComCredential>>;

/** The first request of each poll. */
const BEGINS = { bookings: /sortUpdatedAt=/, eventTypes: /\/event-types(\?|$)/, upcoming: /sortStart=/ };
type Watched = keyof typeof BEGINS;

export interface PollWorld {
	/** Of the workflow. */
	id: string;
	cal: CalCom;
	desk: Desk;
	credential: Credential;
	switchOn(workflow: Workflow): Promise<void>;
	/** Switches on a workflow of nothing but the poll trigger. */
	watch(watched: Watched, parameters?: Record<string, unknown>): Promise<void>;
	/** Waits until that many polls have begun and ended from now on, and all that came of them is done. */
	polls(count: number): Promise<void>;
	/** What the trigger has handed over in each run that it started. */
	runs(): Promise<Emitted[][]>;
	events(): Promise<Emitted[]>;
	close(): Promise<void>;
}

export async function openPollWorld(e2e: E2e): Promise<PollWorld> {
	// Never had before: n8n has nothing left of a workflow with this id.
	const id = `poll-${randomUUID().slice(0, 8)}`;
	const cal = await startCalCom({ rateLimit: 10_000 });
	const credential = await calComCredential(e2e, id, { apiKey: cal.apiKey, baseUrl: cal.url });
	let watching: Watched = 'bookings';

	const begun = () =>
		cal.requests.entries.filter(({ method, path }) => method === 'GET' && BEGINS[watching].test(path)).length;
	const idle = () =>
		waitFor(
			'all executions to end',
			async () =>
				(await e2e.editor.executions(id, 100)).every(({ status }) => status !== 'running' && status !== 'new'),
			{ timeout: 60_000 },
		);
	const publish = async (workflow: Workflow) => {
		await e2e.editor.saveWorkflow(workflow);
		await e2e.editor.activate(id);
	};
	const switchOn = async (workflow: Workflow) => {
		// n8n 2.41 publishes all triggers at once, and a poll that ends meanwhile takes the expressions of the workflow
		// with it, which the webhook's needs to register: polls begin when that has.
		if (workflow.nodes.some(({ type }) => type.endsWith('.calComTrigger'))) await publish(seldom(workflow));
		await publish(workflow);
	};
	const runs = () => polled(e2e, id);

	return {
		id,
		cal,
		desk: openDesk(cal),
		credential,
		switchOn,
		async watch(watched, parameters = {}) {
			watching = watched;
			await switchOn(pollWorkflow(id, { watch: watched, ...parameters }, credential));
		},
		async polls(count) {
			// The poll after them begins when they have ended: the trigger lets no two of them run at once.
			const wanted = begun() + count + 1;
			await waitFor(`${String(count)} polls`, () => begun() >= wanted, { timeout: 60_000 });
			await idle();
		},
		runs,
		events: async () => (await runs()).flat(),
		async close() {
			if (await e2e.editor.findWorkflow(id)) {
				await e2e.editor.deactivate(id);
				await idle();
				await e2e.editor.deleteWorkflow(id);
			}
			await cal.stop();
		},
	};
}
