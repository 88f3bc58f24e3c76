import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { pick } from './answer';

/** "Simplify", for answers of more than 10 fields. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export function wantsSimple(ctx: IExecuteFunctions, itemIndex: number): boolean {
	return ctx.getNodeParameter('simplify', itemIndex, true) !== false;
}

/** An answer with these keys only, or as Cal.com gave it when the user wants all of it. */
export function shaped(
	ctx: IExecuteFunctions,
	itemIndex: number,
	answer: IDataObject,
	keys: readonly string[],
): IDataObject {
	return wantsSimple(ctx, itemIndex) ? pick(answer, keys) : answer;
}
