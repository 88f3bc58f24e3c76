import type { DataSchema } from './client';
import type { ApiFailure } from './failure';
import type { ApiRequest } from './request';
import type { Session } from './session';

/** A refusal that does not say whether the write happened, and what to tell where it did. */
export interface Doubt {
	isDoubtful(failure: ApiFailure): boolean;
	note: string;
}

const CARRIED_OUT =
	'Cal.com did not answer a request properly, but had carried it out: what it did was read instead of asking again.';

/**
 * Sends a write once. When the answer does not tell whether it happened (a timeout, a 5xx), it is not
 * sent again: `lookUp` reads whether it did, and what it finds is the result.
 *
 * @param lookUp what the write would have made; null when it is not there
 * @param doubt a refusal after which it is looked up, too
 * @throws NodeApiError of the write, also when looking failed: then nobody knows
 */
export async function sendOnce<T>(
	session: Session,
	itemIndex: number,
	request: ApiRequest,
	schema: DataSchema<T>,
	lookUp: () => Promise<T | null>,
	doubt?: Doubt,
): Promise<T> {
	const result = await session.send(itemIndex, request, schema);
	if (result.ok) return result.data;
	const { failure } = result;
	const isDoubtful = doubt?.isDoubtful(failure) === true;
	const found = failure.unknownOutcome === true || isDoubtful ? await quietly(lookUp) : null;
	if (found === null) throw session.error(itemIndex, failure);
	session.note(isDoubtful ? doubt.note : CARRIED_OUT);
	return found;
}

/** Looks for what a write did. The failure of the write is what the user must see, not that of looking. */
export async function quietly<T>(lookUp: () => Promise<T | null>): Promise<T | null> {
	try {
		return await lookUp();
	} catch {
		return null;
	}
}
