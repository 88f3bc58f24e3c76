import type { JsonObject } from '../json.mts';
import type { Calendar } from '../types.mts';

/** One account at Google, Microsoft or Apple, with all its calendars. */
export interface Connection {
	credentialId: number;
	calendars: Calendar[];
}

export const calendarView = (calendar: Calendar): JsonObject => ({
	externalId: calendar.externalId,
	integration: calendar.integration,
	name: calendar.name,
	primary: calendar.primary,
	readOnly: calendar.readOnly,
	email: calendar.email,
	isSelected: calendar.isSelected,
	credentialId: calendar.credentialId,
	delegationCredentialId: null,
});

/** A connection as the list of connected calendars shows it. */
export function connectionView({ credentialId, calendars }: Connection): JsonObject {
	const [first] = calendars;
	const primary = calendars.find((calendar) => calendar.primary);
	return {
		integration: {
			name: 'Google Calendar',
			title: 'Google Calendar',
			description: 'Google Calendar is a time management and scheduling service',
			installed: true,
			type: first?.integration ?? '',
			variant: 'calendar',
			categories: ['calendar'],
			logo: 'icon.svg',
			publisher: 'Cal.com',
			slug: 'google-calendar',
			dirName: 'googlecalendar',
			url: 'https://cal.com/',
			email: 'help@cal.com',
			locationOption: null,
		},
		credentialId,
		delegationCredentialId: null,
		...(primary ? { primary: calendarView(primary) } : {}),
		calendars: calendars.map(calendarView),
	};
}
