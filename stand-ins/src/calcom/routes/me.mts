import { invalid } from '../errors.mts';
import { callerOf, ok } from '../http.mts';
import type { Route } from '../http.mts';
import type { Json, JsonObject } from '../json.mts';
import { userById } from '../store.mts';
import type { State } from '../store.mts';
import { isTimeZone } from '../time.mts';
import type { User } from '../types.mts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const meView = ({ organization }: State, user: User): JsonObject => ({
	id: user.id,
	email: user.email,
	name: user.name,
	avatarUrl: null,
	bio: user.bio,
	timeFormat: user.timeFormat,
	defaultScheduleId: user.scheduleId,
	weekStart: user.weekStart,
	timeZone: user.timeZone,
	username: user.username,
	organizationId: organization?.id ?? null,
	...(organization ? { organization: { isPlatform: false, id: organization.id } } : {}),
});

/** What a change may be, and what Cal.com says when it is something else. */
const RULES: { property: string; fits: (value: Json) => boolean; constraints: Record<string, string> }[] = [
	{
		property: 'timeFormat',
		fits: (value) => value === 12 || value === 24,
		constraints: { isIn: 'timeFormat must be one of the following values: 12, 24' },
	},
	{
		property: 'weekStart',
		fits: (value) => WEEKDAYS.includes(String(value)),
		constraints: { isIn: `weekStart must be one of the following values: ${WEEKDAYS.join(', ')}` },
	},
	{
		property: 'timeZone',
		fits: isTimeZone,
		constraints: { isTimeZone: 'timeZone must be a valid IANA time-zone' },
	},
];

/** @throws ApiError 400 with everything that is wrong */
function check(body: JsonObject): void {
	const issues = RULES.flatMap(({ property, fits, constraints }) => {
		const value = body[property];
		return value === undefined || fits(value) ? [] : [{ property, value, constraints }];
	});
	if (issues.length > 0) throw invalid(body, issues);
}

/** Takes what can be changed; a new email waits for its confirmation, and everything else is dropped in silence. */
function update(user: User, body: JsonObject): void {
	const { timeFormat, defaultScheduleId } = body;
	if (typeof timeFormat === 'number') user.timeFormat = timeFormat;
	if (typeof defaultScheduleId === 'number') user.scheduleId = defaultScheduleId;
	for (const key of ['timeZone', 'name', 'bio', 'weekStart', 'locale'] as const) {
		const value = body[key];
		if (typeof value === 'string') user[key] = value;
	}
}

export const meRoutes: Route[] = [
	{
		method: 'GET',
		path: '/me',
		access: 'key',
		versions: 'any',
		handle(request) {
			const { state } = request.world;
			return ok(meView(state, userById(state, callerOf(request))));
		},
	},
	{
		method: 'PATCH',
		path: '/me',
		access: 'key',
		versions: 'any',
		handle(request) {
			const { body, world } = request;
			check(body);
			const user = userById(world.state, callerOf(request));
			update(user, body);
			return ok(meView(world.state, user));
		},
	},
];
