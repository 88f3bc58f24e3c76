import type { Fields } from '../../values/readers';
import { isFields, number } from '../../values/readers';
import { unpack } from '../../panel/identifiers';
import { scheduleLocator } from '../../panel/locators';
import type { Input } from './input';
import { count, form, input, property, toggle, withoutOff } from './input';

/** A date of the panel or of an expression (text, or a luxon DateTime) without its time. */
const dateOf = (value: unknown): string => String(value ?? '').slice(0, 10);

/** Left as it is when it is no number: Cal.com then says what is wrong with it. Empty was not filled in. */
const toNumber = (value: unknown): unknown => number(value) ?? (value === '' ? undefined : value);

type ToWindow = (values: Fields) => unknown;

const inDays: ToWindow = ({ type, days, rolling }) => ({ type, value: days, rolling: rolling === true });

const WINDOWS: Record<string, ToWindow> = {
	unlimited: () => ({ disabled: true }),
	businessDays: inDays,
	calendarDays: inDays,
	range: ({ from, to }) => ({ type: 'range', value: [dateOf(from), dateOf(to)] }),
};

/** Answers may give the days of a range with their time. */
function comparedWindow(value: unknown): unknown {
	const window = withoutOff(value);
	if (!isFields(window) || !Array.isArray(window.value)) return window;
	return { ...window, value: window.value.map(dateOf) };
}

const DAYS = { displayOptions: { show: { type: ['businessDays', 'calendarDays'] } } };
const RANGE = { displayOptions: { show: { type: ['range'] } } };

/** When it can be booked. */
export const availability: Input[] = [
	input(
		'availability',
		scheduleLocator({
			required: false,
			description: "The hours in which it can be booked, when they are not the owner's default ones",
		}),
		{ fromPanel: (value) => toNumber(unpack(value)), fromJson: toNumber },
	),
	form(
		'availability',
		{
			name: 'bookingWindow',
			displayName: 'Booking Window',
			description: 'How far ahead it can be booked',
		},
		[
			property('options', 'type', 'Limit', 'How the window is given', {
				options: [
					{ name: 'Between Two Dates', value: 'range' },
					{ name: 'Business Days Ahead', value: 'businessDays' },
					{ name: 'Calendar Days Ahead', value: 'calendarDays' },
					{ name: 'No Limit', value: 'unlimited' },
				],
				default: 'calendarDays',
			}),
			property('number', 'days', 'Days', 'How many days ahead', {
				...DAYS,
				default: 30,
				typeOptions: { minValue: 1, numberPrecision: 0 },
			}),
			property(
				'boolean',
				'rolling',
				'Always This Many Days',
				'Whether that many days with free times are always offered, further ahead when some are full',
				{ ...DAYS, default: false },
			),
			property('dateTime', 'from', 'From', 'The first day', RANGE),
			property('dateTime', 'to', 'To', 'The last day', RANGE),
		],
		(values) => WINDOWS[String(values.type)]?.(values),
		{ compared: comparedWindow },
	),
	count(
		'availability',
		'minimumBookingNotice',
		'Minimum Notice',
		'How many minutes ahead it has to be booked at the least',
		120,
	),
	count('availability', 'beforeEventBuffer', 'Buffer Before', 'Minutes kept free before each booking', 10),
	count('availability', 'afterEventBuffer', 'Buffer After', 'Minutes kept free after each booking', 10),
	count(
		'availability',
		'slotInterval',
		'Slot Interval',
		'Minutes from the start of one offered time to the next. Without it: the length of a booking.',
		15,
		1,
	),
	count('availability', 'offsetStart', 'Offset of Start Times', 'Minutes by which all offered times are shifted', 0),
	toggle(
		'availability',
		'showOptimizedSlots',
		'Optimize Slots',
		'Whether the offered times are arranged to leave the fewest gaps',
	),
];
