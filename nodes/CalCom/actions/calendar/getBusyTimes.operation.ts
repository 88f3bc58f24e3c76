import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Session } from '../../../shared/api/session';
import { list, fields as readFields, text } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { toId } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import type { Range } from '../shared/rangeFields';
import { rangeFields, readRange } from '../shared/rangeFields';
import { busyAnswer, stretch } from './busy';
import { readCalendars } from './connected';
import { calendarRequest } from './request';

interface Which {
	credentialId: number;
	externalId: string;
}

/** The calendars named in the panel, else all that Cal.com itself looks at for conflicts. */
async function readWhich(ctx: IExecuteFunctions, itemIndex: number, session: Session): Promise<Which[]> {
	const named = list(readFields(ctx.getNodeParameter('calendars', itemIndex, {}))?.entries);
	if (named.length > 0) {
		return named.map((entry) => {
			const { credentialId, externalId } = readFields(entry) ?? {};
			const id = text(externalId);
			if (id !== null)
				return { credentialId: toId(ctx, itemIndex, credentialId, 'Credential ID'), externalId: id };
			throw invalid(
				ctx,
				itemIndex,
				'FIELD_EMPTY',
				'External ID is empty',
				'Take it from the operation Get Many of this resource.',
			);
		});
	}
	const connected = await readCalendars(itemIndex, session);
	const selected = connected.filter(({ isSelected }) => isSelected);
	const which = selected.length > 0 ? selected : connected;
	if (which.length > 0) return which;
	throw invalid(
		ctx,
		itemIndex,
		'NO_CALENDAR',
		'No calendar is connected to Cal.com',
		'Connect one in Cal.com under Settings > Calendars, then run the node again.',
	);
}

/** The API takes whole days of the zone. */
function toQuery({ start, end, zone }: Range, which: readonly Which[]): IDataObject {
	const calendars = which.flatMap(({ credentialId, externalId }, index) => [
		[`calendarsToLoad[${index}][credentialId]`, credentialId] as const,
		[`calendarsToLoad[${index}][externalId]`, externalId] as const,
	]);
	return {
		timeZone: zone,
		dateFrom: DateTime.fromISO(start, { zone }).toISODate(),
		dateTo: DateTime.fromISO(end, { zone }).minus({ milliseconds: 1 }).toISODate(),
		...Object.fromEntries(calendars),
	};
}

export const getBusyTimes: Operation = {
	option: {
		name: 'Get Busy Times',
		value: 'getBusyTimes',
		action: 'Get the busy times of calendars',
		description: 'Get when the connected calendars are taken',
	},
	fields: [
		...rangeFields,
		{
			displayName: 'Calendars',
			name: 'calendars',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Calendar',
			default: {},
			description: 'Leave empty for those that Cal.com looks at for conflicts',
			options: [
				{
					displayName: 'Calendar',
					name: 'entries',
					values: [
						{
							displayName: 'Credential ID',
							name: 'credentialId',
							type: 'string',
							default: '',
							placeholder: 'e.g. 135',
						},
						{
							displayName: 'External ID',
							name: 'externalId',
							type: 'string',
							default: '',
							placeholder: 'e.g. name@email.com',
							description: 'Both as the operation Get Many of this resource gives them',
						},
					],
				},
			],
		},
	],
	async execute(itemIndex, session) {
		const range = readRange(this, itemIndex);
		const query = toQuery(range, await readWhich(this, itemIndex, session));
		const busy = await session.request(
			itemIndex,
			calendarRequest(session, '/calendars/busy-times', query),
			busyAnswer,
		);
		const within = busy.filter(
			({ start, end }) => Date.parse(end) > Date.parse(range.start) && Date.parse(start) < Date.parse(range.end),
		);
		return within.map((time) => stretch(time, range.zone, { source: time.source }));
	},
};
