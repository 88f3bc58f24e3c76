// Where Redis' program is: installed on this system, else unpacked from Debian's packages into a folder of ours. That
// needs no root: apt gets lists of its own there, and nothing is installed.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Trouble } from './trouble.mts';

const run = promisify(execFile);
const SERVER = 'redis-server';
/** In Debian the program itself lies in redis-tools, and redis-server links to it. */
const PACKAGES = ['redis-server', 'redis-tools'];
/** Every system has it, and two of them in one program do not go together. */
const NEVER = new Set(['libc6', 'libgcc-s1']);
/** How deep the libraries of libraries are looked for. */
const DEPTH = 4;

export interface RedisProgram {
	/** Path of redis-server. */
	server: string;
	/** What it needs to find its libraries. */
	env: Record<string, string>;
}

/**
 * The redis-server of this system; where there is none, Debian's, unpacked once into `<cache>/redis`.
 * @throws Trouble where there is neither
 */
export async function findRedis(cache: string): Promise<RedisProgram> {
	const found = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, SERVER));
	for (const server of found)
		if (existsSync(server) && (await answers({ server, env: {} }))) return { server, env: {} };
	const home = join(cache, 'redis');
	const unpacked = programIn(home);
	if (existsSync(unpacked.server) && (await answers(unpacked))) return unpacked;
	try {
		await unpack(home);
		if (await answers(unpacked)) return unpacked;
		throw new Error('It was unpacked and does not start.');
	} catch (cause) {
		throw new Trouble(
			`There is no ${SERVER} on this system, and it could not be had from Debian's packages either.`,
			'Install Redis 6.2 or newer (`apt-get install redis-server`, `brew install redis`), so that `redis-server` can be called, and start again.',
			{ cause },
		);
	}
}

/** Whether the program can be run here at all. */
async function answers({ server, env }: RedisProgram): Promise<boolean> {
	try {
		const { stdout } = await run(server, ['--version'], { env: { ...process.env, ...env } });
		return stdout.includes('Redis server');
	} catch {
		// Not there for us, or a library of it is missing.
		return false;
	}
}

const LIBRARY_FOLDERS = ['usr/lib', 'lib'];
const TRIPLES: Record<string, string> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

function programIn(home: string): RedisProgram {
	const folders = LIBRARY_FOLDERS.map((folder) => join(home, folder, TRIPLES[process.arch] ?? ''));
	return { server: join(home, 'usr', 'bin', SERVER), env: { LD_LIBRARY_PATH: folders.join(':') } };
}

/** Made beside its place and moved there when complete, so that a run that is cut short leaves no half folder. */
async function unpack(home: string): Promise<void> {
	const half = `${home}-${String(process.pid)}`;
	await rm(half, { recursive: true, force: true });
	await mkdir(half, { recursive: true });
	try {
		const apt = await packagesOf(join(half, 'apt'));
		let wanted = PACKAGES;
		const had = new Set<string>();
		for (let depth = 0; depth < DEPTH && wanted.length > 0; depth += 1) {
			const needed = new Set<string>();
			for (const name of wanted) {
				had.add(name);
				for (const dependency of await apt.unpackInto(half, name)) needed.add(dependency);
			}
			const complete = await answers(programIn(half));
			wanted = complete ? [] : [...needed].filter((name) => !had.has(name) && !NEVER.has(name));
		}
		await rm(join(half, 'apt'), { recursive: true, force: true });
		await rm(home, { recursive: true, force: true });
		await rename(half, home);
	} finally {
		await rm(half, { recursive: true, force: true });
	}
}

/** Debian's packages through apt: with the lists that the system has, else with lists fetched for this alone. */
async function packagesOf(folder: string) {
	const lists = join(folder, 'lists');
	const own = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${folder}`, '-o', 'Debug::NoLocking=1'];
	await mkdir(join(lists, 'partial'), { recursive: true });
	await mkdir(join(folder, 'archives', 'partial'), { recursive: true });
	// The user that apt would rather download as cannot write here.
	const usual = ['-o', 'APT::Sandbox::User=root'];
	let options = usual;
	const download = async (name: string, cwd: string) => {
		await mkdir(cwd, { recursive: true });
		await run('apt-get', [...options, 'download', name], { cwd });
	};
	try {
		await download('redis-tools', join(folder, 'probe'));
	} catch {
		options = [...usual, ...own];
		await run('apt-get', [...options, 'update']);
	}
	return {
		/** Downloads a package and unpacks it. @returns the libraries that it asks for */
		async unpackInto(target: string, name: string): Promise<string[]> {
			const place = join(folder, name);
			await download(name, place);
			const file = (await readdir(place)).find((entry) => entry.endsWith('.deb'));
			if (file === undefined) throw new Error(`apt-get has not downloaded ${name}.`);
			await run('dpkg-deb', ['-x', join(place, file), target]);
			const { stdout } = await run('dpkg-deb', ['-f', join(place, file), 'Depends']);
			return stdout
				.split(',')
				.map((one) => one.trim().split(/[\s|(:]/)[0] ?? '')
				.filter((one) => one.startsWith('lib'));
		},
	};
}
