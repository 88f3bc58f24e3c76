// An n8n that does not start as it should, with a small program in its place.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startN8n, withPath } from '../../playground/src/n8n/server.mts';
import { n8nInstallation } from '../../playground/src/n8n/versions.mts';
import { explain } from '../../playground/src/trouble.mts';

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'playground-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function start(program: string, signal?: AbortSignal): Promise<unknown> {
	const file = join(dir, 'n8n.cjs');
	await writeFile(file, program);
	const installation = { ...n8nInstallation(), program: file };
	return await startN8n({ userFolder: dir, installation, patienceMs: 1_000, signal }).catch(
		(error: unknown) => error,
	);
}

const DEAF = `
	require('node:net').createServer(() => undefined).listen(Number(process.env.N8N_PORT), '127.0.0.1');
	console.log('Editor is now accessible');
`;

test('whose port takes connections and never answers is told in one sentence', async () => {
	const { message, advice } = explain(await start(DEAF));
	expect(message).toMatch(/^n8n does not answer at http:\/\/127\.0\.0\.1:\d+, and has had 1 s\.$/);
	expect(advice).toContain(join(dir, 'n8n.log'));
}, 20_000);

test('that lacks a package is told in one sentence, with the package', async () => {
	const { message, advice } = explain(await start("require('n8n-core-that-is-missing')"));
	const [sentence, detail, ...more] = message.split('\n');
	expect(sentence).toBe('An installed package is missing or broken.');
	expect(detail).toContain("Cannot find module 'n8n-core-that-is-missing'");
	expect(more).toEqual([]);
	expect(advice).toContain('npx -y pnpm@10 install --force');
});

test('is not waited for once the person has had enough', async () => {
	const asked = new AbortController();
	const began = performance.now();
	setTimeout(() => {
		asked.abort();
	}, 100);
	expect(await start('setInterval(() => undefined, 1000)', asked.signal)).toHaveProperty('name', 'AbortError');
	expect(performance.now() - began).toBeLessThan(1_000);
});

test.each(['PATH', 'Path'])('finds programs first in the folder given, where the path is called %s', (name) => {
	expect(withPath({ [name]: '/bin', HOME: '/' }, '/node')).toEqual({
		[name]: `/node${delimiter}/bin`,
		HOME: '/',
	});
});
