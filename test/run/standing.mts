// Servers that `pnpm servers` keeps up, so that a test run need not start its own.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { commandOf } from '../../playground/src/process-tree.mts';

const standingSchema = z.object({
	pid: z.number().int().positive(),
	command: z.string(),
	/** What the tests find in their environment, e.g. TEST_POSTGRES. */
	env: z.record(z.string()),
});

const fileIn = (folder: string) => join(folder, 'servers.json');

/** Tells test runs of servers that this process keeps up. @returns to be called when they are no more */
export async function announce(folder: string, env: Record<string, string>): Promise<() => void> {
	const command = (await commandOf(process.pid)) ?? '';
	writeFileSync(fileIn(folder), JSON.stringify({ pid: process.pid, command, env }), { mode: 0o600 });
	return () => {
		rmSync(fileIn(folder), { force: true });
	};
}

/** What the servers that stand have announced; null where none do. */
export async function standing(folder: string): Promise<Record<string, string> | null> {
	const file = fileIn(folder);
	if (!existsSync(file)) return null;
	const { pid, command, env } = standingSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	// The id may be another program's by now.
	return (await commandOf(pid)) === command ? env : null;
}
