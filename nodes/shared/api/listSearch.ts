import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { EventTypeSummary } from './eventTypes';
import { listEventTypes, listTeamEventTypes, listTeams } from './eventTypes';

export interface ListChoice {
	name: string;
	value: string;
}

/** The choices that a search in the panel finds, by name. */
export function pick(choices: ListChoice[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	const results = choices
		.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted)
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}

const asChoice = ({ id, title, slug }: EventTypeSummary): ListChoice => ({
	name: `${title} (${slug})`,
	value: String(id),
});

/** Fills the "From list" mode of an event type field. */
export async function searchEventTypes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return pick((await listEventTypes(this)).map(asChoice), filter);
}

/** Fills the "From list" mode of a team event type field; the team is chosen in the field `teamId`. */
export async function searchTeamEventTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const teamId = this.getCurrentNodeParameter('teamId', { extractValue: true });
	if (teamId === undefined || teamId === '') return { results: [] };
	return pick((await listTeamEventTypes(this, String(teamId))).map(asChoice), filter);
}

/** Fills the "From list" mode of a team field. */
export async function searchTeams(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return pick(
		(await listTeams(this)).map(({ id, name }) => ({ name, value: String(id) })),
		filter,
	);
}
