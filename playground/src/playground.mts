// Everything together: PostgreSQL, the stand-ins of Cal.com and Twilio, and n8n with the package, its templates and credentials.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import pg from 'pg';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import type { Editor, Login, Workflow } from './n8n/editor.mts';
import { installPackage } from './n8n/package-folder.mts';
import { type N8n, startN8n } from './n8n/server.mts';
import { type Postgres, startPostgres } from './postgres.mts';
import { removeData } from './postgres-place.mts';
import { type Lock, takeLock } from './lock.mts';
import { type SavedCredentials, listensAt, readTemplates, startOf } from './templates.mts';
import { keptLogin, keptSecret, saveCredentials, signIn } from './owner.mts';
import { type Published, importAll, publish } from './publish.mts';
import { type Twilio, startTwilio } from 'stand-ins/twilio';

/** The project's folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Where everything is kept: below node_modules, where no linter looks. */
export const DATA = join(ROOT, 'node_modules', '.cache', 'calcom-playground');
const CALCOM_PORT = 5_698;
/** The template that makes what all others need. */
const TABLES = '00-set-up-tables';
/** The template that takes what people answer to an SMS. */
const REPLIES = '04-reminder-replies';
/** 2026-01-01, in seconds. */
const FIRST_SECOND = 1_767_225_600;

/** Told at the start of each step, with how long it may take where that is long, and at its end. */
export type OnStep = (step: {
	name: string;
	state: 'started' | 'done';
	usual?: string;
	note?: string;
	ms: number;
}) => void;

export interface PlaygroundOptions {
	/** Keeps everything: databases, logs, logins. */
	dir: string;
	ports?: { postgres?: number; calcom?: number; n8n?: number };
	/** Throws away what earlier runs kept. */
	fresh?: boolean;
	/** Settings of the PostgreSQL server, e.g. `{ max_connections: '200' }`. */
	postgresSettings?: Record<string, string>;
	/** Further environment for n8n. */
	n8nEnv?: Record<string, string>;
	onStep?: OnStep;
	/** What callers of the templates' own webhooks send; default: one that is made up and kept. */
	webhookSecret?: string;
	/** Which of the templates that run by themselves are switched on; default: all. */
	switchOn?: (slug: string) => boolean;
	/** Makes the templates other than they are shipped. */
	change?: (workflow: Workflow) => Workflow;
	/** Gives up between two steps; what has been started is stopped. */
	signal?: AbortSignal;
}

export interface Playground {
	postgres: Postgres;
	calcom: CalCom;
	twilio: Twilio;
	n8n: N8n;
	/** The database that the workflows write to. */
	db: pg.Pool;
	/** n8n's editor, signed in as the owner. */
	editor: Editor;
	editorLogin: Login;
	/** Credential type -> the saved credential. */
	credentials: SavedCredentials;
	/** Slug of a template -> id of its workflow. */
	workflows: Record<string, string>;
	/** Slug of a template -> address of its canvas. */
	canvases: Record<string, string>;
	/** What is switched on, and what could not be. */
	published: Published;
	/** What callers of the templates' own webhooks send in the header `x-calcom-secret`. */
	webhookSecret: string;
	/** Which template listens at the address of a webhook: its slug, or null. */
	receiver(subscriberUrl: string): string | null;
	/**
	 * Presses Execute on a template: on its manual trigger, else on its schedule. Resolves when the run has ended.
	 * @throws with the run's error, or when the template is not there or has neither
	 */
	run(slug: string): Promise<void>;
	lock: Lock;
	stop(): Promise<void>;
}

/**
 * Starts the playground. What has been started is stopped again when a later step fails.
 * @throws Trouble, with advice, for what a person can put right
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
	const { dir } = options;
	const lock = await takeLock(dir);
	const stops: (() => Promise<void>)[] = [lock.release];
	const stop = async () => {
		for (const next of stops.splice(0).reverse()) await next();
	};
	const step = async <T,>(
		name: string,
		work: () => Promise<T>,
		{ usual, note }: { usual?: string; note?: (result: T) => string } = {},
	): Promise<T> => {
		options.signal?.throwIfAborted();
		const began = performance.now();
		options.onStep?.({ name, state: 'started', usual, ms: 0 });
		const result = await work();
		options.onStep?.({ name, state: 'done', note: note?.(result), ms: performance.now() - began });
		return result;
	};

	try {
		if (options.fresh) await step('Throw away what earlier runs kept', () => removeAll(dir));
		const postgres = await step(
			'Start PostgreSQL',
			() =>
				startPostgres({
					dataDir: join(dir, 'postgres'),
					port: options.ports?.postgres,
					settings: options.postgresSettings,
				}),
			{ note: ({ port }) => `version 18, port ${String(port)}` },
		);
		stops.push(postgres.stop);
		const db = new pg.Pool({ connectionString: postgres.url, max: 8 });
		// A connection that breaks while idle is replaced at the next query, which reports what is wrong.
		db.on('error', () => undefined);
		stops.push(() => db.end());

		const calcom = await step('Start a stand-in for Cal.com', () => openCalCom(options.ports?.calcom), {
			note: ({ url }) => url,
		});
		stops.push(calcom.stop);

		const twilio = await step('Start a stand-in for Twilio', () => openTwilio(join(dir, 'twilio')));
		stops.push(twilio.stop);

		const userFolder = join(dir, 'n8n');
		const isFirst = !existsSync(join(userFolder, '.n8n', 'database.sqlite'));
		await step('Install the package into n8n', () => installPackage(userFolder, ROOT));
		const n8n = await step(
			'Start n8n',
			() =>
				startN8n({
					userFolder,
					port: options.ports?.n8n,
					proxy: twilio,
					env: options.n8nEnv,
					signal: options.signal,
				}),
			{
				usual: isFirst ? 'about 20 s, this once: it makes its own tables' : 'about 10 s',
				note: ({ url }) => url,
			},
		);
		stops.push(n8n.stop);

		const editorLogin = await keptLogin(dir);
		const webhookSecret = options.webhookSecret ?? (await keptSecret(dir));
		const { editor, credentials } = await step('Make the owner account and the credentials', async () => {
			const opened = await signIn(n8n.url, editorLogin);
			const places = { postgres, calcom, twilio, webhookSecret };
			return { editor: opened, credentials: await saveCredentials(opened, places) };
		});
		const templates = await readTemplates(join(ROOT, 'workflows'), options.change);
		const changed = await step('Import the workflow templates', () =>
			importAll(editor, templates, credentials, { n8n: n8n.url, twilio }),
		);
		const run = async (wanted: string) => {
			const workflow = templates.find(({ slug }) => slug === wanted)?.workflow;
			const start = workflow ? startOf(workflow) : null;
			if (!workflow || start === null) throw new Error(`There is no template ${wanted} that a person can run.`);
			await editor.run(workflow.id, start);
		};
		await step('Make the tables', () => run(TABLES));
		const receiver = (url: string) => templates.find(({ workflow }) => listensAt(workflow, url))?.slug ?? null;
		const wanted = templates.filter(({ slug }) => options.switchOn?.(slug) ?? true);
		const published = await step('Switch the workflows on', () => publish(editor, wanted, changed), {
			usual: 'about 5 s',
			note: ({ on }) => `${String(on.length)} of them`,
		});
		if (published.on.includes(REPLIES)) twilio.webhook(`${n8n.url}/webhook/calcom-sms-replies`);

		const workflows = Object.fromEntries(templates.map(({ slug, workflow }) => [slug, workflow.id]));
		const canvases = Object.fromEntries(
			templates.map(({ slug, workflow }) => [slug, `${n8n.url}/workflow/${workflow.id}`]),
		);
		const n8nSide = { n8n, editor, editorLogin, credentials, workflows, canvases, published, webhookSecret };
		return { postgres, calcom, twilio, db, ...n8nSide, receiver, run, lock, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function removeAll(dir: string): Promise<void> {
	await removeData(join(dir, 'postgres'));
	for (const name of ['n8n', 'editor-login.json', 'webhook-secret'])
		await rm(join(dir, name), { recursive: true, force: true });
}

/** Cal.com begins empty at each start, while the tables keep what was: ids must not come a second time. */
async function openCalCom(wantedPort?: number): Promise<CalCom> {
	const port = wantedPort ?? (await getPort({ port: CALCOM_PORT, host: '127.0.0.1' }));
	const calcom = await startCalCom({ port });
	calcom.state.last.booking = Math.floor(Date.now() / 1000) - FIRST_SECOND;
	return calcom;
}

/** Twilio is behind a proxy; what else goes out over https goes through ours, and through the one there was before. */
async function openTwilio(dir: string): Promise<Twilio> {
	const { env } = process;
	return await startTwilio({
		dir,
		upstream: env['https_proxy'] ?? env['HTTPS_PROXY'],
		trusted: env['NODE_EXTRA_CA_CERTS'],
	});
}
