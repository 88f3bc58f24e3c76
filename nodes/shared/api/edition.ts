import { hostedApi } from './baseUrl';

/** Which Cal.com runs it: `selfHosted` is the community edition on the user's own machine. */
export type Edition = 'hosted' | 'selfHosted';

/** The credential's choice; `detect` goes by the host. */
export type EditionSetting = 'detect' | Edition;

/**
 * Which Cal.com a base URL leads to: hosted on cal.com and cal.eu, else self-hosted, unless the
 * credential says so itself.
 *
 * @param baseUrl an address as `baseUrlCandidates` gives it
 */
export function editionOf(baseUrl: string, setting: EditionSetting): Edition {
	if (setting !== 'detect') return setting;
	return URL.canParse(baseUrl) && hostedApi(new URL(baseUrl).hostname) !== null ? 'hosted' : 'selfHosted';
}
