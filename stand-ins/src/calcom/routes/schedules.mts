import { forbidden, invalid, notFound } from '../errors.mts';
import type { Issue } from '../errors.mts';
import { callerOf, created, ok, param } from '../http.mts';
import type { ApiRequest, Route } from '../http.mts';
import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { nextId, userById } from '../store.mts';
import { isTimeZone } from '../time.mts';
import type { Schedule } from '../types.mts';

const VERSIONS = ['2024-06-11'];
const WORKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

const view = (schedule: Schedule): JsonObject => ({
	id: schedule.id,
	ownerId: schedule.ownerId,
	name: schedule.name,
	timeZone: schedule.timeZone,
	availability: schedule.availability.map((hours) => ({ ...hours })),
	isDefault: schedule.isDefault,
	overrides: schedule.overrides.map((override) => ({ ...override })),
});

const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function take(schedule: Schedule, body: JsonObject): void {
	if (typeof body['name'] === 'string') schedule.name = body['name'];
	if (isTimeZone(body['timeZone'])) schedule.timeZone = body['timeZone'];
	const hours = ({ startTime, endTime }: JsonObject) => ({ startTime: String(startTime), endTime: String(endTime) });
	if (body['availability'] !== undefined)
		schedule.availability = objects(body['availability']).map((entry) => ({
			days: Array.isArray(entry['days']) ? entry['days'].map(String) : [],
			...hours(entry),
		}));
	if (body['overrides'] !== undefined)
		schedule.overrides = objects(body['overrides']).map((entry) => ({
			date: String(entry['date']),
			...hours(entry),
		}));
}

function makeDefault({ world: { state } }: ApiRequest, schedule: Schedule): void {
	for (const other of state.schedules) if (other.ownerId === schedule.ownerId) other.isDefault = other === schedule;
	userById(state, schedule.ownerId).scheduleId = schedule.id;
}

/** @throws ApiError 404, or 403 for another's */
function scheduleIn(request: ApiRequest): Schedule {
	const id = param(request, 'scheduleId');
	const schedule = request.world.state.schedules.find((candidate) => String(candidate.id) === id);
	if (!schedule) throw notFound(`Schedule with id=${id} not found`);
	if (schedule.ownerId !== callerOf(request))
		throw forbidden(`User with ID=${callerOf(request)} does not own schedule with ID=${id}`);
	return schedule;
}

const own = (request: ApiRequest): Schedule[] =>
	request.world.state.schedules.filter((schedule) => schedule.ownerId === callerOf(request));

function issuesOf({ name, timeZone, isDefault }: JsonObject): Issue[] {
	const issues: Issue[] = [];
	if (typeof name !== 'string') issues.push({ property: 'name', constraints: { isString: 'name must be a string' } });
	if (!isTimeZone(timeZone))
		issues.push({ property: 'timeZone', constraints: { isTimeZone: 'timeZone must be a valid IANA time-zone' } });
	if (typeof isDefault !== 'boolean')
		issues.push({ property: 'isDefault', constraints: { isBoolean: 'isDefault must be a boolean value' } });
	return issues;
}

const path = '/schedules/:scheduleId';
const shared = { access: 'key', versions: VERSIONS } as const;

export const scheduleRoutes: Route[] = [
	{ ...shared, method: 'GET', path: '/schedules', handle: (request) => ok(own(request).map(view)) },
	{
		...shared,
		method: 'POST',
		path: '/schedules',
		handle(request) {
			const { body, world } = request;
			const issues = issuesOf(body);
			if (issues.length > 0) throw invalid(body, issues);
			const schedule: Schedule = {
				id: nextId(world.state, 'schedule'),
				ownerId: callerOf(request),
				name: '',
				timeZone: '',
				availability: [{ days: WORKDAYS, startTime: '09:00', endTime: '17:00' }],
				isDefault: false,
				overrides: [],
			};
			take(schedule, body);
			world.state.schedules.push(schedule);
			if (body['isDefault'] === true) makeDefault(request, schedule);
			return created(view(schedule));
		},
	},
	{
		...shared,
		method: 'GET',
		path: '/schedules/default',
		handle: (request) =>
			ok(
				own(request)
					.filter(({ isDefault }) => isDefault)
					.map(view)[0] ?? null,
			),
	},
	{ ...shared, method: 'GET', path, handle: (request) => ok(view(scheduleIn(request))) },
	{
		...shared,
		method: 'PATCH',
		path,
		handle(request) {
			const schedule = scheduleIn(request);
			take(schedule, request.body);
			if (request.body['isDefault'] === true) makeDefault(request, schedule);
			return ok(view(schedule));
		},
	},
	{
		...shared,
		method: 'DELETE',
		path,
		handle(request) {
			const { state } = request.world;
			const schedule = scheduleIn(request);
			state.schedules = state.schedules.filter((candidate) => candidate !== schedule);
			return { status: 200, body: { status: 'success' } };
		},
	},
];
