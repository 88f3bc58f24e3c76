import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { flatEvent } from '../../../shared/events/flat';
import type { CalComEvent } from '../../../shared/events/event';
import { storedEvents } from '../../../shared/events/stored';
import { bookingTypes } from '../../../shared/panel/eventFields';
import { eventOptions, readEventWords } from '../shared/eventWords';
import type { Operation } from '../operation';

const outputSchema = z.enum(['normalized', 'flat', 'both']).catch('normalized');
type Shape = z.infer<typeof outputSchema>;

const shaped = (event: CalComEvent, output: Shape): IDataObject =>
	output === 'flat' ? flatEvent(event) : { ...event };

const isBlank = (given: unknown): boolean => given === null || given === undefined || given === '';

/** Makes events of what was stored of Cal.com's deliveries. Asks Cal.com nothing. */
export const normalize: Operation = {
	option: {
		name: 'Normalize',
		value: 'normalize',
		action: 'Normalize an event',
		description: 'Turn stored deliveries, of today or of years ago, into the events of the Cal.com Trigger',
	},
	fields: [
		{
			displayName: 'Delivery',
			name: 'delivery',
			type: 'json',
			required: true,
			default: '={{ $json.payload }}',
			description:
				'What was stored: a whole delivery, its payload alone, a list of them, or the item of an n8n webhook; as an object or as text',
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			noDataExpression: true,
			default: 'normalized',
			options: [
				{
					name: 'Flat',
					value: 'flat',
					description: 'One level, for Data Tables, Google Sheets and Airtable',
				},
				{
					name: 'Normalized',
					value: 'normalized',
					description: 'The same fields whatever happened: booking, attendee, organizer, answers and more',
				},
				{
					name: 'Normalized and Raw',
					value: 'both',
					description: 'The same, with what was stored under "raw"',
				},
			],
			description: 'In which shape events come out. What is no delivery comes out as an item with its "reason".',
		},
		bookingTypes,
		eventOptions,
	],
	async execute(itemIndex, session) {
		const output = outputSchema.parse(this.getNodeParameter('output', itemIndex, 'normalized'));
		const given = this.getNodeParameter('delivery', itemIndex, '');
		const found = storedEvents(given, {
			...readEventWords(this, itemIndex),
			instance: session.instance,
			includeSecrets: false,
			includeRaw: output === 'both',
		});
		return found.map((one) =>
			'event' in one
				? shaped(one.event, output)
				: { event: null, reason: isBlank(given) ? 'The field is empty' : one.reason },
		);
	},
};
