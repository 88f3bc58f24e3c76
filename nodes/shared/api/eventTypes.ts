import { z } from 'zod';
import type { ApiContext } from './client';
import { calComRequest } from './client';
import { API_VERSION } from './versions';

export interface EventTypeSummary {
	id: number;
	title: string;
	slug: string;
}

const eventTypes = z.array(z.object({ id: z.number(), title: z.string().catch(''), slug: z.string().catch('') }));
const teams = z.array(z.object({ id: z.number(), name: z.string().catch('') }));

/** The event types of the API key's owner. The list is not paged. */
export async function listEventTypes(ctx: ApiContext): Promise<EventTypeSummary[]> {
	return await calComRequest(
		ctx,
		{ method: 'GET', path: '/event-types', version: API_VERSION.eventTypes },
		eventTypes,
	);
}

/** The event types of a team (hosted Cal.com only). */
export async function listTeamEventTypes(ctx: ApiContext, teamId: string): Promise<EventTypeSummary[]> {
	const path = `/teams/${encodeURIComponent(teamId)}/event-types`;
	return await calComRequest(ctx, { method: 'GET', path, version: API_VERSION.teamEventTypes }, eventTypes);
}

/** The teams of the API key's owner (hosted Cal.com only). */
export async function listTeams(ctx: ApiContext): Promise<Array<{ id: number; name: string }>> {
	return await calComRequest(ctx, { method: 'GET', path: '/teams', version: API_VERSION.teams }, teams);
}
