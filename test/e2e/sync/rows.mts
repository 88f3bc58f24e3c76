// The services of the table, and event types in the words of the table.
import type pg from 'pg';
import { z } from 'zod';
import type { EventType } from 'stand-ins/calcom';
import { FIELDS, type Field, type Service } from '../../support/sync-model.mts';

const rowSchema = z.object({
	id: z.string(),
	calcom_event_type_id: z.string().nullable(),
	name: z.string(),
	slug: z.string(),
	description: z.string().nullable(),
	duration_minutes: z.number(),
	active: z.boolean(),
	price: z.string().nullable(),
	company_id: z.string().nullable(),
	internal_note: z.string().nullable(),
	sync_status: z.string(),
	sync_error: z.string().nullable(),
	sync_state: z.unknown(),
	last_calcom_sync: z.date().nullable(),
});
export type Row = z.infer<typeof rowSchema>;

export async function readRows(db: pg.Pool): Promise<Row[]> {
	return z.array(rowSchema).parse((await db.query('SELECT * FROM calcom.services ORDER BY id')).rows);
}

/** @throws Error when no service has the slug */
export async function rowOf(db: pg.Pool, slug: string): Promise<Row> {
	const row = (await readRows(db)).find((candidate) => candidate.slug === slug);
	if (!row) throw new Error(`No service has the slug ${slug}`);
	return row;
}

/** Changes columns of one service, as the back office does. */
export async function editRow(db: pg.Pool, id: string, changes: Record<string, unknown>): Promise<void> {
	const columns = Object.keys(changes);
	const sets = columns.map((column, at) => `${column} = $${String(at + 2)}`).join(', ');
	await db.query(`UPDATE calcom.services SET ${sets} WHERE id = $1`, [id, ...Object.values(changes)]);
}

/** An event type in the words of the table. */
export const serviceOf = ({ title, slug, description, lengthInMinutes, settings }: EventType): Service => ({
	name: title,
	slug,
	description,
	duration_minutes: lengthInMinutes,
	active: settings['hidden'] !== true,
});

/** What Cal.com calls it. */
export const THEIR_NAMES: Record<Field, string> = {
	name: 'title',
	slug: 'slug',
	description: 'description',
	duration_minutes: 'lengthInMinutes',
	active: 'hidden',
};

/** The same edit in Cal.com's words. */
export function inCalComsWords(changes: Partial<Service>): Record<string, string | number | boolean> {
	const { active, ...rest } = changes;
	const renamed = FIELDS.flatMap((field) => {
		if (!(field in rest)) return [];
		const value = changes[field] ?? '';
		return [[THEIR_NAMES[field], value] as const];
	});
	return { ...Object.fromEntries(renamed), ...(active === undefined ? {} : { hidden: !active }) };
}
