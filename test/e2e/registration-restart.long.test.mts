// A webhook that someone changed in Cal.com, and a restart of n8n.
import { differs } from '../compat/differences.mts';
import { type E2e, openE2e, untilListening } from './support/e2e.mts';
import { triggerWorkflow } from './support/trigger-workflow.mts';
import { callApi, webhooksTo } from './registration/webhooks.mts';

const ID = 'changed';
let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
afterAll(async () => {
	await e2e.editor.deactivate(ID);
	await e2e.editor.deleteWorkflow(ID);
	await e2e.close();
});

test('stays as it is when n8n starts again, and is repaired by publishing again', async () => {
	const { workflow, url } = triggerWorkflow(e2e, ID, { events: ['BOOKING_CREATED'] });
	await e2e.editor.saveWorkflow(workflow);
	await e2e.editor.activate(ID);
	const [webhook] = await webhooksTo(e2e, url);
	await callApi(e2e, `/webhooks/${String(webhook?.id)}`, 'PATCH', { active: false, triggers: ['MEETING_ENDED'] });
	// n8n 2.41 looks at pollers only when it starts; that it asks no trigger about its webhook is n8n's own doing.
	await e2e.restartN8n();
	await untilListening(url);
	expect(await webhooksTo(e2e, url)).toMatchObject([{ active: differs('repairAtStart') }]);
	await e2e.editor.activate(ID);
	await e2e.editor.deactivate(ID);
	await e2e.editor.activate(ID);
	expect(await webhooksTo(e2e, url)).toMatchObject([{ active: true, triggers: ['BOOKING_CREATED'] }]);
}, 120_000);
