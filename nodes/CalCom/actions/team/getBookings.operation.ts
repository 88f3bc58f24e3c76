import type { IDataObject } from 'n8n-workflow';
import { aBooking } from '../../../shared/api/bookings';
import { filterFields, readQuery, sortFields } from '../booking/filters';
import { readOutputFields, shapeRead } from '../booking/output';
import type { Operation } from '../operation';
import { listFields, readLimit } from '../shared/listing';
import { teamLocator } from '../../../shared/panel/locators';
import { readTeamPath, teamRequest } from './request';

/** The list of a team knows fewer filters than the one of an account. */
const UNKNOWN = ['teamId', 'teamsIds', 'afterCreatedAt', 'beforeCreatedAt', 'afterUpdatedAt', 'beforeUpdatedAt'];
const filters = {
	...filterFields,
	options: (filterFields.options ?? []).filter(({ name }) => !UNKNOWN.includes(name)),
};

const sorts = sortFields.map((field) => ({
	...field,
	...(field.options === undefined
		? {}
		: { options: field.options.filter((option) => !('value' in option) || option.value !== 'sortUpdatedAt') }),
}));

export const getBookings: Operation = {
	option: {
		name: 'Get Bookings',
		value: 'getBookings',
		action: 'Get the bookings of a team',
		description: 'Get the bookings of the event types of a team',
	},
	fields: [teamLocator(), ...listFields, filters, ...sorts, ...readOutputFields],
	async execute(itemIndex, session) {
		const path = `${readTeamPath(this, itemIndex, session)}/bookings`;
		const request = teamRequest(session, path, readQuery(this, itemIndex));
		const items: IDataObject[] = [];
		for await (const page of session.pages(itemIndex, request, aBooking, readLimit(this, itemIndex))) {
			items.push(...(await shapeRead(this, itemIndex, session, page)));
		}
		return items;
	},
};
