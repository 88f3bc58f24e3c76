import type { INodeProperties } from 'n8n-workflow';
import { locator } from './locator';

export const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'normalized',
	options: [
		{
			name: 'Flat',
			value: 'flat',
			description:
				'One level, as Data Tables, Google Sheets and Airtable map it by themselves: name, email, start in local time, answers by their slug',
		},
		{
			name: 'Normalized',
			value: 'normalized',
			description: 'The same fields whatever happened: booking, attendee, organizer, answers and more',
		},
		{ name: 'Normalized and Raw', value: 'both', description: 'The same, with what Cal.com sent under "raw"' },
		{ name: 'Raw', value: 'raw', description: 'What Cal.com sent, as it is' },
	],
	description: 'What the workflow gets',
};

export const bookingTypes: INodeProperties = {
	displayName: 'Booking Types',
	name: 'bookingTypes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Rule',
	default: {},
	description: 'Gives bookings a name of your own, in "bookingType" of the output. The first rule that matches wins.',
	options: [
		{
			displayName: 'Rules',
			name: 'rules',
			values: [
				{
					displayName: 'When',
					name: 'match',
					type: 'options',
					default: 'titleContains',
					options: [
						{
							name: 'Slug Is',
							value: 'slugIs',
							description: "The last part of the booking page's address",
						},
						{
							name: 'Title Contains',
							value: 'titleContains',
							description: 'The title of the booking or of its event type',
						},
					],
				},
				{
					displayName: 'Text',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. level check',
					description: 'Upper and lower case are the same',
				},
				{
					displayName: 'Booking Type',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Level Check',
				},
			],
		},
	],
};

const byName = (a: INodeProperties, b: INodeProperties): number => a.displayName.localeCompare(b.displayName);

const attendeeEmails: INodeProperties = {
	displayName: 'Attendee Emails',
	name: 'attendeeEmails',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Email' },
	default: [],
	placeholder: 'e.g. ada@example.com',
	description: 'Only bookings in which one of these takes part',
};

const eventTypes: INodeProperties = {
	displayName: 'Event Types',
	name: 'eventTypes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Event Type' },
	default: {},
	description: 'Only bookings of these event types',
	options: [
		{
			displayName: 'Event Types',
			name: 'values',
			values: [
				{
					...locator({
						displayName: 'Event Type',
						name: 'eventTypeId',
						searchListMethod: 'searchEventTypes',
						example: '123',
						description: 'One whose bookings may start the workflow',
					}),
					// A row that was added and not filled in is left out.
					required: false,
				},
			],
		},
	],
};

/** For webhooks only: the API lists a booking once, with everybody in it. */
export const ignoreGuestCopies: INodeProperties = {
	displayName: 'Ignore Copies for Guests',
	name: 'ignoreGuestCopies',
	type: 'boolean',
	default: false,
	description:
		'Whether to drop deliveries that list only guests whom someone else brought along: the delivery of the person who booked tells of the same booking',
};

const organizerEmails: INodeProperties = {
	displayName: 'Organizer Emails',
	name: 'organizerEmails',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Email' },
	default: [],
	placeholder: 'e.g. teacher@example.com',
	description: 'Only bookings with one of these as host',
};

/** The filters of both triggers, with those that one of them has alone. */
export function filtersField(description: string, more: readonly INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description,
		options: [attendeeEmails, eventTypes, organizerEmails, ...more].sort(byName),
	};
}

const commonOptions: readonly INodeProperties[] = [
	{
		displayName: 'Default Booking Type',
		name: 'defaultBookingType',
		type: 'string',
		default: '',
		placeholder: 'e.g. Other',
		description: 'The booking type when no rule matches',
	},
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. NL',
		description:
			'Two letters (ISO 3166) for phone numbers written without a country code. The time zone of the attendee counts first; this country does where that tells nothing, or for a mobile number of somebody who is abroad.',
	},
	{
		displayName: 'Include Secrets',
		name: 'includeSecrets',
		type: 'boolean',
		default: false,
		description:
			'Whether to keep one-time passwords, passwords of video calls and tokens of recording links in the data. Executions are stored, so leave it off unless the workflow needs them.',
	},
	{
		displayName: 'Tag',
		name: 'tag',
		type: 'string',
		default: '',
		placeholder: 'e.g. Amsterdam',
		description: 'A word that comes out as "tag" each time: the branch or company that this trigger stands for',
	},
];

/** The options of both triggers, with those that one of them has alone. */
export function optionsField(more: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...commonOptions, ...more].sort(byName),
	};
}
