// In front of every test file: how often properties are tried, and the seed of the run from which they draw. What fails
// says how to repeat it.
import fc from 'fast-check';
import { depth, SEED } from '../support/depth.mts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED, numRuns: depth(200, 1_000) });
