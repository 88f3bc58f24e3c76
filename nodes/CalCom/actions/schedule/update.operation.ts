import { fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { requireId } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { toZone } from '../../../shared/panel/instant';
import { scheduleSettings } from './availability';
import {
	availabilityField,
	defaultField,
	nameField,
	overridesField,
	scheduleAnswer,
	scheduleField,
	scheduleRequest,
	scheduleZoneField,
} from './fields';

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a schedule',
		description: 'Change the hours or other settings of a schedule',
	},
	fields: [
		scheduleField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{ ...overridesField, description: 'Other hours on single days. They replace all that there are now.' },
				defaultField,
				nameField,
				scheduleZoneField,
				{ ...availabilityField, description: 'They replace all hours that there are now' },
			],
		},
	],
	async execute(itemIndex, session) {
		const id = requireId(this, itemIndex, 'scheduleId', 'Schedule');
		const changes = readFields(this.getNodeParameter('updateFields', itemIndex, {})) ?? {};
		const body = scheduleSettings(this, itemIndex, changes);
		if (Object.keys(body).length === 0) {
			throw invalid(
				this,
				itemIndex,
				'NOTHING_TO_CHANGE',
				'There is nothing to change',
				'Add a field under Update Fields.',
			);
		}
		if (body.timeZone !== undefined) toZone(this, itemIndex, body.timeZone);
		return await session.request(
			itemIndex,
			{ ...scheduleRequest(session, 'PATCH', `/${id}`), body },
			scheduleAnswer,
		);
	},
};
