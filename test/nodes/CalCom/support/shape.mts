/** A JSON schema as n8n's editor reads it: one type a value, so that it can look into objects and lists. */
export interface Shape {
	type: string | string[];
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
		const items = value.map((one) => shapeOf(one)).reduce<Shape | null>(merge, null);
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

const names = ({ type }: Shape): string[] => (Array.isArray(type) ? type : [type]);
const isDeep = (shape: Shape): boolean => names(shape).some((name) => name === 'object' || name === 'array');

/** What fits both. An object or list beside anything else stays what it is: the editor looks into it. */
export function merge(a: Shape | null, b: Shape): Shape {
	if (a === null) return b;
	if (isDeep(a) !== isDeep(b)) return isDeep(a) ? a : b;
	if (!isDeep(a)) {
		const all = [...new Set([...names(a), ...names(b)])].sort();
		const ordered = [...all.filter((name) => name !== 'null'), ...all.filter((name) => name === 'null')];
		return { type: ordered.length === 1 ? (ordered[0] ?? 'null') : ordered };
	}
	if (a.type !== b.type) return a;
	if (a.type === 'array') {
		const items = a.items === undefined ? b.items : b.items === undefined ? a.items : merge(a.items, b.items);
		return { type: 'array', ...(items === undefined ? {} : { items }) };
	}
	const properties: Record<string, Shape> = { ...a.properties };
	for (const [name, shape] of Object.entries(b.properties ?? {})) {
		properties[name] = merge(properties[name] ?? null, shape);
	}
	return Object.keys(properties).length === 0 ? { type: 'object' } : { type: 'object', properties };
}
