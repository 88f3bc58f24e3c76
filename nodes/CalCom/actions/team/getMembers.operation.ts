import { identifier } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { listFields, readPages } from '../shared/listing';
import { teamLocator } from '../../../shared/panel/locators';
import { readTeamPath, teamRequest } from './request';

export const getMembers: Operation = {
	option: {
		name: 'Get Members',
		value: 'getMembers',
		action: 'Get the members of a team',
		description: 'Get who belongs to a team, and as what',
	},
	fields: [
		teamLocator(),
		...listFields,
		{
			displayName: 'Emails',
			name: 'emails',
			type: 'string',
			default: '',
			placeholder: 'e.g. anna@email.com,ben@email.com',
			description: 'Only these people, at most 20, separated by commas',
		},
	],
	async execute(itemIndex, session) {
		const path = `${readTeamPath(this, itemIndex, session)}/memberships`;
		const emails = identifier(this.getNodeParameter('emails', itemIndex, ''));
		const query = emails === null ? {} : { emails: emails.replace(/\s+/g, '') };
		return await readPages(this, itemIndex, session, teamRequest(session, path, query));
	},
};
