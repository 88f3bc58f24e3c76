import { isObject } from '../../../src/calcom/json.mts';
import type { Json } from '../../../src/calcom/json.mts';

/** Field names and JSON types, deep; an array becomes the list of the different shapes it holds. */
export function shapeOf(value: Json | undefined): Json {
	if (value === undefined || value === null) return 'null';
	if (Array.isArray(value)) {
		const shapes = new Map(value.map((item) => [JSON.stringify(sorted(shapeOf(item))), shapeOf(item)]));
		return [...shapes.keys()].sort().map((key) => shapes.get(key) ?? null);
	}
	if (!isObject(value)) return typeof value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

function sorted(shape: Json): Json {
	if (!isObject(shape)) return shape;
	return Object.fromEntries(
		Object.keys(shape)
			.sort()
			.map((key) => [key, sorted(shape[key] ?? null)]),
	);
}

/** Replaces what differs from run to run: times, and the ids of this run by those of the recording. */
export function masked(value: Json, ids: ReadonlyMap<string, string> = new Map()): Json {
	let text = JSON.stringify(value).replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, '<time>');
	for (const [ours, theirs] of ids) text = text.replaceAll(ours, theirs);
	return JSON.parse(text) as Json;
}

/** Members whose values belong to one run. */
const OWN =
	/^(id|bookingId|rescheduleId|paymentId|uuid|userUuid|idempotencyKey|oneTimePassword|password|subscriberUrl)$/;

const withoutRun = (text: string): string =>
	text
		.replaceAll(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}/g, '<time>')
		.replaceAll(/<time>\.\d{3}/g, '<time>.<ms>')
		.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
		.replaceAll(/\b[1-9A-HJ-NP-Za-km-z]{22}\b/g, '<uid>')
		.replaceAll(/\b\w+\.daily\.co\/\w+/g, '<room>')
		.replaceAll(/\b[0-9a-f]{20}\b/g, '<hex>');

/** The value with everything that differs from run to run taken out: what is left has to be word for word the same. */
export function constantOf(value: Json | undefined, key = ''): Json {
	if (OWN.test(key) && value !== null) return `<${key}>`;
	if (typeof value === 'string') return withoutRun(value);
	if (Array.isArray(value)) return value.map((item) => constantOf(item));
	if (!isObject(value)) return value ?? null;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, constantOf(item, name)]));
}
