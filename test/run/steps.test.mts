import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PROOFS, type Step, chosen } from './steps.mts';

const { scripts } = z
	.object({ scripts: z.record(z.string()) })
	.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')));

test('every step runs scripts that there are', () => {
	const steps: Step[] = Object.values(PROOFS).flat();
	expect(steps.flatMap((step) => step.scripts).filter((script) => scripts[script] === undefined)).toEqual([]);
});

test('the long proof has all of the gate', () => {
	const scriptsOf = (steps: readonly Step[]) => steps.flatMap((step) => step.scripts);
	expect(scriptsOf(PROOFS.long).slice(0, scriptsOf(PROOFS.gate).length)).toEqual(scriptsOf(PROOFS.gate));
});

test('steps are chosen by their names, in the order of the proof', () => {
	expect(chosen('long', []).map(({ name }) => name)).toEqual(PROOFS.long.map(({ name }) => name));
	expect(chosen('long', ['e2e', 'build']).map(({ name }) => name)).toEqual(['build', 'e2e']);
	expect(() => chosen('gate', ['scaled'])).toThrow('There is no step "scaled": checks, build, tests.');
});
