import { describe, expect, test } from '@jest/globals';
import {
	comparedValue,
	groupFields,
	inputNamed,
	INPUTS,
	PROTECTABLE,
	READ_ONLY,
} from '../../../../nodes/shared/eventTypes/inputs.ts';
import { contains } from '../../../../nodes/shared/values/difference.ts';
import { allExchanges } from '../api/recorded-exchanges.mts';
import { dataOf, locatorOf } from '../../CalCom/eventType/support.mts';

/** CreateEventTypeInput and UpdateEventTypeInput of API version 2024-06-14, in both editions. */
const OF_BOTH_EDITIONS = [
	'afterEventBuffer',
	'allowReschedulingCancelledBookings',
	'allowReschedulingPastBookings',
	'beforeEventBuffer',
	'bookerActiveBookingsLimit',
	'bookerLayouts',
	'bookingFields',
	'bookingLimitsCount',
	'bookingLimitsDuration',
	'bookingRequiresAuthentication',
	'bookingWindow',
	'calVideoSettings',
	'color',
	'confirmationPolicy',
	'customName',
	'description',
	'destinationCalendar',
	'disableCancelling',
	'disableGuests',
	'disableRescheduling',
	'hidden',
	'hideCalendarEventDetails',
	'hideCalendarNotes',
	'hideOrganizerEmail',
	'interfaceLanguage',
	'lengthInMinutes',
	'lengthInMinutesOptions',
	'locations',
	'lockTimeZoneToggleOnBookingPage',
	'minimumBookingNotice',
	'offsetStart',
	'onlyShowFirstAvailableSlot',
	'recurrence',
	'requiresBookerEmailVerification',
	'scheduleId',
	'seats',
	'showOptimizedSlots',
	'slotInterval',
	'slug',
	'successRedirectUrl',
	'title',
	'useDestinationCalendarEmail',
];
/** CreateTeamEventTypeInput has these as well. */
const OF_TEAMS = [
	'assignAllTeamMembers',
	'emailSettings',
	'hosts',
	'rescheduleWithSameRoundRobinHost',
	'schedulingType',
];

test('the panel says that an update does not end a series', () => {
	const shown = JSON.stringify(INPUTS.find(({ name }) => name === 'recurrence')?.field);
	expect(shown).toContain('an update with it leaves all as it was');
});

describe('the table of inputs', () => {
	test('has the 42 of an event type and the 5 of a team', () => {
		expect(OF_BOTH_EDITIONS).toHaveLength(42);
		const names = (team: boolean) =>
			INPUTS.filter((one) => one.team === team)
				.map(({ name }) => name)
				.sort();
		expect(names(false)).toEqual(OF_BOTH_EDITIONS);
		expect(names(true)).toEqual(OF_TEAMS);
	});

	test('every key that Cal.com was recorded to show is settable or read-only', () => {
		const shown = new Set(
			allExchanges()
				.filter(({ file }) => /^0(1[3-9]|2\d|3[45]|50)-event-type/.test(file) && !file.includes('noversion'))
				.flatMap(({ body }) => Object.keys((body as { data?: object }).data ?? {})),
		);
		expect(shown.size).toBeGreaterThan(40);
		const known = new Set([...INPUTS.map(({ name }) => name), ...Object.keys(READ_ONLY)]);
		expect([...shown].filter((key) => !known.has(key))).toEqual(['rrHostSubsetEnabled']);
	});

	test('each one is in the panel once, or has a place of its own', () => {
		const inGroups = groupFields([]).flatMap(({ options }) => (options ?? []).map(({ name }) => name));
		expect(new Set(inGroups).size).toBe(inGroups.length);
		const missing = INPUTS.map(({ name }) => name).filter((name) => !inGroups.includes(name));
		expect(missing.sort()).toEqual(['bookingFields', 'locations']);
	});

	test('every one can be protected, and so can what is read-only', () => {
		expect(PROTECTABLE).toHaveLength(INPUTS.length + Object.keys(READ_ONLY).length);
	});

	test('booleans are explained as "Whether …"', () => {
		const toggles = INPUTS.filter(({ field }) => field.type === 'boolean');
		expect(toggles).toHaveLength(15);
		for (const { field } of toggles) expect(field.description).toMatch(/^Whether /);
	});
});

const values = (filled: unknown) => ({ values: filled });

describe('from the panel to Cal.com', () => {
	test.each<[string, unknown, unknown]>([
		['lengthInMinutesOptions', '15, 30,60', [15, 30, 60]],
		['lengthInMinutesOptions', 45, [45]],
		['lengthInMinutes', '45', 45],
		['lengthInMinutes', 'an hour', 'an hour'],
		['hidden', 'true', true],
		['scheduleId', locatorOf('7'), 7],
		['scheduleId', locatorOf(''), undefined],
		['bookingLimitsCount', values({ day: 1, week: 0, month: 4, year: 0 }), { day: 1, month: 4 }],
		['bookingLimitsCount', values({ day: 0, week: 0, month: 0, year: 0 }), { disabled: true }],
		['bookingLimitsCount', {}, undefined],
		['bookingLimitsDuration', values({ day: '60' }), { day: 60 }],
		[
			'bookerActiveBookingsLimit',
			values({ maximumActiveBookings: 3, offerReschedule: true }),
			{ maximumActiveBookings: 3, offerReschedule: true },
		],
		['bookerActiveBookingsLimit', values({ maximumActiveBookings: 0 }), { disabled: true }],
		['bookingWindow', values({ type: 'unlimited' }), { disabled: true }],
		[
			'bookingWindow',
			values({ type: 'businessDays', days: 5, rolling: true }),
			{ type: 'businessDays', value: 5, rolling: true },
		],
		[
			'bookingWindow',
			values({ type: 'calendarDays', days: 30 }),
			{ type: 'calendarDays', value: 30, rolling: false },
		],
		[
			'bookingWindow',
			values({ type: 'range', from: '2030-09-05T00:00:00', to: '2030-09-09' }),
			{ type: 'range', value: ['2030-09-05', '2030-09-09'] },
		],
		[
			'bookerLayouts',
			values({ defaultLayout: 'week', enabledLayouts: ['week', 'month'] }),
			{ defaultLayout: 'week', enabledLayouts: ['week', 'month'] },
		],
		[
			'color',
			values({ lightThemeHex: '#111111', darkThemeHex: '#eeeeee' }),
			{ lightThemeHex: '#111111', darkThemeHex: '#eeeeee' },
		],
		['confirmationPolicy', values({ when: 'never' }), { disabled: true }],
		[
			'confirmationPolicy',
			values({ when: 'always', blockUnconfirmedBookingsInBooker: true }),
			{ type: 'always', blockUnconfirmedBookingsInBooker: true },
		],
		[
			'confirmationPolicy',
			values({ when: 'time', count: 30, unit: 'minutes' }),
			{ type: 'time', noticeThreshold: { unit: 'minutes', count: 30 }, blockUnconfirmedBookingsInBooker: false },
		],
		['disableCancelling', values({ disabled: true }), { disabled: true }],
		['disableRescheduling', values({ when: 'allowed' }), { disabled: false }],
		['disableRescheduling', values({ when: 'disabled' }), { disabled: true }],
		['disableRescheduling', values({ when: 'minutesBefore', minutes: 60 }), { disabled: false, minutesBefore: 60 }],
		['seats', values({ seatsPerTimeSlot: 0 }), { disabled: true }],
		[
			'seats',
			values({ seatsPerTimeSlot: 3, showAttendeeInfo: false, showAvailabilityCount: true }),
			{ seatsPerTimeSlot: 3, showAttendeeInfo: false, showAvailabilityCount: true },
		],
		['recurrence', values({ frequency: 'never' }), { disabled: true }],
		[
			'recurrence',
			values({ frequency: 'weekly', interval: 1, occurrences: 4 }),
			{ frequency: 'weekly', interval: 1, occurrences: 4 },
		],
		[
			'destinationCalendar',
			values({ integration: 'google_calendar', externalId: 'a@b.example' }),
			{ integration: 'google_calendar', externalId: 'a@b.example' },
		],
		['calVideoSettings', { disableRecordingForGuests: true }, { disableRecordingForGuests: true }],
		['calVideoSettings', {}, undefined],
		['emailSettings', { disableEmailsToHosts: true }, { disableEmailsToHosts: true }],
		[
			'hosts',
			{
				host: [
					{ userId: '3', mandatory: false, priority: 'low' },
					{ userId: 2, mandatory: true, priority: 'high' },
				],
			},
			[
				{ userId: 2, mandatory: true, priority: 'high' },
				{ userId: 3, mandatory: false, priority: 'low' },
			],
		],
		['assignAllTeamMembers', true, true],
		['locations', {}, undefined],
		[
			'locations',
			{
				location: [
					{ type: 'integration', integration: 'zoom', public: true },
					{ type: 'address', address: 'A 1', public: false },
					{ type: 'link', link: 'https://x.example', public: true },
					{ type: 'phone', phone: '+31612345678', public: true },
					{ type: 'attendeePhone', phone: '', public: true },
				],
			},
			[
				{ type: 'integration', integration: 'zoom' },
				{ type: 'address', address: 'A 1', public: false },
				{ type: 'link', link: 'https://x.example', public: true },
				{ type: 'phone', phone: '+31612345678', public: true },
				{ type: 'attendeePhone' },
			],
		],
	])('%s %j', (name, panel, expected) => {
		expect(inputNamed(name)?.fromPanel(panel)).toEqual(expected);
	});
});

describe('what Cal.com was sent and what it showed then are equal', () => {
	const created = allExchanges().filter(
		({ file, status }) => /event-type-(create|patch|title)/.test(file) && status < 300 && !file.includes('nv'),
	);

	test.each(created.map((one) => [one.file, one] as const))('%s', (_file, { requestBody, body }) => {
		const { data } = body as { data: Record<string, unknown> };
		for (const [name, sent] of Object.entries(requestBody as object)) {
			expect([name, contains(comparedValue(name, data[name]), comparedValue(name, sent))]).toEqual([name, true]);
		}
	});

	test('hosts are compared by who they are', () => {
		const shown = dataOf('050').hosts;
		const sent = [{ userId: 3 }, { userId: 2, mandatory: false }];
		expect(contains(comparedValue('hosts', shown), comparedValue('hosts', sent))).toBe(true);
	});

	test('what is off and what is not there are the same; other languages of "off" are not', () => {
		expect(comparedValue('seats', { disabled: true })).toBeNull();
		expect(comparedValue('disableCancelling', { disabled: true })).toEqual({ disabled: true });
	});
});
