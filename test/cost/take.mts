// Takes the baseline anew, when the package is meant to cost more (or less) than before. Look at what it prints.
//
//   node test/cost/take.mts
import { readBaseline, writeBaseline } from './baseline.mts';
import { grown, inWords } from './cost.mts';
import { prepare } from './measure.mts';

const RUNS = 24;

const before = await readBaseline().catch(() => null);
const measurement = await prepare();
await measurement.more(RUNS);
const cost = measurement.cost();
for (const line of inWords(cost)) console.log(line);
for (const line of before === null ? [] : grown(cost, before)) console.log(line);
await writeBaseline(cost);
