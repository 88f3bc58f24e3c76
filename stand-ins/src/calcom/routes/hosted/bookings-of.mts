import { checkQuery, countBookings, findBookings } from '../../bookings/list.mts';
import { ok } from '../../http.mts';
import type { ApiRequest, Reply } from '../../http.mts';
import { paginationOf } from '../../paging.mts';
import type { Booking } from '../../types.mts';
import { bookingView } from '../../views/booking.mts';
import { nowIso } from '../../world.mts';

/** The bookings of someone or of a group, paged as version 2024-08-13 pages them. */
export function listBookings({ world, query }: ApiRequest, visible: (booking: Booking) => boolean): Reply {
	checkQuery(query);
	const page = { take: Number(query.get('take') ?? 100), skip: Number(query.get('skip') ?? 0) };
	const now = nowIso(world);
	const found = findBookings(world.state, visible, query, now);
	const shown = found.slice(page.skip, page.skip + page.take).map((booking) => bookingView(world.state, booking));
	const total = countBookings(world.state, visible, query, now);
	return ok(shown, { pagination: paginationOf(total, shown.length, page) });
}
