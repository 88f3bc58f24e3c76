import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Fields } from '../../../shared/values/readers';
import { identifier, list, fields as readFields } from '../../../shared/values/readers';
import { minutesOf } from '../slot/wanted';
import { invalid } from '../../../shared/panel/invalid';

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/;
/** The last minute of a day: Cal.com knows no 24:00. */
const LAST_MINUTE = 24 * 60 - 1;

/** A time of day as Cal.com wants it: "9:00" becomes "09:00". */
function clock(ctx: IExecuteFunctions, itemIndex: number, value: unknown, label: string): string {
	const written = identifier(value) ?? '';
	const minutes = minutesOf(written);
	if (minutes === null) {
		throw invalid(
			ctx,
			itemIndex,
			written === '' ? 'FIELD_EMPTY' : 'INVALID_TIME',
			written === '' ? `${label} is empty` : `${label} "${written}" is not a time of day`,
			'Write it with 24 hours, such as 9:00 or 17:30.',
		);
	}
	const capped = Math.min(minutes, LAST_MINUTE);
	return `${String(Math.trunc(capped / 60)).padStart(2, '0')}:${String(capped % 60).padStart(2, '0')}`;
}

function hours(ctx: IExecuteFunctions, itemIndex: number, entry: Fields): { startTime: string; endTime: string } {
	return {
		startTime: clock(ctx, itemIndex, entry.startTime, 'Start Time'),
		endTime: clock(ctx, itemIndex, entry.endTime, 'End Time'),
	};
}

function toWeekly(ctx: IExecuteFunctions, itemIndex: number, entry: Fields): IDataObject {
	const days = list(entry.days).map(String);
	if (days.length > 0) return { days, ...hours(ctx, itemIndex, entry) };
	throw invalid(
		ctx,
		itemIndex,
		'NOTHING_CHOSEN',
		'Weekly Hours without days',
		'Choose the days on which these hours hold.',
	);
}

function toOverride(ctx: IExecuteFunctions, itemIndex: number, entry: Fields): IDataObject {
	const written = identifier(entry.date) ?? '';
	const date = DATE.exec(written)?.[1];
	if (date !== undefined) return { date, ...hours(ctx, itemIndex, entry) };
	throw invalid(
		ctx,
		itemIndex,
		written === '' ? 'FIELD_EMPTY' : 'INVALID_TIME',
		written === '' ? 'Date Overrides without a date' : `The date "${written}" of an override is not a date`,
		'Choose the day that has other hours, such as 2026-12-24.',
	);
}

const entriesOf = (value: unknown): Fields[] =>
	list(readFields(value)?.entries).map((entry) => readFields(entry) ?? {});

/**
 * The settings of a schedule that were filled in, as the body of the request has them. Weekly hours
 * and overrides replace what the schedule had.
 *
 * @throws NodeOperationError when a time or a date is none
 */
export function scheduleSettings(ctx: IExecuteFunctions, itemIndex: number, values: Fields): IDataObject {
	const { availability, overrides, name, timeZone, isDefault } = values;
	return {
		...(identifier(name) === null ? {} : { name: identifier(name) }),
		...(identifier(timeZone) === null ? {} : { timeZone: identifier(timeZone) }),
		...(typeof isDefault === 'boolean' ? { isDefault } : {}),
		...(availability === undefined
			? {}
			: { availability: entriesOf(availability).map((entry) => toWeekly(ctx, itemIndex, entry)) }),
		...(overrides === undefined
			? {}
			: { overrides: entriesOf(overrides).map((entry) => toOverride(ctx, itemIndex, entry)) }),
	};
}
