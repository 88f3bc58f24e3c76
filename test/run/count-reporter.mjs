import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

// Tells the runner of all steps how the tests went, and how long each file took. A file that could not be run counts
// as failed.
export default class CountReporter {
	onRunComplete(_contexts, results) {
		const file = process.env.TEST_COUNTS;
		if (!file) return;
		const files = results.testResults.map(({ testFilePath, perfStats }) => ({
			file: relative(process.cwd(), testFilePath),
			ms: perfStats.runtime,
		}));
		const { numPassedTests: passed, numPendingTests: skipped } = results;
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		appendFileSync(file, `${JSON.stringify({ passed, failed, skipped, files })}\n`);
	}
}
