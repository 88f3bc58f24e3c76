import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';

/** A request about the webhooks of a collection, such as `/webhooks`, or about one of them. */
export function webhookRequest(
	session: Session,
	method: ApiRequest['method'],
	collection: string,
	more: { id?: string; body?: IDataObject } = {},
): ApiRequest {
	const { id, body } = more;
	return {
		method,
		path: id === undefined ? collection : `${collection}/${encodeURIComponent(id)}`,
		version: versionFor('webhooks', session.edition),
		...(body === undefined ? {} : { body }),
	};
}
