import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ErrorCode } from './errorCodes';
import { isErrorCode } from './errorCodes';

/** An error of which the node is not known where it is thrown. Whoever catches it makes one of n8n's with its code. */
export class CodedError extends Error {
	readonly code: ErrorCode;

	constructor(code: ErrorCode, message: string) {
		super(message);
		this.code = code;
	}
}

export interface OperationErrorOptions {
	/** How to fix it. */
	description?: string;
	/** The item it was for, in nodes that have items. */
	itemIndex?: number;
}

/** The one way to a NodeOperationError: n8n shows and keeps its code as `context.code`. */
export function operationError(
	node: INode,
	code: ErrorCode,
	message: string | Error,
	options: OperationErrorOptions = {},
): NodeOperationError {
	const error = new NodeOperationError(node, message, options);
	error.context.code = code;
	return error;
}

/** The code of any error; `UNEXPECTED` for one that is not of this package. */
export function codeOf(error: unknown): ErrorCode {
	if (error instanceof CodedError) return error.code;
	const isOfNode = error instanceof NodeApiError || error instanceof NodeOperationError;
	return isOfNode && isErrorCode(error.context.code) ? error.context.code : 'UNEXPECTED';
}
