import { listOf } from './listOf';

/** Lists what Cal.com made for the booking elsewhere: calendar events and video calls. */
export const getReferences = listOf({
	option: {
		name: 'Get References',
		value: 'getReferences',
		action: 'Get the references of a booking',
		description: 'List the calendar events and video calls that Cal.com made for the booking',
	},
	path: '/references',
	filter: {
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: '',
		options: [
			{ name: 'All', value: '' },
			{ name: 'Cal Video', value: 'daily_video' },
			{ name: 'Google Calendar', value: 'google_calendar' },
			{ name: 'Google Meet', value: 'google_video' },
			{ name: 'Microsoft Teams', value: 'office365_video' },
			{ name: 'Outlook Calendar', value: 'office365_calendar' },
			{ name: 'Zoom', value: 'zoom_video' },
		],
		description: 'Only references of this kind',
	},
});
