import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../api/request';
import { API_VERSION } from '../api/versions';

/**
 * A request about the webhooks of a scope, or about one of them.
 *
 * @param path where they live: `webhooksPath`
 */
export function webhookRequest(
	method: ApiRequest['method'],
	path: string,
	more: { id?: string; body?: IDataObject; query?: IDataObject; timeout?: number } = {},
): ApiRequest {
	const { id, ...rest } = more;
	return {
		method,
		path: id === undefined ? path : `${path}/${encodeURIComponent(id)}`,
		version: API_VERSION.webhooks,
		...rest,
	};
}
