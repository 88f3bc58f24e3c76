import { hostedApi } from './baseUrl';

/** The regions of hosted Cal.com, by the host of their API. */
const REGIONS: ReadonlyMap<string, string> = new Map([
	['https://api.cal.com/v2', 'cal.com'],
	['https://api.cal.eu/v2', 'cal.eu'],
]);

/** The longest word for an instance: it stands in keys of tables. */
const MAX_WORD = 100;

/**
 * Which Cal.com it is: ids count within one. cal.com and cal.eu for the hosted ones, else the word of the credential, else
 * its host. A word survives a move to another address.
 *
 * @param baseUrl an address as `baseUrlCandidates` gives it
 * @param word what the credential's field *Instance* says
 */
export function instanceOf(baseUrl: string, word: string): string {
	const host = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
	const region = host === null ? undefined : REGIONS.get(hostedApi(host.hostname) ?? '');
	if (region !== undefined) return region;
	const typed = word.trim().slice(0, MAX_WORD);
	return typed === '' ? (host?.host ?? baseUrl) : typed;
}
