import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import type { ErrorCode } from '../api/errorCodes';
import { operationError } from '../api/nodeErrors';

/** The error for a field of the panel that cannot be used as it is filled in. */
export function invalid(
	ctx: IExecuteFunctions,
	itemIndex: number,
	code: ErrorCode,
	message: string,
	description: string,
): NodeOperationError {
	return operationError(ctx.getNode(), code, message, { itemIndex, description });
}
