import type { RateLimit } from './rateLimit';

/** What Cal.com last said about the rate limit of one credential. */
export interface KnownLimit {
	current: RateLimit | null;
}

const known = new Map<string, KnownLimit>();

/**
 * What one execution was told about the rate limit holds for the next one, and for those beside it: Cal.com counts all
 * requests of a key together. Each process of n8n knows its own; what the others use up shows in the next answer.
 *
 * @param credentialId n8n's; without one nothing is shared
 */
export function knownLimit(credentialId: string | null | undefined, baseUrl: string): KnownLimit {
	if (!credentialId) return { current: null };
	const key = `${credentialId} ${baseUrl}`;
	const found = known.get(key) ?? { current: null };
	known.set(key, found);
	return found;
}
