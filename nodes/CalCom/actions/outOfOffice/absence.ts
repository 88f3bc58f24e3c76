import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Fields } from '../../../shared/values/readers';
import { identifier, text } from '../../../shared/values/readers';
import { toId } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { toInstant } from '../../../shared/panel/instant';

export const startField: INodeProperties = {
	displayName: 'Start',
	name: 'start',
	type: 'dateTime',
	default: '',
	description: 'The first day of the absence',
};

export const endField: INodeProperties = {
	displayName: 'End',
	name: 'end',
	type: 'dateTime',
	default: '',
	description: 'The last day of the absence. Absences are whole days: a time of day does not count.',
};

/** What may be said about an absence, in alphabetical order. */
export const detailFields: INodeProperties[] = [
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		default: '',
		placeholder: 'e.g. Summer holidays',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'options',
		default: 'unspecified',
		options: [
			{ name: 'Public Holiday', value: 'public_holiday' },
			{ name: 'Sick', value: 'sick' },
			{ name: 'Travel', value: 'travel' },
			{ name: 'Unspecified', value: 'unspecified' },
			{ name: 'Vacation', value: 'vacation' },
		],
	},
	{
		displayName: 'Redirect to User ID',
		name: 'toUserId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8',
		description: 'Who is booked meanwhile',
	},
];

/** The day that a date means in the zone. */
function dayOf(
	ctx: IExecuteFunctions,
	itemIndex: number,
	given: { value: unknown; label: string; zone: string },
): string {
	const at = DateTime.fromISO(toInstant(ctx, itemIndex, given), { zone: given.zone });
	return at.toFormat('yyyy-MM-dd');
}

/**
 * The parts of an absence that were filled in, as the body of the request has them. Cal.com keeps
 * absences as whole days, written as days of UTC: local midnight in UTC would be the day before.
 *
 * @throws NodeOperationError when a date cannot be read, or the end is before the start
 */
export function absenceBody(ctx: IExecuteFunctions, itemIndex: number, values: Fields, zone: string): IDataObject {
	const day = (value: unknown, label: string): string | null =>
		value === undefined ? null : dayOf(ctx, itemIndex, { value, label, zone });
	const first = day(values.start, 'Start');
	const last = day(values.end, 'End');
	if (first !== null && last !== null && last < first) {
		throw invalid(
			ctx,
			itemIndex,
			'RANGE_REVERSED',
			'End is before Start',
			'Choose an end that is not before the start.',
		);
	}
	return {
		...(first === null ? {} : { start: `${first}T00:00:00.000Z` }),
		...(last === null ? {} : { end: `${last}T23:59:59.999Z` }),
		...(values.notes === undefined ? {} : { notes: text(values.notes) ?? '' }),
		...(text(values.reason) === null ? {} : { reason: text(values.reason) }),
		...(identifier(values.toUserId) === null
			? {}
			: { toUserId: toId(ctx, itemIndex, values.toUserId, 'Redirect to User ID') }),
	};
}
