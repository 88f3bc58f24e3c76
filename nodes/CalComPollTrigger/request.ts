import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { DataSchema } from '../shared/api/client';
import { codeOfFailure } from '../shared/api/errors';
import type { Session } from '../shared/api/session';
import { versionFor } from '../shared/api/versions';
import type { JsonObject } from '../shared/values/json';
import { readApiBooking } from '../shared/booking/apiSchema';
import { toJsonObject } from '../shared/values/json';
import type { Row } from './keyset';

/** What has no uid and start is no booking of this version of the API. */
const aBooking = z.object({ uid: z.string(), start: z.string(), status: z.string() }).passthrough();
const bookings: DataSchema<JsonObject[]> = z.array(aBooking.transform((value) => toJsonObject(value)));
const eventTypes: DataSchema<JsonObject[]> = z.array(
	z
		.object({ id: z.number() })
		.passthrough()
		.transform((value) => toJsonObject(value)),
);

/** The event types of the account itself. */
export const ACCOUNT_PATH = '/event-types';

/** A poll has no items; errors that name one would confuse. */
export const NO_ITEM = 0;

/**
 * One page of the list of bookings. By version 2024-08-13 on every edition: the newer one of hosted Cal.com
 * goes on by cursor, which cannot be taken up again at the next poll.
 *
 * @throws NodeApiError
 */
export async function listBookings(session: Session, query: IDataObject): Promise<JsonObject[]> {
	const version = versionFor('bookings', session.edition);
	return await session.request(NO_ITEM, { method: 'GET', path: '/bookings', version, query }, bookings);
}

/** The bookings of a page with the instant that the list is sorted by. */
export function asRows(list: readonly JsonObject[], by: 'updatedAt' | 'start'): Array<Row<JsonObject>> {
	return list.map((value) => {
		const read = readApiBooking(value);
		return { uid: read?.uid ?? '', at: read?.[by] ?? null, value };
	});
}

/** The event types of the account, or below another path. The list is not paged. @throws NodeApiError */
export async function listEventTypes(session: Session, path = ACCOUNT_PATH): Promise<JsonObject[]> {
	const group = path === ACCOUNT_PATH ? 'eventTypes' : 'teamEventTypes';
	const request = { method: 'GET', path, version: versionFor(group, session.edition) } as const;
	return await session.request(NO_ITEM, request, eventTypes);
}

/**
 * Whether an event type exists: true, false on Cal.com's own "not found", null when nobody can tell (it may
 * belong to someone else by now).
 *
 * @throws NodeApiError when Cal.com did not answer properly: the next poll asks again
 */
export async function eventTypeExists(session: Session, path: string, id: string): Promise<boolean | null> {
	const group = path === ACCOUNT_PATH ? 'eventTypes' : 'teamEventTypes';
	const version = versionFor(group, session.edition);
	const result = await session.send(NO_ITEM, { method: 'GET', path: `${path}/${id}`, version }, z.unknown());
	if (result.ok) return true;
	const { status, code, notTheApi } = result.failure;
	if (code === 'NotFoundException' && codeOfFailure(result.failure) === 'NOT_FOUND') return false;
	if (status === null || status === 429 || status >= 500 || notTheApi) throw session.error(NO_ITEM, result.failure);
	return null;
}

/** The id of the credential's account; null when Cal.com does not tell this credential. */
export async function accountId(session: Session): Promise<number | null> {
	const me = z.object({ id: z.number() });
	const result = await session.send(
		NO_ITEM,
		{ method: 'GET', path: '/me', version: versionFor('me', session.edition) },
		me,
	);
	if (result.ok) return result.data.id;
	const { status } = result.failure;
	if (status === 401 || status === 403) return null;
	throw session.error(NO_ITEM, result.failure);
}

/** Milliseconds since 1970 as ISO 8601 in UTC. */
export function isoOf(millis: number): string {
	return DateTime.fromMillis(millis, { zone: 'utc' }).toISO() ?? '';
}
