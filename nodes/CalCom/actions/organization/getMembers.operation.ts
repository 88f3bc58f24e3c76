import type { Operation } from '../operation';
import { listFields, readPages } from '../shared/listing';
import { organizationField } from '../../../shared/panel/organization';
import { organizationRequest } from './request';

export const getMembers: Operation = {
	option: {
		name: 'Get Members',
		value: 'getMembers',
		action: 'Get the members of an organization',
		description: 'Get who belongs to an organization, and as what',
	},
	fields: [organizationField, ...listFields],
	async execute(itemIndex, session) {
		const asked = { what: 'Members of an organization', path: '/memberships' };
		const request = await organizationRequest(this, itemIndex, session, asked);
		return await readPages(this, itemIndex, session, request);
	},
};
