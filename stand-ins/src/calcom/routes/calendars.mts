import { badRequest, exceptionOf, invalid, notFound, unauthorized } from '../errors.mts';
import { callerOf, created, ok, param, textIn } from '../http.mts';
import type { ApiRequest, Route } from '../http.mts';
import type { JsonObject } from '../json.mts';
import { isIsoDate } from '../time.mts';
import type { Calendar } from '../types.mts';
import { calendarView, connectionView } from '../views/calendar.mts';
import type { Connection } from '../views/calendar.mts';

const CONNECTION_TYPES: Record<string, string> = {
	google_calendar: 'google',
	office365_calendar: 'office365',
	apple_calendar: 'apple',
};

/** Cal.com names no values here. */
const NO_DESTINATION = { isEnum: 'integration must be one of the following values: ' };

const own = (request: ApiRequest): Calendar[] =>
	request.world.state.calendars.filter(({ userId }) => userId === callerOf(request));

function connectionsOf(request: ApiRequest): Connection[] {
	const ids = [...new Set(own(request).map(({ credentialId }) => credentialId))];
	return ids.map((credentialId) => ({
		credentialId,
		calendars: own(request).filter((calendar) => calendar.credentialId === credentialId),
	}));
}

/** An empty object where nobody has chosen one, or could. */
function destinationView(request: ApiRequest): JsonObject {
	const userId = callerOf(request);
	const externalId = request.world.state.destinations[userId];
	const calendar = own(request).find((candidate) => candidate.externalId === externalId);
	if (!calendar) return {};
	return {
		...calendarView(calendar),
		primary: null,
		id: userId,
		primaryEmail: calendar.email,
		userId,
		eventTypeId: null,
	};
}

/** @throws ApiError 400 naming what is no date */
function span({ query }: ApiRequest, [fromName, toName]: [string, string]): { from: string; to: string } {
	const read = (name: string) => {
		const value = query.get(name);
		if (!isIsoDate(value))
			throw badRequest(`${name} property is wrong,${name} must be a valid ISO 8601 date string `);
		return new Date(value).toISOString();
	};
	return { from: read(fromName), to: read(toName) };
}

function busyIn(request: ApiRequest, calendars: Calendar[], { from, to }: { from: string; to: string }): JsonObject[] {
	const ids = calendars.map(({ externalId }) => externalId);
	return request.world.state.busy
		.filter(({ externalId, start, end }) => ids.includes(externalId) && start < to && from < end)
		.sort((a, b) => (a.start < b.start ? -1 : 1))
		.map(({ externalId, start, end }) => ({ start, end, source: externalId }));
}

/** @throws ApiError 404 */
function calendarIn(request: ApiRequest, values: (name: string) => string | null): Calendar {
	const [integration, externalId] = [values('integration'), values('externalId')];
	const calendar = own(request).find(
		(candidate) => candidate.integration === integration && candidate.externalId === externalId,
	);
	if (!calendar) throw notFound(`Could not find calendar ${externalId ?? ''}`);
	return calendar;
}

const reference = ({ userId, integration, externalId, credentialId }: Calendar): JsonObject => ({
	userId,
	integration,
	externalId,
	credentialId,
});

const shared = { access: 'permission', versions: 'any' } as const;

export const calendarRoutes: Route[] = [
	{
		...shared,
		method: 'GET',
		path: '/calendars',
		handle: (request) =>
			ok({
				connectedCalendars: connectionsOf(request).map(connectionView),
				destinationCalendar: destinationView(request),
			}),
	},
	{
		...shared,
		method: 'GET',
		path: '/calendars/busy-times',
		handle(request) {
			const { query } = request;
			// Cal.com asks for the calendars one by one as calendarsToLoad[0][externalId], or for one without the index.
			const wanted = [...query].filter(([name]) => name.endsWith('externalId]') || name === 'externalId');
			const ids = wanted.map(([, externalId]) => externalId);
			if (ids.length === 0) throw badRequest('calendarsToLoad should not be empty');
			const credentials = [...query].filter(
				([name]) => name.endsWith('credentialId]') || name === 'credentialId',
			);
			const connected = own(request).map(({ credentialId }) => String(credentialId));
			if (credentials.some(([, id]) => !connected.includes(id)))
				throw unauthorized('These credentials do not belong to you');
			const calendars = own(request).filter(({ externalId }) => ids.includes(externalId));
			if (calendars.some(({ unreachable }) => unreachable === true))
				throw exceptionOf(500, 'Unable to fetch connected calendars events. Please try again later.');
			return ok(busyIn(request, calendars, span(request, ['dateFrom', 'dateTo'])));
		},
	},
	{
		...shared,
		method: 'GET',
		path: '/calendars/connections',
		handle: (request) =>
			ok({
				connections: connectionsOf(request).map(({ credentialId, calendars: [first] }) => ({
					connectionId: String(credentialId),
					type: CONNECTION_TYPES[first?.integration ?? ''] ?? 'google',
					email: first?.email ?? null,
				})),
			}),
	},
	{
		...shared,
		method: 'GET',
		path: '/calendars/connections/:connectionId/freebusy',
		handle(request) {
			const id = param(request, 'connectionId');
			const connection = connectionsOf(request).find(({ credentialId }) => String(credentialId) === id);
			if (!connection) throw notFound('Calendar connection not found');
			return ok(busyIn(request, connection.calendars, span(request, ['from', 'to'])));
		},
	},
	{
		...shared,
		method: 'GET',
		path: '/calendars/:calendar/freebusy',
		handle(request) {
			const type = param(request, 'calendar');
			const connected = own(request).filter(({ integration }) => CONNECTION_TYPES[integration] === type);
			if (connected.length === 0) throw badRequest(`No ${type} calendar is connected`);
			return ok(busyIn(request, connected, span(request, ['from', 'to'])));
		},
	},
	{
		...shared,
		method: 'PUT',
		path: '/destination-calendars',
		handle(request) {
			const { body } = request;
			const integration = textIn(body, 'integration');
			if (integration === null || !(integration in CONNECTION_TYPES))
				throw invalid(body, [{ property: 'integration', value: integration, constraints: NO_DESTINATION }]);
			const calendar = calendarIn(request, (name) => textIn(body, name));
			if (calendar.readOnly) throw badRequest('The calendar is read-only and cannot take bookings');
			request.world.state.destinations[callerOf(request)] = calendar.externalId;
			return ok(reference(calendar));
		},
	},
	{
		...shared,
		method: 'POST',
		path: '/selected-calendars',
		handle(request) {
			const calendar = calendarIn(request, (name) => textIn(request.body, name));
			calendar.isSelected = true;
			return created(reference(calendar));
		},
	},
	{
		...shared,
		method: 'DELETE',
		path: '/selected-calendars',
		handle(request) {
			const calendar = calendarIn(request, (name) => request.query.get(name));
			calendar.isSelected = false;
			return ok(reference(calendar));
		},
	},
];
