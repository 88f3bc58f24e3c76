import { readFileSync } from 'node:fs';

/** A route of API v2, from its two specifications (without the management of OAuth clients). */
export interface ApiPath {
	method: string;
	/** Below the base URL, with its parameters in braces: `/bookings/{bookingUid}`. */
	path: string;
	edition: 'both' | 'hosted' | 'selfHosted';
}

const ROW = /^(\S+) (\S+) (both|hosted|selfHosted)$/;

function readRow(row: string): ApiPath {
	const [, method, path, edition] = ROW.exec(row) ?? [];
	if (method === undefined || path === undefined) throw new Error(`No route: ${row}`);
	return { method, path, edition: edition === 'both' || edition === 'hosted' ? edition : 'selfHosted' };
}

export const API_PATHS: readonly ApiPath[] = (
	JSON.parse(readFileSync(new URL('../../../fixtures/api-paths.json', import.meta.url), 'utf8')) as string[]
).map(readRow);

const pattern = (path: string): RegExp =>
	new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);
const parameters = (path: string): number => path.split('{').length;

/** Routes with the fewest parameters first: `/schedules/default` is not `/schedules/{scheduleId}`. */
const BY_LITERALNESS = [...API_PATHS]
	.sort((a, b) => parameters(a.path) - parameters(b.path))
	.map((one) => ({ ...one, pattern: pattern(one.path) }));

/** The route that a request went to, such as `GET /bookings/{bookingUid}`; null when no specification has it. */
export function routeOf(method: string, path: string): string | null {
	const found = BY_LITERALNESS.find((one) => one.method === method && one.pattern.test(path));
	return found === undefined ? null : `${found.method} ${found.path}`;
}
