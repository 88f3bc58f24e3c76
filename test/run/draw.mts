// In front of every test file: properties draw from the seed of the run. What fails says how to repeat it.
import fc from 'fast-check';
import { SEED } from '../support/depth.mts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
