import type { IDataObject } from 'n8n-workflow';
import { identifier, number, fields as readFields } from '../../../shared/values/readers';
import type { LocalSlot, SlotsAnswer } from './slot';
import { slotsOf, toLocal } from './slot';
import type { SlotTarget } from './target';
import { targetOutput, targetQuery } from './target';
import type { Operation } from '../operation';
import type { Range } from '../shared/rangeFields';
import { rangeFields, readRange } from '../shared/rangeFields';
import { askSlots, durationField, rescheduleField, reuseField, slotQuery, toReuseSeconds } from './askSlots';
import { readTarget, targetFields } from './targetFields';

interface Asked extends Range {
	target: SlotTarget;
}

function localSlots(answer: SlotsAnswer, { zone, start, end }: Asked): LocalSlot[] {
	const from = Date.parse(start);
	const until = Date.parse(end);
	const asked = slotsOf(answer).filter((slot) => Date.parse(slot.start) >= from && Date.parse(slot.start) < until);
	return asked.map((slot) => toLocal(slot, zone));
}

function bySlot(answer: SlotsAnswer, asked: Asked): IDataObject[] {
	return localSlots(answer, asked).map((slot) => ({ ...slot, ...targetOutput(asked.target) }));
}

function byDay(answer: SlotsAnswer, asked: Asked): IDataObject[] {
	const days = new Map<string, LocalSlot[]>();
	for (const slot of localSlots(answer, asked)) {
		const date = slot.date ?? '';
		days.set(date, [...(days.get(date) ?? []), slot]);
	}
	return [...days].map(([date, slots]) => ({
		date,
		weekday: slots[0]?.weekday ?? null,
		timeZone: asked.zone,
		count: slots.length,
		slots: slots.map(({ start, end, startLocal, endLocal }) => ({ start, end, startLocal, endLocal })),
		...targetOutput(asked.target),
	}));
}

const raw = (answer: SlotsAnswer): IDataObject[] => [{ ...answer }];

const OUTPUTS: Record<string, (answer: SlotsAnswer, asked: Asked) => IDataObject[]> = {
	simplified: bySlot,
	byDay,
	raw,
};

export const getAvailable: Operation = {
	option: {
		name: 'Get Available',
		value: 'getAvailable',
		action: 'Get available slots',
		description: 'Get the times that can be booked within a range of dates',
	},
	fields: [
		...targetFields,
		...rangeFields,
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'simplified',
			options: [
				{ name: 'One Item per Day', value: 'byDay', description: 'Each with the list of its slots' },
				{ name: 'One Item per Slot', value: 'simplified', description: 'In UTC and in the time zone chosen' },
				{ name: 'Raw', value: 'raw', description: 'One item with the answer as Cal.com gives it' },
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				rescheduleField,
				durationField,
				{
					displayName: 'Include End Times',
					name: 'includeEnd',
					type: 'boolean',
					default: true,
					description: 'Whether to ask for the end of each slot as well (the format "range" of the API)',
				},
				reuseField,
			],
		},
	],
	async execute(itemIndex, session) {
		const target = readTarget(this, itemIndex);
		const range = readRange(this, itemIndex);
		const options = readFields(this.getNodeParameter('options', itemIndex, {})) ?? {};
		const query = slotQuery({
			...targetQuery(target),
			start: range.start,
			end: range.end,
			timeZone: range.zone,
			format: options.includeEnd === false ? null : 'range',
			duration: number(options.duration),
			bookingUidToReschedule: identifier(options.bookingUidToReschedule),
		});
		const answer = await askSlots(itemIndex, session, {
			query,
			reuseSeconds: toReuseSeconds(options.reuseSeconds),
		});
		const shape = OUTPUTS[String(this.getNodeParameter('output', itemIndex, 'simplified'))] ?? bySlot;
		return shape(answer, { target, ...range });
	},
};
