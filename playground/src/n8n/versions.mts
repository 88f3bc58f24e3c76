// Which n8n runs, and in what its major versions differ for us: how they are started, and how they are spoken to.
// Nothing else asks for a version.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Trouble } from '../trouble.mts';

const HERE = dirname(fileURLToPath(import.meta.url));

/** In what the interface that the editor uses differs. */
export interface RestDifferences {
	/** Answers under `/workflows/:id/exists`; else all workflows have to be listed. */
	saysWhetherThere: boolean;
	/** Registers triggers after it has answered, and says under `/workflows/:id/publication-status` what came of it. */
	publishesLater: boolean;
	/** Runs the saved workflow; else what is to be run has to be sent along. */
	runsWhatIsSaved: boolean;
}

interface Differences {
	/** Settings that have another name or value than in `settings.mts`, for an n8n at `url`. */
	env(url: string): Record<string, string>;
	rest: RestDifferences;
}

const BY_MAJOR: Record<string, Differences> = {
	'1': {
		env: (url) => ({
			WEBHOOK_URL: `${url}/`,
			// It does not start where a module is named that it has not got.
			N8N_DISABLED_MODULES: '',
			EXTERNAL_HOOK_FILES: join(HERE, 'keep-ids.cjs'),
			// As 2.x has it, and as 1.x advises: without it SQLite waits for the disk at each step.
			DB_SQLITE_POOL_SIZE: '3',
		}),
		rest: { saysWhetherThere: false, publishesLater: false, runsWhatIsSaved: false },
	},
	'2': {
		env: () => ({}),
		rest: { saysWhetherThere: true, publishesLater: true, runsWhatIsSaved: true },
	},
};

export interface N8nInstallation extends Differences {
	/** e.g. `2.41.1` */
	version: string;
	/** The Node that runs it. */
	node: string;
	/** Path of n8n's program. */
	program: string;
}

const ROOT = dirname(dirname(dirname(HERE)));
/** The manifest of this workspace's n8n. */
const WORKSPACES = createRequire(import.meta.url).resolve('n8n/package.json');

/**
 * The n8n to start: of the package in the folder that the environment variable N8N_INSTALLATION names (from the
 * project's folder), with that package's own Node; else of this workspace, with the Node that we run on.
 * @throws Trouble where it is not installed, or is a version we know nothing about
 */
export function n8nInstallation(folder = process.env['N8N_INSTALLATION']): N8nInstallation {
	const modules = folder === undefined ? null : join(resolve(ROOT, folder), 'node_modules');
	const manifest = modules === null ? WORKSPACES : join(modules, 'n8n', 'package.json');
	if (!existsSync(manifest)) throw new Trouble(`There is no n8n in ${String(folder)}.`, 'Install it there first.');
	const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
	const differences = BY_MAJOR[version.split('.')[0] ?? ''];
	if (!differences) throw new Trouble(`n8n ${version} is not known here.`, 'Use version 1.123 or 2.41.');
	const node = modules === null ? null : join(modules, 'node', 'bin', 'node');
	return {
		...differences,
		version,
		node: node !== null && existsSync(node) ? node : process.execPath,
		program: join(dirname(realpathSync(manifest)), 'bin', 'n8n'),
	};
}
