import { forbidden, notFound } from '../errors.mts';
import { callerOf, created, ok, param, textIn } from '../http.mts';
import type { ApiRequest, Route } from '../http.mts';
import { newUid } from '../ids.mts';
import type { JsonObject } from '../json.mts';
import { findEventType } from '../store.mts';
import type { EventType, PrivateLink } from '../types.mts';

/** The caller's own event type. @throws ApiError 404, 403 */
function ownEventType(request: ApiRequest): EventType {
	const id = param(request, 'eventTypeId');
	const eventType = findEventType(request.world.state, Number(id));
	if (!eventType) throw notFound(`Event type with id ${id} not found`);
	if (eventType.ownerId !== callerOf(request))
		throw forbidden(`User with ID=${callerOf(request)} does not own event type with ID=${id}`);
	return eventType;
}

/** @throws ApiError 404 that says what was to be done with it */
function linkOf(request: ApiRequest, { id }: EventType, done: 'Updated' | 'Deleted'): PrivateLink {
	const linkId = param(request, 'linkId');
	const link = request.world.state.privateLinks.find(
		(candidate) => candidate.linkId === linkId && candidate.eventTypeId === id,
	);
	if (!link) throw notFound(`${done} link not found`);
	return link;
}

function isExpired({ expiresAt, maxUsageCount, usageCount }: PrivateLink, now: Date): boolean {
	if (expiresAt !== null) return new Date(expiresAt) <= now;
	return maxUsageCount !== null && usageCount >= maxUsageCount;
}

function view({ world }: ApiRequest, link: PrivateLink): JsonObject {
	const { linkId, eventTypeId, expiresAt, maxUsageCount, usageCount } = link;
	return {
		linkId,
		eventTypeId,
		isExpired: isExpired(link, world.now()),
		bookingUrl: `${world.state.bookerUrl}/d/${linkId}`,
		...(expiresAt === null ? { maxUsageCount, usageCount } : { expiresAt }),
	};
}

/** A date wins over a number of bookings; without either it is good for one booking. */
function take(link: PrivateLink, body: JsonObject): PrivateLink {
	const expiresAt = textIn(body, 'expiresAt');
	const uses = body['maxUsageCount'];
	if (expiresAt !== null) Object.assign(link, { expiresAt: new Date(expiresAt).toISOString(), maxUsageCount: null });
	else if (typeof uses === 'number') Object.assign(link, { maxUsageCount: uses, expiresAt: null });
	return link;
}

/** Create, list, update and delete under a path whose event type `eventTypeIn` finds, or refuses to. */
export function privateLinkRoutesUnder(base: string, eventTypeIn: (request: ApiRequest) => EventType): Route[] {
	const shared = { access: 'permission', versions: 'any' } as const;
	const one = `${base}/:linkId`;
	return [
		{
			...shared,
			method: 'GET',
			path: base,
			handle(request) {
				const { id } = eventTypeIn(request);
				const links = request.world.state.privateLinks.filter(({ eventTypeId }) => eventTypeId === id);
				return ok(links.map((link) => view(request, link)));
			},
		},
		{
			...shared,
			method: 'POST',
			path: base,
			handle(request) {
				const { id: eventTypeId } = eventTypeIn(request);
				const blank = { linkId: newUid(), eventTypeId, expiresAt: null, maxUsageCount: 1, usageCount: 0 };
				const link = take(blank, request.body);
				request.world.state.privateLinks.push(link);
				return created(view(request, link));
			},
		},
		{
			...shared,
			method: 'PATCH',
			path: one,
			handle: (request) =>
				ok(view(request, take(linkOf(request, eventTypeIn(request), 'Updated'), request.body))),
		},
		{
			...shared,
			method: 'DELETE',
			path: one,
			handle(request) {
				const { state } = request.world;
				const link = linkOf(request, eventTypeIn(request), 'Deleted');
				state.privateLinks = state.privateLinks.filter((candidate) => candidate !== link);
				return ok({ linkId: link.linkId, message: 'Private link deleted successfully' });
			},
		},
	];
}

export const privateLinkRoutes = privateLinkRoutesUnder('/event-types/:eventTypeId/private-links', ownEventType);
