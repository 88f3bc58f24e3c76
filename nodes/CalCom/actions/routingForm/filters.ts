import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { identifier, fields as readFields } from '../../../shared/values/readers';
import { timeZoneField } from '../shared/timeFields';
import { toInstant, toZone } from '../../../shared/panel/instant';

const TIMES = [
	{ displayName: 'Created After', name: 'afterCreatedAt' },
	{ displayName: 'Created Before', name: 'beforeCreatedAt' },
	{ displayName: 'Updated After', name: 'afterUpdatedAt' },
	{ displayName: 'Updated Before', name: 'beforeUpdatedAt' },
] as const;

const timeField = ({ displayName, name }: (typeof TIMES)[number]): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
});

/** The filters that the lists of forms and of their responses share. */
export const filterField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		timeField(TIMES[0]),
		timeField(TIMES[1]),
		{
			displayName: 'Routed to Booking UID',
			name: 'routedToBookingUid',
			type: 'string',
			default: '',
			placeholder: 'e.g. 8j9u7aXYZ',
			description: 'Only what led to this booking',
		},
		{
			displayName: 'Sort by Creation',
			name: 'sortCreatedAt',
			type: 'options',
			default: 'desc',
			options: [
				{ name: 'Newest First', value: 'desc' },
				{ name: 'Oldest First', value: 'asc' },
			],
		},
		timeZoneField,
		timeField(TIMES[2]),
		timeField(TIMES[3]),
	],
};

/** @throws NodeOperationError when a time cannot be read */
export function readFilters(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	const values = readFields(ctx.getNodeParameter('filters', itemIndex, {})) ?? {};
	const zone = toZone(ctx, itemIndex, values.timeZone);
	const times = TIMES.filter(({ name }) => values[name] !== undefined && values[name] !== '').map(
		({ name, displayName }) =>
			[name, toInstant(ctx, itemIndex, { value: values[name], label: displayName, zone })] as const,
	);
	const texts = ['routedToBookingUid', 'sortCreatedAt']
		.map((name) => [name, identifier(values[name])] as const)
		.filter(([, value]) => value !== null);
	return Object.fromEntries([...times, ...texts]);
}
