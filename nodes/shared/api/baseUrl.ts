/**
 * The base URL that people type, made into the one that the API answers at.
 *
 * - Anything on cal.com or cal.eu (the app, an organization's own subdomain, the API) means the
 *   hosted API of that region: `https://api.cal.com/v2` or `https://api.cal.eu/v2`.
 * - Everywhere else a path that names the version is kept up to it (`/v2`, `/api/v2`; a `/v1`, which
 *   this package does not speak, becomes `/v2`).
 * - Everywhere else without a version, `/api/v2` is added: the web app forwards it, and the API
 *   server itself answers under it too.
 */

/** What a new credential starts with. */
export const DEFAULT_BASE_URL = 'https://api.cal.com/v2';

const HOSTED_REGIONS = [
	{ domain: 'cal.com', api: DEFAULT_BASE_URL },
	{ domain: 'cal.eu', api: 'https://api.cal.eu/v2' },
] as const;

/** First path segments of Cal.com's own pages: whoever copied the address bar means the part before. */
const APP_PAGES = new Set(['settings', 'auth', 'event-types', 'bookings', 'availability', 'apps', 'getting-started']);

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const VERSION_SEGMENT = /^v[12]$/i;
/** Hosts that people reach without TLS: loopback, and names without a dot (a container's name). */
const PLAIN_HTTP_HOST = /^(localhost|127\.|0\.0\.0\.0|\[|[^./:]+(:|\/|$))/i;

function parse(input: string): URL | null {
	const text = input.trim();
	const withScheme = SCHEME.test(text) ? text : `${PLAIN_HTTP_HOST.test(text) ? 'http' : 'https'}://${text}`;
	if (!URL.canParse(withScheme)) return null;
	const url = new URL(withScheme);
	return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}

/** The region's API when the host belongs to hosted Cal.com, else null. */
export function hostedApi(hostname: string): string | null {
	const host = hostname.toLowerCase();
	const region = HOSTED_REGIONS.find(({ domain }) => host === domain || host.endsWith(`.${domain}`));
	return region?.api ?? null;
}

/**
 * The base URLs that a typed address can mean, the likeliest first; requests use the first one, the
 * credential test looks at the others to say what to type instead. None has a trailing slash.
 *
 * @param input what the user typed; blank means the hosted API
 * @returns an empty list when it is no http(s) address
 * @example baseUrlCandidates('https://cal.example.com/') // ['https://cal.example.com/api/v2', 'https://cal.example.com/v2']
 */
export function baseUrlCandidates(input: string): string[] {
	if (input.trim() === '') return [DEFAULT_BASE_URL];
	const url = parse(input);
	if (url === null) return [];
	const hosted = hostedApi(url.hostname);
	if (hosted !== null) return [hosted];

	const all = url.pathname.split('/').filter((segment) => segment !== '');
	const version = all.findIndex((segment) => VERSION_SEGMENT.test(segment));
	if (version >= 0) return [[url.origin, ...all.slice(0, version), 'v2'].join('/')];

	const page = all.findIndex((segment) => APP_PAGES.has(segment));
	const kept = page >= 0 ? all.slice(0, page) : all;
	const prefix = kept.at(-1) === 'api' ? kept.slice(0, -1) : kept;
	return [[url.origin, ...prefix, 'api', 'v2'].join('/'), [url.origin, ...prefix, 'v2'].join('/')];
}
