import { forbidden, unauthorized } from './errors.mts';
import type { State } from './store.mts';

const NO_METHOD =
	"ApiAuthStrategy - No authentication method provided. Either pass an API key as 'Bearer' header or OAuth client credentials as 'x-cal-secret-key' and 'x-cal-client-id' headers";
const NO_PERMISSION =
	"PermissionsGuard - no authentication provided. Provide either authorization bearer token containing managed user access token or oAuth client id in 'x-cal-client-id' header.";

/**
 * Who may call a route: `public` anyone, `key` whoever has a key (401 without), `permission` the same behind a guard
 * that answers 403 when there is no key at all.
 */
export type Access = 'public' | 'key' | 'permission';

/** The key of an Authorization header, with or without `Bearer`; null without one. */
export function keyIn(authorization: string | undefined): string | null {
	const key = authorization?.replace(/^Bearer\s+/i, '').trim();
	return key ? key : null;
}

/** The id of the key's user; null when a public route is called without a key. @throws ApiError 401 or 403 */
export function authenticate(state: State, key: string | null, access: Access): number | null {
	if (key === null) {
		if (access === 'public') return null;
		throw access === 'permission' ? forbidden(NO_PERMISSION) : unauthorized(NO_METHOD);
	}
	if (!key.startsWith('cal_')) throw unauthorized('Invalid Access Token.');
	const known = state.apiKeys.find((candidate) => candidate.key === key);
	// The rate limit looks the key up before anybody asks whether it is valid.
	if (!known) throw unauthorized('CustomThrottlerGuard - Invalid API Key');
	if (known.expired) throw unauthorized('ApiAuthStrategy - api key - Your api key is expired');
	return known.userId;
}

const ANONYMOUS_LIMIT = 120;
const TOKEN_LIMIT = 500;
const KEY_LIMIT = 5000;

/** Requests per minute for whoever calls with this key. */
export function limitFor(state: State, key: string | null, rateLimit: number | undefined): number {
	if (key === null) return rateLimit ?? ANONYMOUS_LIMIT;
	if (!key.startsWith('cal_')) return rateLimit ?? TOKEN_LIMIT;
	const known = state.apiKeys.find((candidate) => candidate.key === key);
	if (!known || known.expired) return rateLimit ?? ANONYMOUS_LIMIT;
	return known.limit ?? rateLimit ?? KEY_LIMIT;
}
