import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { scopeFields } from '../../shared/eventTypes/scope';
import type { ConflictPolicy } from '../merge/modes';
import { CONFLICT_POLICIES } from '../merge/modes';
import { authenticationField } from '../../shared/panel/authentication';
import type { Entry, ResourceName } from '../resources';
import { ENTRIES } from '../resources';
import { bookingFields } from './bookings';
import { fieldsTable } from './fieldsTable';
import { linkingField } from './linking';
import { optionsField } from './options';

const only = (resource: ResourceName): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { resource: [resource] } },
});

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: ENTRIES.map(([value, { name, description }]) => ({ name, value, description })),
	default: 'eventType',
	description: 'What your records are kept in step with',
};

function presetFields([resource, entry]: readonly [ResourceName, Entry]): INodeProperties[] {
	const { presets } = entry;
	const start = presets[0]?.value ?? '';
	return [
		{
			displayName: 'Preset',
			name: 'preset',
			type: 'options',
			noDataExpression: true,
			options: presets.map(({ name, value, description }) => ({ name, value, description })),
			default: start,
			description: 'The table of fields to start with; it can be changed below',
			...only(resource),
		},
		...presets.map((preset) => fieldsTable(resource, preset, entry.resource.fields)),
	];
}

const applies: INodePropertyOptions[] = [
	{ name: 'Dry Run', value: 'dryRun', description: 'Show every change and make none' },
	{ name: 'Show Links', value: 'links', description: 'Show which record would go with which, and make no change' },
	{ name: 'Write to Cal.com', value: 'write', description: 'Write what belongs there, and give out the rest' },
];
const createsToo: INodePropertyOptions = {
	name: 'Write to Cal.com and Create',
	value: 'writeAndCreate',
	description: 'Also create event types for records that have none',
};

function applyField([resource, entry]: readonly [ResourceName, Entry]): INodeProperties {
	return {
		displayName: 'Apply',
		name: 'apply',
		type: 'options',
		noDataExpression: true,
		options: entry.resource.creates === true ? [...applies, createsToo] : applies,
		default: 'dryRun',
		description: 'What is done in Cal.com. Your records are changed by what you connect to the outputs.',
		...only(resource),
	};
}

const KNOWS_WHEN: ReadonlySet<ResourceName> = new Set<ResourceName>(['booking']);
const isOffered = (policy: string, resource: ResourceName): boolean => policy !== 'recent' || KNOWS_WHEN.has(resource);

function policyField(resource: ResourceName): INodeProperties {
	const start: ConflictPolicy = 'flag';
	return {
		displayName: 'On Conflict',
		name: 'conflictPolicy',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(CONFLICT_POLICIES)
			.filter(([policy]) => isOffered(policy, resource))
			.map(([value, { label, description }]) => ({ name: label, value, description })),
		default: start,
		description: 'What becomes of a two-way field that was changed on both sides',
		...only(resource),
	};
}

export const properties: INodeProperties[] = [
	authenticationField,
	resourceField,
	...updateDisplayOptions(
		{ show: { resource: ['eventType'] } },
		scopeFields(['account', 'organizationTeam', 'team']),
	),
	// What is to happen at all comes before the table that fills the panel.
	...ENTRIES.map(applyField),
	...ENTRIES.flatMap(presetFields),
	...ENTRIES.map(([resource]) => policyField(resource)),
	{
		displayName: 'Record Key',
		name: 'recordKey',
		type: 'string',
		required: true,
		default: 'id',
		placeholder: 'e.g. row_number',
		description: 'The column that tells your records apart. Every patch that comes out carries it.',
	},
	...bookingFields,
	linkingField,
	optionsField,
];
