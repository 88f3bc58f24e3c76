import { fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { requireId } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { timeZoneField } from '../shared/timeFields';
import { toZone } from '../../../shared/panel/instant';
import { absenceBody, detailFields, endField, startField } from './absence';
import { absenceRequest, entryField, memberFields, readMemberPath } from './place';

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update an out of office entry',
		description: 'Change the times or the reason of an absence',
	},
	fields: [
		entryField,
		...memberFields,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What is left out stays as it is',
			options: [endField, ...detailFields, startField, timeZoneField],
		},
	],
	async execute(itemIndex, session) {
		const path = await readMemberPath(this, itemIndex, session);
		const id = requireId(this, itemIndex, 'entryId', 'Entry ID');
		const changes = readFields(this.getNodeParameter('updateFields', itemIndex, {})) ?? {};
		const body = absenceBody(this, itemIndex, changes, toZone(this, itemIndex, changes.timeZone));
		if (Object.keys(body).length === 0) {
			throw invalid(
				this,
				itemIndex,
				'NOTHING_TO_CHANGE',
				'There is nothing to change',
				'Add a field under Update Fields.',
			);
		}
		return await session.request(
			itemIndex,
			absenceRequest(session, 'PATCH', `${path}/${id}`, { body }),
			dataObject,
		);
	},
};
