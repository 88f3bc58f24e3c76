import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import { readZone, timeZoneField } from '../shared/timeFields';
import { bookingPath, bookingRequest, something } from '../../../shared/api/bookings';
import { byEmail, fetchAttendees } from './attendees';
import { sendOnce } from '../../../shared/api/outcome';
import { asText, bookingField, filled, readCollection, readText, readUid } from './parameters';
import { emailField, languageField, nameField, phoneField } from './people';

/** Adds an attendee to a booking. */
export const addAttendee: Operation = {
	option: {
		name: 'Add Attendee',
		value: 'addAttendee',
		action: 'Add an attendee to a booking',
		description: 'Add someone to a booking',
	},
	fields: [
		bookingField('The booking that they come to'),
		{ ...nameField, required: true },
		{ ...emailField, required: true },
		{
			...timeZoneField,
			description: 'IANA name of the zone in which they read the times. Leave empty to use that of the workflow.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [languageField, phoneField],
		},
	],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		const more = readCollection(this, 'additionalFields', itemIndex);
		const name = readText(this, 'name', itemIndex);
		const email = readText(this, 'email', itemIndex);
		if (name === '' || email === '') {
			throw invalid(
				this,
				itemIndex,
				'FIELD_EMPTY',
				`${name === '' ? 'Name' : 'Email'} is empty`,
				'Cal.com wants the name and the email address of an attendee.',
			);
		}
		const body = {
			name,
			email,
			timeZone: readZone(this, itemIndex),
			...filled({ phoneNumber: asText(more.phoneNumber), language: asText(more.language) }),
		};
		const request = bookingRequest(session, 'POST', bookingPath(uid, '/attendees'), body);
		return await sendOnce(session, itemIndex, request, something, async () =>
			byEmail(await fetchAttendees(session, itemIndex, uid), email),
		);
	},
};
