// Every check there is, one after the other, and one line at the end that says how it went.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STEPS = ['lint', 'types', 'build', 'unit', 'e2e', 'scaled'];

const folder = mkdtempSync(join(tmpdir(), 'calcom-test-'));
const counts = join(folder, 'counts');
let passed = 0;
let failed = 0;
const times: string[] = [];

for (const step of STEPS) {
	console.log(`\n=== ${step} ===`);
	const began = performance.now();
	const { status } = spawnSync('pnpm', ['run', step], {
		stdio: 'inherit',
		env: { ...process.env, TEST_COUNTS: counts },
	});
	times.push(`${step} ${((performance.now() - began) / 1000).toFixed(0)} s`);
	if (status === 0) continue;
	failed += 1;
	// What does not build cannot be tested.
	if (step === 'build') break;
}

let inTests = 0;
for (const line of linesOf(counts)) {
	const count = JSON.parse(line) as { passed: number; failed: number };
	passed += count.passed;
	inTests += count.failed;
}
rmSync(folder, { recursive: true });
console.log(`\n${times.join(', ')}`);
// A failed test has made its step fail too: count it once.
console.log(`${String(passed)} passed, ${String(Math.max(failed, inTests))} failed`);
process.exitCode = failed + inTests > 0 ? 1 : 0;

function linesOf(file: string): string[] {
	try {
		return readFileSync(file, 'utf8').trim().split('\n');
	} catch {
		// No test was run: an earlier step failed.
		return [];
	}
}
