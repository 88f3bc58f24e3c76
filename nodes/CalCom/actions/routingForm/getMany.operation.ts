import type { Operation } from '../operation';
import { listFields, readPages } from '../shared/listing';
import { shaped, simplify } from '../shared/simplify';
import { filterField, readFilters } from './filters';
import { formsRequest, placeFields } from './place';

/** Routes and settings are left out: they are long, and for the editor of Cal.com. */
const SIMPLE_KEYS = ['id', 'name', 'description', 'disabled', 'teamId', 'userId', 'fields', 'createdAt', 'updatedAt'];

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many routing forms',
		description: 'Get the routing forms of an organization or a team',
	},
	fields: [...placeFields, ...listFields, filterField, simplify],
	async execute(itemIndex, session) {
		const request = await formsRequest(this, itemIndex, session, { query: readFilters(this, itemIndex) });
		const forms = await readPages(this, itemIndex, session, request);
		return forms.map((form) => shaped(this, itemIndex, form, SIMPLE_KEYS));
	},
};
