import { badRequest, notFound } from '../../errors.mts';
import { created, ok, param } from '../../http.mts';
import type { ApiRequest, Reply, Route } from '../../http.mts';
import { newUuid } from '../../ids.mts';
import { isObject } from '../../json.mts';
import type { JsonObject } from '../../json.mts';
import { findEventType, nextId } from '../../store.mts';
import type { EventType, FormResponse, RoutingForm } from '../../types.mts';
import { nowIso } from '../../world.mts';
import { slotDays } from '../slots.mts';
import { organizationIn, teamIn } from './guards.mts';
import { paged } from './teams.mts';

const formView = ({ routes, fields, ...form }: RoutingForm): JsonObject => ({
	...form,
	position: 0,
	disabled: false,
	fields: fields.map((field) => ({ ...field })),
	routes: routes.map(({ id, eventTypeId, identifier }) => ({
		id,
		isFallback: identifier === null,
		action: { type: 'eventTypeRedirectUrl', eventTypeId, value: '' },
	})),
	settings: { emailOwnerOnSubmission: false },
});

const responseView = (response: FormResponse): JsonObject => ({ ...response });

/** @throws ApiError 404 */
function formIn(request: ApiRequest): RoutingForm {
	const id = param(request, 'routingFormId');
	const form = request.world.state.routingForms.find((candidate) => candidate.id === id);
	if (!form) throw notFound(`Routing form with id=${id} not found`);
	return form;
}

/** Where the answers lead. @throws ApiError 400 when a required question is not answered */
function routedTo(request: ApiRequest, form: RoutingForm): EventType {
	const { body, world } = request;
	const missing = form.fields.filter(({ required, identifier }) => required && body[identifier] === undefined);
	if (missing.length > 0)
		throw badRequest(`Missing required fields: ${missing.map(({ identifier }) => identifier).join(', ')}`);
	const route = form.routes.find(({ identifier, answer }) => identifier === null || body[identifier] === answer);
	const eventType = findEventType(world.state, route?.eventTypeId ?? 0);
	if (!eventType) throw notFound('Event type not found.');
	return eventType;
}

/** The answers as they are kept: by id of the question, with its words. */
function kept({ fields }: RoutingForm, answers: JsonObject): JsonObject {
	return Object.fromEntries(
		fields
			.filter(({ identifier }) => answers[identifier] !== undefined)
			.map(({ id, identifier, label }) => [id, { label, identifier, value: answers[identifier] }]),
	);
}

function calculateSlots(request: ApiRequest): Reply {
	const eventType = routedTo(request, formIn(request));
	return ok({ eventTypeId: eventType.id, slots: slotDays(request, eventType) });
}

function respond(request: ApiRequest): Reply {
	const { state } = request.world;
	const form = formIn(request);
	const eventType = routedTo(request, form);
	const response: FormResponse = {
		id: nextId(state, 'formResponse'),
		formId: form.id,
		formFillerId: newUuid(),
		routedToBookingUid: null,
		response: kept(form, request.body),
		createdAt: nowIso(request.world),
	};
	state.formResponses.push(response);
	return created({
		eventTypeId: eventType.id,
		routing: { responseId: response.id, queuedResponseId: null, teamMemberIds: eventType.hostIds },
		slots: slotDays(request, eventType),
	});
}

function changeResponse(request: ApiRequest): Reply {
	const form = formIn(request);
	const id = param(request, 'responseId');
	const response = request.world.state.formResponses.find(
		(candidate) => String(candidate.id) === id && candidate.formId === form.id,
	);
	if (!response) throw notFound(`Routing form response with id=${id} not found`);
	const changes = request.body['response'];
	if (isObject(changes)) response.response = changes;
	return ok(responseView(response));
}

const listForms = (request: ApiRequest, visible: (form: RoutingForm) => boolean): Reply =>
	ok(paged(request, request.world.state.routingForms.filter(visible)).map(formView));

function listResponses(request: ApiRequest): Reply {
	const { id } = formIn(request);
	const direction = request.query.get('sortCreatedAt') === 'asc' ? 1 : -1;
	const found = request.world.state.formResponses
		.filter(({ formId }) => formId === id)
		.sort((a, b) => direction * (a.id - b.id));
	return ok(paged(request, found).map(responseView));
}

/** The same routes for an organization and for one of its teams. */
function routesUnder(base: string, guard: (request: ApiRequest) => (form: RoutingForm) => boolean): Route[] {
	const responses = `${base}/routing-forms/:routingFormId/responses`;
	const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
		method,
		path,
		access: 'key',
		versions: 'any',
		handle(request) {
			guard(request);
			return handle(request);
		},
	});
	return [
		route('GET', `${base}/routing-forms`, (request) => listForms(request, guard(request))),
		route('GET', responses, listResponses),
		route('POST', responses, respond),
		route('PATCH', `${responses}/:responseId`, changeResponse),
	];
}

export const routingFormRoutes: Route[] = [
	{
		method: 'POST',
		path: '/routing-forms/:routingFormId/calculate-slots',
		access: 'key',
		versions: 'any',
		handle: calculateSlots,
	},
	...routesUnder('/organizations/:orgId', (request) => {
		organizationIn(request);
		return () => true;
	}),
	...routesUnder('/organizations/:orgId/teams/:teamId', (request) => {
		organizationIn(request);
		const { id } = teamIn(request);
		return ({ teamId }) => teamId === id;
	}),
];
