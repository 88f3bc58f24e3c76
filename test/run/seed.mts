// Where chance begins: with the commit, so that a run that failed can be repeated, and the next commit tries others.
import { spawnSync } from 'node:child_process';

/** A whole number that fits 31 bits, the same for the same commit. */
export function commitSeed(): number {
	const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
	// Without a repository (an unpacked archive) there is no commit to begin with.
	return /^[0-9a-f]{40}/.test(stdout) ? Number.parseInt(stdout.slice(0, 7), 16) : 1;
}

/** Another one each time: for the nightly run. */
export const randomSeed = (): number => Date.now() % 2 ** 31;
