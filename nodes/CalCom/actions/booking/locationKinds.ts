import type { INodePropertyOptions } from 'n8n-workflow';

/** The detail that a kind of place needs. */
export type Detail = 'address' | 'phone' | 'link' | 'location' | 'integration';

export interface LocationKind extends INodePropertyOptions {
	value: string;
	/** The details that the API wants with it, per request; none where the event type has them. */
	create?: Detail;
	update?: Detail;
	/** Left out of changes: the API does not know it there. */
	createOnly?: true;
}

/** The kinds of places that the API knows. */
export const KINDS: readonly LocationKind[] = [
	{
		name: "Attendee's Address",
		value: 'attendeeAddress',
		description: 'The attendee is visited',
		create: 'address',
		update: 'address',
	},
	{
		name: "Attendee's Phone",
		value: 'attendeePhone',
		description: 'The attendee is called',
		create: 'phone',
		update: 'phone',
	},
	{
		name: 'Link',
		value: 'link',
		description: 'A link to join',
		update: 'link',
	},
	{
		name: "Organizer's Address",
		value: 'address',
		description: 'The attendee comes to the organizer',
		update: 'address',
	},
	{
		name: "Organizer's Default App",
		value: 'organizersDefaultApp',
		description: 'Team event types only: the video app that the host prefers',
		createOnly: true,
	},
	{
		name: "Organizer's Phone",
		value: 'phone',
		description: 'The attendee calls the organizer',
		update: 'phone',
	},
	{
		name: 'Somewhere Else',
		value: 'attendeeDefined',
		description: 'A place that the attendee names',
		create: 'location',
		update: 'location',
	},
	{
		name: 'Video App',
		value: 'integration',
		description: 'Cal Video, Google Meet, Zoom …',
		create: 'integration',
		update: 'integration',
	},
];

/** The video apps that the API knows. */
export const APPS: INodePropertyOptions[] = [
	{ name: '8x8', value: 'eightxeight-video' },
	{ name: 'Cal Video', value: 'cal-video' },
	{ name: 'Campfire', value: 'campfire-video' },
	{ name: 'Demodesk', value: 'demodesk-video' },
	{ name: 'Discord', value: 'discord-video' },
	{ name: 'Element Call', value: 'element-call-video' },
	{ name: 'FaceTime', value: 'facetime-video' },
	{ name: 'Google Meet', value: 'google-meet' },
	{ name: 'Huddle01', value: 'huddle' },
	{ name: 'Jelly', value: 'jelly-video' },
	{ name: 'Jelly Conferencing', value: 'jelly-conferencing' },
	{ name: 'Jitsi Meet', value: 'jitsi' },
	{ name: 'Microsoft Teams', value: 'office365-video' },
	{ name: 'MiroTalk', value: 'mirotalk-video' },
	{ name: 'Ping', value: 'ping-video' },
	{ name: 'Riverside', value: 'riverside-video' },
	{ name: 'Roam', value: 'roam-video' },
	{ name: 'Salesroom', value: 'salesroom-video' },
	{ name: 'Shimmer', value: 'shimmer-video' },
	{ name: 'Signal', value: 'signal-video' },
	{ name: 'Sirius', value: 'sirius-video' },
	{ name: 'Skype', value: 'skype-video' },
	{ name: 'Sylaps', value: 'sylaps-video' },
	{ name: 'Tandem', value: 'tandem' },
	{ name: 'Telegram', value: 'telegram-video' },
	{ name: 'Webex', value: 'webex-video' },
	{ name: 'WhatsApp', value: 'whatsapp-video' },
	{ name: 'Whereby', value: 'whereby-video' },
	{ name: 'Zoom', value: 'zoom' },
];
