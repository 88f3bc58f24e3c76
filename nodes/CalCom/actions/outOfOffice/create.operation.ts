import { fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { readZone, timeZoneField } from '../shared/timeFields';
import { absenceBody, detailFields, endField, startField } from './absence';
import { absenceRequest, memberFields, readMemberPath } from './place';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create an out of office entry',
		description: 'Enter an absence, during which nobody can book',
	},
	fields: [
		{ ...startField, required: true },
		{ ...endField, required: true },
		timeZoneField,
		...memberFields,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: detailFields,
		},
	],
	async execute(itemIndex, session) {
		const path = await readMemberPath(this, itemIndex, session);
		const more = readFields(this.getNodeParameter('additionalFields', itemIndex, {})) ?? {};
		const values = {
			...more,
			start: this.getNodeParameter('start', itemIndex, ''),
			end: this.getNodeParameter('end', itemIndex, ''),
		};
		const body = absenceBody(this, itemIndex, values, readZone(this, itemIndex));
		return await session.request(itemIndex, absenceRequest(session, 'POST', path, { body }), dataObject);
	},
};
