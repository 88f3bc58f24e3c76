import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import { OAUTH_CREDENTIAL } from './credential';
import type { ApiVersion } from './versions';

/** A request to API v2. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Below the base URL, with a leading slash: `/webhooks`. */
	path: string;
	/** From `versionFor`; null where the group has none. */
	version: ApiVersion;
	query?: IDataObject;
	body?: IDataObject;
	/** Milliseconds that it may take; a minute when absent. */
	timeout?: number;
	/** Milliseconds since 1970: what would have to wait for the rate limit until after this is not sent at all. */
	until?: number;
}

/** Milliseconds that a request may take: Cal.com calls the webhooks within some requests, so be patient. */
const TIMEOUT = 60_000;

/**
 * What n8n is told of a request: all that the package sends with a credential, but for the credential's test.
 *
 * @param to where the credential leads, and its type
 */
export function httpOptions(
	to: { baseUrl: string; credential: string },
	{ method, path, version, query, body, timeout = TIMEOUT }: ApiRequest,
): IHttpRequestOptions {
	return {
		method,
		url: `${to.baseUrl}${path}`,
		headers: { Accept: 'application/json', ...(version === null ? {} : { 'cal-api-version': version }) },
		...(query === undefined ? {} : { qs: query }),
		...(body === undefined ? {} : { body }),
		json: true,
		returnFullResponse: true,
		// n8n would send the key along to wherever a server leads it.
		disableFollowRedirect: true,
		// n8n gets a new access token when a 401 is thrown, not when it is returned.
		ignoreHttpStatusErrors: to.credential === OAUTH_CREDENTIAL ? { ignore: true, except: [401] } : true,
		timeout,
	};
}
