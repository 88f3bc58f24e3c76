// What the benches run on: a real n8n with the built package and the empty trigger, beside a stand-in of Cal.com.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, isBuilt } from '../../../playground/src/build.mts';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import { takeLock } from '../../../playground/src/lock.mts';
import { type Credential, type Editor, type Workflow, openEditor } from '../../../playground/src/n8n/editor.mts';
import { installPackage } from '../../../playground/src/n8n/package-folder.mts';
import { startN8n } from '../../../playground/src/n8n/server.mts';
import { DATA, ROOT } from '../../../playground/src/playground.mts';
import { removeData } from '../../../playground/src/postgres-place.mts';
import { type Postgres, startPostgres } from '../../../playground/src/postgres.mts';
import { type Executions, openExecutions } from './executions.mts';
import type { Contestant } from './rounds.mts';

const LOGIN = { email: 'owner@bench.example', password: 'Bench-Owner-1' };

export interface Rig {
	dir: string;
	calcom: CalCom;
	editor: Editor;
	/** n8n's process. */
	pid: number;
	executions: Executions;
	/** A PostgreSQL that stops with the rig. Settings are those of its server. */
	postgres(settings?: Record<string, string>): Promise<Postgres>;
	/**
	 * Saves and activates a workflow and finds its trigger's webhook.
	 * @param path the last part of the trigger's URL
	 */
	enter(name: string, workflow: Workflow, path: string): Promise<Contestant>;
	stop(): Promise<void>;
}

export interface RigOptions {
	/** Names the folder it works in. */
	name: string;
	/** A built package to measure; this project when absent, built where it has not been. */
	packageDir?: string | undefined;
	/** Further environment for n8n. */
	n8nEnv?: Record<string, string>;
}

/** Starts with nothing kept from earlier runs. */
export async function startRig({ name, packageDir = ROOT, n8nEnv = {} }: RigOptions): Promise<Rig> {
	const dir = join(DATA, 'bench', name);
	if (packageDir === ROOT && !(await isBuilt(ROOT))) await build(ROOT);
	const lock = await takeLock(dir);
	const stops: (() => unknown)[] = [lock.release];
	const stop = async () => {
		for (const next of stops.splice(0).reverse()) await next();
	};
	// Children are asked to end when this program exits, which a bare signal would not make it do in order.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
	try {
		await removeData(join(dir, 'postgres'));
		const userFolder = join(dir, 'n8n');
		await rm(userFolder, { recursive: true, force: true });
		const calcom = await startCalCom();
		stops.push(calcom.stop);
		await installPackage(userFolder, join(import.meta.dirname, '..', 'empty-trigger'));
		await installPackage(userFolder, packageDir);
		const n8n = await startN8n({ userFolder, env: n8nEnv });
		stops.push(n8n.stop);
		const editor = await openEditor(n8n.url, LOGIN);
		const executions = openExecutions(userFolder);
		stops.push(executions.close);
		return {
			dir,
			calcom,
			editor,
			pid: Number(await readFile(join(userFolder, 'n8n.pid'), 'utf8')),
			executions,
			async postgres(settings = {}) {
				const server = await startPostgres({ dataDir: join(dir, 'postgres'), settings });
				// Before n8n in the list of what to stop: n8n lets go of its sessions first.
				stops.splice(1, 0, server.stop);
				return server;
			},
			async enter(contestant, workflow, path) {
				await editor.saveWorkflow(workflow);
				await editor.activate(workflow.id);
				const webhookId = workflow.nodes.find((node) => node.webhookId !== undefined)?.webhookId;
				if (webhookId === undefined) throw new Error(`${workflow.name} has no trigger with a webhook.`);
				const url = `${n8n.url}/webhook/${webhookId}/${path}`;
				const registered = calcom.state.webhooks.find(({ subscriberUrl }) => subscriberUrl === url);
				return { name: contestant, workflowId: workflow.id, url, secret: registered?.secret ?? null };
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What the Cal.com Trigger reaches the stand-in with. */
export function calComCredential({ apiKey, url }: CalCom): Credential {
	const data = { apiKey, baseUrl: url, edition: 'selfHosted', webhookSecret: '', previousWebhookSecret: '' };
	return { name: 'Cal.com', type: 'calComApi', data };
}
