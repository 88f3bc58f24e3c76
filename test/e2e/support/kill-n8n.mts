// What a power cut does to n8n.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA } from '../../../playground/src/playground.mts';

/** Ends n8n at once, without a word to it (SIGKILL). Start it again with `restartN8n`. */
export async function killN8n(): Promise<void> {
	const dir = process.env['E2E_DIR'] ?? join(DATA, 'e2e');
	const pid = Number(await readFile(join(dir, 'n8n', 'n8n.pid'), 'utf8'));
	process.kill(pid, 'SIGKILL');
}
