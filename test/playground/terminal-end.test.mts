// How the command ends at a real terminal (`script` makes one), and where another one runs already.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { demo } from '../../playground/demo.mts';
import { startChild } from '../../playground/src/process.mts';
import { commandOf } from '../../playground/src/process-tree.mts';
import { openTerminal } from '../../playground/src/terminal.mts';

const SOURCES = join(import.meta.dirname, '../../playground/src');

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'playground-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Runs a command at a terminal and presses Ctrl-C each time it has said `up`. @returns all that stood there */
async function atTerminal(command: string): Promise<string> {
	const terminal = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
	let said = '';
	terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
		said += text;
		if (text.includes('up')) terminal.stdin.write('\u0003');
	});
	await once(terminal, 'close');
	return said.replaceAll('\r\n', '\n');
}

/** A shell around the program, as there is one below pnpm: it reports what becomes of the program. */
async function inShell(program: string): Promise<string> {
	const [code, shell] = [join(dir, 'program.mts'), join(dir, 'run.sh')];
	await writeFile(code, program);
	await writeFile(shell, `"${process.execPath}" "${code}"\necho "ended with $?"\n`);
	return await atTerminal(`sh ${shell}`);
}

test('Ctrl-C is heard by the program alone: no shell around it reports a failure', async () => {
	const said = await inShell(`
		const { hearCtrlC } = await import(${JSON.stringify(join(SOURCES, 'ctrl-c.mts'))});
		const alive = setInterval(() => undefined, 1000);
		const still = hearCtrlC(() => { console.log('heard'); still(); clearInterval(alive); });
		console.log('up');
	`);
	expect(said).toBe('up\nheard\nended with 0\n');
});

test('pressed twice it ends at once, and says that the rows are kept', async () => {
	const said = await inShell(`
		const { listenForTheEnd } = await import(${JSON.stringify(join(SOURCES, 'start.mts'))});
		const { openTerminal } = await import(${JSON.stringify(join(SOURCES, 'terminal.mts'))});
		const { asked } = listenForTheEnd(openTerminal());
		setInterval(() => undefined, 1000);
		asked.addEventListener('abort', () => console.log('still up'));
		console.log('up');
	`);
	expect(said).toContain('Stopping …');
	expect(said).toContain('Stopped. Your rows are kept.');
	expect(said).toContain('ended with 0');
});

/** What is written into the terminal, without colours. */
function listener() {
	const written: string[] = [];
	const out = new PassThrough().on('data', (text: Buffer) => written.push(text.toString()));
	return { surroundings: { terminal: openTerminal(out), asked: new AbortController().signal }, written };
}

describe('where a playground runs already', () => {
	const run = async (args: string[], url?: string) => {
		const child = await startChild(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
		try {
			const command = await commandOf(child.pid);
			await writeFile(join(dir, 'running.json'), JSON.stringify({ pid: child.pid, command, url }));
			const { surroundings, written } = listener();
			const code = await demo(surroundings, args, dir);
			return { code, said: written.join('') };
		} finally {
			await child.stop(5_000);
		}
	};

	test('its address is what was wanted', async () => {
		const { code, said } = await run([], 'http://127.0.0.1:4680');
		expect(said).toContain('The playground is already running.');
		expect(said).toContain('http://127.0.0.1:4680');
		expect(code).toBe(0);
	});

	test('or its terminal, while it starts', async () => {
		expect((await run([])).said).toContain('its terminal shows its address soon');
	});

	test.each(['--once', '--fresh'])('%s has not got what it wanted', async (option) => {
		await expect(run([option], 'http://127.0.0.1:4680')).rejects.toThrow('A playground is already running here');
	});
});
