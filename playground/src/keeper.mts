// Sees to it that no child outlives this program, however this program ends: with an error, by Ctrl-C or by SIGKILL.
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** What asks a program to end. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

const PROGRAM = join(import.meta.dirname, 'keeper-process.mts');

let line: Writable | null = null;

/**
 * Has a process, and what it will have started, ended when this program is gone.
 * @param signal what asks it to end; it is killed where that is not enough
 * @returns to be called when it has ended by itself: its id may be another program's from then on
 */
export type Keep = (pid: number, signal: StopSignal) => () => void;

/** Ask for it before the process is started: no moment may lie between its start and its being kept. */
export function keeper(): Keep {
	const to = (line ??= startKeeper());
	const tell = (word: { pid: number; signal: StopSignal | null }) => {
		to.write(`${JSON.stringify(word)}\n`);
	};
	return (pid, signal) => {
		tell({ pid, signal });
		return () => {
			tell({ pid, signal: null });
		};
	};
}

/** One keeper for this program: it waits at the other end of a pipe, which breaks when this program is gone. */
function startKeeper(): Writable {
	const program = spawn(process.execPath, [PROGRAM], {
		detached: true,
		windowsHide: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	const { stdin } = program;
	// Nobody waits for the keeper, and a program without one runs as well.
	program.on('error', () => undefined).unref();
	stdin.on('error', () => undefined);
	if (stdin instanceof Socket) stdin.unref();
	return stdin;
}
