import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import type { Fields } from '../../../shared/values/readers';
import { fields, own, trimmed } from '../../../shared/values/readers';
import type { SyncSide } from '../../resource';
import { createChains } from './chains';
import { identity } from './fields';
import { listBookings, readCurrent, readSeries } from './list';
import { readPeriod } from './period';
import { seenOf, withSeen } from './view';
import { writeBooking } from './write';

/** Cal.com wants a reason when the host cancels, and tells it to everyone. */
const DEFAULT_REASON = 'Cancelled by the organizer';

const collection = (ctx: IExecuteFunctions, name: string): Fields => fields(ctx.getNodeParameter(name, 0, {})) ?? {};

const utcNow = (): string => DateTime.utc().toISO();

/**
 * Opens the bookings of an account, as the panel says: the period, what may be done to bookings, and why they are
 * cancelled.
 *
 * @param clock ISO 8601 in UTC
 * @throws NodeOperationError when the period cannot be read
 */
export async function openBookings(
	ctx: IExecuteFunctions,
	session: Session,
	clock: () => string = utcNow,
): Promise<SyncSide> {
	const period = readPeriod(ctx, clock());
	const mayMarkAbsent = own(collection(ctx, 'allow'), 'absent') === true;
	const reason = trimmed(own(collection(ctx, 'options'), 'cancellationReason')) ?? DEFAULT_REASON;
	const seen = (booking: Fields, at: string, formerUids: readonly string[]): Fields =>
		withSeen(booking, { at, formerUids, mayMarkAbsent });

	return {
		async list(ids) {
			const at = clock();
			const listed = await listBookings(session, period, ids, at);
			return listed.map(({ booking, formerUids }) => seen(booking, at, formerUids));
		},
		async read(id) {
			const at = clock();
			const chains = createChains();
			const first = await readCurrent(session, chains, id);
			if (first === null) return null;
			await readSeries(session, chains, [first]);
			const booking = await readCurrent(session, chains, id);
			return booking === null ? null : seen(booking, at, chains.formerUids(booking));
		},
		async write(id, changes, object, until) {
			const before = identity(object).id || id;
			const after = await writeBooking(session, { ...object, uid: before }, changes, reason, until);
			const { formerUids } = seenOf(object);
			return seen(after, clock(), identity(after).id === before ? formerUids : [before, ...formerUids]);
		},
	};
}
