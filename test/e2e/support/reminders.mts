// The reminder template in n8n: run when a test says so, at the time it says, for bookings that it makes.
import { z } from 'zod';
import type { ExecutionDetail, Workflow } from '../../../playground/src/n8n/editor.mts';
import { attachCredentials, type SavedCredentials } from '../../../playground/src/templates.mts';
import { withValues } from '../../../playground/src/values.mts';
import { type EventChanges, bookingEvent, person } from '../../workflows/event-builder.mts';
import type { E2e } from './e2e.mts';
import { readTemplate, seldom, settingsOf, withSettings } from '../../support/template.mts';
import type { TwilioDesk } from './twilio.mts';

const SLUG = '03-appointment-reminders';
const SCHEDULE = 'Every 5 Minutes';
/** Milliseconds between two statuses of a message at Twilio: as many runs of n8n as before, and less waiting for them. */
const BRISK = 20;
const USUAL_PACE = 200;
/** Who holds what is marked as sent without a run. */
const BY_HAND = 'by-hand';
/** The functions that take the present time as their last argument. */
const CLOCKED =
	/calcom\.(plan_reminders|claim_reminders|may_send|reminder_sent|reminder_failed|reminder_looked_up)\(([^()]*)\)/g;

const queriesSchema = z.object({ query: z.string() }).passthrough();
const idsSchema = z.array(z.object({ id: z.string() }));
const reminderSchema = z.object({
	id: z.string(),
	booking_uid: z.string(),
	kind: z.string(),
	recipient: z.string(),
	start_time: z.date(),
	due_at: z.date(),
	status: z.string(),
	reason: z.string().nullable(),
	attempts: z.number(),
	message_sid: z.string().nullable(),
	error_code: z.number().nullable(),
	sending_at: z.date().nullable(),
});
export type ReminderRow = z.infer<typeof reminderSchema>;

export interface RunOptions {
	/** What differs from the settings as shipped; times are then `24h`, and there are no quiet hours. */
	settings?: Record<string, unknown>;
	/** The time that it is for the run, ISO. Twilio's clock is the real one. */
	at?: string;
	credentials?: SavedCredentials;
	/** A last change to the workflow. */
	change?: (workflow: Workflow) => Workflow;
}

export interface Reminders {
	/** Presses Execute on the schedule, and resolves when the run has ended. Throws with its error. */
	run(options?: RunOptions): Promise<ExecutionDetail>;
	/** Saves the template as a run with these options would find it. */
	save(options?: RunOptions): Promise<void>;
	/** Presses Execute on what is saved: for runs at the same time. */
	runSaved(timeoutMs?: number): Promise<ExecutionDetail>;
	/** Marks everything that is due then as sent, without a run and without an SMS: what an answer can be about. */
	markSent(at: string, settings?: Record<string, unknown>): Promise<void>;
	/** A booking as lead capture writes it; of its own uid, and due now unless its start says otherwise. */
	book(changes: Partial<EventChanges> & { uid: string }): Promise<void>;
	rows(): Promise<ReminderRow[]>;
	/** What a person has been sent, the oldest first. */
	sentTo(phone: string): ReturnType<TwilioDesk['outbox']>;
	/** As if so many minutes had passed since: claims grow old, retries fall due. */
	pass(minutes: number): Promise<void>;
	close(): Promise<void>;
}

/** An hour that makes the reminder of 24 hours before due a minute ago. */
export const dueNow = () => new Date(Date.now() + (24 * 60 - 1) * 60_000).toISOString();

/** Somebody with a phone. */
export const caller = (name: string, phone: string | null, locale = 'en') => ({
	...person(name, `${name.toLowerCase().replaceAll(/\W+/g, '.')}@student.example`, phone),
	locale,
});

/** Every clock of the template's SQL set to one instant. */
function setClock(workflow: Workflow, at: string): Workflow {
	const changed = workflow.nodes.map((node) => {
		const parsed = queriesSchema.safeParse(node['parameters']);
		if (!parsed.success) return node;
		const query = parsed.data.query.replaceAll(
			CLOCKED,
			(_call, name: string, args: string) => `calcom.${name}(${args}, '${at}'::timestamptz)`,
		);
		return { ...node, parameters: { ...parsed.data, query } };
	});
	return { ...workflow, nodes: changed };
}

/**
 * Saves the template under an id of its own and switches it on, so that Twilio's reports are heard. Close it.
 * @param published a change to what hears them
 */
export async function openReminders(
	e2e: E2e,
	id = 'e2e-reminders',
	published?: RunOptions['change'],
): Promise<Reminders> {
	const { number, accountSid } = e2e.twilio;
	const places = { n8n: e2e.n8n, twilio: { number, account: { sid: accountSid } } };
	const template = seldom(withValues(SLUG, await readTemplate(SLUG), places));
	const plain = { times: '24h', quietFrom: '00:00', quietUntil: '00:00', confirmationSms: false };
	const setTo = (settings: Record<string, unknown>) => withSettings(template, { ...plain, ...settings });
	let saved = '';
	const save = async ({ settings = {}, at, credentials = e2e.credentials, change }: RunOptions = {}) => {
		const set = setTo(settings);
		const timed = at === undefined ? set : setClock(set, at);
		const ready = attachCredentials({ ...(change?.(timed) ?? timed), id, name: id }, credentials);
		const asText = JSON.stringify(ready);
		if (asText === saved) return;
		await e2e.editor.saveWorkflow(ready);
		saved = asText;
	};
	const runSaved = (timeoutMs = 60_000) => e2e.editor.run(id, SCHEDULE, timeoutMs);
	const claimedAt = async (json: string, at: string) =>
		idsSchema.parse(
			(await e2e.db.query('SELECT id FROM calcom.claim_reminders($1::jsonb, $2, $3)', [json, BY_HAND, at])).rows,
		);
	await e2e.twilio.at('pace', BRISK);
	await save({ change: published });
	await e2e.editor.activate(id);
	return {
		save,
		runSaved,
		async run(options) {
			await save(options);
			return await runSaved();
		},
		async markSent(at, settings = {}) {
			const json = JSON.stringify(settingsOf(setTo(settings)));
			await e2e.db.query('SELECT calcom.plan_reminders($1::jsonb, $2)', [json, at]);
			for (const claim of await claimedAt(json, at)) {
				await e2e.db.query('SELECT calcom.may_send($1, $2, $3::jsonb, $4)', [claim.id, BY_HAND, json, at]);
				await e2e.db.query('SELECT calcom.reminder_sent($1, $2, $3)', [claim.id, `SM${claim.id}`, at]);
			}
		},
		async book(changes) {
			const start = changes.booking?.start ?? dueNow();
			const usual = { event: 'BOOKING_CREATED', minute: 0, ...changes };
			const event = bookingEvent({ ...usual, booking: { ...usual.booking, start } });
			await e2e.db.query('SELECT * FROM calcom.apply_booking($1::jsonb)', [JSON.stringify(event)]);
		},
		async rows() {
			const { rows } = await e2e.db.query(
				'SELECT * FROM calcom.reminders ORDER BY booking_uid, start_time, due_at',
			);
			return z.array(reminderSchema).parse(rows);
		},
		async sentTo(phone) {
			const all = await e2e.twilio.outbox();
			return all.filter(({ to, direction }) => to === phone && direction === 'outbound-api');
		},
		async pass(minutes) {
			await e2e.db.query(
				`UPDATE calcom.reminders SET due_at = due_at - make_interval(mins => $1),
				claimed_at = claimed_at - make_interval(mins => $1), sending_at = sending_at - make_interval(mins => $1)`,
				[minutes],
			);
		},
		async close() {
			await e2e.twilio.at('pace', USUAL_PACE);
			await e2e.editor.deleteWorkflow(id);
		},
	};
}
