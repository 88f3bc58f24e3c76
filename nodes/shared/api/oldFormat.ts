import type { ApiVersion } from './versions';

interface OldShape {
	path: RegExp;
	has: readonly string[];
	lacks: readonly string[];
}

/** How the answers of version 2024-04-15 give themselves away, each by what today's never has or lacks. */
const OLD_SHAPES: readonly OldShape[] = [
	{ path: /^\/event-types/, has: ['eventTypeGroups'], lacks: [] },
	{ path: /^\/event-types/, has: ['slug', 'length'], lacks: ['lengthInMinutes'] },
	{ path: /^\/bookings/, has: ['bookings'], lacks: ['uid'] },
	{ path: /^\/bookings/, has: ['uid', 'startTime'], lacks: ['start'] },
	{ path: /^\/bookings\/[^/]+\/cancel/, has: ['onlyRemovedAttendee'], lacks: ['uid'] },
	{ path: /^\/schedules/, has: ['workingHours'], lacks: [] },
];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Whether Cal.com answered in the shape of 2024-04-15, which it does silently when the version
 * header got lost on the way (a proxy) or is unknown to it.
 *
 * @param data the `data` of a successful answer
 */
export function isOldFormat(path: string, version: ApiVersion, data: unknown): boolean {
	if (version === null) return false;
	const sample: unknown = Array.isArray(data) ? data[0] : data;
	if (!isObject(sample)) return false;
	return OLD_SHAPES.some(
		(shape) =>
			shape.path.test(path) &&
			shape.has.every((key) => key in sample) &&
			!shape.lacks.some((key) => key in sample),
	);
}
