import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { n8nInstallation } from '../../playground/src/n8n/versions.mts';

let folder: string;
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'n8n-installation-')));
	writeFileSync(join(folder, 'package.json'), '{}');
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

function install(version: string): void {
	mkdirSync(join(folder, 'node_modules/n8n'), { recursive: true });
	writeFileSync(join(folder, 'node_modules/n8n/package.json'), JSON.stringify({ name: 'n8n', version }));
}

test("the workspace's n8n runs on the Node that we run on", () => {
	expect(n8nInstallation()).toMatchObject({ version: expect.stringMatching(/^2\./), node: process.execPath });
});

test('an n8n of a folder of its own, with its own Node where it has one', () => {
	install('1.123.81');
	expect(n8nInstallation(folder)).toMatchObject({
		version: '1.123.81',
		program: join(folder, 'node_modules/n8n/bin/n8n'),
		node: process.execPath,
	});
	const node = join(folder, 'node_modules/node/bin/node');
	mkdirSync(join(folder, 'node_modules/node/bin'), { recursive: true });
	writeFileSync(node, '');
	expect(n8nInstallation(folder).node).toBe(node);
});

test('1.x is told its address under another name, and of no module that it does not know', () => {
	install('1.123.81');
	expect(n8nInstallation(folder).env('http://127.0.0.1:5000')).toMatchObject({
		WEBHOOK_URL: 'http://127.0.0.1:5000/',
		N8N_DISABLED_MODULES: '',
	});
});

test('nothing there, and a version that nobody has tried, are said', () => {
	expect(() => n8nInstallation(folder)).toThrow('There is no n8n in');
	install('3.0.0');
	expect(() => n8nInstallation(folder)).toThrow('n8n 3.0.0 is not known here');
});
