import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import type { Booking } from '../../../shared/api/bookings';
import { aBooking, bookingPath, bookingRequest, readBookings } from '../../../shared/api/bookings';
import { GUESTS_PER_REQUEST, hasAll, inGroups } from '../../../shared/api/bookingOutcomes';
import { outputField, shape } from './output';
import { sendOnce } from '../../../shared/api/outcome';
import { asText, bookingField, filled, readList, readRows, readUid } from './parameters';
import { emailField, languageField, nameField, phoneField } from './people';

interface Guest {
	[field: string]: string;
	email: string;
}

/** Adds people to a booking; more than Cal.com takes at once in several requests. */
export const addGuests: Operation = {
	option: {
		name: 'Add Guests',
		value: 'addGuests',
		action: 'Add guests to a booking',
		description: 'Invite more people to a booking',
	},
	fields: [
		bookingField('The booking that they come to'),
		{
			displayName: 'Guest Emails',
			name: 'guestEmails',
			type: 'string',
			default: '',
			placeholder: 'e.g. bob@student.example, cem@student.example',
			description: 'Email addresses, separated by commas',
		},
		{
			displayName: 'Guests',
			name: 'guests',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Guest',
			default: {},
			description: 'Guests of whom more is known than the email address',
			options: [
				{
					displayName: 'Guest',
					name: 'guest',
					values: [
						emailField,
						nameField,
						{
							displayName: 'Time Zone',
							name: 'timeZone',
							type: 'string',
							default: '',
							placeholder: 'e.g. Europe/Amsterdam',
							description: 'In which they read the times',
						},
						phoneField,
						languageField,
					],
				},
			],
		},
		outputField,
	],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		const named = readRows(this.getNodeParameter('guests', itemIndex, {}), 'guest').flatMap((row) => {
			const { email = '', ...more } = filled(
				Object.fromEntries(Object.entries(row).map(([k, v]) => [k, asText(v)])),
			);
			return email === '' ? [] : [{ email, ...more }];
		});
		const emails = readList(this.getNodeParameter('guestEmails', itemIndex, ''));
		const guests: Guest[] = [...named, ...emails.map((email) => ({ email }))];
		if (guests.length === 0) {
			throw invalid(
				this,
				itemIndex,
				'NOTHING_CHOSEN',
				'There is no guest to add',
				'Give at least one email address.',
			);
		}
		let booking: Booking[] = [];
		for (const group of inGroups(guests, GUESTS_PER_REQUEST)) {
			const request = bookingRequest(session, 'POST', bookingPath(uid, '/guests'), { guests: group });
			const groupEmails = group.map(({ email }) => email);
			const added = await sendOnce(session, itemIndex, request, aBooking, async () => {
				const [now] = await readBookings(session, itemIndex, uid);
				return now !== undefined && hasAll(now, groupEmails) ? now : null;
			});
			booking = [added];
		}
		return shape(this, itemIndex, session, booking);
	},
};
