// Everything together: PostgreSQL, the Cal.com stand-in, and n8n with the package, its templates and credentials.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import pg from 'pg';
import { z } from 'zod';
import { type CalCom, startCalCom } from './calcom/index.mts';
import { type Editor, type Login, openEditor } from './n8n/editor.mts';
import { installPackage } from './n8n/package-folder.mts';
import { type N8n, startN8n } from './n8n/server.mts';
import { type Postgres, startPostgres } from './postgres.mts';
import { removeData } from './postgres-place.mts';
import { type Lock, takeLock } from './lock.mts';
import {
	attachCredentials,
	importTemplate,
	isTriggered,
	manualTrigger,
	playgroundCredentials,
	readTemplates,
	type SavedCredentials,
	type Template,
} from './templates.mts';
import { Trouble } from './trouble.mts';

/** The project's folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Where everything is kept: below node_modules, where no linter looks. */
export const DATA = join(ROOT, 'node_modules', '.cache', 'calcom-playground');
const CALCOM_PORT = 5_698;
/** 2026-01-01, in seconds. */
const FIRST_SECOND = 1_767_225_600;

/** Told at the start and at the end of each step. */
export type OnStep = (step: { name: string; state: 'started' | 'done'; note?: string; ms: number }) => void;

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
	/** Gives up between two steps; what has been started is stopped. */
	signal?: AbortSignal;
}

export interface Playground {
	postgres: Postgres;
	calcom: CalCom;
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
	const step = async <T,>(name: string, work: () => Promise<T>, note?: (result: T) => string): Promise<T> => {
		options.signal?.throwIfAborted();
		const began = performance.now();
		options.onStep?.({ name, state: 'started', ms: 0 });
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
			({ port }) => `version 18, port ${String(port)}`,
		);
		stops.push(postgres.stop);
		const db = new pg.Pool({ connectionString: postgres.url, max: 8 });
		// A connection that breaks while idle is replaced at the next query, which reports what is wrong.
		db.on('error', () => undefined);
		stops.push(() => db.end());

		const calcom = await step(
			'Start a stand-in for Cal.com',
			() => openCalCom(options.ports?.calcom),
			({ url }) => url,
		);
		stops.push(calcom.stop);

		const userFolder = join(dir, 'n8n');
		await step('Install the package into n8n', () => installPackage(userFolder, ROOT));
		const n8n = await step(
			'Start n8n',
			() => startN8n({ userFolder, port: options.ports?.n8n, env: options.n8nEnv }),
			({ url }) => url,
		);
		stops.push(n8n.stop);

		const editorLogin = await keptLogin(dir);
		const { editor, credentials } = await step('Make the owner account and the credentials', async () => {
			const opened = await signIn(n8n.url, editorLogin);
			return { editor: opened, credentials: await saveCredentials(opened, postgres, calcom) };
		});
		const templates = await readTemplates(join(ROOT, 'workflows'));
		for (const template of templates) await step(...setUp(editor, template, credentials));

		const workflows = Object.fromEntries(templates.map(({ slug, workflow }) => [slug, workflow.id]));
		const canvases = Object.fromEntries(
			templates.map(({ slug, workflow }) => [slug, `${n8n.url}/workflow/${workflow.id}`]),
		);
		return { postgres, calcom, n8n, db, editor, editorLogin, credentials, workflows, canvases, lock, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A template that Cal.com starts is switched on; one that a person starts is run once. */
function setUp(editor: Editor, { workflow }: Template, credentials: SavedCredentials): [string, () => Promise<void>] {
	const start = manualTrigger(workflow);
	const what = isTriggered(workflow) ? 'Switch on' : start ? 'Run' : 'Import';
	return [
		`${what} "${workflow.name}"`,
		async () => {
			await importTemplate(editor, attachCredentials(workflow, credentials));
			if (isTriggered(workflow)) {
				// The stand-in may listen elsewhere than last time: the trigger has to register anew.
				await editor.deactivate(workflow.id);
				await editor.activate(workflow.id);
			} else if (start) {
				await editor.run(workflow.id, start);
			}
		},
	];
}

async function saveCredentials(editor: Editor, postgres: Postgres, calcom: CalCom): Promise<SavedCredentials> {
	const saved: SavedCredentials = {};
	for (const credential of playgroundCredentials(postgres, calcom)) {
		saved[credential.type] = await editor.saveCredential(credential);
	}
	return saved;
}

async function signIn(url: string, login: Login): Promise<Editor> {
	try {
		return await openEditor(url, login);
	} catch (cause) {
		throw new Trouble(
			`n8n does not let the playground in as ${login.email}.`,
			'Was the password changed in the editor? Start with `--fresh` for a new n8n.',
			{ cause },
		);
	}
}

async function removeAll(dir: string): Promise<void> {
	await removeData(join(dir, 'postgres'));
	for (const name of ['n8n', 'editor-login.json']) await rm(join(dir, name), { recursive: true, force: true });
}

const loginSchema = z.object({ email: z.string(), password: z.string() });

async function keptLogin(dir: string): Promise<Login> {
	const file = join(dir, 'editor-login.json');
	if (!existsSync(file)) {
		const login = { email: 'owner@playground.example', password: `Play-${randomBytes(5).toString('hex')}-1` };
		await writeFile(file, JSON.stringify(login), { mode: 0o600 });
	}
	return loginSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Cal.com begins empty at each start, while the tables keep what was: ids must not come a second time. */
async function openCalCom(wantedPort?: number): Promise<CalCom> {
	const port = wantedPort ?? (await getPort({ port: CALCOM_PORT, host: '127.0.0.1' }));
	const calcom = await startCalCom({ port });
	calcom.state.last.booking = Math.floor(Date.now() / 1000) - FIRST_SECOND;
	return calcom;
}
