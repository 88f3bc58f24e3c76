import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announce, standing } from './standing.mts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'standing-test-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

test('servers are found while the process that keeps them lives', async () => {
	expect(await standing(folder)).toBeNull();
	const end = await announce(folder, { TEST_POSTGRES: 'postgres://somewhere' });
	expect(await standing(folder)).toEqual({ TEST_POSTGRES: 'postgres://somewhere' });
	end();
	expect(await standing(folder)).toBeNull();
});

test('what a process left behind that is another by now is not taken', async () => {
	const left = { pid: process.pid, command: 'node servers.mts', env: { TEST_POSTGRES: 'postgres://gone' } };
	writeFileSync(join(folder, 'servers.json'), JSON.stringify(left));
	expect(await standing(folder)).toBeNull();
});
