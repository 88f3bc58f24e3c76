import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { wantsSimple } from './simplify';

export { dataObject } from '../../../shared/api/answer';

/** What every delete answers. */
export const DELETED: IDataObject = { deleted: true };

/** Only the given fields of an answer, in that order; those that are missing become null. */
export function pick(answer: IDataObject, keys: readonly string[]): IDataObject {
	return Object.fromEntries(keys.map((key) => [key, Object.hasOwn(answer, key) ? answer[key] : null]));
}

/** The answer as it is, or the given fields of it when the user wants it simple. */
export function shaped(
	ctx: IExecuteFunctions,
	itemIndex: number,
	answer: IDataObject,
	keys: readonly string[],
): IDataObject {
	return wantsSimple(ctx, itemIndex) ? pick(answer, keys) : answer;
}
