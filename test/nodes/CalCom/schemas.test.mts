// The output schemas that n8n's editor offers fields from before anything has run.
import { readdirSync, readFileSync } from 'node:fs';
import { merge, shapeOf } from './support/shape.mts';

const folder = new URL('../../../nodes/CalCom/__schema__/v1.0.0/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
const KINDS = ['string', 'number', 'boolean', 'null', 'object', 'array'];

interface Schema {
	type?: unknown;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Where a value is of no kind, or of several: the editor would show the first, such as a checkbox for a title. */
function unclear({ type, properties = {}, items }: Schema, at: string): string[] {
	const own = KINDS.includes(String(type)) && typeof type === 'string' ? [] : [`${at}: ${JSON.stringify(type)}`];
	const inner = Object.entries(properties).flatMap(([name, one]) => unclear(one, `${at}.${name}`));
	return [...own, ...inner, ...(items === undefined ? [] : unclear(items, `${at}[]`))];
}

const schemaOf = (file: string): Schema => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

describe('the schemas', () => {
	test('give each value one kind', () => {
		expect(files.length).toBeGreaterThan(60);
		expect(files.flatMap((file) => unclear(schemaOf(file), file))).toEqual([]);
	});

	test('know what an updated event type is', () => {
		const { properties } = schemaOf('eventType/update.json');
		expect(properties).toMatchObject({
			title: { type: 'string' },
			lengthInMinutes: { type: 'number' },
			hidden: { type: 'boolean' },
		});
	});
});

describe('what two samples have in common', () => {
	const merged = (a: unknown, b: unknown) => merge(shapeOf(a), shapeOf(b), 'it');

	test('nothing gives way to something, wherever it stands', () => {
		const whole = {
			type: 'object',
			properties: { name: { type: 'string' }, list: { type: 'array', items: { type: 'number' } } },
		};
		expect(merged({ name: null, list: [] }, { name: 'Ada', list: [1, null] })).toEqual(whole);
		expect(merged({ name: 'Ada', list: [1, null] }, { name: null, list: null })).toEqual(whole);
	});

	test('two kinds of plain values are refused, with their place', () => {
		expect(() => merged({ list: [{ title: 'Cut' }] }, { list: [{ title: true }] })).toThrow(
			/^it\.list\[\]\.title is string in one test and boolean in another/,
		);
	});
});
