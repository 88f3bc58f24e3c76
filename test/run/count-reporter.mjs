import { appendFileSync } from 'node:fs';

// Tells the runner of all steps how many tests passed and failed. A test file that could not be run counts as failed.
export default class CountReporter {
	onRunComplete(_contexts, results) {
		const file = process.env.TEST_COUNTS;
		if (!file) return;
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		appendFileSync(file, `${JSON.stringify({ passed: results.numPassedTests, failed })}\n`);
	}
}
