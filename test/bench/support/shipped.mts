// The modules of the package as it is published: what the benches measure is what users run.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, isBuilt } from '../../../playground/src/build.mts';
import { ROOT } from '../../../playground/src/playground.mts';

if (!(await isBuilt(ROOT))) await build(ROOT);

const load: (path: string) => unknown = createRequire(import.meta.url);
const shipped = <T,>(path: string): T => load(join(ROOT, 'dist', 'nodes', path)) as T;

export const { decideFields, changesToSend, theirsOf } =
	shipped<typeof import('../../../nodes/CalComSync/decide.ts')>('CalComSync/decide.js');
export const { outputOf } = shipped<typeof import('../../../nodes/CalComSync/outputs.ts')>('CalComSync/outputs.js');
export const { readRecords } = shipped<typeof import('../../../nodes/CalComSync/records.ts')>('CalComSync/records.js');
export const { checkPairs } = shipped<typeof import('../../../nodes/CalComSync/pairs.ts')>('CalComSync/pairs.js');
export const { ENTRIES } = shipped<typeof import('../../../nodes/CalComSync/resources.ts')>('CalComSync/resources.js');
export const { COLUMN_DEFAULTS } =
	shipped<typeof import('../../../nodes/CalComSync/columns.ts')>('CalComSync/columns.js');
export const { linkRecords } =
	shipped<typeof import('../../../nodes/CalComSync/link/link.ts')>('CalComSync/link/link.js');
export const { writeState } =
	shipped<typeof import('../../../nodes/CalComSync/merge/base.ts')>('CalComSync/merge/base.js');
