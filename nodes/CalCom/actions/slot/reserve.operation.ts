import { number, fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { requireId } from '../../../shared/panel/identifiers';
import { eventTypeLocator } from '../../../shared/panel/locators';
import { readZone, timeZoneField } from '../shared/timeFields';
import { toInstant } from '../../../shared/panel/instant';
import { slotQuery } from './askSlots';
import { reservation, reservationDurationField, reservationRequest, slotDurationField } from './reservations';

export const reserve: Operation = {
	option: {
		name: 'Reserve',
		value: 'reserve',
		action: 'Reserve a slot',
		description:
			'Leave a time out of the free slots for a few minutes. Whoever asks Cal.com to book it gets it all the same.',
	},
	fields: [
		eventTypeLocator({ description: 'The event type to reserve a time of' }),
		{
			displayName: 'Start',
			name: 'slotStart',
			type: 'dateTime',
			required: true,
			default: '',
			description: 'The start of the slot, as Get Available gives it',
		},
		timeZoneField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [reservationDurationField, slotDurationField],
		},
	],
	async execute(itemIndex, session) {
		const options = readFields(this.getNodeParameter('options', itemIndex, {})) ?? {};
		const zone = readZone(this, itemIndex);
		const value = this.getNodeParameter('slotStart', itemIndex, '');
		const body = slotQuery({
			eventTypeId: requireId(this, itemIndex, 'eventTypeId', 'Event Type'),
			slotStart: toInstant(this, itemIndex, { value, label: 'Start', zone, skipped: 'refuse' }),
			slotDuration: number(options.slotDuration),
			reservationDuration: number(options.reservationDuration),
		});
		return await session.request(itemIndex, reservationRequest(session, 'POST', { body }), reservation);
	},
};
