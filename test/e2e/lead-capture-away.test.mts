// What n8n itself cannot do, in the middle of the template: no event is called processed that was not.
import { attachCredentials } from '../../playground/src/templates.mts';
import { depth } from '../support/depth.mts';
import { readTemplate, withNodes } from '../support/template.mts';
import { LISTENS, type LeadCapture, openLeadCapture, recorded } from './lead-capture/desk.mts';
import { deliver, sign, waitFor } from './support/e2e.mts';
import { calComCredential } from './support/trigger-workflow.mts';

const STEPS = [
	['01-lead-capture', 'Apply the Booking'],
	['01-lead-capture', 'Save the Lead'],
	['01-lead-capture', 'Log the Activity'],
	['02-calendar-events', 'Apply to the Calendar'],
] as const;

let desk: LeadCapture;
beforeAll(async () => {
	desk = await openLeadCapture();
});
afterAll(() => desk.e2e.close());
beforeEach(() => desk.reset());

// As when n8n's own database is away for a moment: n8n then hands the step's input on as if it were its result.
describe('a step cannot even begin, because its credential cannot be loaded', () => {
	const AWAY = 'e2e-step-away';
	const claims = () => desk.rows('SELECT consumer, status FROM calcom.event_claims ORDER BY consumer');
	afterEach(() => desk.e2e.editor.deleteWorkflow(AWAY));

	test.each(STEPS.slice(0, depth(1, STEPS.length)))(
		'%s, %s: the event is not called processed, and a retry applies all of it',
		async (slug, step) => {
			const calComApi = await calComCredential(desk.e2e, AWAY, { webhookSecret: 'whsec-away' });
			const template = attachCredentials(await readTemplate(slug), { ...desk.e2e.credentials, calComApi });
			const workflow = withNodes(
				{ ...template, id: AWAY, name: AWAY },
				{
					'Cal.com Trigger': (node) => ({
						...node,
						webhookId: AWAY,
						parameters: { registration: 'byHand', events: LISTENS },
					}),
					[step]: (node) => ({
						...node,
						credentials: { postgres: { id: 'gone', name: 'gone' } },
						maxTries: 2,
					}),
				},
			);
			await desk.e2e.editor.saveWorkflow(workflow);
			await desk.e2e.editor.activate(AWAY);
			const body = recorded[0]!;
			const answer = await deliver(`${desk.e2e.n8n}/webhook/${AWAY}/calcom`, body, {
				'x-cal-signature-256': sign('whsec-away', body),
			});
			expect(answer.status).toBe(200);
			const [run] = await waitFor(
				'the run',
				async () => {
					const found = await desk.e2e.editor.executions(AWAY, 1);
					return found[0] && !['running', 'new'].includes(found[0].status) && found;
				},
				{ timeout: 60_000 },
			);
			expect(run?.status).toBe('error');
			expect((await claims()).map(({ status }) => status)).toEqual(['failed']);
			expect(await desk.rows('SELECT FROM calcom.lead_activities WHERE booking_id IS NULL')).toEqual([]);

			await desk.rows('SELECT * FROM calcom.retry_events()');
			expect((await claims()).map(({ status }) => status)).toEqual(['processed']);
			const table = slug === '01-lead-capture' ? 'lead_activities' : 'calendar_events';
			expect(await desk.rows(`SELECT FROM calcom.${table} WHERE booking_id IS NOT NULL`)).toHaveLength(1);
		},
		120_000,
	);
});
