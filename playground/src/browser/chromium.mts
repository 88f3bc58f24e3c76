// A real Chromium for pictures and for tests that look at pages: the system's, or Debian's where that can be installed.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { Trouble } from '../trouble.mts';

const run = promisify(execFile);

const USUAL_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** It is to look at pages on this machine, and to talk to nobody else. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Starts Chromium without a window. Close it at the end. @throws Trouble where there is none */
export async function openBrowser(): Promise<Browser> {
	return await chromium.launch({ executablePath: await findChromium(), args: FLAGS });
}

async function findChromium(): Promise<string> {
	const named = process.env['CHROMIUM_PATH'];
	const places = named === undefined ? USUAL_PLACES : [named];
	const found = places.find((place) => existsSync(place)) ?? (named === undefined ? await installed() : undefined);
	if (found !== undefined) return found;
	throw new Trouble(
		`There is no Chromium${named === undefined ? ' on this system' : ` at ${named}`}.`,
		'Install one (Debian: `apt-get install chromium`), or say where it is: CHROMIUM_PATH=/path/to/chromium',
	);
}

/** On Debian, as root: the package. */
async function installed(): Promise<string | undefined> {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	await run('apt-get', ['update', '-qq']);
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
	return USUAL_PLACES.find((place) => existsSync(place));
}
