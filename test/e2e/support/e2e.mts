// What end-to-end tests share: the running playground, deliveries sent to it, and waiting for what comes of them.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ofetch } from 'ofetch';
import pg from 'pg';
import { z } from 'zod';
import type { Control } from 'stand-ins/calcom';
import { type Desk, openDesk } from '../../../playground/src/desk.mts';
import { type Editor, editorOf } from '../../../playground/src/n8n/editor.mts';
import type { SavedCredentials } from '../../../playground/src/templates.mts';
import { readTemplate } from '../../support/template.mts';
import { type TwilioDesk, twilioDesk } from './twilio.mts';

const namedSchema = z.object({ id: z.string(), name: z.string() });
const playgroundSchema = z.object({
	control: z.object({ url: z.string(), headers: z.record(z.string()) }),
	n8n: z.string(),
	session: z.string(),
	database: z.string(),
	calcom: z.object({ url: z.string(), apiKey: z.string() }),
	twilio: z.object({ number: z.string(), accountSid: z.string(), authToken: z.string() }),
	credentials: z.record(namedSchema),
});

/** Where Cal.com delivers to, and what it signs with. */
export interface Subscription {
	url: string;
	secret: string;
}

const deliverySchema = z.object({
	event: z.string(),
	uid: z.string().nullable(),
	subscriberUrl: z.string(),
	headers: z.record(z.string()),
	/** The exact text that was signed. */
	body: z.string(),
});
export type SentDelivery = z.infer<typeof deliverySchema>;

export interface E2e {
	/** http://127.0.0.1:port */
	n8n: string;
	editor: Editor;
	db: pg.Pool;
	calcom: { url: string; apiKey: string };
	desk: Desk;
	/** What happens at Cal.com without an API call, e.g. `at('fireMeeting', 'MEETING_ENDED', uid)`. */
	at(method: keyof Control | 'goDown' | 'comeBack' | 'failNextRequests', ...args: unknown[]): Promise<unknown>;
	/** Every webhook that Cal.com has sent so far, as it was sent. */
	deliveries(): Promise<SentDelivery[]>;
	twilio: TwilioDesk;
	credentials: SavedCredentials;
	/** Switches a template on, e.g. `02-calendar-events`; only `01-lead-capture` is on from the start. Switch it off again. */
	activate(slug: string): Promise<void>;
	deactivate(slug: string): Promise<void>;
	/** The webhook that the Cal.com Trigger of a template has registered; default: of `01-lead-capture`. */
	subscription(slug?: string): Promise<Subscription>;
	/** Empties all tables of the templates, but for the key of this database, which is made once. */
	resetTables(): Promise<void>;
	/** Restarts n8n; resolves when the lead capture workflow listens again. */
	restartN8n(): Promise<void>;
	/** Once all runs of a workflow have ended: those that were right and that n8n keeps all the same. */
	keptRuns(workflow: string): Promise<unknown[]>;
	/** The last lines of n8n's log. */
	log(): Promise<string>;
	close(): Promise<void>;
}

/** The playground that the test run has started. Close it in `afterAll`. */
export async function openE2e(): Promise<E2e> {
	const found = playgroundSchema.parse(JSON.parse(process.env['E2E_PLAYGROUND'] ?? 'null'));
	const db = new pg.Pool({ connectionString: found.database, max: 4 });
	// A session that a test ends is replaced at the next query.
	db.on('error', () => undefined);
	const control = (action: string, body: Record<string, unknown> = {}) =>
		ofetch<unknown>(`${found.control.url}/${action}`, {
			method: 'POST',
			headers: found.control.headers,
			body,
			retry: 0,
			responseType: 'json',
		});
	const subscription = (slug = '01-lead-capture') => subscriptionOf(found.calcom, slug);
	const editor = editorOf(found.n8n, found.session);
	return {
		n8n: found.n8n,
		editor,
		db,
		calcom: found.calcom,
		desk: openDesk(found.calcom),
		at: (method, ...args) => control('calcom', { method, args }),
		deliveries: async () => z.array(deliverySchema).parse(await control('deliveries')),
		twilio: twilioDesk(found.twilio, (method, args) => control('twilio', { method, args })),
		credentials: found.credentials,
		activate: async (slug) => await editor.activate((await readTemplate(slug)).id),
		deactivate: async (slug) => await editor.deactivate((await readTemplate(slug)).id),
		keptRuns: async (workflow) => {
			const isDone = (status: string) => status !== 'running' && status !== 'new';
			const ended = await waitFor(`the runs of ${workflow} to end`, async () => {
				const runs = await editor.executions(workflow, 100);
				return runs.every(({ status }) => isDone(status)) && runs;
			});
			return ended.filter(({ status, mode }) => status === 'success' && mode !== 'manual');
		},
		subscription,
		resetTables: () => resetTables(db),
		async restartN8n() {
			await control('restart');
			await untilListening((await subscription()).url);
		},
		log: async () => z.object({ log: z.string() }).parse(await control('log')).log,
		close: () => db.end(),
	};
}

const webhooksSchema = z.object({ data: z.array(z.object({ subscriberUrl: z.string(), secret: z.string() })) });

async function subscriptionOf({ url, apiKey }: E2e['calcom'], slug: string): Promise<Subscription> {
	const { nodes } = await readTemplate(slug);
	const trigger = nodes.find(({ type }) => type.endsWith('.calComTrigger'));
	const headers = { authorization: `Bearer ${apiKey}` };
	const { data } = webhooksSchema.parse(await ofetch(`${url}/webhooks`, { headers, retry: 0 }));
	const own = data.find(({ subscriberUrl }) => subscriberUrl.includes(`/${String(trigger?.webhookId)}/`));
	if (!own) throw new Error(`The trigger of ${slug} has registered no webhook.`);
	return { url: own.subscriberUrl, secret: own.secret };
}

async function resetTables(db: pg.Pool): Promise<void> {
	const tables = await db.query<{ name: string }>(
		"SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'calcom' AND tablename <> 'signing_key'",
	);
	await db.query(`TRUNCATE ${tables.rows.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`);
}

/** The signature Cal.com would send with this body. */
export function sign(secret: string, body: string | Buffer): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

export interface Answer {
	status: number;
	text: string;
	/** The text opened, or null when it is no JSON. */
	json: unknown;
	ms: number;
}

/** Delivers exact bytes, as Cal.com does: POST, JSON, no redirects, no retry. `headers` win over the usual ones. */
export async function deliver(
	url: string,
	body: string | Buffer,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const began = performance.now();
	const response = await fetch(url, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'content-type': 'application/json', 'x-cal-webhook-version': '2021-10-20', ...headers },
		body: typeof body === 'string' ? body : new Uint8Array(body),
	});
	const text = await response.text();
	return { status: response.status, text, json: jsonOrNull(text), ms: performance.now() - began };
}

/** Delivers with the right signature. */
export async function deliverSigned({ url, secret }: Subscription, body: string | Buffer): Promise<Answer> {
	return await deliver(url, body, { 'x-cal-signature-256': sign(secret, body) });
}

/**
 * Asks again until the answer is neither false, null nor undefined, and returns it.
 * @throws with `what` when that takes longer than `timeout` ms (default 15,000)
 */
export async function waitFor<T>(
	what: string,
	ask: () => Promise<T | false | null | undefined> | T | false | null | undefined,
	{ timeout = 15_000, interval = 50 } = {},
): Promise<T> {
	for (const deadline = Date.now() + timeout; ; await sleep(interval)) {
		const answer = await ask();
		if (answer !== false && answer !== null && answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${String(timeout / 1000)} s for: ${what}`);
	}
}

/** Waits until n8n knows the webhook. An unsigned request starts nothing: it is refused, or not found yet. */
export async function untilListening(url: string): Promise<void> {
	await waitFor('the webhook to listen', async () => (await deliver(url, '{}')).status !== 404);
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
