import { describe, expect, test } from '@jest/globals';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { ENTRIES } from '../../../nodes/CalComSync/resources.ts';
import { mayWriteToCalCom } from '../../../nodes/CalComSync/merge/modes.ts';
import type { Mode } from '../../../nodes/CalComSync/merge/modes.ts';
import { transformFits } from '../../../nodes/CalComSync/merge/transforms.ts';
import { description, NODE, resolved } from './support.mts';

/** What the editor does when a choice is changed: what is a default is forgotten, then filled in anew. */
function chosen(before: INodeParameters, change: INodeParameters): INodeParameters {
	const { properties } = description;
	const kept = NodeHelpers.getNodeParameters(properties, before, false, false, NODE, description) ?? {};
	return resolved({ ...kept, ...change });
}

const CASES = ENTRIES.flatMap(([resource, { presets }]) =>
	presets.map((preset) => [resource, preset.value, preset] as const),
);

describe('the panel', () => {
	test.each(CASES)('%s, preset %s: choosing it fills its table', (resource, value, preset) => {
		const filled = chosen(chosen(resolved({}), { resource }), { preset: value });
		expect(filled[preset.table]).toEqual(preset.rows.length === 0 ? {} : { pairs: preset.rows });
	});

	test.each(CASES)('%s, preset %s: its table is the only one', (resource, value, preset) => {
		const tables = CASES.map(([, , { table }]) => table);
		const filled = resolved({ resource, preset: value });
		expect(Object.keys(filled).filter((name) => tables.includes(name))).toEqual([preset.table]);
	});

	test('a table of one preset says nothing in another', () => {
		const rows = { pairs: [{ recordField: 'label', calcomField: 'title' }] };
		const edited = chosen(resolved({}), { servicesFields: rows });
		const mirror = chosen(edited, { preset: 'mirror' });
		expect(mirror).not.toHaveProperty('servicesFields');
		expect(mirror.eventTypeMirrorFields).not.toEqual(rows);
	});

	test.each([
		['a field that can be set', { calcomField: 'title' }, 'twoWay'],
		['a field that cannot', { calcomField: 'price' }, 'calcom'],
		['a path', { calcomField: 'path', path: 'metadata.x' }, 'calcom'],
	])('%s starts with an owner that is possible', (_what, row, mode) => {
		const { fields } = resolved({ preset: 'custom', fields: { pairs: [row] } });
		expect(fields).toMatchObject({ pairs: [{ ...row, mode, transform: 'none' }] });
	});

	test('an owner that is not possible is forgotten when the field changes', () => {
		const before = resolved({ preset: 'custom', fields: { pairs: [{ recordField: 'x', calcomField: 'title' }] } });
		const { fields } = chosen(before, { fields: { pairs: [{ recordField: 'x', calcomField: 'price' }] } });
		expect(fields).toMatchObject({ pairs: [{ calcomField: 'price', mode: 'calcom' }] });
	});

	test.each([
		['eventType', 'conflictPolicy', false],
		['booking', 'conflictPolicy', true],
	])('%s: the most recent side can be asked for only where both sides tell', (resource, name, offered) => {
		const field = description.properties.find(
			(one) => one.name === name && one.displayOptions?.show?.resource?.includes(resource),
		);
		expect(field?.options?.some((option) => 'value' in option && option.value === 'recent')).toBe(offered);
	});

	test('a new node changes nothing', () => {
		expect(resolved({})).toMatchObject({
			resource: 'eventType',
			preset: 'services',
			apply: 'dryRun',
			conflictPolicy: 'flag',
		});
		expect(resolved({ resource: 'booking' })).toMatchObject({ apply: 'dryRun', allow: {}, period: {} });
	});

	test('has an output for each thing that can become of a record', () => {
		expect(description.outputNames).toEqual([
			'Changed',
			'Conflicts',
			'Unchanged',
			'Only in Cal.com',
			'Only in Your Records',
			'Failed',
		]);
		expect(description.outputs).toHaveLength(6);
	});
});

describe('the presets', () => {
	test.each(CASES)('%s, %s: every row is one that the node takes', (resource, _value, { rows }) => {
		const fields = new Map(
			ENTRIES.find(([name]) => name === resource)?.[1].resource.fields.map((field) => [field.name, field]),
		);
		for (const { calcomField, mode, transform } of rows) {
			const field = fields.get(calcomField);
			expect([calcomField, field?.writable === false && mayWriteToCalCom(mode)]).toEqual([calcomField, false]);
			expect(field !== undefined && transformFits(transform, field.kind)).toBe(true);
		}
		expect(new Set(rows.map(({ recordField }) => recordField)).size).toBe(rows.length);
	});

	test('the mirror gives nothing to the record', () => {
		for (const [, value, { rows }] of CASES) {
			const modes = new Set<Mode>(rows.map(({ mode }) => mode));
			if (value === 'mirror') expect([...modes]).toEqual(['calcom']);
		}
	});

	test.each(ENTRIES)('%s: the list of fields says which cannot be set', (resource, { resource: { fields } }) => {
		const table = description.properties.find(
			({ type, displayOptions }) =>
				type === 'fixedCollection' && displayOptions?.show?.resource?.includes(resource),
		);
		const [pair] = (table?.options ?? []) as Array<{ values: INodeProperties[] }>;
		const choice = pair?.values.find(({ name }) => name === 'calcomField');
		const marked = (choice?.options ?? []).filter(({ name }) => name.endsWith('(Read-Only)')).length;
		expect(marked).toBe(fields.filter(({ writable }) => writable === false).length + 1);
		expect(choice?.options).toHaveLength(fields.length + 1);
	});
});
