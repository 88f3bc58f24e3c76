// In front of all end-to-end test files: the servers that stand, else a playground of this run.
import { build, isBuilt } from '../../../playground/src/build.mts';
import { DATA, ROOT } from '../../../playground/src/playground.mts';
import { standing } from '../../run/standing.mts';
import { startE2ePlayground } from './playground.mts';

export default async function setUp() {
	const isStale = !(await isBuilt(ROOT));
	if (isStale) await build(ROOT);
	const found = await standing(DATA);
	if (found?.E2E_PLAYGROUND === undefined) {
		const { env, stop } = await startE2ePlayground();
		Object.assign(process.env, env);
		globalThis.stopE2ePlayground = stop;
		return;
	}
	Object.assign(process.env, found);
	if (!isStale) return;
	const { control } = JSON.parse(found.E2E_PLAYGROUND);
	const renewed = await fetch(`${control}/renew`, { method: 'POST', body: '{}' });
	if (!renewed.ok) throw new Error(await renewed.text());
}
