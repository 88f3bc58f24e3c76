// The playground of the end-to-end tests, for benches that look at the same things on a larger scale.
import { join } from 'node:path';
import { z } from 'zod';
import { type E2e, openE2e } from '../../e2e/support/e2e.mts';

const script = z.object({ default: z.function(z.tuple([]), z.promise(z.unknown())) });

/** What Jest calls before all tests and after them. */
async function called(name: 'setup' | 'teardown'): Promise<void> {
	const loaded: unknown = await import(join(import.meta.dirname, '..', '..', 'support', `e2e-${name}.mjs`));
	await script.parse(loaded).default();
}

/** Starts it, and stops it once `work` is done. */
export async function withPlayground(work: (e2e: E2e) => Promise<void>): Promise<void> {
	await called('setup');
	try {
		const e2e = await openE2e();
		await work(e2e).finally(e2e.close);
	} finally {
		await called('teardown');
	}
}
