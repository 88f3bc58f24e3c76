import type { Fields } from '../../values/readers';
import type { Input } from './input';
import { form, property, toggle, withoutOff } from './input';

type ToApi = (values: Fields) => unknown;

const block = ({ blockUnconfirmedBookingsInBooker }: Fields) => ({
	blockUnconfirmedBookingsInBooker: blockUnconfirmedBookingsInBooker === true,
});

const POLICIES: Record<string, ToApi> = {
	never: () => ({ disabled: true }),
	always: (values) => ({ type: 'always', ...block(values) }),
	time: (values) => ({
		type: 'time',
		noticeThreshold: { unit: values.unit, count: values.count },
		...block(values),
	}),
};

const RESCHEDULING: Record<string, ToApi> = {
	allowed: () => ({ disabled: false }),
	disabled: () => ({ disabled: true }),
	minutesBefore: ({ minutes }) => ({ disabled: false, minutesBefore: minutes }),
};

const SHORT_NOTICE = { displayOptions: { show: { when: ['time'] } } };

/** Who has to agree, and what may be changed afterwards. */
export const confirmation: Input[] = [
	form(
		'confirmation',
		{
			name: 'confirmationPolicy',
			displayName: 'Confirmation',
			description: 'Whether the host has to confirm a booking',
		},
		[
			property('options', 'when', 'Needed', 'When the host has to confirm', {
				options: [
					{ name: 'Always', value: 'always' },
					{ name: 'Never', value: 'never' },
					{ name: 'On Short Notice', value: 'time' },
				],
				default: 'always',
			}),
			property('number', 'count', 'Notice', 'Bookings made later than this before the start need confirmation', {
				...SHORT_NOTICE,
				default: 24,
				typeOptions: { minValue: 1, numberPrecision: 0 },
			}),
			property('options', 'unit', 'Unit', 'The unit of the notice', {
				...SHORT_NOTICE,
				options: [
					{ name: 'Days', value: 'days' },
					{ name: 'Hours', value: 'hours' },
					{ name: 'Minutes', value: 'minutes' },
				],
				default: 'hours',
			}),
			property(
				'boolean',
				'blockUnconfirmedBookingsInBooker',
				'Block the Slot Meanwhile',
				'Whether a booking that waits for confirmation takes its time from others',
				{ default: false, displayOptions: { hide: { when: ['never'] } } },
			),
		],
		(values) => POLICIES[String(values.when)]?.(values),
		{ compared: withoutOff },
	),
	form(
		'confirmation',
		{ name: 'disableCancelling', displayName: 'Cancelling', description: 'Whether attendees may cancel' },
		[
			property('boolean', 'disabled', 'Disable Cancelling', 'Whether attendees cannot cancel', {
				default: true,
			}),
		],
		({ disabled }) => ({ disabled: disabled === true }),
	),
	form(
		'confirmation',
		{ name: 'disableRescheduling', displayName: 'Rescheduling', description: 'Whether attendees may reschedule' },
		[
			property('options', 'when', 'Rescheduling Is', 'What attendees may do', {
				options: [
					{ name: 'Allowed', value: 'allowed' },
					{ name: 'Disabled', value: 'disabled' },
					{ name: 'Disabled Shortly Before', value: 'minutesBefore' },
				],
				default: 'disabled',
			}),
			property('number', 'minutes', 'Minutes Before', 'From how many minutes before the start', {
				default: 60,
				typeOptions: { minValue: 1, numberPrecision: 0 },
				displayOptions: { show: { when: ['minutesBefore'] } },
			}),
		],
		(values) => RESCHEDULING[String(values.when)]?.(values),
	),
	toggle(
		'confirmation',
		'allowReschedulingPastBookings',
		'Reschedule Past Bookings',
		'Whether bookings that are over can be rescheduled',
	),
	toggle(
		'confirmation',
		'allowReschedulingCancelledBookings',
		'Reschedule Cancelled Bookings',
		'Whether rescheduling a cancelled booking makes a new one',
	),
];
