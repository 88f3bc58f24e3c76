import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import { openBookings } from '../../../../../nodes/CalComSync/sides/booking/side.ts';
import { withSeen } from '../../../../../nodes/CalComSync/sides/booking/view.ts';
import { exchange } from '../../../shared/api/recorded-exchanges.mts';
import type { AnswerOrFault, FakeExecuteOptions, SentRequest } from '../../../CalCom/support/fake-execute.mts';
import { fakeExecute } from '../../../CalCom/support/fake-execute.mts';

/** The morning on which the recordings were made. */
export const NOW = '2026-11-20T09:00:00.000Z';

const SELF_HOSTED = { baseUrl: 'https://cal.school.example/api/v2', edition: 'selfHosted' };

/** A booking of a recorded answer; the first one where there are several. */
export function recorded(start: string): Fields {
	const { body } = exchange(start);
	const { data } = body as { data: Fields | Fields[] };
	const booking = Array.isArray(data) ? data[0] : data;
	if (booking === undefined) throw new Error(`Recording ${start} holds no booking`);
	return booking;
}

/** The bookings of a recorded list. */
export function recordedList(start: string): Fields[] {
	return (exchange(start).body as { data: Fields[] }).data;
}

/** A plain booking that is told apart by its uid. */
export function booking(uid: string, more: Fields = {}): Fields {
	return { ...recorded('098'), uid, ...more };
}

/** The same, as the sync has seen it. */
export function seen(object: Fields, more: { at?: string; mayMarkAbsent?: boolean } = {}): Fields {
	return withSeen(object, { at: NOW, formerUids: [], mayMarkAbsent: true, ...more });
}

export const json = (value: unknown): AnswerOrFault => ({ data: value });
export const gone: AnswerOrFault = {
	status: 404,
	body: { status: 'error', error: { code: 'NotFoundException', message: 'Booking with uid=gone not found' } },
};

/** Cal.com's side with the answers given; the clock stands still. */
export async function open(
	answers: FakeExecuteOptions['answers'],
	parameters: Record<string, unknown> = {},
	credential: FakeExecuteOptions['credential'] = SELF_HOSTED,
) {
	const n8n = fakeExecute({ parameters, answers, credential });
	const session = await n8n.session();
	const side = await openBookings(n8n.ctx, session, () => NOW);
	return { side, requests: n8n.requests, notes: () => session.notes() };
}

/** A Cal.com that has these bookings: its list by start, with the filters and pages that the sync uses, and each by uid. */
export function calCom(bookings: readonly Fields[]) {
	const byStart = [...bookings].sort((a, b) => String(a.start).localeCompare(String(b.start)));
	return ({ path, query }: SentRequest): AnswerOrFault => {
		if (path !== '/bookings') {
			const uid = path.split('/')[2];
			const series = byStart.filter(({ recurringBookingUid }) => recurringBookingUid === uid);
			const one = byStart.find((found) => found.uid === uid);
			if (one !== undefined) return json(one);
			return series.length > 0 ? json(series) : gone;
		}
		const matching = byStart.filter(
			({ start, end }) =>
				(query.afterStart === undefined || String(start) >= String(query.afterStart)) &&
				(query.beforeEnd === undefined || String(end) <= String(query.beforeEnd)),
		);
		const sorted = query.sortStart === 'desc' ? matching.reverse() : matching;
		const skip = Number(query.skip);
		return json(sorted.slice(skip, skip + Number(query.take)));
	};
}
