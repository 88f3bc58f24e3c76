import type { Input } from './input';
import { number } from '../../values/readers';
import { form, property, withoutOff } from './input';

/** Several people in one time, and one person in several times. */
/** Recorded: 200, and the recurrence is as it was. */
const NO_END =
	'Cal.com does not end a series over its API: Never is for new event types, and an update with it leaves all as it was. End it in Cal.com itself.';

export const seats: Input[] = [
	form(
		'seats',
		{ name: 'seats', displayName: 'Seats', description: 'How many people can book the same time' },
		[
			property('number', 'seatsPerTimeSlot', 'Seats per Time', 'Places in each time; 0 for no seats', {
				default: 2,
				typeOptions: { minValue: 0, numberPrecision: 0 },
			}),
			property('boolean', 'showAttendeeInfo', 'Show Attendees', 'Whether attendees see who else comes', {
				default: false,
			}),
			property(
				'boolean',
				'showAvailabilityCount',
				'Show Free Seats',
				'Whether the booking page says how many seats are left',
				{ default: true },
			),
		],
		({ seatsPerTimeSlot, showAttendeeInfo, showAvailabilityCount }) =>
			(number(seatsPerTimeSlot) ?? 0) > 0
				? {
						seatsPerTimeSlot,
						showAttendeeInfo: showAttendeeInfo === true,
						showAvailabilityCount: showAvailabilityCount === true,
					}
				: { disabled: true },
		{ compared: withoutOff },
	),
	form(
		'seats',
		{ name: 'recurrence', displayName: 'Recurrence', description: 'Whether one booking makes a series' },
		[
			property('options', 'frequency', 'Repeats', `How a series goes on. ${NO_END}`, {
				options: [
					{ name: 'Monthly', value: 'monthly' },
					{ name: 'Never', value: 'never' },
					{ name: 'Weekly', value: 'weekly' },
					{ name: 'Yearly', value: 'yearly' },
				],
				default: 'weekly',
			}),
			property('number', 'interval', 'Every', 'Every so many weeks, months or years', {
				default: 1,
				typeOptions: { minValue: 1, numberPrecision: 0 },
				displayOptions: { hide: { frequency: ['never'] } },
			}),
			property('number', 'occurrences', 'Occurrences', 'How many bookings a series has at the most', {
				default: 4,
				typeOptions: { minValue: 1, numberPrecision: 0 },
				displayOptions: { hide: { frequency: ['never'] } },
			}),
		],
		({ frequency, interval, occurrences }) =>
			frequency === 'never' ? { disabled: true } : { frequency, interval, occurrences },
		{ compared: withoutOff },
	),
];
