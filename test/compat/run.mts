// Runs the end-to-end tests against an n8n that is not the workspace's: installs it first, from its own lockfile.
//
//   node test/compat/run.mts n8n-1 [files and options of jest]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const [name = '', ...rest] = process.argv.slice(2);
const folder = join(import.meta.dirname, name);
// Both run by pnpm, which has put itself and the right Node first on the path.
const run = (args: string[], cwd: string, env: Record<string, string> = {}) =>
	spawnSync('pnpm', args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } }).status;

const installed = run(['install', '--frozen-lockfile'], folder);
process.exitCode =
	installed === 0 ? (run(['run', 'e2e', ...rest], process.cwd(), { N8N_INSTALLATION: folder }) ?? 1) : 1;
