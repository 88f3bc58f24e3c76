import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CatalogEntry } from '../shared/events/catalog';
import { EVENT_CATALOG } from '../shared/events/catalog';
import { bookingTypes, ignoreGuestCopies, filtersField, optionsField, output } from '../shared/panel/eventFields';
import { locator } from '../shared/panel/locator';
import { scopeField } from '../shared/webhooks/scopeField';

/** Events that may be chosen: polling and the test button make the others. */
const OFFERED = EVENT_CATALOG.filter(({ internal }) => internal !== true);

function note({ editions, organizationOnly }: CatalogEntry): string {
	if (organizationOnly) return ' (organization webhooks of hosted Cal.com only)';
	return editions.includes('selfHosted') ? '' : ' (hosted Cal.com only)';
}

/** In the catalog's order: bookings first, then meetings, no-shows, payments and so on. */
const eventOptions: INodePropertyOptions[] = OFFERED.map((entry) => ({
	name: entry.name,
	value: entry.event,
	description: `${entry.description}${note(entry)}`,
}));

const delayed = OFFERED.filter(({ needsDelay }) => needsDelay === true).map(({ event }) => event);

const automatic = { registration: ['automatic'] };

const registrationFields: INodeProperties[] = [
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		noDataExpression: true,
		default: 'automatic',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'Publishing the workflow makes the webhook in Cal.com, with a secret of its own; unpublishing removes it',
			},
			{
				name: 'By Hand',
				value: 'byHand',
				description: 'You make the webhook in Cal.com, with the address under Webhook URLs and a secret',
			},
		],
		description: 'Who makes the webhook in Cal.com',
	},
	{
		displayName:
			"In Cal.com, under Settings > Developer > Webhooks, add a webhook with the <b>Production URL</b> from <b>Webhook URLs</b>, at the top of this panel. Give it a secret, put the same secret into <b>Webhook Secret</b> of this node's credential (switch on <b>Webhooks Registered by Hand</b> there), and leave its custom payload template switched off. Choose the same events there and here. Execute step listens at the <b>Test URL</b>: to try it out, put that one into Cal.com for the time being.",
		name: 'byHandNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['byHand'] } },
	},
	{ ...scopeField, description: 'Whose bookings start the workflow', displayOptions: { show: automatic } },
	{
		...locator({
			displayName: 'Event Type',
			name: 'eventTypeId',
			searchListMethod: 'searchEventTypes',
			example: '123',
			description: 'The event type whose bookings start the workflow',
		}),
		displayOptions: { show: { ...automatic, scope: ['eventType'] } },
	},
	{
		...locator({
			displayName: 'Team',
			name: 'teamId',
			searchListMethod: 'searchTeams',
			example: '42',
			description: 'The team that the event type belongs to',
		}),
		displayOptions: { show: { ...automatic, scope: ['teamEventType'] } },
	},
	{
		...locator({
			displayName: 'Team Event Type',
			name: 'teamEventTypeId',
			searchListMethod: 'searchTeamEventTypes',
			example: '123',
			description: 'The event type whose bookings start the workflow',
			dependsOn: ['teamId.value'],
		}),
		displayOptions: { show: { ...automatic, scope: ['teamEventType'] } },
	},
	{
		displayName: 'Organization ID',
		name: 'organizationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 42',
		description: "Leave empty to use the organization that the API key's owner belongs to",
		displayOptions: { show: { ...automatic, scope: ['organization'] } },
	},
];

const eventFields: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'],
		options: eventOptions,
		description:
			'What starts the workflow. A booking that needs confirmation is requested first and created once confirmed.',
	},
	{
		displayName: 'Wait Before Calling It a No-Show',
		name: 'delayTime',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5,
		description:
			'How long after the start Cal.com looks whether everyone has joined the Cal Video call. A self-hosted Cal.com drops it and never sends these events: set it in Cal.com itself, with Registration: By Hand.',
		displayOptions: { show: { ...automatic, events: delayed } },
	},
	{
		displayName: 'Wait Unit',
		name: 'delayUnit',
		type: 'options',
		default: 'MINUTE',
		options: [
			{ name: 'Days', value: 'DAY' },
			{ name: 'Hours', value: 'HOUR' },
			{ name: 'Minutes', value: 'MINUTE' },
		],
		displayOptions: { show: { ...automatic, events: delayed } },
	},
];

const unsignedFields: INodeProperties[] = [
	{
		displayName: 'Accept Unsigned Deliveries',
		name: 'acceptUnsigned',
		type: 'boolean',
		default: false,
		description:
			'Whether to take deliveries without a signature, from a webhook that has no secret. A wrong signature is refused all the same.',
		displayOptions: { show: { registration: ['byHand'] } },
	},
	{
		displayName:
			'Anyone who learns the webhook URL can then start this workflow with made-up bookings. Their events have <code>verified: false</code>. Better: give the webhook a secret.',
		name: 'unsignedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['byHand'], acceptUnsigned: [true] } },
	},
];

const includePings: INodeProperties = {
	displayName: 'Let Pings Through',
	name: 'includePings',
	type: 'boolean',
	default: false,
	description: 'Whether the test button in Cal.com starts the workflow too',
};

/** The panel of the trigger, from top to bottom. */
export const properties: INodeProperties[] = [
	...registrationFields,
	...eventFields,
	...unsignedFields,
	output,
	bookingTypes,
	filtersField(
		'Which deliveries start the workflow; the others are answered and dropped. A filter passes deliveries that do not carry what it looks at: no-show changes, recordings, forms and absences name no event type.',
		[ignoreGuestCopies],
	),
	optionsField([includePings]),
];
