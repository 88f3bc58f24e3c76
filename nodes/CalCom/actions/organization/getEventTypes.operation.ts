import { eventTypeOutput } from '../eventType/output';
import type { Operation } from '../operation';
import { listFields, readPages } from '../shared/listing';
import { organizationField } from '../../../shared/panel/organization';
import { simplify } from '../shared/simplify';
import { organizationRequest } from './request';

export const getEventTypes: Operation = {
	option: {
		name: 'Get Event Types',
		value: 'getEventTypes',
		action: 'Get the event types of an organization',
		description: 'Get the event types of all teams of an organization',
	},
	fields: [organizationField, ...listFields, simplify],
	async execute(itemIndex, session) {
		const asked = { what: 'Event types of an organization', path: '/teams/event-types' };
		const request = await organizationRequest(this, itemIndex, session, asked);
		const found = await readPages(this, itemIndex, session, request);
		return found.map((eventType) => eventTypeOutput(this, itemIndex, eventType));
	},
};
