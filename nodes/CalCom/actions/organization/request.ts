import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { readOrganizationId } from '../../../shared/panel/organization';

/**
 * A request about the chosen organization.
 *
 * @param what how the panel calls what is asked for, for the error on self-hosted Cal.com
 * @throws NodeOperationError on self-hosted Cal.com, or when there is no organization
 */
export async function organizationRequest(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	asked: { what: string; path: string; query?: IDataObject },
): Promise<ApiRequest> {
	session.requireHosted(itemIndex, asked.what);
	const id = await readOrganizationId(ctx, itemIndex, session);
	const version = versionFor('organizations', session.edition);
	const { query = {} } = asked;
	return { method: 'GET', path: `/organizations/${id}${asked.path}`, version, query };
}
