import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Mode, Wording } from '../merge/modes';
import { mayWriteToCalCom, MODES } from '../merge/modes';
import { TRANSFORMS } from '../merge/transforms';
import type { Preset } from '../presets';
import type { CalComField } from '../resource';
import { PATH } from '../resource';

const byName = (a: INodePropertyOptions, b: INodePropertyOptions): number => a.name.localeCompare(b.name);

function choices(wordings: Readonly<Record<string, Wording>>): INodePropertyOptions[] {
	return Object.entries(wordings).map(([value, { label, description }]) => ({ name: label, value, description }));
}

const MODE_CHOICES = choices(MODES);
const isMode = (value: unknown): value is Mode => typeof value === 'string' && Object.hasOwn(MODES, value);
/** What can be chosen for a field that Cal.com does not let be set. */
const READ_ONLY_CHOICES = MODE_CHOICES.filter(({ value }) => isMode(value) && !mayWriteToCalCom(value));

function fieldChoice({ name, label, writable, why }: CalComField): INodePropertyOptions {
	const note = writable === true ? '' : writable === false ? ' (Read-Only)' : ` (Needs Allow: ${writable})`;
	return { name: `${label}${note}`, value: name, ...(why === undefined ? {} : { description: why }) };
}

const OTHER: INodePropertyOptions = {
	name: 'Other, by Its Path (Read-Only)',
	value: PATH,
	description: 'Anything else that Cal.com gives, by where it is',
};

function values(fields: readonly CalComField[]): INodeProperties[] {
	const start = fields.find(({ writable }) => writable === true)?.name ?? fields[0]?.name ?? PATH;
	const readOnly = [...fields.filter(({ writable }) => writable === false).map(({ name }) => name), PATH];
	return [
		{
			displayName: 'Record Field',
			name: 'recordField',
			type: 'string',
			default: '',
			placeholder: 'e.g. name',
			description: 'The column of your record',
		},
		{
			displayName: 'Cal.com Field',
			name: 'calcomField',
			type: 'options',
			noDataExpression: true,
			options: [...fields.map(fieldChoice), OTHER].sort(byName),
			default: start,
			description: 'What it is kept in step with',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			placeholder: 'e.g. metadata.level',
			description: 'Where the value is in what Cal.com gives, with dots',
			displayOptions: { show: { calcomField: [PATH] } },
		},
		{
			displayName: 'Owner',
			name: 'mode',
			type: 'options',
			noDataExpression: true,
			options: MODE_CHOICES,
			default: 'twoWay',
			description: 'Whose value wins',
			displayOptions: { hide: { calcomField: readOnly } },
		},
		{
			displayName: 'Owner',
			name: 'mode',
			type: 'options',
			noDataExpression: true,
			options: READ_ONLY_CHOICES,
			default: 'calcom',
			description: 'Whose value wins. Cal.com does not let this field be set, so it cannot belong to the record.',
			displayOptions: { show: { calcomField: readOnly } },
		},
		{
			displayName: 'Transform',
			name: 'transform',
			type: 'options',
			noDataExpression: true,
			options: choices(TRANSFORMS),
			default: 'none',
			description: 'How the two differ and mean the same',
		},
	];
}

/**
 * The table of pairs of a preset, shown when it is chosen. Each preset has a table of its own, because
 * n8n keeps the rows of a table when another choice is made.
 */
export function fieldsTable(resource: string, preset: Preset, fields: readonly CalComField[]): INodeProperties {
	const pairs = preset.rows.map((one) => ({ ...one }));
	const start = pairs.length === 0 ? {} : { pairs };
	return {
		displayName: 'Fields',
		name: preset.table,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add pair',
		default: { ...start },
		description: 'Which column of the record goes with which field of Cal.com, and who owns it',
		displayOptions: { show: { resource: [resource], preset: [preset.value] } },
		options: [{ displayName: 'Pair', name: 'pairs', values: values(fields) }],
	};
}
