import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { versionFor } from '../../../shared/api/versions';
import { identifier, list, number, fields as readFields } from '../../../shared/values/readers';
import { slotsAnswer, slotsOf, toLocal } from '../slot/slot';
import type { Operation } from '../operation';
import { requireText } from '../../../shared/panel/identifiers';
import { rangeFields, readRange } from '../shared/rangeFields';
import { durationField, rescheduleField, slotQuery } from '../slot/askSlots';
import { formField, WHAT } from './place';

/** What leads to no event type (a message, a link) has no slots. */
const answer = z
	.object({ eventTypeId: z.number().nullish(), slots: slotsAnswer.nullish() })
	.passthrough()
	.transform(({ eventTypeId, slots }) => ({ eventTypeId: eventTypeId ?? null, slots: slotsOf(slots ?? {}) }));

function toBody(value: unknown): IDataObject {
	const entries = list(readFields(value)?.entries).map((entry) => readFields(entry) ?? {});
	return Object.fromEntries(
		entries.flatMap((entry) => {
			const name = identifier(entry.field);
			return name === null ? [] : [[name, identifier(entry.value) ?? '']];
		}),
	);
}

export const calculateSlots: Operation = {
	option: {
		name: 'Calculate Slots',
		value: 'calculateSlots',
		action: 'Calculate the slots for answers to a routing form',
		description: 'Find which event type answers lead to, and when it is free. Nothing is saved in Cal.com.',
	},
	fields: [
		formField,
		{
			displayName: 'Answers',
			name: 'answers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Answer',
			default: {},
			options: [
				{
					displayName: 'Answer',
					name: 'entries',
					values: [
						{
							displayName: 'Field',
							name: 'field',
							type: 'string',
							default: '',
							placeholder: 'e.g. level',
							description: 'The identifier of the field of the form',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. Beginner',
						},
					],
				},
			],
		},
		...rangeFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [rescheduleField, durationField],
		},
	],
	async execute(itemIndex, session) {
		session.requireHosted(itemIndex, WHAT);
		const id = encodeURIComponent(requireText(this, itemIndex, 'routingFormId', 'Routing Form ID'));
		const { start, end, zone } = readRange(this, itemIndex);
		const options = readFields(this.getNodeParameter('options', itemIndex, {})) ?? {};
		const query = slotQuery({
			start,
			end,
			timeZone: zone,
			format: 'range',
			duration: number(options.duration),
			bookingUidToReschedule: identifier(options.bookingUidToReschedule),
		});
		const version = versionFor('routingForms', session.edition);
		const body = toBody(this.getNodeParameter('answers', itemIndex, {}));
		const request = { method: 'POST', path: `/routing-forms/${id}/calculate-slots`, version, query, body } as const;
		const { eventTypeId, slots } = await session.request(itemIndex, request, answer);
		if (eventTypeId === null) session.note('The answers to the routing form lead to no event type.');
		return slots.map((slot) => ({ ...toLocal(slot, zone), eventTypeId }));
	},
};
