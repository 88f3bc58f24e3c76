import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { teamLocator } from '../../../shared/panel/locators';
import { shaped, simplify } from '../shared/simplify';
import { readTeamPath, SIMPLE_KEYS, teamRequest } from './request';

export const get: Operation = {
	option: { name: 'Get', value: 'get', action: 'Get a team', description: 'Get a team by its ID' },
	fields: [teamLocator(), simplify],
	async execute(itemIndex, session) {
		const request = teamRequest(session, readTeamPath(this, itemIndex, session));
		return shaped(this, itemIndex, await session.request(itemIndex, request, dataObject), SIMPLE_KEYS);
	},
};
