// Booking by a voice agent in a real n8n: a webhook without its credential, the same wish twice, series and teams.
import { ADA, type Booking, SECRET, listensAt, openBooking } from './booking/desk.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import type { WorkflowNode } from '../../playground/src/n8n/editor.mts';
import { withNodes } from '../support/template.mts';

const ID = 'e2e-voice';

let e2e: E2e;
let desk: Booking;
beforeAll(async () => {
	e2e = await openE2e();
	desk = await openBooking(e2e, ID);
}, 60_000);
afterAll(async () => {
	await desk.close();
	await e2e.close();
});
beforeEach(() => desk.begin());

test('nobody gets in where the credential of the webhook is missing', async () => {
	const open = `${ID}-open`;
	const off = (node: WorkflowNode) => ({ ...node, disabled: true });
	const template = withNodes(desk.template, {
		'Booking Form': off,
		'Every 5 Minutes': off,
		'A Voice Agent Asks': listensAt(open, { credentials: {} }),
	});
	await e2e.editor.saveWorkflow({ ...template, id: open, name: open });
	// n8n may refuse to publish it; where it does not, it refuses the calls.
	await e2e.editor.activate(open).catch(() => undefined);
	const response = await fetch(`${e2e.n8n}/webhook/${open}`, { method: 'POST', headers: { [SECRET.name]: '' } });
	expect([403, 404, 500]).toContain(response.status);
	expect(await e2e.editor.executions(open)).toEqual([]);
	await e2e.editor.deactivate(open);
	await e2e.editor.deleteWorkflow(open);
});

test('who calls twice with the same wish has one booking', async () => {
	const start = desk.free();
	const wish = desk.wish(start);
	const answers = [await desk.ask(wish), await desk.ask({ ...wish, email: ADA.email.toUpperCase() })];
	expect(answers.map(({ body }) => body.uid)).toEqual([answers[0]?.body.uid, answers[0]?.body.uid]);
	expect(desk.live(start)).toHaveLength(1);
	expect(await desk.requests()).toHaveLength(1);
});

test('books a series, and a lesson of a team', async () => {
	await desk.addService('Weekly piano', 'weekly-piano', 13);
	await desk.addService('Intake', 'intake', 1);
	const series = desk.cal.freeSlots('weekly-piano', 40).at(-1) ?? '';
	const { body } = await desk.ask(desk.wish(series, { service: 'Weekly piano', times: 3 }));
	expect(body).toMatchObject({ status: 'booked', uids: [body.uid, expect.any(String), expect.any(String)] });
	const team = desk.cal.freeSlots('intake-rr', 1)[0] ?? '';
	expect((await desk.ask(desk.wish(team, { service: 'intake' }))).body.status).toBe('booked');
	expect((await desk.requests()).map((row) => row['host_name'])).toEqual([
		'Your School',
		expect.stringMatching(/Anna|Ben/),
	]);
});

test('Cal.com is down: no times are told', async () => {
	await desk.cal.goDown();
	try {
		expect(await desk.ask({ action: 'slots', service: 'Level check' })).toMatchObject({
			body: { status: 'unavailable' },
		});
	} finally {
		await desk.cal.comeBack();
	}
});
