import type { IDataObject } from 'n8n-workflow';

export { dataObject } from '../../../shared/api/answer';

/** What every delete answers. */
export const DELETED: IDataObject = { deleted: true };

/** Only the given fields of an answer, in that order; those that are missing become null. */
export function pick(answer: IDataObject, keys: readonly string[]): IDataObject {
	return Object.fromEntries(keys.map((key) => [key, Object.hasOwn(answer, key) ? answer[key] : null]));
}
