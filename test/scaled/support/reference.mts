// What the tables must be: every delivery applied once, one after the other in the order of its sending, by the
// templates' SQL alone, in a database of its own. No n8n, no queue, nothing at the same time.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import pg from 'pg';
import type { Delivery } from 'stand-ins/calcom';
import { ROOT } from '../../../playground/src/playground.mts';
import type { Postgres } from '../../../playground/src/postgres.mts';

const DATABASE = 'reference';
// The built nodes: what n8n loads.
const { normalizeDelivery } = createRequire(join(ROOT, 'package.json'))(
	'./dist/nodes/shared/events/normalize.js',
) as typeof import('../../../nodes/shared/events/normalize.ts');

/** The panel of both triggers as the templates ship it. */
const CONTEXT = {
	source: 'webhook',
	verified: true,
	tag: null,
	instance: null,
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [{ match: 'titleContains', value: 'level check', name: 'Level Check' }],
	defaultBookingType: null,
} as const;

export type Settings = Record<string, unknown>;

export interface ReferenceOptions {
	postgres: Postgres;
	/** What the Settings nodes of the calendar and the reminder template say. */
	settings: { calendar: Settings; reminders: Settings };
	/** Whether the template of this slug listens where the delivery went. */
	isFor(delivery: Delivery, slug: string): boolean;
}

export interface Reference {
	pool: pg.Pool;
	apply(deliveries: readonly Delivery[]): Promise<void>;
	/** Plans the reminders, as the schedule of template 03 does. */
	plan(): Promise<void>;
	close(): Promise<void>;
}

export async function openReference({ postgres, settings, isFor }: ReferenceOptions): Promise<Reference> {
	await postgres.createDatabase(DATABASE);
	const connect = () => {
		const { host, port, user, password } = postgres;
		const made = new pg.Pool({ host, port, user, password, database: DATABASE, max: 1 });
		// A session that a kill of PostgreSQL ends is replaced at the next query.
		made.on('error', () => undefined);
		return made;
	};
	const pool = connect();
	await pool.query(await readFile(join(ROOT, 'workflows', 'sql', 'schema.sql'), 'utf8'));

	const claimed = async (payload: string, consumer: string) =>
		((await pool.query('SELECT * FROM calcom.claim_event($1::jsonb, $2, $3)', [payload, 'reference', consumer]))
			.rowCount ?? 0) > 0;
	const finish = (key: string, consumer: string) =>
		pool.query("SELECT calcom.finish_event($1, 'processed', NULL, $2)", [key, consumer]);

	const one = async (delivery: Delivery) => {
		const body: unknown = JSON.parse(delivery.body);
		if (typeof body !== 'object' || body === null) throw new Error('A delivery of the stand-in is no object.');
		const event = normalizeDelivery(body, {
			...CONTEXT,
			bookingTypeRules: [...CONTEXT.bookingTypeRules],
			receivedAt: delivery.sentAt,
		});
		const payload = JSON.stringify(event);
		if (isFor(delivery, '01-lead-capture') && (await claimed(payload, 'lead-capture'))) {
			for (const step of ['save_lead', 'apply_booking', 'log_activity'])
				await pool.query(`SELECT * FROM calcom.${step}($1::jsonb)`, [payload]);
			await finish(event.eventKey, 'lead-capture');
		}
		if (isFor(delivery, '02-calendar-events') && (await claimed(payload, 'calendar-events'))) {
			const given = [payload, JSON.stringify(settings.calendar)];
			await pool.query('SELECT * FROM calcom.apply_calendar_event($1::jsonb, $2::jsonb)', given);
			await finish(event.eventKey, 'calendar-events');
		}
	};
	return {
		pool,
		async apply(deliveries) {
			for (const delivery of deliveries) await one(delivery);
		},
		async plan() {
			await pool.query('SELECT * FROM calcom.plan_reminders($1::jsonb)', [JSON.stringify(settings.reminders)]);
		},
		close: () => pool.end(),
	};
}
