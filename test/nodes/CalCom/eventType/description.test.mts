import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { describeResources } from '../../../../nodes/CalCom/actions/describe.ts';
import { eventType } from '../../../../nodes/CalCom/actions/eventType/index.ts';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';

function nested({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) => {
		if ('values' in option) return option.values.flatMap((field) => [field, ...nested(field)]);
		return 'type' in option ? [option, ...nested(option)] : [];
	});
}

const fieldsOf = ({ fields }: Operation): INodeProperties[] => fields.flatMap((field) => [field, ...nested(field)]);

const operations = eventType.operations.map((operation) => [operation.option.value, operation] as const);

describe('the panel of event types', () => {
	test('offers every operation', () => {
		expect(operations.map(([value]) => value).sort()).toEqual([
			'create',
			'createPrivateLink',
			'delete',
			'deletePrivateLink',
			'duplicate',
			'get',
			'getMany',
			'getPrivateLinks',
			'update',
			'updatePrivateLink',
		]);
	});

	test.each(operations)('%s: no field is there twice', (_value, { fields }) => {
		const names = fields.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	test.each(operations)('%s: fields depend on fields that are there', (_value, { fields }) => {
		const names = new Set(fields.map(({ name }) => name));
		const missing = fields.flatMap(({ displayOptions }) =>
			Object.keys({ ...displayOptions?.show, ...displayOptions?.hide }).filter((name) => !names.has(name)),
		);
		expect(missing).toEqual([]);
	});

	test.each(operations)('%s: the words that n8n asks for', (_value, operation) => {
		for (const field of fieldsOf(operation)) {
			const { type, displayName, description = '', placeholder = 'e.g. ' } = field;
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			if (['string', 'json', 'dateTime'].includes(type)) expect(placeholder).toMatch(/^e\.g\. /);
			expect(displayName).not.toBe('');
			// One sentence has no full stop, two have both.
			expect(description.endsWith('.')).toBe(/[.?] [A-Z]/.test(description));
		}
	});

	test('is shown for its operation alone', () => {
		for (const { name, displayOptions } of describeResources([eventType], 'eventType').slice(2)) {
			expect([name, displayOptions?.show?.resource]).toEqual([name, ['eventType']]);
			expect(displayOptions?.show?.operation).toHaveLength(1);
		}
	});
});
