import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Window } from '../slot/windows';
import { invalid } from '../../../shared/panel/invalid';
import { readZone, timeZoneField } from './timeFields';
import { toInstant } from '../../../shared/panel/instant';

export const rangeFields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'start',
		type: 'dateTime',
		required: true,
		default: '={{ $now }}',
	},
	{
		displayName: 'Until',
		name: 'end',
		type: 'dateTime',
		required: true,
		default: '={{ $now.plus(7, "days") }}',
		description: 'A date without a time includes that day',
	},
	timeZoneField,
];

export interface Range extends Window {
	zone: string;
}

/**
 * The range that the fields above give, instants in UTC.
 *
 * @throws NodeOperationError when a date cannot be read, or the end is not after the beginning
 */
export function readRange(ctx: IExecuteFunctions, itemIndex: number): Range {
	const zone = readZone(ctx, itemIndex);
	const at = (name: string): unknown => ctx.getNodeParameter(name, itemIndex, '');
	const start = toInstant(ctx, itemIndex, { value: at('start'), label: 'From', zone });
	const end = toInstant(ctx, itemIndex, { value: at('end'), label: 'Until', zone, edge: 'end' });
	if (Date.parse(end) > Date.parse(start)) return { start, end, zone };
	throw invalid(
		ctx,
		itemIndex,
		'RANGE_REVERSED',
		'Until is not after From',
		'Choose an end that is later than the beginning.',
	);
}
