// What is different on other systems, as far as it can be held here: `ps` as macOS has it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { explain } from '../../playground/src/trouble.mts';

/** Of several columns after one `-o`, all that follows the first `=` is that column's heading: only that one is shown. */
const MAC_PS = `#!/bin/sh
columns=""
while [ $# -gt 0 ]; do
	if [ "$1" = "-o" ]; then shift; columns="$columns $(echo "$1" | sed 's/=.*//')"; fi
	shift
done
case "$columns" in
	" pid ppid") echo "  100     1"; echo "  101   100"; echo "  102   101"; echo "  200     1";;
	" pid") echo "  100"; echo "  101"; echo "  102"; echo "  200";;
esac
`;

const PROGRAM = `
	import { descendantsOf } from ${JSON.stringify(join(import.meta.dirname, '../../playground/src/process-tree.mts'))};
	console.log(JSON.stringify(await descendantsOf(100)));
`;

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'playground-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test("a process's children are found with the ps of macOS too", async () => {
	await writeFile(join(dir, 'ps'), MAC_PS, { mode: 0o755 });
	const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
		encoding: 'utf8',
		env: { PATH: `${dir}${delimiter}${process.env['PATH'] ?? ''}` },
	});
	expect(stdout).toBe('[101,102]\n');
});

test('a program whose library or file is missing is a broken package, whatever system says so', async () => {
	const missing = join(dir, 'node_modules', 'postgres');
	const spawned = await new Promise<unknown>((resolve) => spawn(missing).once('error', resolve));
	const said = [
		'dyld[1]: Library not loaded: @loader_path/../lib/libicui18n.77.dylib',
		'postgres: error while loading shared libraries: libicui18n.so.60: cannot open shared object file',
		'Error: /x/node_modules/sqlite3/build/Release/node_sqlite3.node: invalid ELF header',
	].map((words) => new Error(`PostgreSQL ended while starting (exit code 127):\n${words}\nand more`));
	for (const error of [spawned, ...said]) {
		const { message, advice } = explain(error);
		expect(message.split('\n')).toEqual(['An installed package is missing or broken.', expect.any(String)]);
		expect(message).not.toContain('and more');
		expect(advice).toContain('install --force');
	}
});

test('PostgreSQL that is started by an administrator of Windows', () => {
	const said = 'Execution of PostgreSQL by a user with administrative permissions is not\npermitted.';
	expect(explain(new Error(said)).message).toMatch(/^PostgreSQL does not run as administrator\./);
});
