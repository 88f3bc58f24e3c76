import { identifier, number, fields as readFields } from '../../../shared/values/readers';
import { eventTypeOutput } from '../eventType/output';
import type { Operation } from '../operation';
import { listFields, readWhole } from '../shared/listing';
import { teamLocator } from '../../../shared/panel/locators';
import { simplify } from '../shared/simplify';
import { readTeamPath, teamRequest } from './request';

export const getEventTypes: Operation = {
	option: {
		name: 'Get Event Types',
		value: 'getEventTypes',
		action: 'Get the event types of a team',
		description: 'Get what can be booked with a team',
	},
	fields: [
		teamLocator(),
		...listFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Event Type Slug',
					name: 'eventSlug',
					type: 'string',
					default: '',
					placeholder: 'e.g. trial-lesson',
					description: 'Only the event type with this slug',
				},
				{
					displayName: 'Hosts Limit',
					name: 'hostsLimit',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 10,
					description: 'At most so many hosts of each event type, for a faster answer',
				},
			],
		},
		simplify,
	],
	async execute(itemIndex, session) {
		const path = `${readTeamPath(this, itemIndex, session)}/event-types`;
		const { eventSlug, hostsLimit } = readFields(this.getNodeParameter('options', itemIndex, {})) ?? {};
		const query = {
			...(identifier(eventSlug) === null ? {} : { eventSlug: identifier(eventSlug) }),
			...(number(hostsLimit) === null ? {} : { hostsLimit: number(hostsLimit) }),
		};
		const found = await readWhole(this, itemIndex, session, teamRequest(session, path, query));
		return found.map((eventType) => eventTypeOutput(this, itemIndex, eventType));
	},
};
