import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isBuilt } from '../../playground/src/build.mts';
import { takeLock } from '../../playground/src/lock.mts';
import { checkFree } from '../../playground/src/ports.mts';
import { runToEnd, startChild } from '../../playground/src/process.mts';
import { commandOf, sendSignal, stopLeftover } from '../../playground/src/process-tree.mts';
import { Trouble } from '../../playground/src/trouble.mts';

const script = (code: string) => ['-e', code];
const FOREVER = script('console.log("up"); setInterval(() => undefined, 1000)');
let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'playground-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('child processes', () => {
	test('end when asked, and say how', async () => {
		const child = await startChild(process.execPath, FOREVER);
		expect(child.running()).toBe(true);
		await child.stop(5_000);
		expect(child.running()).toBe(false);
		expect(await child.ended).toBe('signal SIGTERM');
	});

	test('that do not listen are killed', async () => {
		const child = await startChild(
			process.execPath,
			script('process.on("SIGTERM", () => undefined); console.log("up"); setInterval(() => 0, 99)'),
		);
		while (!child.said().includes('up')) await new Promise((resolve) => setTimeout(resolve, 20));
		await child.stop(200);
		expect(await child.ended).toBe('signal SIGKILL');
	});

	test('write to their log file; what earlier ones wrote is not theirs', async () => {
		const logFile = join(dir, 'log');
		await writeFile(logFile, 'before\n');
		const child = await startChild(process.execPath, script('console.log("one"); console.error("two")'), {
			logFile,
		});
		await child.ended;
		expect(child.tail().split('\n').sort()).toEqual(['one', 'two']);
		expect(await readFile(logFile, 'utf8')).toContain('before');
	});

	test('that fail are reported with their last words', async () => {
		await expect(runToEnd(process.execPath, script('console.error("no luck"); process.exit(3)'))).rejects.toThrow(
			/exit code 3:\nno luck/,
		);
		await expect(startChild(join(dir, 'nothing'), [])).rejects.toThrow('ENOENT');
	});

	test('left behind are stopped only when they still are what they were', async () => {
		const child = await startChild(process.execPath, [...FOREVER, 'a-mark-of-ours']);
		await stopLeftover(child.pid, 'another mark', 'SIGTERM');
		expect(child.running()).toBe(true);
		await stopLeftover(child.pid, 'a-mark-of-ours', 'SIGTERM');
		await child.ended;
		expect(sendSignal(child.pid, 0)).toBe(false);
		expect(await commandOf(child.pid)).toBeNull();
	});
});

/** A program that starts a child, which starts one in a group of its own, as n8n does; it says both ids. */
const FAMILY = `
	import { startChild } from ${JSON.stringify(join(import.meta.dirname, '../../playground/src/process.mts'))};
	const grandchild = "const { spawn } = require('node:child_process'); const one = spawn(process.execPath, ['-e', 'setInterval(() => 0, 999)'], { detached: true, stdio: 'ignore' }); console.log(process.pid, one.pid); setInterval(() => 0, 999)";
	const child = await startChild(process.execPath, ['-e', grandchild], { isHeard: true });
	await child.ended;
`;

async function endWith(signal: NodeJS.Signals): Promise<[NodeJS.Signals, boolean[]]> {
	const program = spawn(process.execPath, ['--input-type=module', '-e', FAMILY], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [said]: unknown[] = await once(program.stdout, 'data');
	const ids = String(said).trim().split(' ').map(Number);
	const lives = () => ids.map((id) => sendSignal(id, 0));
	expect(lives()).toEqual([true, true]);
	program.kill(signal);
	for (const deadline = Date.now() + 10_000; lives().includes(true) && Date.now() < deadline;) await sleep(20);
	const found = lives();
	for (const id of ids) sendSignal(id, 'SIGKILL');
	return [signal, found];
}

test('a program leaves nothing behind, however it is ended', async () => {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
	expect(await Promise.all(signals.map(endWith))).toEqual(signals.map((signal) => [signal, [false, false]]));
});

describe('one playground per folder', () => {
	test('a living one is in the way, and its page is named', async () => {
		const child = await startChild(process.execPath, FOREVER);
		const command = await commandOf(child.pid);
		await writeFile(
			join(dir, 'running.json'),
			JSON.stringify({ pid: child.pid, command, url: 'http://127.0.0.1:1' }),
		);
		await expect(takeLock(dir)).rejects.toThrow(
			`A playground is already running here (process ${String(child.pid)}).`,
		);
		await expect(takeLock(dir)).rejects.toHaveProperty('advice', expect.stringContaining('http://127.0.0.1:1'));
		await child.stop(5_000);
		const lock = await takeLock(dir);
		await lock.release();
		expect(await readFile(join(dir, 'running.json'), 'utf8').catch(() => 'gone')).toBe('gone');
	});

	test.each([
		[
			'an id that another program has by now',
			JSON.stringify({ pid: process.ppid, command: 'node playground/demo.mts' }),
		],
		['a file that was cut off', '{"pid":1'],
		['an empty file', ''],
	])('%s is not in the way', async (_name, text) => {
		await writeFile(join(dir, 'running.json'), text);
		const lock = await takeLock(dir);
		await lock.announce('http://127.0.0.1:2');
		expect(JSON.parse(await readFile(join(dir, 'running.json'), 'utf8'))).toMatchObject({
			pid: process.pid,
			url: 'http://127.0.0.1:2',
		});
		await lock.release();
	});
});

test('a port that is taken is named with what it was wanted for', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const refused = await checkFree(port, 'the page', 'Choose another.').catch((error: unknown) => error);
	await new Promise((resolve) => server.close(resolve));
	expect(refused).toEqual(new Trouble(`Port ${String(port)}, wanted for the page, is in use.`, 'Choose another.'));
	await expect(checkFree(port, 'the page', '')).resolves.toBeUndefined();
});

test('the package counts as built when nothing it is made from is newer', async () => {
	const touch = async (path: string, time: number) => {
		await writeFile(path, '');
		await utimes(path, time, time);
	};
	await mkdir(join(dir, 'nodes', 'deep'), { recursive: true });
	await touch(join(dir, 'nodes', 'deep', 'a.ts'), 1_000);
	expect(await isBuilt(dir)).toBe(false);
	await mkdir(join(dir, 'dist'));
	await touch(join(dir, 'dist', 'a.js'), 2_000);
	expect(await isBuilt(dir)).toBe(true);
	await touch(join(dir, 'package.json'), 3_000);
	expect(await isBuilt(dir)).toBe(false);
});
