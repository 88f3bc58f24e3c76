import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
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
	/** Milliseconds since 1970: what would have to wait for the rate limit until after this is not sent at all. */
	until?: number;
}
