import { invalid } from '../errors.mts';
import { callerOf, ok } from '../http.mts';
import type { Route } from '../http.mts';
import type { JsonObject } from '../json.mts';
import { userById } from '../store.mts';
import { isTimeZone } from '../time.mts';
import type { User } from '../types.mts';

const meView = (user: User): JsonObject => ({
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
	organizationId: null,
});

export const meRoutes: Route[] = [
	{
		method: 'GET',
		path: '/me',
		access: 'key',
		versions: 'any',
		handle: (request) => ok(meView(userById(request.world.state, callerOf(request)))),
	},
	{
		method: 'PATCH',
		path: '/me',
		access: 'key',
		versions: 'any',
		handle(request) {
			const { body, world } = request;
			const { timeFormat, timeZone, name, bio } = body;
			if (timeFormat !== undefined && timeFormat !== 12 && timeFormat !== 24)
				throw invalid(body, [
					{
						property: 'timeFormat',
						value: timeFormat,
						constraints: { isIn: 'timeFormat must be one of the following values: 12, 24' },
					},
				]);
			if (timeZone !== undefined && !isTimeZone(timeZone))
				throw invalid(body, [
					{
						property: 'timeZone',
						value: timeZone,
						constraints: { isTimeZone: 'timeZone must be a valid IANA time-zone' },
					},
				]);
			const user = userById(world.state, callerOf(request));
			if (typeof timeFormat === 'number') user.timeFormat = timeFormat;
			if (typeof timeZone === 'string') user.timeZone = timeZone;
			if (typeof name === 'string') user.name = name;
			if (typeof bio === 'string') user.bio = bio;
			return ok(meView(user));
		},
	},
];
