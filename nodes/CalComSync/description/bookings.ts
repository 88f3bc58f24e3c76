import type { INodeProperties } from 'n8n-workflow';

const show = { displayOptions: { show: { resource: ['booking'] } } };

function allowed(name: string, displayName: string, description: string): INodeProperties {
	return { displayName, name, type: 'boolean', default: false, description };
}

/** What only bookings have: the period that is looked at, and what may be done to them. */
export const bookingFields: INodeProperties[] = [
	{
		displayName: 'Period',
		name: 'period',
		type: 'collection',
		placeholder: 'Add limit',
		default: {},
		description:
			'Which bookings are looked at, by their start: without From, from 30 days ago. Those of your records are found wherever they are.',
		...show,
		options: [
			{
				displayName: 'From',
				name: 'from',
				type: 'dateTime',
				default: '',
				description: 'Bookings that start at this time or later',
			},
			{
				displayName: 'To',
				name: 'to',
				type: 'dateTime',
				default: '',
				description: 'Bookings that start before this time',
			},
		],
	},
	{
		displayName: 'Allow',
		name: 'allow',
		type: 'collection',
		placeholder: 'Add permission',
		default: {},
		description:
			'What the records may do to bookings. Attendees are told by Cal.com, so each is off until it is switched on.',
		...show,
		options: [
			allowed('guests', 'Add Guests', 'Whether guests of the record are added to the booking'),
			allowed('cancel', 'Cancel', 'Whether a record that is cancelled cancels the booking'),
			allowed('location', 'Change the Location', 'Whether another location in the record is set in the booking'),
			allowed('absent', 'Mark as Absent', 'Whether a no-show in the record is marked in the booking'),
			allowed('reschedule', 'Reschedule', 'Whether another start in the record moves the booking'),
		],
	},
];
