import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { codeOf, operationError } from '../../shared/api/nodeErrors';
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
	throw operationError(ctx.getNode(), 'CHOICE_UNKNOWN', `There is no operation "${operation}" for "${resource}"`, {
		itemIndex,
		description: 'Choose Resource and Operation of this node again.',
	});
}

/** Any error as one of n8n's, which knows the item it came from. */
function withItem(ctx: IExecuteFunctions, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		error.context.code = codeOf(error);
		return error;
	}
	return operationError(ctx.getNode(), codeOf(error), error instanceof Error ? error : String(error), { itemIndex });
}

/**
 * What an item that failed becomes. n8n 2.x knows an error item by these keys. 1.x does so only where `error` stands
 * alone, and else takes an item for one that carries the error itself; but what it finds there it also puts in the place
 * of the item's fields, which loses the details. So with "Continue (using error output)" the item carries it unlisted:
 * n8n sees it when it asks for it, and has dropped it once the item is on its way.
 */
function errorItem(ctx: IExecuteFunctions, error: NodeApiError | NodeOperationError, item: number): INodeExecutionData {
	const details = error.description ?? '';
	const json = { error: error.message, ...(details === '' ? {} : { details }), code: codeOf(error) };
	const failed: INodeExecutionData = { json, pairedItem: { item } };
	if (ctx.getNode().onError === 'continueErrorOutput') {
		Object.defineProperty(failed, 'error', { value: error, enumerable: false, writable: true, configurable: true });
	}
	return failed;
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
				output.push(errorItem(ctx, error, item));
			}
		}
	} finally {
		tell(ctx, session);
	}
	return [output];
}
