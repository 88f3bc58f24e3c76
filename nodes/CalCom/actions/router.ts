import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Clock } from '../../shared/api/pacing';
import type { OpenSession } from '../../shared/api/session';
import { openSession } from '../../shared/api/session';
import type { Operation } from './operation';
import { findOperation } from './resources';

/** How the router finds what the panel names. */
export type FindOperation = (resource: string, operation: string) => Operation | undefined;

function chosen(ctx: IExecuteFunctions, itemIndex: number, find: FindOperation): Operation {
	const resource = String(ctx.getNodeParameter('resource', itemIndex));
	const operation = String(ctx.getNodeParameter('operation', itemIndex));
	const found = find(resource, operation);
	if (found !== undefined) return found;
	throw new NodeOperationError(ctx.getNode(), `There is no operation "${operation}" for "${resource}"`, {
		itemIndex,
		description: 'Choose Resource and Operation of this node again.',
	});
}

/** Any error as one of n8n's, which knows the item it came from. */
function withItem(ctx: IExecuteFunctions, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	return new NodeOperationError(ctx.getNode(), error instanceof Error ? error : String(error), { itemIndex });
}

/** The keys that n8n knows an error item by: with "Continue (using error output)" it goes there. */
function errorItem({ message, description }: NodeApiError | NodeOperationError, item: number): INodeExecutionData {
	const details = description ?? '';
	return { json: details === '' ? { error: message } : { error: message, details }, pairedItem: { item } };
}

function paired(result: IDataObject | IDataObject[], item: number): INodeExecutionData[] {
	const all = Array.isArray(result) ? result : [result];
	return all.map((json) => ({ json, pairedItem: { item } }));
}

function tell(ctx: IExecuteFunctions, session: OpenSession): void {
	const notes = session.notes();
	if (notes.length > 0) {
		ctx.addExecutionHints(...notes.map((message) => ({ message, location: 'outputPane' as const })));
	}
}

/**
 * Runs the chosen operation for each item, in order. With Continue On Fail an item that fails
 * becomes an error item and the others go on.
 *
 * @param find, clock for tests
 * @throws NodeApiError or NodeOperationError with the item's index
 */
export async function route(
	ctx: IExecuteFunctions,
	find: FindOperation = findOperation,
	clock?: Clock,
): Promise<INodeExecutionData[][]> {
	const session = await openSession(ctx, clock);
	const output: INodeExecutionData[] = [];
	try {
		for (let item = 0; item < ctx.getInputData().length; item++) {
			try {
				const { execute } = chosen(ctx, item, find);
				for (const one of paired(await execute.call(ctx, item, session), item)) output.push(one);
			} catch (thrown) {
				const error = withItem(ctx, thrown, item);
				if (!ctx.continueOnFail()) throw error;
				output.push(errorItem(error, item));
			}
		}
	} finally {
		tell(ctx, session);
	}
	return [output];
}
