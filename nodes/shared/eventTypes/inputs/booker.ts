import { isFields, list } from '../../values/readers';
import type { Input } from './input';
import { form, property, toggle } from './input';

const LAYOUTS = [
	{ name: 'Column', value: 'column' },
	{ name: 'Month', value: 'month' },
	{ name: 'Week', value: 'week' },
];

/** In what order the layouts are enabled does not matter. */
function comparedLayouts(value: unknown): unknown {
	return isFields(value) ? { ...value, enabledLayouts: list(value.enabledLayouts).map(String).sort() } : value;
}

/** What the person who books meets. */
export const booker: Input[] = [
	toggle('booker', 'disableGuests', 'Disable Guests', 'Whether the booker cannot bring guests along'),
	toggle(
		'booker',
		'requiresBookerEmailVerification',
		'Verify Email',
		'Whether the booker has to confirm their email address with a code',
	),
	toggle(
		'booker',
		'bookingRequiresAuthentication',
		'Require Authentication',
		'Whether only the owner (or an admin of the team) may book it over the API',
	),
	toggle(
		'booker',
		'lockTimeZoneToggleOnBookingPage',
		'Lock Time Zone',
		'Whether the booker cannot change the time zone on the booking page',
	),
	form(
		'booker',
		{
			name: 'bookerLayouts',
			displayName: 'Layouts',
			description: 'How the booking page shows the calendar',
		},
		[
			property('options', 'defaultLayout', 'Default Layout', 'The layout that the page opens with', {
				options: LAYOUTS,
				default: 'month',
			}),
			property('multiOptions', 'enabledLayouts', 'Enabled Layouts', 'The layouts that the booker may pick', {
				options: LAYOUTS,
				default: ['month', 'week', 'column'],
			}),
		],
		({ defaultLayout, enabledLayouts }) => ({ defaultLayout, enabledLayouts }),
		{ compared: comparedLayouts },
	),
	form(
		'booker',
		{ name: 'color', displayName: 'Color', description: 'The color of the event type in lists and calendars' },
		[
			property('color', 'lightThemeHex', 'Light Theme', 'In the light theme', { default: '#292929' }),
			property('color', 'darkThemeHex', 'Dark Theme', 'In the dark theme', { default: '#fafafa' }),
		],
		({ lightThemeHex, darkThemeHex }) => ({ lightThemeHex, darkThemeHex }),
	),
];
