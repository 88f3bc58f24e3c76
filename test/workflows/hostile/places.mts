// The places of an event that hold text, by their path: `attendees.0.name`.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';

/** What the trigger makes itself, of a few words or as ISO 8601: no text comes through there. */
const MADE = new Set([
	'category',
	'source',
	'occurredAt',
	'start',
	'end',
	'startLocal',
	'endLocal',
	'previousStart',
	'previousEnd',
	'updatedAt',
]);

const entries = (value: unknown): [string, unknown][] =>
	typeof value === 'object' && value !== null ? Object.entries(value) : [];

export function placesOfText(value: unknown, path = ''): string[] {
	return entries(value).flatMap(([key, inner]) => {
		const place = path === '' ? key : `${path}.${key}`;
		if (typeof inner === 'string') return MADE.has(key) ? [] : [place];
		return placesOfText(inner, place);
	});
}

function put(value: unknown, steps: readonly string[], text: string): unknown {
	const [step, ...rest] = steps;
	if (step === undefined) return text;
	if (Array.isArray(value))
		return value.map((one: unknown, at) => (String(at) === step ? put(one, rest, text) : one));
	return Object.fromEntries(
		entries(value).map(([key, inner]) => [key, key === step ? put(inner, rest, text) : inner]),
	);
}

/** The event with this text at that place. */
export function withText(event: CalComEvent, place: string, text: string): CalComEvent {
	const [first = '', ...rest] = place.split('.');
	const changed = put(Reflect.get(event, first), rest, text);
	return { ...event, [first]: changed };
}
