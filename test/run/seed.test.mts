import { spawnSync } from 'node:child_process';
import { SEED } from '../support/depth.mts';
import { commitSeed } from './seed.mts';

test('the same commit gives the same seed', () => {
	const head = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout;
	expect(commitSeed()).toBe(Number.parseInt(head.slice(0, 7), 16));
});

test('the run has one seed, which every file knows', () => {
	expect(Number.isSafeInteger(SEED)).toBe(true);
	expect(String(SEED)).toBe(process.env['TEST_SEED']);
});
