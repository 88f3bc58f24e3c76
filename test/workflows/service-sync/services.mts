// Services and the steps of the sync run on a database directly.
import type { TestDatabase } from '../database.mts';

export type Fields = Record<string, unknown>;

/** What the sync remembers of a service that is in step with event type 3. */
export const STATE = JSON.stringify({ v: 1, id: '3', base: { title: 'Cut', slug: 'cut' } });

interface FieldTold {
	outcome: string;
	recordField: string;
	ours?: unknown;
	theirs?: unknown;
	base?: unknown;
}
export const field = (recordField: string, outcome: string, more: Partial<FieldTold> = {}): FieldTold => ({
	outcome,
	recordField,
	...more,
});

/** What the Cal.com Sync node gives out for a service. */
export function patch(id: unknown, fields: Record<string, FieldTold>, base: Fields, more: Fields = {}): Fields {
	return {
		id,
		sync_status: 'synced',
		sync_error: null,
		last_calcom_sync: '2026-11-20T03:10:00.000Z',
		calcom_event_type_id: 3,
		sync_state: JSON.stringify({ v: 1, id: '3', base: { title: 'Cut', slug: 'cut', ...base } }),
		sync_report: {
			fields,
			can_be_booked: true,
			can_be_booked_reason: null,
			link: { state: 'linked', by: 'id', id: '3' },
		},
		...more,
	};
}
export type Services = ReturnType<typeof openServices>;

export function openServices(db: TestDatabase) {
	const rows = async (sql: string, values: unknown[] = []): Promise<Fields[]> =>
		(await db.pool.query<Fields>(sql, values)).rows;
	const row = async (sql: string, values: unknown[] = []): Promise<Fields> => {
		const [found] = await rows(sql, values);
		if (!found) throw new Error(`Nothing found by: ${sql}`);
		return found;
	};
	return {
		rows,
		row,
		/** A service that is in step with event type 3. */
		linked: () =>
			row(
				`INSERT INTO calcom.services AS s (name, slug, duration_minutes, price, sync_status, calcom_event_type_id, sync_state)
				VALUES ('Cut', 'cut', 30, 65, 'synced', 3, $1::jsonb) RETURNING s.id, to_jsonb(s) AS seen`,
				[STATE],
			),
		edit: (set: string) => rows(`UPDATE calcom.services SET ${set}`),
		save: async (what: Fields, seen: unknown): Promise<unknown> =>
			(await row('SELECT * FROM calcom.save_sync($1, $2)', [JSON.stringify(what), JSON.stringify(seen)]))[
				'outcome'
			],
		saveUnlinked: (what: Fields, settings: Fields) =>
			row('SELECT * FROM calcom.save_unlinked($1, $2)', [JSON.stringify(what), JSON.stringify(settings)]),
		begin: (execution: string, reason: string, settings: Fields = { apply: 'write' }) =>
			rows('SELECT * FROM calcom.begin_sync($1, $2, $3)', [execution, reason, JSON.stringify(settings)]),
		end: (run: Fields | undefined) => row('SELECT * FROM calcom.end_sync($1)', [run?.['run_id']]),
		service: () => row('SELECT * FROM calcom.services'),
	};
}
