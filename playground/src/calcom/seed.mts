import { uuidOf } from './ids.mts';
import { seedEventTypes } from './seed-event-types.mts';
import type { State } from './store.mts';
import type { ApiKey, Edition, Schedule, User } from './types.mts';

/** The owner's key: made up, like every key, name and address here. */
export const OWNER_KEY = 'cal_driver0123456789abcdef0123456789a';

const key = (text: string, userId: number, extra: Partial<ApiKey> = {}): ApiKey => ({
	key: text,
	userId,
	expired: false,
	limit: null,
	...extra,
});

const API_KEYS: ApiKey[] = [
	key(OWNER_KEY, 1),
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

/** A school with two teachers, seventeen kinds of lessons and nothing booked yet. */
export function seed(edition: Edition, bookerUrl: string): State {
	return {
		edition,
		bookerUrl,
		users: structuredClone(USERS),
		apiKeys: structuredClone(API_KEYS),
		teams: [{ id: 1, name: 'School Team', slug: 'schoolteam', memberIds: [1, 2, 3], ownerId: 1 }],
		eventTypes: seedEventTypes(),
		goneEventTypes: [],
		bookings: [],
		webhooks: [],
		schedules: USERS.map(schedule),
		reservations: [],
		last: { eventType: 23, booking: 0, attendee: 0, schedule: USERS.length, payment: 0 },
	};
}
