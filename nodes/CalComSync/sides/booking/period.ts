import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { toInstant } from '../../../shared/panel/instant';
import { fields, own } from '../../../shared/values/readers';
import { invalid } from '../../../shared/panel/invalid';

/** Bookings that start from one instant on and before another: ISO 8601 in UTC. */
export interface Period {
	from: string;
	/** Null for no end. */
	to: string | null;
}

/** What is past that long is settled for most people, and longer lists cost requests. */
const DEFAULT_DAYS = 30;

/**
 * The period that the panel says; from 30 days ago without an end unless told. A day without a time counts as a whole.
 *
 * @param now ISO 8601 in UTC
 * @throws NodeOperationError when a time cannot be read, or the end comes before the beginning
 */
export function readPeriod(ctx: IExecuteFunctions, now: string): Period {
	const given = fields(ctx.getNodeParameter('period', 0, {})) ?? {};
	const zone = ctx.getTimezone();
	const read = (name: 'from' | 'to', label: string, edge: 'start' | 'end'): string | null => {
		const value = own(given, name) ?? '';
		return value === '' ? null : toInstant(ctx, 0, { value, zone, label, edge });
	};
	const from = read('from', 'From', 'start') ?? earlier(now, DEFAULT_DAYS);
	const to = read('to', 'To', 'end');
	if (to !== null && to <= from) {
		throw invalid(
			ctx,
			0,
			'RANGE_REVERSED',
			`The period ends before it begins: from ${from} to ${to}`,
			'Choose a later end, or leave it empty. Without a beginning, the period begins 30 days ago.',
		);
	}
	return { from, to };
}

/** An instant so many days before another one. */
export function earlier(utc: string, days: number): string {
	return DateTime.fromISO(utc, { zone: 'utc' }).minus({ days }).toISO() ?? utc;
}

/** An instant so many days after another one. */
export function later(utc: string, days: number): string {
	return earlier(utc, -days);
}
