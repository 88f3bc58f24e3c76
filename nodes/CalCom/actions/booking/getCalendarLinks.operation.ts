import { listOf } from './listOf';

/** Lists links that add the booking to a calendar. */
export const getCalendarLinks = listOf({
	option: {
		name: 'Get Calendar Links',
		value: 'getCalendarLinks',
		action: 'Get the calendar links of a booking',
		description: 'List links with which people add the booking to their calendar',
	},
	path: '/calendar-links',
});
