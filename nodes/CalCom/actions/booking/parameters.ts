import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { unpack } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { bookingLocator } from '../../../shared/panel/locators';

/** A parameter as text, without the spaces around it; a number as its digits. */
export function readText(ctx: IExecuteFunctions, name: string, itemIndex: number): string {
	return asText(unpack(ctx.getNodeParameter(name, itemIndex, '', { extractValue: true })));
}

/** A value from a parameter as text; '' for what is neither text nor number. */
export function asText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A collection of optional fields. */
export function readCollection(ctx: IExecuteFunctions, name: string, itemIndex: number): Record<string, unknown> {
	const value: unknown = ctx.getNodeParameter(name, itemIndex, {});
	return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** The rows of a fixed collection `{<group>: [...]}`. */
export function readRows(value: unknown, group: string): Array<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null) return [];
	const rows: unknown = Object.entries(value).find(([name]) => name === group)?.[1];
	if (!Array.isArray(rows)) return [];
	return rows.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
}

/** The entries of a text separated by commas or lines, or of a list. */
export function readList(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : asText(value).split(/[,;\n]/);
	return entries.map(asText).filter((entry) => entry !== '');
}

/** Fields without those that are empty. */
export function filled(fields: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** The choice of the booking that an operation is about. */
export function bookingField(description: string): INodeProperties {
	return bookingLocator({ description });
}

/**
 * The uid of the chosen booking.
 *
 * @throws NodeOperationError when none is chosen
 */
export function readUid(ctx: IExecuteFunctions, itemIndex: number): string {
	const uid = readText(ctx, 'bookingUid', itemIndex);
	if (uid !== '') return uid;
	throw invalid(
		ctx,
		itemIndex,
		'FIELD_EMPTY',
		'Booking is not chosen',
		'Choose it from the list, or map its uid: the Cal.com Trigger gives it as booking.uid.',
	);
}

/** The uid of one seat. */
export function seatField(description: string): INodeProperties {
	return {
		displayName: 'Seat UID',
		name: 'seatUid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 5d93781c-3012-448a-ad6b-b438f773e96c',
		description,
	};
}

/** @throws NodeOperationError when it is empty */
export function readSeatUid(ctx: IExecuteFunctions, itemIndex: number): string {
	const uid = readText(ctx, 'seatUid', itemIndex);
	if (uid !== '') return uid;
	throw invalid(
		ctx,
		itemIndex,
		'FIELD_EMPTY',
		'Seat UID is empty',
		'Map it from the booking: each attendee of a booking with seats has one, and the Cal.com Trigger gives it as booking.seatUid.',
	);
}
