import type { OutputName } from './outputNames';
import { OUTPUTS } from './outputNames';

/**
 * The summary of a run.
 *
 * @param count how many items came out of an output
 * @param calls requests to Cal.com
 * @returns such as "12 changed, 1 conflict, 430 unchanged, 2 API calls": what is zero is left out
 */
export function hintOf(count: (output: OutputName) => number, calls: number, dry: boolean): string {
	const parts = OUTPUTS.flatMap(({ name, one, many }) => {
		const found = count(name);
		return found === 0 ? [] : [`${found} ${found === 1 ? one : many}`];
	});
	const asked = `${calls} API ${calls === 1 ? 'call' : 'calls'}`;
	return `${dry ? 'Dry run, nothing was written: ' : ''}${[...parts, asked].join(', ')}`;
}
