import type { Operation } from '../operation';
import { requireText } from '../../../shared/panel/identifiers';
import { listFields, readPages } from '../shared/listing';
import { filterField, readFilters } from './filters';
import { formField, formsRequest, placeFields } from './place';

export const getResponses: Operation = {
	option: {
		name: 'Get Responses',
		value: 'getResponses',
		action: 'Get the responses to a routing form',
		description: 'Get what people filled in, and the booking that it led to',
	},
	fields: [formField, ...placeFields, ...listFields, filterField],
	async execute(itemIndex, session) {
		const id = encodeURIComponent(requireText(this, itemIndex, 'routingFormId', 'Routing Form ID'));
		const below = { path: `/${id}/responses`, query: readFilters(this, itemIndex) };
		return await readPages(this, itemIndex, session, await formsRequest(this, itemIndex, session, below));
	},
};
