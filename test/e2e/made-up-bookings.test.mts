// Template 10 with what is no real booking: the sample it brings along, and what Cal.com's test button sends.
import { attachCredentials } from '../../playground/src/templates.mts';
import { unless } from '../compat/differences.mts';
import { readRecordings } from '../nodes/shared/events/recordings.mts';
import { readTemplate, withNodes, withSettings } from '../support/template.mts';
import { sampleEvent } from '../workflows/sample.mts';
import { type DataTable, dataTable } from './support/data-table.mts';
import { type E2e, deliver, openE2e, untilListening, waitFor } from './support/e2e.mts';

const ID = 'e2e-made-up';
const HOOK = `hook-${ID}`;
const TRIGGER = 'Cal.com Trigger';
const there = unless('dataTable');

let e2e: E2e;
let table: DataTable;
beforeAll(async () => {
	e2e = await openE2e();
	table = dataTable(e2e.editor, ID);
	const template = withSettings(await readTemplate('10-quick-start-data-table'), { table: ID });
	const parameters = { registration: 'byHand', acceptUnsigned: true, options: { includePings: true } };
	const own = withNodes(template, { [TRIGGER]: (node) => ({ ...node, webhookId: HOOK, parameters }) });
	const pinned = { pinData: { [TRIGGER]: [{ json: sampleEvent() }] } };
	await e2e.editor.saveWorkflow({
		...attachCredentials({ ...own, id: ID, name: ID }, e2e.credentials),
		...pinned,
	});
});
afterAll(async () => {
	await e2e.editor.deleteWorkflow(ID);
	await table.remove();
	await e2e.close();
});

there('a run by hand shows the sample in the table, as often as it is pressed', async () => {
	for (let press = 0; press < 2; press += 1) {
		await table.remove();
		await e2e.editor.run(ID, TRIGGER);
		expect(await table.rows()).toEqual([
			expect.objectContaining({
				uid: sampleEvent().booking.uid,
				status: 'accepted',
				attendee_email: 'sam.sample@example.com',
				last_event: 'BOOKING_CREATED',
			}),
		]);
	}
});

there("Cal.com's test button makes no row of what is published, and no table", async () => {
	await table.remove();
	const ping = readRecordings().find(({ bytes }) => bytes.includes('"triggerEvent":"PING"'));
	const url = `${e2e.n8n}/webhook/${HOOK}/calcom`;
	await e2e.editor.activate(ID);
	await untilListening(url);
	const before = (await e2e.editor.executions(ID)).map(({ id }) => id);
	expect((await deliver(url, ping?.bytes ?? '')).status).toBe(200);
	const taken = await waitFor('the delivery to be taken', async () =>
		(await e2e.editor.executions(ID)).find(({ id }) => !before.includes(id)),
	);
	expect(await e2e.editor.untilEnded(taken.id)).toMatchObject({
		status: 'success',
		output: { [TRIGGER]: [expect.objectContaining({ category: 'test' })] },
	});
	expect(await table.rows()).toBeNull();
	await e2e.editor.deactivate(ID);
});
