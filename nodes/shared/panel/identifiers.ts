import type { IExecuteFunctions } from 'n8n-workflow';
import { identifier, isFields } from '../values/readers';
import { invalid } from './invalid';

/**
 * What a resource locator holds. n8n's own `extractValue` does not reach into collections, and throws
 * for a field that is hidden at the moment.
 */
export function unpack(value: unknown): unknown {
	return isFields(value) && '__rl' in value ? value.value : value;
}

/** A text field without the spaces around it; null when it is empty. */
export function readText(ctx: IExecuteFunctions, itemIndex: number, name: string): string | null {
	return identifier(unpack(ctx.getNodeParameter(name, itemIndex, '')));
}

/** @throws NodeOperationError when the field is empty */
export function requireText(ctx: IExecuteFunctions, itemIndex: number, name: string, label: string): string {
	const value = readText(ctx, itemIndex, name);
	if (value !== null) return value;
	throw invalid(
		ctx,
		itemIndex,
		'FIELD_EMPTY',
		`${label} is empty`,
		`Fill in ${label}, or check the expression that fills it in.`,
	);
}

/** @throws NodeOperationError when the value is no whole number */
export function toId(ctx: IExecuteFunctions, itemIndex: number, value: unknown, label: string): number {
	const text = identifier(unpack(value));
	if (text !== null && /^\d{1,15}$/.test(text)) return Number(text);
	throw invalid(
		ctx,
		itemIndex,
		text === null ? 'FIELD_EMPTY' : 'NOT_A_NUMBER',
		text === null ? `${label} is not chosen` : `${label} "${text}" is not a number`,
		`Choose it under ${label}, from the list or by its ID.`,
	);
}

/** The numeric ID that a resource locator or a text field holds. */
export function requireId(ctx: IExecuteFunctions, itemIndex: number, name: string, label: string): number {
	return toId(ctx, itemIndex, ctx.getNodeParameter(name, itemIndex, ''), label);
}

/** The same for a field that may stay empty: then null. */
export function readId(ctx: IExecuteFunctions, itemIndex: number, name: string, label: string): number | null {
	return readText(ctx, itemIndex, name) === null ? null : requireId(ctx, itemIndex, name, label);
}
