import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { readId } from '../../../shared/panel/identifiers';
import { organizationField, readOrganizationId, readOwner } from '../../../shared/panel/organization';

export const WHAT = 'Out of office';

/** Absences belong to a member of an organization: API v2 has them nowhere else. */
export const memberFields: INodeProperties[] = [
	organizationField,
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7',
		description: 'Whose absence it is. Leave empty for the owner of the API key.',
	},
];

export const entryField: INodeProperties = {
	displayName: 'Entry ID',
	name: 'entryId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 2',
	description: 'The ID of the absence, as Get Many gives it',
};

/**
 * Where the absences of the chosen member live.
 *
 * @throws NodeOperationError on self-hosted Cal.com, or when the owner belongs to no organization
 */
export async function readMemberPath(ctx: IExecuteFunctions, itemIndex: number, session: Session): Promise<string> {
	session.requireHosted(itemIndex, WHAT);
	const organizationId = await readOrganizationId(ctx, itemIndex, session);
	const userId = readId(ctx, itemIndex, 'userId', 'User ID') ?? (await readOwner(itemIndex, session)).id;
	return `/organizations/${organizationId}/users/${userId}/ooo`;
}

export function absenceRequest(
	session: Session,
	method: ApiRequest['method'],
	path: string,
	more: { query?: IDataObject; body?: IDataObject } = {},
): ApiRequest {
	return { method, path, version: versionFor('organizations', session.edition), ...more };
}
