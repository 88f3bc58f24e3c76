// Template 07 in a real n8n with a Cal.com of the test's own: asked by a voice agent, and filled in on its form.
import { DateTime } from 'luxon';
import { startCalCom } from 'stand-ins/calcom';
import { z } from 'zod';
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import { attachCredentials } from '../../../playground/src/templates.mts';
import { impatient, readTemplate, seldom, withNodes } from '../../support/template.mts';
import { type E2e, untilListening } from '../support/e2e.mts';
import { startForm } from '../support/form.mts';
import { calComCredential } from '../support/trigger-workflow.mts';

const SLUG = '07-book-with-availability';
export const SECRET = { name: 'X-Booking-Secret', value: 'made-up-for-this-test' };
const ZONE = 'Europe/Amsterdam';
export const ADA = { name: 'Ada Lovelace', email: 'ada@student.example', phone: '+31612345678' };

type Row = Record<string, unknown>;

const slotsSchema = z.array(z.object({ start: z.string(), say: z.string() }));
const answerSchema = z
	.object({
		ok: z.boolean(),
		status: z.string(),
		uid: z.string(),
		uids: z.array(z.string()),
		requestId: z.number(),
		problem: z.string(),
		slots: slotsSchema,
	})
	.partial()
	.passthrough();

const withParameters =
	(more: Row, fields: Partial<WorkflowNode> = {}) =>
	(node: WorkflowNode): WorkflowNode => ({
		...node,
		...fields,
		parameters: { ...z.record(z.unknown()).parse(node['parameters']), ...more },
	});

/** The voice agent's webhook under a path of its own. */
export const listensAt = (path: string, fields: Partial<WorkflowNode> = {}) =>
	withParameters({ path }, { webhookId: `hook-${path}`, ...fields });

/** Switches the template on under an id of its own. Close it. */
export async function openBooking(e2e: E2e, id: string) {
	const cal = await startCalCom();
	const calComApi = await calComCredential(e2e, id, { apiKey: cal.apiKey, baseUrl: cal.url });
	const httpHeaderAuth = await e2e.editor.saveCredential({ name: id, type: 'httpHeaderAuth', data: SECRET });
	const template: Workflow = attachCredentials(impatient(seldom(await readTemplate(SLUG))), {
		...e2e.credentials,
		calComApi,
		httpHeaderAuth,
	});
	const own = withNodes(template, {
		'Booking Form': withParameters({ options: { path: `form-${id}` } }, { webhookId: `form-${id}` }),
		'A Voice Agent Asks': listensAt(id),
	});
	await e2e.editor.saveWorkflow({ ...own, id, name: id });
	await e2e.editor.activate(id);
	const hook = `${e2e.n8n}/webhook/${id}`;
	await untilListening(hook);

	/** What a voice agent is answered. */
	async function ask(body: Row, headers: Record<string, string> = { [SECRET.name]: SECRET.value }) {
		const response = await fetch(hook, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		const opened = answerSchema.safeParse(text.startsWith('{') ? JSON.parse(text) : {});
		return { status: response.status, body: opened.success ? opened.data : {} };
	}
	const addService = async (name: string, slug: string, eventType: number | null): Promise<void> => {
		await e2e.db.query('INSERT INTO calcom.services (name, slug, calcom_event_type_id) VALUES ($1, $2, $3)', [
			name,
			slug,
			eventType,
		]);
	};
	return {
		cal,
		/** The template with its credentials, and nothing else that is a test's. */
		template,
		ask,
		addService,
		/** Empties the tables but for one service, the Level check. */
		async begin(): Promise<void> {
			await e2e.resetTables();
			await addService('Level check', 'level-check', 23);
		},
		/** A voice agent's wish for Ada. */
		wish: (start: string, more: Row = {}) => ({
			action: 'book',
			service: 'Level check',
			start,
			...ADA,
			...more,
		}),
		/** A free time of a Level check, as Cal.com has it. */
		free: () => cal.freeSlots('level-check', 1)[0] ?? '',
		/** Free times of a Level check, as a voice agent is told them. */
		async slots() {
			const { body } = await ask({ action: 'slots', service: 'Level check' });
			return slotsSchema.nonempty().parse(body['slots']);
		},
		requests: async (): Promise<Row[]> =>
			(await e2e.db.query<Row>('SELECT * FROM calcom.booking_requests ORDER BY id')).rows,
		/** Bookings at Cal.com that begin then and are not cancelled. */
		live: (start: string) =>
			cal.state.bookings.filter(
				(one) => one.start === new Date(start).toISOString() && one.status === 'ACCEPTED',
			),
		/** What the schedule does, at once: everything that waits falls due. */
		async tryAgain(): Promise<void> {
			await e2e.db.query('UPDATE calcom.booking_requests SET next_try_at = now()');
			await e2e.editor.run(id, 'Every 5 Minutes');
		},
		/** The page of the form that comes after its first, where a day is chosen: tomorrow. */
		openForm: () =>
			startForm(
				`${e2e.n8n}/form/form-${id}`,
				DateTime.now().setZone(ZONE).plus({ days: 1 }).toFormat('yyyy-MM-dd'),
			),
		async close(): Promise<void> {
			await e2e.editor.deleteWorkflow(id);
			await cal.stop();
			await e2e.resetTables();
		},
	};
}
export type Booking = Awaited<ReturnType<typeof openBooking>>;
