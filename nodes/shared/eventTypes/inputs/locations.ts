import { isFields, list } from '../../values/readers';
import type { Input } from './input';
import { input, property, rows } from './input';

/** The video apps that Cal.com takes for a location. */
const APPS: Record<string, string> = {
	campfire: 'Campfire',
	'cal-video': 'Cal Video',
	demodesk: 'Demodesk',
	discord: 'Discord',
	eightxeight: '8x8',
	'element-call': 'Element Call',
	facetime: 'FaceTime',
	'google-meet': 'Google Meet',
	huddle: 'Huddle',
	'jelly-conferencing': 'Jelly Conferencing',
	jelly: 'Jelly',
	jitsi: 'Jitsi',
	mirotalk: 'MiroTalk',
	office365: 'Microsoft Teams',
	ping: 'Ping',
	riverside: 'Riverside',
	roam: 'Roam',
	salesroom: 'Salesroom',
	shimmer: 'Shimmer',
	signal: 'Signal',
	sirius: 'Sirius',
	skype: 'Skype',
	sylaps: 'Sylaps',
	tandem: 'Tandem',
	telegram: 'Telegram',
	webex: 'Webex',
	whatsapp: 'WhatsApp',
	whereby: 'Whereby',
	zoom: 'Zoom',
};
/** These go by their name; the others by their name and "-video". */
const BARE = new Set(['cal-video', 'google-meet', 'huddle', 'jelly-conferencing', 'jitsi', 'tandem', 'zoom']);

const appOptions = Object.entries(APPS)
	.map(([key, name]) => ({ name, value: BARE.has(key) ? key : `${key}-video` }))
	.sort((a, b) => a.name.localeCompare(b.name));

/** What each type of location has beside its type. */
const MEMBERS: Record<string, readonly string[]> = {
	address: ['address', 'public'],
	attendeeAddress: [],
	attendeeDefined: [],
	attendeePhone: [],
	integration: ['integration'],
	link: ['link', 'public'],
	organizersDefaultApp: [],
	phone: ['phone', 'public'],
};

const only = (...type: string[]) => ({ displayOptions: { show: { type } } });

function locationsOf(value: unknown): unknown {
	const locations = rows(value, 'location').map((row) => ({
		type: row.type,
		...Object.fromEntries((MEMBERS[String(row.type)] ?? []).map((name) => [name, row[name]])),
	}));
	return locations.length === 0 ? undefined : locations;
}

/** A location that Cal.com shows but does not take back (`type: "unknown"`). */
export function isUnknownLocation(location: unknown): boolean {
	return isFields(location) && !Object.hasOwn(MEMBERS, String(location.type));
}

/** Answers add ids of connections, which requests do not have. */
function compared(value: unknown): unknown {
	return list(value).map((location) => {
		if (!isFields(location)) return location;
		const names = ['type', ...(MEMBERS[String(location.type)] ?? Object.keys(location))];
		return Object.fromEntries(names.map((name) => [name, location[name]]));
	});
}

/** Where it takes place; the first one is offered first. */
export const locations: Input = input(
	'basics',
	property('fixedCollection', 'locations', 'Locations', 'Where it takes place; replaces all locations', {
		default: {},
		placeholder: 'Add location',
		typeOptions: { multipleValues: true, sortable: true },
		options: [
			{
				displayName: 'Location',
				name: 'location',
				values: [
					property('options', 'type', 'Type', 'What kind of place', {
						options: [
							{ name: 'Address', value: 'address', description: 'Somewhere in person' },
							{
								name: "Attendee's Address",
								value: 'attendeeAddress',
								description: 'The booker says where',
							},
							{
								name: "Attendee's Choice",
								value: 'attendeeDefined',
								description: 'The booker writes anything',
							},
							{
								name: "Attendee's Phone",
								value: 'attendeePhone',
								description: 'The host calls the booker',
							},
							{ name: 'Link', value: 'link', description: 'A meeting room with a fixed link' },
							{
								name: "Organizer's Default App",
								value: 'organizersDefaultApp',
								description: 'For event types of a team only',
							},
							{ name: 'Phone', value: 'phone', description: 'The booker calls this number' },
							{ name: 'Video App', value: 'integration', description: 'Cal Video, Google Meet, Zoom …' },
						],
						default: 'integration',
					}),
					property(
						'options',
						'integration',
						'App',
						'It has to be connected in Cal.com; Cal Video is there already',
						{
							options: appOptions,
							default: 'cal-video',
							...only('integration'),
						},
					),
					property('string', 'address', 'Address', 'As the booker reads it', {
						placeholder: 'e.g. Keizersgracht 1, Amsterdam',
						...only('address'),
					}),
					property('string', 'link', 'Link', 'The address of the meeting room', {
						placeholder: 'e.g. https://meet.school.example/room1',
						...only('link'),
					}),
					property('string', 'phone', 'Phone', 'With the country code', {
						placeholder: 'e.g. +31612345678',
						...only('phone'),
					}),
					property('boolean', 'public', 'Public', 'Whether it is shown before booking', {
						default: true,
						...only('address', 'link', 'phone'),
					}),
				],
			},
		],
	}),
	{ fromPanel: locationsOf, compared },
);
