import { existsSync, readFileSync } from 'node:fs';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { RESOURCES } from '../../../nodes/CalCom/actions/resources.ts';
import { describeResources } from '../../../nodes/CalCom/actions/describe.ts';
import type { Operation, Resource } from '../../../nodes/CalCom/actions/operation.ts';
import { CalCom } from '../../../nodes/CalCom/CalCom.node.ts';

const { description, methods } = new CalCom();
const { properties } = description;
const all = RESOURCES.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));
const named = all.map(
	({ resource, operation }) => [`${resource.option.value}: ${operation.option.value}`, resource, operation] as const,
);

/** A field and everything in it. */
function nested(field: INodeProperties): INodeProperties[] {
	const inner = (field.options ?? []).flatMap((option): INodeProperties[] => {
		if ('values' in option) return option.values.flatMap(nested);
		return 'type' in option ? nested(option) : [];
	});
	return [field, ...inner];
}

describe('the panel as a whole', () => {
	test('is a tool for AI agents', () => expect(description.usableAsTool).toBe(true));

	test('starts with a resource that exists', () => {
		const resource = properties.find(({ name }) => name === 'resource');
		expect(resource?.options?.map((option) => 'value' in option && option.value)).toContain(resource?.default);
	});

	test('each credential goes with its choice of authentication', () => {
		const chosen = properties.find(({ name }) => name === 'authentication')?.options as INodePropertyOptions[];
		const shown = description.credentials?.flatMap(({ displayOptions }) => displayOptions?.show?.authentication);
		expect(chosen.map(({ value }) => value)).toEqual(shown);
	});

	test('no two resources, and no two operations of one, have the same value', () => {
		const values = RESOURCES.map(({ option }) => option.value);
		expect(new Set(values).size).toBe(values.length);
		expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
	});

	test('actions are in sentence case, and no two are the same', () => {
		const actions = all.map(({ operation }) => operation.option.action);
		for (const action of actions) {
			expect(action).toMatch(/^[A-Z][a-z]+ /);
			expect(action.replace('Cal.com', '')).not.toMatch(/ [A-Z][a-z]/);
		}
		expect(new Set(actions).size).toBe(actions.length);
	});
});

describe.each(named)('%s', (_name, resource, operation) => {
	const values = { resource: resource.option.value, operation: operation.option.value };

	test('offers each field of its own, and no two of one name at a time', () => {
		const own = properties.filter(({ displayOptions }) =>
			Object.entries(values).every(([name, value]) => displayOptions?.show?.[name]?.includes(value) !== false),
		);
		const parameters = NodeHelpers.getNodeParameters(own, values, true, false, null, description);
		const shown = own.filter((property) =>
			NodeHelpers.displayParameter({ ...parameters, ...values }, property, null, description),
		);
		const names = shown.map(({ name }) => name).filter((name) => !/notice$/i.test(name));
		expect(names).toEqual([...new Set(names)]);
		expect(names).toEqual(expect.arrayContaining(['resource', 'operation']));
	});

	test('every list that its fields ask for is there', () => {
		const lists: Record<string, object> = methods;
		const asked = operation.fields
			.flatMap(nested)
			.flatMap((field) => [
				...(field.modes ?? []).map(({ typeOptions }) => ['listSearch', typeOptions?.searchListMethod]),
				['loadOptions', field.typeOptions?.loadOptionsMethod],
				['resourceMapping', field.typeOptions?.resourceMapper?.resourceMapperMethod],
			]);
		for (const [kind, method] of asked) {
			if (kind !== undefined && method !== undefined) expect(lists[kind]).toHaveProperty(method);
		}
	});

	test('has a schema of its output for the editor', () => {
		const file = new URL(
			`../../../nodes/CalCom/__schema__/v1.0.0/${values.resource}/${values.operation}.json`,
			import.meta.url,
		);
		// Written by support/write-schemas.mts from what the tests of the operation see it give.
		expect(existsSync(file)).toBe(true);
		const schema = JSON.parse(readFileSync(file, 'utf8'));
		expect(schema).toMatchObject({ type: 'object', version: 1, properties: expect.any(Object) });
		expect(Object.keys(schema.properties).length).toBeGreaterThan(0);
	});
});

describe('describeResources', () => {
	const field: INodeProperties = {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 1,
		displayOptions: { show: { returnAll: [false] }, hide: { raw: [true] } },
	};
	const operation: Operation = {
		option: { name: 'Get', value: 'get', action: 'Get a thing' },
		fields: [field],
		execute: async () => [],
	};
	const resource: Resource = {
		option: { name: 'Thing', value: 'thing', description: 'A thing' },
		operations: [{ ...operation, option: { ...operation.option, name: 'Take', value: 'take' } }, operation],
		hostedOnly: true,
	};
	const described = describeResources([resource], 'thing');

	test('keeps the conditions of a field and adds where it belongs', () => {
		expect(described.at(-1)?.displayOptions).toEqual({
			show: { resource: ['thing'], operation: ['get'], returnAll: [false] },
			hide: { raw: [true] },
		});
		expect(field.displayOptions?.show).toEqual({ returnAll: [false] });
	});

	test('sorts what is chosen from, and starts with the first operation', () => {
		const operations = described.find(({ name }) => name === 'operation');
		expect(operations?.options?.map(({ name }) => name)).toEqual(['Get', 'Take']);
		expect(operations?.default).toBe('take');
	});

	test('says what only hosted Cal.com has', () => {
		expect(described[0]?.options?.[0]).toMatchObject({ name: 'Thing', description: 'Hosted Cal.com only' });
	});
});
