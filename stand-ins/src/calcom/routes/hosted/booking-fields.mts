import { badRequest, notFound } from '../../errors.mts';
import { fullForm } from '../../booking-fields.mts';
import { ok, param } from '../../http.mts';
import type { ApiRequest, Route } from '../../http.mts';
import { isObject } from '../../json.mts';
import type { Json, JsonObject } from '../../json.mts';
import type { BookingField, EventType } from '../../types.mts';
import { removableEventType } from '../event-types.mts';
import { teamEventTypeIn } from './guards.mts';

const VERSIONS = ['2026-06-12'];

const sent = ({ body }: ApiRequest): JsonObject[] => {
	const fields = body['bookingFields'];
	if (!Array.isArray(fields)) throw badRequest('bookingFields must be an array');
	return fields.filter(isObject);
};

const answer = ({ bookingFields }: EventType): Json => structuredClone(bookingFields);

/** Changes the questions that are named, and only what is named of them. @throws ApiError 404 for a slug it does not have */
function merge(eventType: EventType, changes: JsonObject[]): void {
	for (const change of changes) {
		const slug = String(change['slug']);
		const index = eventType.bookingFields.findIndex((field) => field.slug === slug);
		const known = eventType.bookingFields[index];
		if (!known) throw notFound(`Booking field with slug "${slug}" not found`);
		const merged: BookingField = { ...known, ...change, isDefault: known.isDefault, type: known.type, slug };
		eventType.bookingFields[index] = merged;
	}
}

function remove(eventType: EventType, slug: string): void {
	const field = eventType.bookingFields.find((candidate) => candidate.slug === slug);
	if (!field) throw notFound(`Booking field with slug "${slug}" not found`);
	if (field.isDefault) throw badRequest(`Booking field "${slug}" is a default field and cannot be deleted`);
	eventType.bookingFields = eventType.bookingFields.filter((candidate) => candidate !== field);
}

/** The form of an event type by itself, known to version 2026-06-12 only. */
function routesUnder(base: string, eventTypeIn: (request: ApiRequest) => EventType): Route[] {
	const path = `${base}/booking-fields`;
	const route = (
		method: Route['method'],
		at: string,
		act: (request: ApiRequest, eventType: EventType) => void,
	): Route => ({
		method,
		path: at,
		access: 'key',
		versions: VERSIONS,
		handle(request) {
			const eventType = eventTypeIn(request);
			act(request, eventType);
			return ok(answer(eventType));
		},
	});
	return [
		route('GET', path, () => undefined),
		route('PATCH', path, (request, eventType) => merge(eventType, sent(request))),
		route('PUT', path, (request, eventType) => {
			eventType.bookingFields = fullForm(sent(request));
		}),
		route('DELETE', `${path}/:slug`, (request, eventType) => remove(eventType, param(request, 'slug'))),
	];
}

export const bookingFieldRoutes: Route[] = [
	...routesUnder('/event-types/:eventTypeId', removableEventType),
	...routesUnder('/teams/:teamId/event-types/:eventTypeId', teamEventTypeIn),
];
