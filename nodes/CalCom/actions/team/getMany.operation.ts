import type { Operation } from '../operation';
import { listFields, readWhole } from '../shared/listing';
import { shaped, simplify } from '../shared/simplify';
import { SIMPLE_KEYS, teamRequest, WHAT } from './request';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many teams',
		description: "Get the teams of the API key's owner",
	},
	fields: [...listFields, simplify],
	async execute(itemIndex, session) {
		session.requireHosted(itemIndex, WHAT);
		const teams = await readWhole(this, itemIndex, session, teamRequest(session));
		return teams.map((team) => shaped(this, itemIndex, team, SIMPLE_KEYS));
	},
};
