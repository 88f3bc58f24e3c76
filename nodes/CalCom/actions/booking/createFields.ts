import type { INodeProperties } from 'n8n-workflow';
import { eventTypeLocator } from '../../../shared/panel/locators';
import { timeZoneField } from '../shared/timeFields';
import { additionalFields } from './createAdditional';
import { locationFields } from './locations';
import { outputField } from './output';

const bySlug = { eventTypeFrom: ['slug'] };
const byId = { eventTypeFrom: ['id'] };

const eventTypeFields: INodeProperties[] = [
	{
		displayName: 'Event Type From',
		name: 'eventTypeFrom',
		type: 'options',
		noDataExpression: true,
		default: 'id',
		options: [
			{ name: 'List or ID', value: 'id', description: 'One of your own, or any by its ID' },
			{ name: 'Slug', value: 'slug', description: 'As in its address: cal.com/username/slug' },
		],
		description: 'How to say which event type is booked',
	},
	eventTypeLocator({ displayOptions: { show: byId } }),
	{
		displayName: 'Event Type Slug',
		name: 'eventTypeSlug',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. trial-lesson',
		description: 'The last part of its address',
		displayOptions: { show: bySlug },
	},
	{
		displayName: 'Owner',
		name: 'eventTypeOwner',
		type: 'options',
		default: 'user',
		options: [
			{ name: 'Team', value: 'team' },
			{ name: 'User', value: 'user' },
		],
		description: 'Whose event type it is',
		displayOptions: { show: bySlug },
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. yourschool',
		description: "The first part of the event type's address",
		displayOptions: { show: { ...bySlug, eventTypeOwner: ['user'] } },
	},
	{
		displayName: 'Team Slug',
		name: 'teamSlug',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. piano-teachers',
		description: 'As in the address cal.com/team/slug (hosted Cal.com only)',
		displayOptions: { show: { ...bySlug, eventTypeOwner: ['team'] } },
	},
];

const questionFields: INodeProperties[] = [
	{
		displayName: 'Answers to Booking Questions',
		name: 'answers',
		type: 'options',
		noDataExpression: true,
		default: 'none',
		options: [
			{ name: 'As a Form', value: 'form', description: 'The questions of the event type, one field each' },
			{ name: 'As JSON', value: 'json', description: 'Answers by the identifier of the question' },
			{ name: 'None', value: 'none' },
		],
		description: 'How to give the answers to the questions that the event type asks',
	},
	{
		displayName: 'Questions',
		name: 'questions',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: [
				'eventTypeFrom',
				'eventTypeId.value',
				'eventTypeSlug',
				'eventTypeOwner',
				'username',
				'teamSlug',
			],
			resourceMapper: {
				resourceMapperMethod: 'getBookingQuestions',
				mode: 'add',
				valuesLabel: 'Answers',
				fieldWords: { singular: 'question', plural: 'questions' },
				addAllFields: true,
				supportAutoMap: true,
				noFieldsError: 'This event type asks no questions of its own.',
			},
		},
		displayOptions: { show: { answers: ['form'] } },
	},
	{
		displayName: 'Answers (JSON)',
		name: 'answersJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"goals": "Play Bach"}',
		description: 'An object with the answers by the identifier of each question',
		displayOptions: { show: { answers: ['json'] } },
	},
];

/** The fields of "Create a booking". */
export const createFields: INodeProperties[] = [
	...eventTypeFields,
	{
		displayName: 'Start',
		name: 'start',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'A time without an offset is meant in the time zone below',
	},
	{
		...timeZoneField,
		description:
			"The attendee's time zone (IANA name), also for a start without an offset. Leave empty to use the time zone of the workflow.",
	},
	{
		displayName: 'Attendee Name',
		name: 'attendeeName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Ada Lovelace',
		description: 'Who books',
	},
	{
		displayName: 'Attendee Email',
		name: 'attendeeEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@student.example',
		description: 'Where the confirmation goes. Most event types need it; without it give a phone number.',
	},
	{
		displayName: 'Only if Not Booked Yet',
		name: 'onlyIfNotBooked',
		type: 'boolean',
		default: false,
		description:
			'Whether to look first for a booking of the same attendee, event type and start, and to return that one with alreadyBooked: true. Makes it safe to run twice.',
	},
	...locationFields('create'),
	...questionFields,
	additionalFields,
	outputField,
];
