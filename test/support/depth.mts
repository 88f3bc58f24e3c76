// How far a test goes, and where chance begins. Both are told by the run: `test/run`.

/** True in the long proof. */
export const isLong = process.env['PROOF'] === 'long';

/** How often, how many, how big: less in the gate than in the long proof. */
export const depth = <T,>(gate: T, long: T): T => (isLong ? long : gate);

/** Where chance begins: the commit's, unless TEST_SEED says otherwise. Repeat a run with `TEST_SEED=<number>`. */
export const SEED = Number(process.env['TEST_SEED'] ?? 1);
