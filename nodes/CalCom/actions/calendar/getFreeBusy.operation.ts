import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../operation';
import { requireText } from '../../../shared/panel/identifiers';
import type { Range } from '../shared/rangeFields';
import { rangeFields, readRange } from '../shared/rangeFields';
import type { Busy } from './busy';
import { busyAnswer, freeTimes, stretch } from './busy';
import { calendarRequest } from './request';

function readPath(ctx: IExecuteFunctions, itemIndex: number): string {
	if (ctx.getNodeParameter('of', itemIndex, 'provider') === 'provider') {
		const provider = String(ctx.getNodeParameter('provider', itemIndex, 'google'));
		return `/calendars/${encodeURIComponent(provider)}/freebusy`;
	}
	const id = requireText(ctx, itemIndex, 'connectionId', 'Connection ID');
	return `/calendars/connections/${encodeURIComponent(id)}/freebusy`;
}

const busyItems = (busy: Busy[], { zone }: Range): IDataObject[] =>
	busy.map((time) => stretch(time, zone, { busy: true, source: time.source }));
const freeItems = (busy: Busy[], range: Range): IDataObject[] =>
	freeTimes(busy, range).map((time) => stretch(time, range.zone, { busy: false, source: null }));

const SHOWN: Record<string, (busy: Busy[], range: Range) => IDataObject[]> = {
	busy: busyItems,
	free: freeItems,
	both: (busy, range) =>
		[...busyItems(busy, range), ...freeItems(busy, range)].sort(
			(a, b) => Date.parse(String(a.start)) - Date.parse(String(b.start)),
		),
};

export const getFreeBusy: Operation = {
	option: {
		name: 'Get Free and Busy',
		value: 'getFreeBusy',
		action: 'Get free and busy times',
		description: 'Get when one connected account is taken, and the gaps in between',
	},
	fields: [
		{
			displayName: 'Of',
			name: 'of',
			type: 'options',
			default: 'provider',
			options: [
				{ name: 'All Calendars of a Provider', value: 'provider' },
				{ name: 'One Connection', value: 'connection' },
			],
		},
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			default: 'google',
			options: [
				{ name: 'Apple', value: 'apple' },
				{ name: 'Google', value: 'google' },
				{ name: 'Office 365', value: 'office365' },
			],
			description: 'Cal.com can do it for Google so far, and says so for the others',
			displayOptions: { show: { of: ['provider'] } },
		},
		{
			displayName: 'Connection ID',
			name: 'connectionId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 123',
			description: 'As the operation Get Connections gives it',
			displayOptions: { show: { of: ['connection'] } },
		},
		...rangeFields,
		{
			displayName: 'Show',
			name: 'show',
			type: 'options',
			default: 'busy',
			options: [
				{ name: 'Busy Times', value: 'busy' },
				{ name: 'Free and Busy Times', value: 'both' },
				{ name: 'Free Times', value: 'free' },
			],
		},
	],
	async execute(itemIndex, session) {
		const range = readRange(this, itemIndex);
		const query = { from: range.start, to: range.end, timeZone: range.zone };
		const request = calendarRequest(session, readPath(this, itemIndex), query);
		const busy = await session.request(itemIndex, request, busyAnswer);
		return (SHOWN[String(this.getNodeParameter('show', itemIndex, 'busy'))] ?? busyItems)(busy, range);
	},
};
