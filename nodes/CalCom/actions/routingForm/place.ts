import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { readId } from '../../../shared/panel/identifiers';
import { organizationField, readOrganizationId } from '../../../shared/panel/organization';

export const WHAT = 'Routing forms';

export const placeFields: INodeProperties[] = [
	organizationField,
	{
		displayName: 'Team ID',
		name: 'teamId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7',
		description: 'Only the forms of this team of the organization. Leave empty for all.',
	},
];

export const formField: INodeProperties = {
	displayName: 'Routing Form ID',
	name: 'routingFormId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. f00b26df-f54b-4985-8d98-17c5482c6a24',
	description: 'As Get Many gives it, or from the address of the form in Cal.com',
};

/**
 * A request about the routing forms of the chosen organization or team.
 *
 * @throws NodeOperationError on self-hosted Cal.com, or when there is no organization
 */
export async function formsRequest(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	below: Pick<ApiRequest, 'query'> & { path?: string },
): Promise<ApiRequest> {
	session.requireHosted(itemIndex, WHAT);
	const organization = `/organizations/${await readOrganizationId(ctx, itemIndex, session)}`;
	const team = readId(ctx, itemIndex, 'teamId', 'Team ID');
	const { path = '', query = {} } = below;
	return {
		method: 'GET',
		path: `${organization}${team === null ? '' : `/teams/${team}`}/routing-forms${path}`,
		version: versionFor('routingForms', session.edition),
		query,
	};
}
