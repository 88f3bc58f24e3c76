import type { INodeProperties } from 'n8n-workflow';
import type { Fields } from '../../values/readers';
import { number, own } from '../../values/readers';
import type { Input } from './input';
import { form, property, toggle, withoutOff } from './input';

const PERIODS = ['day', 'week', 'month', 'year'] as const;
const OFF = { disabled: true };

function perPeriod(what: string): INodeProperties[] {
	return PERIODS.map((period) =>
		property('number', period, `Per ${period[0]?.toUpperCase()}${period.slice(1)}`, `${what}; 0 for no limit`, {
			default: 0,
			typeOptions: { minValue: 0, numberPrecision: 0 },
		}),
	);
}

/** The periods that have a limit; none at all switches the limit off. */
function limitOf(values: Fields): Fields {
	const limits = PERIODS.map((period) => [period, number(own(values, period)) ?? 0] as const);
	const set = limits.filter(([, limit]) => limit > 0);
	return set.length === 0 ? OFF : Object.fromEntries(set);
}

/** How often it may be booked. */
export const limits: Input[] = [
	form(
		'limits',
		{
			name: 'bookingLimitsCount',
			displayName: 'Number of Bookings',
			description: 'How many times it can be booked in a period',
		},
		perPeriod('Bookings'),
		limitOf,
		{ compared: withoutOff },
	),
	form(
		'limits',
		{
			name: 'bookingLimitsDuration',
			displayName: 'Total Booked Time',
			description: 'How much time can be booked in a period, in minutes',
		},
		perPeriod('Minutes, a multiple of 15'),
		limitOf,
		{ compared: withoutOff },
	),
	form(
		'limits',
		{
			name: 'bookerActiveBookingsLimit',
			displayName: 'Bookings per Booker',
			description: 'How many bookings one person can have ahead at a time',
		},
		[
			property('number', 'maximumActiveBookings', 'Maximum', 'Bookings ahead; 0 for no limit', {
				default: 1,
				typeOptions: { minValue: 0, numberPrecision: 0 },
			}),
			property(
				'boolean',
				'offerReschedule',
				'Offer to Reschedule',
				'Whether someone who reached the limit is offered to move their last booking instead',
				{ default: false },
			),
		],
		({ maximumActiveBookings, offerReschedule }) =>
			(number(maximumActiveBookings) ?? 0) > 0
				? { maximumActiveBookings, offerReschedule: offerReschedule === true }
				: OFF,
		{ compared: withoutOff },
	),
	toggle(
		'limits',
		'onlyShowFirstAvailableSlot',
		'Only First Slot of the Day',
		'Whether each day offers its earliest free time only',
	),
];
