import type { IExecuteFunctions } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import type { DataSchema } from '../../../shared/api/client';
import { invalid } from '../../../shared/panel/invalid';

function opened(ctx: IExecuteFunctions, itemIndex: number, text: string, label: string): unknown {
	try {
		return jsonParse<unknown>(text);
	} catch {
		throw invalid(
			ctx,
			itemIndex,
			'INVALID_JSON',
			`${label} is not valid JSON`,
			'Check its quotes, commas and brackets.',
		);
	}
}

/**
 * A JSON field, given as text or, by an expression, as a value; null when it is empty.
 *
 * @param label how the panel calls the field
 * @throws NodeOperationError when it is no JSON, or not of the form that the schema asks for
 */
export function readJson<T>(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ name, label }: { name: string; label: string },
	schema: DataSchema<T>,
): T | null {
	const given: unknown = ctx.getNodeParameter(name, itemIndex, '');
	const isText = typeof given === 'string';
	if (given === null || given === undefined || (isText && given.trim() === '')) return null;
	const read = schema.safeParse(isText ? opened(ctx, itemIndex, given, label) : given);
	if (read.success) return read.data;
	const wrong = read.error.issues.map(({ path, message }) => `${[label, ...path].join('.')}: ${message}`);
	const shown = wrong.slice(0, 5).join('. ');
	throw invalid(ctx, itemIndex, 'INVALID_JSON', `${label} does not have the form it needs`, `${shown}.`);
}
