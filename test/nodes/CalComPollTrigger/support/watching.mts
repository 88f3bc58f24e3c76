// A poll trigger that watches the bookings of an account.
import type { IDataObject } from 'n8n-workflow';
import { account, aBooking, iso } from './account.mts';
import type { Account, ListedBooking } from './account.mts';
import { fakePoll } from './fake-poll.mts';
import type { FakePoll, FakePollOptions } from './fake-poll.mts';

export const T = Date.parse('2026-11-20T09:00:00.000Z');
export const MINUTE = 60_000;
export const at = (minutes: number): string => iso(T + minutes * MINUTE);

export function watching(it: Account, parameters: IDataObject = {}, more: Partial<FakePollOptions> = {}): FakePoll {
	return fakePoll({ answer: it.answer, parameters, now: T, ...more });
}

export const keysOf = (items: IDataObject[] | null): string[] => (items ?? []).map(({ eventKey }) => String(eventKey));
export const keys = async (fake: FakePoll): Promise<string[]> => keysOf(await fake.poll());

/** An account with one booking, and a poll that has seen it. */
export async function started(parameters: IDataObject = {}, first: Partial<ListedBooking> = {}) {
	const booking = aBooking({ updatedAt: at(-1000), ...first });
	const it = account({ bookings: [booking] });
	const fake = watching(it, parameters);
	expect(await fake.poll()).toBeNull();
	return { it, fake, booking };
}
