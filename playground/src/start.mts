// The command from its first moment: Ctrl-C, what is in the way, and how it ends. Loads nothing but Node's own modules
// and what is ours, so that it can tell when a package is missing.
import { hearCtrlC } from './ctrl-c.mts';
import { openTerminal } from './terminal.mts';
import { explain } from './trouble.mts';

/** What the command is given. */
export interface Surroundings {
	terminal: ReturnType<typeof openTerminal>;
	/** Aborted when the person or the system asks the program to end. */
	asked: AbortSignal;
}

/** Runs the command. @returns its exit code */
export async function start(): Promise<number> {
	const terminal = openTerminal();
	const { asked, still } = listenForTheEnd(terminal);
	try {
		const { demo } = await import('../demo.mts');
		return await demo({ terminal, asked });
	} catch (error) {
		terminal.still();
		if (error instanceof Error && error.name === 'AbortError') return goodbye(terminal, isProof());
		terminal.trouble(explain(error));
		if (process.env['DEBUG']) console.error(error);
		return 1;
	} finally {
		still();
	}
}

const isProof = () => process.argv.includes('--once');

/** @returns the exit code: being stopped is no failure, except of what had something to prove */
export function goodbye(terminal: Surroundings['terminal'], isProof: boolean): number {
	terminal.line();
	terminal.line('  Stopped. Your rows are kept.');
	return isProof ? 130 : 0;
}

/** Hears that the program is to end, by a key or by a signal. `still` gives the keyboard back. */
export function listenForTheEnd(terminal: Surroundings['terminal']): { asked: AbortSignal; still: () => void } {
	const asked = new AbortController();
	const ask = () => {
		if (!asked.signal.aborted) terminal.line(`  ${terminal.paint('dim', 'Stopping …')}`);
		asked.abort();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
	const still = hearCtrlC(() => {
		if (!asked.signal.aborted) {
			ask();
			return;
		}
		// A second time: at once. The keeper ends what still runs.
		terminal.still();
		process.exit(goodbye(terminal, isProof()));
	});
	return { asked: asked.signal, still };
}
