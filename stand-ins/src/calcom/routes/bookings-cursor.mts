import { checkQuery, findBookings, mine } from '../bookings/list.mts';
import { invalid } from '../errors.mts';
import { callerOf, ok } from '../http.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import { bookingView } from '../views/booking.mts';
import { nowIso } from '../world.mts';

const offsetIn = (cursor: string): number => Number(Buffer.from(cursor, 'base64url').toString());
const cursorAt = (offset: number): string => Buffer.from(String(offset)).toString('base64url');

/** The hosted edition's list (2026-05-01): a cursor instead of pages, at most 100 at a time. */
function listByCursor(request: ApiRequest): Reply {
	const { world, query } = request;
	const limit = Number(query.get('limit') ?? 100);
	if (!(limit >= 1 && limit <= 100))
		throw invalid({ limit }, [
			{
				property: 'limit',
				value: limit,
				constraints:
					limit > 100
						? { max: 'limit must not be greater than 100' }
						: { min: 'limit must not be less than 1' },
			},
		]);
	checkQuery(query);
	const cursor = query.get('cursor');
	const from = cursor === null ? 0 : offsetIn(cursor);
	const found = findBookings(world.state, mine(world.state, callerOf(request)), query, nowIso(world));
	const shown = found.slice(from, from + limit);
	const hasMore = from + shown.length < found.length;
	return ok(
		shown.map((booking) => bookingView(world.state, booking)),
		{ pagination: { nextCursor: hasMore ? cursorAt(from + shown.length) : null, hasMore } },
	);
}

export const hostedBookingRoutes: Route[] = [
	{ method: 'GET', path: '/bookings', access: 'permission', versions: ['2026-05-01'], handle: listByCursor },
];
