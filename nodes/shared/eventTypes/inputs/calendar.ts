import type { INodeProperties } from 'n8n-workflow';
import type { Input } from './input';
import { form, members, property, toggle, words } from './input';

/** What hosts and attendees find in their calendars. */
const calendar: Input[] = [
	words(
		'calendar',
		'customName',
		'Event Name',
		'The title of the calendar event, with variables such as {Event type title}, {Organiser}, {Scheduler}, {Location}',
		{ placeholder: 'e.g. {Event type title} with {Scheduler}' },
	),
	form(
		'calendar',
		{
			name: 'destinationCalendar',
			displayName: 'Destination Calendar',
			description: 'The calendar that bookings are written to. Calendar > Get Many lists them.',
		},
		[
			property('string', 'integration', 'Integration', 'The kind of calendar', {
				placeholder: 'e.g. google_calendar',
			}),
			property('string', 'externalId', 'External ID', 'The calendar, by the ID that its provider gives it', {
				placeholder: 'e.g. office@school.example',
			}),
		],
		({ integration, externalId }) => ({ integration, externalId }),
	),
	toggle(
		'calendar',
		'useDestinationCalendarEmail',
		'Use Email of Destination Calendar',
		'Whether the address of the destination calendar stands as the organizer',
	),
	toggle(
		'calendar',
		'hideCalendarNotes',
		'Hide Notes',
		'Whether the notes of the booker are left out of the calendar event',
	),
	toggle(
		'calendar',
		'hideCalendarEventDetails',
		'Hide Details',
		'Whether the details of the calendar event are hidden from others who share the calendar',
	),
	toggle(
		'calendar',
		'hideOrganizerEmail',
		'Hide Email of Organizer',
		"Whether the organizer's email address is hidden on the booking page, in emails and in calendar events",
	),
];

function setting(name: string, displayName: string, description: string): INodeProperties {
	return property('boolean', name, displayName, description, { default: true });
}

const video: Input[] = [
	members(
		'video',
		{
			name: 'calVideoSettings',
			displayName: 'Cal Video',
			description: 'Recording and transcription of calls over Cal Video',
		},
		[
			setting(
				'disableRecordingForGuests',
				'Disable Recording for Guests',
				'Whether guests cannot record the call',
			),
			setting(
				'disableRecordingForOrganizer',
				'Disable Recording for Organizer',
				'Whether the organizer cannot record the call',
			),
			setting(
				'disableTranscriptionForGuests',
				'Disable Transcription for Guests',
				'Whether guests get no transcription',
			),
			setting(
				'disableTranscriptionForOrganizer',
				'Disable Transcription for Organizer',
				'Whether the organizer gets no transcription',
			),
			setting(
				'enableAutomaticRecordingForOrganizer',
				'Record Automatically',
				'Whether recording starts when the organizer joins',
			),
			setting(
				'enableAutomaticTranscription',
				'Transcribe Automatically',
				'Whether transcription starts when someone joins',
			),
			property('string', 'redirectUrlOnExit', 'Redirect on Exit', 'The page that people are led to afterwards', {
				placeholder: 'e.g. https://school.example/after',
			}),
			setting(
				'sendTranscriptionEmails',
				'Send Transcription by Email',
				'Whether the transcription is sent by email after the call',
			),
		],
	),
];

export const calendarAndVideo: Input[] = [...calendar, ...video];
