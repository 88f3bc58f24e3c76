import { randomBytes } from 'node:crypto';
import { uuidOf } from './ids.mts';
import { seedEventTypes } from './seed-event-types.mts';
import type { State } from './store.mts';
import type { ApiKey, Calendar, Edition, RoutingForm, Schedule, User } from './types.mts';

const key = (text: string, userId: number, extra: Partial<ApiKey> = {}): ApiKey => ({
	key: text,
	userId,
	expired: false,
	limit: null,
	...extra,
});

/** Another one at each start: who has read this file cannot ask for anything with it. */
export const newKey = (): string => `cal_${randomBytes(18).toString('hex').slice(0, 35)}`;

/** Keys of the recordings: made up, like every name and address here. */
const RECORDED_KEYS: ApiKey[] = [
	key('cal_driver0123456789abcdef0123456789a', 1),
	key('cal_owner0123456789abcdef0123456789ab', 1),
	key('cal_limited0123456789abcdef0123456789', 1, { limit: 3 }),
	key('cal_expired0123456789abcdef0123456789', 1, { expired: true }),
	key('cal_anna00123456789abcdef0123456789ab', 2),
	key('cal_ben000123456789abcdef0123456789ab', 3),
	key('cal_59f733e35ddcd25710e6488dc266a6cf', 4),
];

function user(id: number, name: string, username: string, timeZone: string, extra: Partial<User> = {}): User {
	return {
		id,
		uuid: uuidOf(`user ${id}`),
		name,
		email: `${username}@school.example`,
		username,
		timeZone,
		locale: 'en',
		weekStart: 'Monday',
		timeFormat: 24,
		bio: null,
		scheduleId: id,
		...extra,
	};
}

const USERS: User[] = [
	user(1, 'Your School', 'yourschool', 'Europe/Amsterdam', { email: 'owner@school.example' }),
	user(2, 'Anna de Vries', 'anna', 'Europe/Amsterdam'),
	user(3, 'Ben Okafor', 'ben', 'Europe/London'),
	user(4, 'Sam Stranger', 'stranger', 'Europe/Amsterdam', { email: 'sam@stranger.example' }),
];

const schedule = (owner: User): Schedule => ({
	id: owner.scheduleId,
	ownerId: owner.id,
	name: 'Working hours',
	timeZone: owner.timeZone,
	availability: [
		{ days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], startTime: '08:00', endTime: '20:00' },
	],
	isDefault: true,
	overrides: [],
});

const calendar = (name: string, externalId: string, extra: Partial<Calendar> = {}): Calendar => ({
	userId: 1,
	credentialId: 1,
	integration: 'google_calendar',
	externalId,
	name,
	email: 'owner@school.example',
	primary: false,
	readOnly: false,
	isSelected: false,
	...extra,
});

const CALENDARS: Calendar[] = [
	calendar('Your School', 'owner@school.example', { primary: true, isSelected: true }),
	calendar('Concerts', 'concerts@group.calendar.example'),
	calendar('Holidays', 'holidays@group.calendar.example', { readOnly: true }),
];

const FORM_ID = uuidOf('routing form 1');
const field = (identifier: string, label: string, type: string, required: boolean) => ({
	id: uuidOf(`${FORM_ID} ${identifier}`),
	identifier,
	label,
	type,
	required,
});

/** Asks for the level, and sends beginners to their trial lesson. */
const ROUTING_FORM: RoutingForm = {
	id: FORM_ID,
	name: 'Which lesson?',
	description: 'Finds the right lesson',
	teamId: 1,
	userId: 1,
	createdAt: '2026-10-01T08:00:00.000Z',
	updatedAt: '2026-10-02T08:00:00.000Z',
	fields: [field('level', 'Your level', 'select', true), field('email', 'Your email', 'email', false)],
	routes: [
		{ id: uuidOf('route 1'), identifier: 'level', answer: 'beginner', eventTypeId: 3 },
		{ id: uuidOf('route 2'), identifier: null, answer: null, eventTypeId: 23 },
	],
};

const MEMBERS = [1, 2, 3];

/**
 * A school with two teachers, seventeen kinds of lessons and nothing booked yet. The first key is its owner's.
 *
 * @param withRecordedKeys whether the keys of the recordings open it, too
 */
export function seed(edition: Edition, bookerUrl: string, withRecordedKeys = false): State {
	return {
		edition,
		bookerUrl,
		users: structuredClone(USERS),
		apiKeys: [key(newKey(), 1), ...(withRecordedKeys ? structuredClone(RECORDED_KEYS) : [])],
		teams: [{ id: 1, name: 'School Team', slug: 'schoolteam', memberIds: [...MEMBERS], ownerId: 1 }],
		organization:
			edition === 'hosted'
				? { id: 10, name: 'The School', slug: 'school', memberIds: [...MEMBERS], ownerId: 1 }
				: null,
		eventTypes: seedEventTypes(),
		goneEventTypes: [],
		bookings: [],
		webhooks: [],
		schedules: USERS.map(schedule),
		reservations: [],
		privateLinks: [],
		calendars: structuredClone(CALENDARS),
		destinations: { 1: 'owner@school.example' },
		busy: [],
		outOfOffice: [],
		recordings: [],
		conferencingApps: ['jitsi'],
		routingForms: edition === 'hosted' ? [structuredClone(ROUTING_FORM)] : [],
		formResponses: [],
		last: {
			eventType: 23,
			booking: 0,
			attendee: 0,
			schedule: USERS.length,
			payment: 0,
			outOfOffice: 0,
			formResponse: 0,
		},
	};
}
