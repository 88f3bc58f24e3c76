// A scaled n8n with the templates 01, 02 and 03 switched on and 06 at hand, beside stand-ins of Cal.com and Twilio,
// and a reference to hold its tables against.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { type CalCom, type Delivery, startCalCom } from 'stand-ins/calcom';
import { takeLock } from '../../../playground/src/lock.mts';
import { type Editor, type Workflow, openEditor } from '../../../playground/src/n8n/editor.mts';
import { type Scaled, startScaled } from '../../../playground/src/n8n/scaled.mts';
import { saveCredentials } from '../../../playground/src/owner.mts';
import { DATA, ROOT } from '../../../playground/src/playground.mts';
import { removeData } from '../../../playground/src/postgres-place.mts';
import { type Postgres, startPostgres } from '../../../playground/src/postgres.mts';
import { type Redis, startRedis } from '../../../playground/src/redis.mts';
import {
	type SavedCredentials,
	attachCredentials,
	listensAt,
	manualTrigger,
} from '../../../playground/src/templates.mts';
import { type Twilio, startTwilio } from 'stand-ins/twilio';
import { withValues } from '../../../playground/src/values.mts';
import { readTemplate, settingsOf, withNodes, withSettings } from '../../support/template.mts';
import { type Reference, openReference } from './reference.mts';

/** The owner of its n8n. */
export const LOGIN = { email: 'owner@scaled.example', password: 'Scaled-Owner-1' };
const SCHEDULE = 'Every 5 Minutes';
const N8N_DATABASE = 'n8n';
/** How long nothing may have happened before it counts as quiet. */
const QUIET_MS = 4_000;

export interface ScaledRigOptions {
	/** Names the folder it works in. */
	name: string;
	/** Whether a booking is confirmed by SMS; else reminders are planned and none goes out. */
	confirmationSms: boolean;
	/** Seconds between two runs of the reminders. */
	remindEvery: number;
	/** Further packages for n8n. */
	packages?: string[];
	onStep?: (name: string, ms: number) => void;
}

export interface ScaledRig {
	cal: CalCom;
	twilio: Twilio;
	postgres: Postgres;
	redis: Redis;
	n8n: Scaled;
	editor: Editor;
	/** The tables of the templates. */
	db: pg.Pool;
	/** n8n's own. */
	executions: pg.Pool;
	reference: Reference;
	/** The template that listens where a delivery went. */
	slugOf(delivery: Pick<Delivery, 'subscriberUrl'>): string;
	/** Resolves once nothing waits in the queue and no row has changed for some seconds. */
	quiet(): Promise<void>;
	/** One run of template 06 that writes; claims of dead runs are as old then as they would be some minutes later. */
	reconcile(): Promise<void>;
	/** One run of template 03, and waits until Twilio has told of every SMS. */
	remind(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts with nothing kept from earlier runs. Takes about a minute. */
export async function startScaledRig(options: ScaledRigOptions): Promise<ScaledRig> {
	const dir = join(DATA, 'scaled', options.name);
	const lock = await takeLock(dir);
	const stops: (() => unknown)[] = [lock.release];
	const stop = async () => {
		for (const next of stops.splice(0).reverse()) await next();
	};
	const step = async <T,>(name: string, work: () => Promise<T>): Promise<T> => {
		const began = performance.now();
		const result = await work();
		options.onStep?.(name, performance.now() - began);
		return result;
	};
	try {
		await removeData(join(dir, 'postgres'));
		for (const name of ['n8n', 'redis', 'twilio']) await rm(join(dir, name), { recursive: true, force: true });
		const postgres = await step('PostgreSQL', () => startPostgres({ dataDir: join(dir, 'postgres') }));
		stops.push(postgres.stop);
		await postgres.createDatabase(N8N_DATABASE);
		const redis = await step('Redis', () => startRedis({ dir: join(dir, 'redis'), cache: DATA }));
		stops.push(redis.stop);
		const pool = (database: string) => {
			const { host, port, user, password } = postgres;
			const made = new pg.Pool({ host, port, user, password, database, max: 4 });
			// A session that a kill of PostgreSQL ends is replaced at the next query.
			made.on('error', () => undefined);
			stops.push(() => made.end());
			return made;
		};
		const [db, executions] = [pool(postgres.database), pool(N8N_DATABASE)];
		// Nobody is to be held up by Cal.com's limit: what is measured is n8n.
		const cal = await startCalCom({ rateLimit: 1_000_000 });
		stops.push(cal.stop);
		const twilio = await startTwilio({ dir: join(dir, 'twilio') });
		stops.push(twilio.stop);
		const n8n = await step('n8n, five processes', () =>
			startScaled({
				dir: join(dir, 'n8n'),
				database: { ...postgres, database: N8N_DATABASE },
				redis,
				packages: [ROOT, ...(options.packages ?? [])],
				proxy: twilio,
				// Publishing looks for work every 15 s unless told otherwise.
				env: {
					N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '300',
					N8N_WORKFLOW_PUBLICATION_CONCURRENCY: '10',
				},
			}),
		);
		stops.push(n8n.stop);
		const editor = await openEditor(n8n.url, LOGIN);
		const credentials = await saveCredentials(editor, { postgres, calcom: cal, twilio });
		const workflows = await step('the templates', () => enter(editor, credentials, n8n.url, twilio, options));

		const slugOf = ({ subscriberUrl }: Pick<Delivery, 'subscriberUrl'>) => {
			const found = Object.entries(workflows).find(([, workflow]) => listensAt(workflow, subscriberUrl));
			if (!found) throw new Error(`No template listens at ${subscriberUrl}.`);
			return found[0];
		};
		const settings = {
			calendar: settingsOf(workflow(workflows, '02-calendar-events')),
			reminders: settingsOf(workflow(workflows, '03-appointment-reminders')),
		};
		const isFor = (delivery: Delivery, slug: string) => slugOf(delivery) === slug;
		const reference = await openReference({ postgres, settings, isFor });
		stops.push(reference.close);

		const quiet = () => untilQuiet(redis, db, executions);
		return {
			cal,
			twilio,
			postgres,
			redis,
			n8n,
			editor,
			db,
			executions,
			reference,
			slugOf,
			quiet,
			async reconcile() {
				// A run that is silent for two minutes is taken for dead: it is not waited for here.
				for (const [table, column] of [
					['event_claims', 'claimed_at'],
					['reminders', 'claimed_at'],
					['reminders', 'sending_at'],
				] as const)
					await db.query(
						`UPDATE calcom.${table} SET ${column} = ${column} - interval '20 minutes' WHERE status IN ('processing', 'claimed', 'pending')`,
					);
				await editor.run(workflow(workflows, '06-backfill-and-reconcile').id, 'Start the Backfill', 300_000);
			},
			async remind() {
				await editor.run(workflow(workflows, '03-appointment-reminders').id, SCHEDULE, 300_000);
				await quiet();
				await twilio.settled();
				await quiet();
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

function workflow(all: Record<string, Workflow>, slug: string): Workflow {
	const found = all[slug];
	if (!found) throw new Error(`There is no template ${slug}.`);
	return found;
}

/** Makes the tables, saves the templates and switches on what runs by itself. @returns slug -> workflow */
async function enter(
	editor: Editor,
	credentials: SavedCredentials,
	url: string,
	twilio: Twilio,
	{ confirmationSms, remindEvery }: ScaledRigOptions,
): Promise<Record<string, Workflow>> {
	const read = async (slug: string) =>
		attachCredentials(withValues(slug, await readTemplate(slug), { n8n: url, twilio }), credentials);
	const tables = await read('00-set-up-tables');
	await editor.saveWorkflow(tables);
	await editor.run(tables.id, manualTrigger(tables) ?? '', 120_000);

	const often = { rule: { interval: [{ field: 'seconds', secondsInterval: remindEvery }] } };
	const reminders = withNodes(withSettings(await read('03-appointment-reminders'), { confirmationSms }), {
		[SCHEDULE]: (node) => ({ ...node, parameters: often }),
	});
	const reconcile = withSettings(await read('06-backfill-and-reconcile'), { dryRun: false });
	const workflows: Record<string, Workflow> = {
		'01-lead-capture': await read('01-lead-capture'),
		'02-calendar-events': await read('02-calendar-events'),
		'03-appointment-reminders': reminders,
		// Pressed, not switched on: a test says when it runs.
		'06-backfill-and-reconcile': reconcile,
	};
	for (const [slug, one] of Object.entries(workflows)) {
		await editor.saveWorkflow(one);
		if (slug !== '06-backfill-and-reconcile') await editor.activate(one.id, 120_000);
	}
	return workflows;
}

const countSchema = z.object({ n: z.coerce.number() });

async function untilQuiet(redis: Redis, db: pg.Pool, executions: pg.Pool): Promise<void> {
	const count = async (pool: pg.Pool, sql: string) => countSchema.parse((await pool.query(sql)).rows[0]).n;
	const state = async () =>
		[
			await count(executions, 'SELECT count(*) AS n FROM execution_entity WHERE "stoppedAt" IS NOT NULL'),
			await count(db, "SELECT count(*) AS n FROM calcom.event_claims WHERE status = 'processed'"),
			await count(db, "SELECT count(*) AS n FROM calcom.reminders WHERE status IN ('sent', 'delivered')"),
		].join();
	let last = '';
	let since = Date.now();
	for (const deadline = Date.now() + 600_000; Date.now() < deadline; await sleep(250)) {
		// Not answered while one of the servers is just coming back: that is not quiet.
		const now = await state().catch(() => '');
		const waiting = await redis.length('bull:jobs:wait').catch(() => 1);
		if (now === '' || now !== last || waiting > 0) since = Date.now();
		last = now;
		if (Date.now() - since > QUIET_MS) return;
	}
	throw new Error('It is not quiet after ten minutes.');
}
