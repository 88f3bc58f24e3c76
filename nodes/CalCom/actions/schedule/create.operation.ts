import { fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { requireText } from '../../../shared/panel/identifiers';
import { readZone } from '../shared/timeFields';
import { scheduleSettings } from './availability';
import {
	availabilityField,
	defaultField,
	nameField,
	overridesField,
	scheduleAnswer,
	scheduleRequest,
	scheduleZoneField,
} from './fields';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a schedule',
		description: 'Create a schedule of hours at which event types can be booked',
	},
	fields: [
		{ ...nameField, required: true },
		{ ...scheduleZoneField, description: 'The zone of the hours. Leave empty to use that of the workflow.' },
		{
			...availabilityField,
			description: 'When it can be booked. Left empty, Cal.com takes Monday to Friday from 9:00 to 17:00.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [overridesField, defaultField],
		},
	],
	async execute(itemIndex, session) {
		const more = readFields(this.getNodeParameter('additionalFields', itemIndex, {})) ?? {};
		const availability = readFields(this.getNodeParameter('availability', itemIndex, {}));
		const body = scheduleSettings(this, itemIndex, {
			isDefault: false,
			...more,
			name: requireText(this, itemIndex, 'name', 'Name'),
			timeZone: readZone(this, itemIndex),
			...(availability?.entries === undefined ? {} : { availability }),
		});
		return await session.request(itemIndex, { ...scheduleRequest(session, 'POST'), body }, scheduleAnswer);
	},
};
