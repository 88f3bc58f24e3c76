// Keeps up what tests run on, until Ctrl-C: `pnpm unit` and `pnpm e2e` in other terminals then begin at once.
import { once } from 'node:events';
import { build, isBuilt } from '../../playground/src/build.mts';
import { DATA, ROOT } from '../../playground/src/playground.mts';
import { startE2ePlayground } from '../e2e/support/playground.mts';
import { startServer } from '../workflows/server/server.mts';
import { announce } from './standing.mts';

const asked = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));

if (!(await isBuilt(ROOT))) await build(ROOT);
const tables = await startServer();
const playground = await startE2ePlayground();
const end = await announce(DATA, { TEST_POSTGRES: tables.url, ...playground.env });
console.log('The servers stand. Tests in other terminals use them. Ctrl-C ends them.');
await asked;
end();
await playground.stop();
await tables.stop();
