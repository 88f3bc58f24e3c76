import { DateTime, IANAZone } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { identifier } from '../values/readers';
import { readWallTime } from '../values/wallTime';
import { invalid } from './invalid';

/** @throws NodeOperationError when there is no such zone */
export function toZone(ctx: IExecuteFunctions, itemIndex: number, value: unknown): string {
	const zone = identifier(value) ?? ctx.getTimezone();
	if (IANAZone.isValidZone(zone)) return zone;
	throw invalid(
		ctx,
		itemIndex,
		'TIME_ZONE_UNKNOWN',
		`There is no time zone "${zone}"`,
		'Use a name like Europe/Amsterdam or America/New_York.',
	);
}

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

interface GivenTime {
	value: unknown;
	/** How the panel calls the field. */
	label: string;
	zone: string;
	/** What a day without a time stands for: its beginning (default), or its end. */
	edge?: 'start' | 'end';
	/** What to do about a time that the clocks skip; `moveOn` unless told. */
	skipped?: 'refuse' | 'moveOn';
}

function dayAfter(value: unknown): unknown {
	const text = identifier(value) ?? '';
	return DATE_ONLY.test(text)
		? (DateTime.fromISO(text, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? text)
		: value;
}

/**
 * The instant in UTC that a date means.
 *
 * @throws NodeOperationError when it is none
 */
export function toInstant(ctx: IExecuteFunctions, itemIndex: number, given: GivenTime): string {
	const { label, zone, skipped = 'moveOn' } = given;
	const read = readWallTime(given.edge === 'end' ? dayAfter(given.value) : given.value, zone, skipped);
	if (read.ok) return read.utc;
	const shown = identifier(given.value) ?? '';
	if (read.problem === 'skippedByClocks') {
		throw invalid(
			ctx,
			itemIndex,
			'TIME_SKIPPED',
			`${label} ${shown} never comes in ${zone}: the clocks go forward over it`,
			'Choose a time before or after the change, or write the time with its offset.',
		);
	}
	throw invalid(
		ctx,
		itemIndex,
		shown === '' ? 'FIELD_EMPTY' : 'INVALID_TIME',
		shown === '' ? `${label} is empty` : `${label} "${shown}" is not a date and time`,
		'Write it as 2026-11-24T09:00 (in the time zone chosen) or with an offset, as 2026-11-24T08:00:00Z.',
	);
}
