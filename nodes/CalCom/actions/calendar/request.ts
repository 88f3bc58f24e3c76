import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';

export function calendarRequest(session: Session, path: string, query?: IDataObject): ApiRequest {
	const version = versionFor('calendars', session.edition);
	return { method: 'GET', path, version, ...(query === undefined ? {} : { query }) };
}
