// Ctrl-C as a key that is pressed instead of as a signal. The signal reaches everybody at the terminal: npx, pnpm and the
// shell between them, which then report a command that failed (ELIFECYCLE); Windows asks whether to terminate a batch job.
import { execFileSync } from 'node:child_process';
import { isWindows } from './windows.mts';

const CTRL_C = 3;

/**
 * Calls `press` for each Ctrl-C, where there is a keyboard; elsewhere the signals stay what they are.
 * @returns gives the keyboard back
 */
export function hearCtrlC(press: () => void, keyboard: NodeJS.ReadStream = process.stdin): () => void {
	if (!keyboard.isTTY || !isInForeground()) return () => undefined;
	const hear = (keys: Buffer) => {
		if (keys.includes(CTRL_C)) press();
	};
	keyboard.setRawMode(true);
	keyboard.on('data', hear);
	// Nobody waits for a key.
	keyboard.unref();
	return () => {
		keyboard.off('data', hear);
		keyboard.setRawMode(false);
		keyboard.pause();
	};
}

/** Whether the keyboard is ours: a program in the background that touches it is halted by the system. */
function isInForeground(): boolean {
	if (isWindows) return true;
	try {
		const state = execFileSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' });
		return state.includes('+');
	} catch {
		// Without `ps` it cannot be told.
		return false;
	}
}
