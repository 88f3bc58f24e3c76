// Bookings as Cal.com lists them, and the steps of the backfill run on a database directly.
import { DateTime } from 'luxon';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { bookingToEvent } from '../../../nodes/shared/events/fromApi.ts';
import { type Stored, storedEvents } from '../../../nodes/shared/events/stored.ts';
import type { TestDatabase } from '../database.mts';

export type Fields = Record<string, unknown>;

const SETTINGS = {
	source: 'calcom',
	dryRun: false,
	from: '',
	to: '',
	batchSize: 3,
	consumers: 'lead-capture, calendar-events',
	bookingTypes: [{ match: 'titleContains', value: 'level check', name: 'Level Check' }],
	tag: 'amsterdam',
	instance: null,
	completePast: true,
};
export const CONTEXT = {
	source: 'webhook' as const,
	verified: true,
	tag: null,
	instance: null,
	receivedAt: '2026-11-20T09:00:00.000Z',
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [],
	defaultBookingType: null,
};

export const PAST = DateTime.utc().minus({ days: 30 }).startOf('hour');
export const FUTURE = DateTime.utc().plus({ days: 30 }).startOf('hour');
/** A booking as API v2 gives it. */
export function apiBooking(uid: string, more: Fields = {}): Fields {
	const start = FUTURE.toISO();
	return {
		uid,
		id: 7,
		title: 'Level Check between Your School and Ada Lovelace',
		status: 'accepted',
		start,
		end: FUTURE.plus({ minutes: 30 }).toISO(),
		createdAt: '2026-11-01T09:00:00.000Z',
		updatedAt: '2026-11-02T09:00:00.000Z',
		eventTypeId: 1,
		eventType: { id: 1, slug: 'level-check' },
		location: 'https://meet.example/1',
		hosts: [{ id: 1, name: 'Your School', email: 'owner@school.example', timeZone: 'Europe/Amsterdam' }],
		attendees: [
			{
				name: 'Ada Lovelace',
				email: 'ada@student.example',
				timeZone: 'Europe/Amsterdam',
				phoneNumber: '+31612345678',
			},
		],
		bookingFieldsResponses: { email: 'ada@student.example', name: 'Ada Lovelace', goals: 'Play Bach' },
		...more,
	};
}
export const past = { start: PAST.toISO(), end: PAST.plus({ minutes: 30 }).toISO() };
/** As the Cal.com node gives it with Output: Normalized. */
export const read = (booking: Fields): CalComEvent =>
	bookingToEvent(booking, { ...CONTEXT, baseUrl: 'https://api.cal.example/v2' });

const { tag, instance, includeSecrets, includeRaw, defaultCountry, bookingTypeRules, defaultBookingType } = CONTEXT;
const stored = { tag, instance, includeSecrets, includeRaw, defaultCountry, bookingTypeRules, defaultBookingType };

type Told = { key: unknown } & Stored;

/** A row as the template's node "Read the Payloads" reads it. */
export const told = (key: unknown, payload: unknown): Told[] =>
	storedEvents(payload, stored).map((one) => ({ key, ...one }));

/** Cal.com, which has none of the bookings any more. */
export const asGone = (uids: string[]): unknown[] =>
	uids.map(() => ({ error: 'Cal.com did not find this booking', details: '404', code: 'NOT_FOUND' }));

export type Backfill = ReturnType<typeof openBackfill>;

export function openBackfill(db: TestDatabase) {
	const rows = async (sql: string, values: unknown[] = []): Promise<Fields[]> =>
		(await db.pool.query<Fields>(sql, values)).rows;
	const json = (settings: Fields) => JSON.stringify({ ...SETTINGS, ...settings });
	const page = (claimant: string, settings: Fields, byHand = true) =>
		rows('SELECT * FROM calcom.next_backfill_page($1, $2, $3)', [json(settings), claimant, byHand]);
	return {
		rows,
		/** What it says of these events, applied. */
		async apply(events: unknown[], settings: Fields = {}): Promise<Fields> {
			const [found] = await rows('SELECT calcom.apply_backfill($1, $2, $3) AS answer', [
				JSON.stringify(events),
				json(settings),
				'test',
			]);
			return found?.['answer'] as Fields;
		},
		/** What to ask Cal.com for next. */
		async next(claimant: string, settings: Fields = {}, byHand = true): Promise<Fields | undefined> {
			return (await page(claimant, settings, byHand))[0];
		},
		/** A page that Cal.com has answered with, or what it has of the bookings that rows of a table tell of. */
		async batch(
			run: unknown,
			events: unknown[],
			claimant: string,
			settings: Fields = {},
			payloads: unknown = null,
		): Promise<Fields> {
			const sql = 'SELECT * FROM calcom.backfill_batch($1, $2, $3, $4, $5)';
			const values = [run, JSON.stringify(events), json(settings), claimant, JSON.stringify(payloads)];
			return (await rows(sql, values))[0] ?? {};
		},
		/**
		 * The next page of a table as the template reads it: the Cal.com node makes events of the rows, and Cal.com is
		 * asked about the uids in them.
		 */
		async table(settings: Fields, has: (uids: string[]) => unknown[] = asGone, claimant = '1') {
			const given = await page(claimant, settings);
			const payloads = given.flatMap(({ key, payload }) => told(key, payload));
			const uids = payloads.flatMap((one) => ('event' in one ? (one.event.booking.uid ?? []) : []));
			return await this.batch(given[0]?.['run_id'], has([...new Set(uids)]), claimant, settings, payloads);
		},
		booking: async () => (await rows('SELECT * FROM calcom.bookings'))[0],
	};
}
