import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';
import { calComRequest } from '../../shared/api/client';
import { pick } from '../../shared/api/listSearch';
import { API_VERSION } from '../../shared/api/versions';
import { localTime } from '../../shared/values/zones';

export { searchWebhooks } from '../actions/webhook/search';
export { searchEventTypes, searchTeamEventTypes, searchTeams } from '../../shared/api/listSearch';

const schedules = z.array(
	z.object({ id: z.number(), name: z.string().catch(''), isDefault: z.boolean().catch(false) }),
);
const bookings = z.array(
	z.object({
		uid: z.string(),
		title: z.string().catch(''),
		start: z.string().catch(''),
		hosts: z.array(z.object({ timeZone: z.string().nullish() })).catch([]),
		bookingUrl: z.string().nullish(),
	}),
);
/** Bookings that a list offers: the next ones. */
const OFFERED_BOOKINGS = 100;

/** Fills the "From list" mode of a schedule field. */
export async function searchSchedules(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const found = await calComRequest(
		this,
		{ method: 'GET', path: '/schedules', version: API_VERSION.schedules },
		schedules,
	);
	return pick(
		found.map(({ id, name, isDefault }) => ({ name: isDefault ? `${name} (default)` : name, value: String(id) })),
		filter,
	);
}

type Listed = z.infer<typeof bookings>[number];

function named({ uid, title, start, hosts }: Listed): { name: string; value: string } {
	const local = localTime(start, hosts[0]?.timeZone ?? null) ?? start;
	return { name: `${local.slice(0, 16).replace('T', ' ')} ${title}`, value: uid };
}

/** Fills the "From list" mode of a booking field: the next bookings, the soonest first. */
export async function searchBookings(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const query = { status: 'upcoming,unconfirmed', sortStart: 'asc', take: OFFERED_BOOKINGS };
	const found = await calComRequest(
		this,
		{ method: 'GET', path: '/bookings', version: API_VERSION.bookings, query },
		bookings,
	);
	return pick(found.map(named), filter);
}
