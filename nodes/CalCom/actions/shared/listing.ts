import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ApiRequest, DataSchema } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { dataObject } from './answer';

/** Return All and Limit, as every list of n8n has them. */
export const listFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** How many are wanted; null for all. */
export function readLimit(ctx: IExecuteFunctions, itemIndex: number): number | null {
	if (ctx.getNodeParameter('returnAll', itemIndex, false) === true) return null;
	const limit = Number(ctx.getNodeParameter('limit', itemIndex, 50));
	return Number.isFinite(limit) ? Math.max(1, Math.trunc(limit)) : 50;
}

/** A list that Cal.com gives page by page, as long as the user wants it. */
export async function readPages(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	request: ApiRequest,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const page of session.pages(itemIndex, request, dataObject, readLimit(ctx, itemIndex))) {
		found.push(...page);
	}
	return found;
}

/** A list that Cal.com always gives whole, cut to what the user wants. */
export async function readWhole(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	request: ApiRequest,
	schema: DataSchema<IDataObject> = dataObject,
): Promise<IDataObject[]> {
	const found = await session.request(itemIndex, request, z.array(schema));
	return found.slice(0, readLimit(ctx, itemIndex) ?? found.length);
}
