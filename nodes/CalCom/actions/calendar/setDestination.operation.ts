import { versionFor } from '../../../shared/api/versions';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { readText, requireText } from '../../../shared/panel/identifiers';

export const setDestination: Operation = {
	option: {
		name: 'Set Destination',
		value: 'setDestination',
		action: 'Set the destination calendar',
		description: 'Choose the calendar that bookings are written to',
	},
	fields: [
		{
			displayName: 'Integration',
			name: 'integration',
			type: 'options',
			default: 'google_calendar',
			options: [
				{ name: 'Apple Calendar', value: 'apple_calendar' },
				{ name: 'Google Calendar', value: 'google_calendar' },
				{ name: 'Office 365 Calendar', value: 'office365_calendar' },
			],
		},
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. name@email.com',
			description: 'The calendar, as the operation Get Many of this resource gives it',
		},
		{
			displayName: 'Delegation Credential ID',
			name: 'delegationCredentialId',
			type: 'string',
			default: '',
			description: 'Only for calendars that an organization connected for its members',
		},
	],
	async execute(itemIndex, session) {
		const delegationCredentialId = readText(this, itemIndex, 'delegationCredentialId');
		const body = {
			integration: String(this.getNodeParameter('integration', itemIndex, 'google_calendar')),
			externalId: requireText(this, itemIndex, 'externalId', 'External ID'),
			...(delegationCredentialId === null ? {} : { delegationCredentialId }),
		};
		const version = versionFor('calendars', session.edition);
		const request = { method: 'PUT', path: '/destination-calendars', version, body } as const;
		return await session.request(itemIndex, request, dataObject);
	},
};
