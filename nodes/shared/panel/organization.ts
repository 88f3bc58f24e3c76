import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Session } from '../api/session';
import { versionFor } from '../api/versions';
import { readId } from './identifiers';
import { invalid } from './invalid';

export const organizationField: INodeProperties = {
	displayName: 'Organization ID',
	name: 'organizationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 42',
	description: 'Leave empty to use the organization that the owner of the API key belongs to',
};

const member = z.object({ id: z.number(), organizationId: z.number().nullish() });

/** Who the credential belongs to; asked once per execution. */
export async function readOwner(itemIndex: number, session: Session): Promise<z.infer<typeof member>> {
	const request = { method: 'GET', path: '/me', version: versionFor('me', session.edition) } as const;
	return await session.remember('owner', null, async () => await session.request(itemIndex, request, member));
}

/**
 * The organization to work in: the one that was typed, else the owner's.
 *
 * @throws NodeOperationError when they belong to none
 */
export async function readOrganizationId(ctx: IExecuteFunctions, itemIndex: number, session: Session): Promise<number> {
	const typed = readId(ctx, itemIndex, 'organizationId', 'Organization ID');
	if (typed !== null) return typed;
	const { organizationId } = await readOwner(itemIndex, session);
	if (typeof organizationId === 'number') return organizationId;
	throw invalid(
		ctx,
		itemIndex,
		'NO_ORGANIZATION',
		'The owner of this API key belongs to no organization',
		'Use the API key of a member of the organization, or fill in Organization ID.',
	);
}
