/**
 * A JSON schema as n8n's editor reads it: one type a value. Of several it shows the first, and it looks into objects
 * and lists only where that is the one word.
 */
export interface Shape {
	type: string;
	properties?: Record<string, Shape>;
	items?: Shape;
}

/** Objects whose keys the user or Cal.com's form makes up: nothing to say about them. */
const FREE = new Set([
	'metadata',
	'bookingFieldsResponses',
	'responses',
	'customResponses',
	'displayEmail',
	'answers',
	'raw',
]);
const MADE_UP_KEY = /^\d{4}-\d\d-\d\d$|^\d+$/;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The shape of a value. */
export function shapeOf(value: unknown, key = ''): Shape {
	if (value === null || value === undefined) return { type: 'null' };
	if (Array.isArray(value)) {
		const items = value.map((one) => shapeOf(one)).reduce<Shape | null>((a, b) => merge(a, b, `${key}[]`), null);
		return { type: 'array', ...(items === null ? {} : { items }) };
	}
	if (isObject(value)) {
		const keys = Object.keys(value);
		if (FREE.has(key) || keys.some((name) => MADE_UP_KEY.test(name))) return { type: 'object' };
		return {
			type: 'object',
			properties: Object.fromEntries(keys.map((name) => [name, shapeOf(value[name], name)])),
		};
	}
	return { type: typeof value };
}

const isDeep = ({ type }: Shape): boolean => type === 'object' || type === 'array';

/**
 * What fits both: null gives way to anything, a plain value to an object or list, which the editor looks into.
 *
 * @param at where they are, for the error
 * @throws when two plain values differ in kind: one of them is no true sample
 */
export function merge(a: Shape | null, b: Shape, at: string): Shape {
	if (a === null || a.type === 'null') return b;
	if (b.type === 'null') return a;
	if (isDeep(a) !== isDeep(b)) return isDeep(a) ? a : b;
	if (a.type !== b.type) {
		if (isDeep(a)) return a;
		throw new Error(`${at} is ${a.type} in one test and ${b.type} in another; values drawn by chance are madeUp`);
	}
	if (a.type === 'array') {
		const items = b.items === undefined ? a.items : merge(a.items ?? null, b.items, `${at}[]`);
		return { type: 'array', ...(items === undefined ? {} : { items }) };
	}
	if (a.type !== 'object') return a;
	const properties: Record<string, Shape> = { ...a.properties };
	for (const [name, shape] of Object.entries(b.properties ?? {})) {
		properties[name] = merge(properties[name] ?? null, shape, `${at}.${name}`);
	}
	return Object.keys(properties).length === 0 ? { type: 'object' } : { type: 'object', properties };
}
