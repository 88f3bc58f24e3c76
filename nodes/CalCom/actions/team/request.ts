import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { requireId } from '../../../shared/panel/identifiers';

export const WHAT = 'Teams';

/** What people need of a team; the rest is the look of its pages. */
export const SIMPLE_KEYS = [
	'id',
	'name',
	'slug',
	'parentId',
	'isOrganization',
	'isPrivate',
	'timeZone',
	'weekStart',
	'bio',
];

export function teamRequest(session: Session, path = '', query?: IDataObject): ApiRequest {
	const version = versionFor('teams', session.edition);
	return { method: 'GET', path: `/teams${path}`, version, ...(query === undefined ? {} : { query }) };
}

/**
 * The path of the chosen team below `/teams`.
 *
 * @throws NodeOperationError on self-hosted Cal.com, or when no team is chosen
 */
export function readTeamPath(ctx: IExecuteFunctions, itemIndex: number, session: Session): string {
	session.requireHosted(itemIndex, WHAT);
	return `/${requireId(ctx, itemIndex, 'teamId', 'Team')}`;
}
