// Template 05 between a table of services and a Cal.com of the storm's own, with a door in front of PostgreSQL.
import { z } from 'zod';
import type { CalCom } from 'stand-ins/calcom';
import { THEIR_NAMES } from '../sync/rows.mts';
import type { E2e } from '../support/e2e.mts';
import type { Side } from '../../support/edit-history.mts';
import { type Gate, gateToPostgres } from '../support/door.mts';
import type { Field } from '../../support/sync-model.mts';
import { type TemplateAtCalCom, openTemplateAtCalCom } from '../support/template-at-calcom.mts';

const SLUG = '05-service-sync';
const NODE = 'Cal.com Sync';
export type Owners = Partial<Record<Field, Side>>;
const MODES: Record<Side, string> = { ours: 'record', theirs: 'calcom' };

export interface StormOptions {
	seed: number;
	services: number;
	/** Edits of both sides together, at least: people go on until they have seen all weather. */
	edits: number;
	/** Milliseconds between two edits of one side, at most. */
	haste: number;
	/** Fields that one side owns; all others are two-way, as the template is shipped. */
	owners: Owners;
	/** Whether n8n is killed on the way. */
	kill: boolean;
}

export interface World {
	e2e: E2e;
	cal: CalCom;
	gate: Gate;
	options: StormOptions;
	/** Whether n8n is away: nobody presses anything then, and most people wait. */
	isAway: boolean;
	/** "Sync Now" is pressed in one of the two workflows. @throws Error when the run fails */
	sync(which?: Which): Promise<void>;
	/** Waits until no run is under way. */
	untilIdle(): Promise<void>;
	close(): Promise<void>;
}

const fieldsOf = (owners: Owners) => ({
	pairs: Object.entries(THEIR_NAMES).map(([recordField, calcomField]) => {
		const owner = Object.entries(owners).find(([name]) => name === recordField)?.[1];
		return {
			recordField,
			calcomField,
			mode: owner === undefined ? 'twoWay' : MODES[owner],
			transform: recordField === 'active' ? 'not' : 'none',
		};
	}),
});

/** Two workflows that sync the same table with the same Cal.com. Each has an address of its own: the log tells whose a request is. */
export const PREFIXES = ['/v2/', '/api/v2/'] as const;
export type Which = 0 | 1;

/** Opens it with all services in step. Close it at the end. */
export async function openWorld(e2e: E2e, options: StormOptions): Promise<World> {
	const { gate, credential } = await gateToPostgres(e2e, 'PostgreSQL in the storm');
	const behindGate: E2e = { ...e2e, credentials: { ...e2e.credentials, postgres: credential } };
	const first = await openTemplateAtCalCom(behindGate, SLUG, 'e2e-sync-storm');
	const { cal } = first;
	const second = await openTemplateAtCalCom(behindGate, SLUG, 'e2e-sync-storm-2', {
		cal,
		baseUrl: `${cal.origin}/api/v2`,
	});
	const templates: readonly [TemplateAtCalCom, TemplateAtCalCom] = [first, second];
	const { state } = cal;
	const pattern = state.eventTypes.find(({ ownerId }) => ownerId === 1);
	if (!pattern) throw new Error('Cal.com has no event types');
	state.eventTypes = Array.from({ length: options.services }, (_, at) => ({
		...structuredClone(pattern),
		id: 1_000 + at,
		title: `Lesson ${String(at)}`,
		slug: `lesson-${String(at)}`,
		description: `About lesson ${String(at)}`,
	}));
	const parameters = { [NODE]: { apply: 'writeAndCreate', servicesFields: fieldsOf(options.owners) } };
	for (const template of templates) await template.save({}, parameters);
	const sync = async (which: Which = 0) => void (await templates[which].run('Sync Now', 180_000));
	await sync();
	return {
		e2e,
		cal,
		gate,
		options,
		isAway: false,
		sync,
		async untilIdle() {
			for (const template of templates) await template.executions();
		},
		async close() {
			await second.close();
			await first.close();
			await gate.shut();
		},
	};
}

const conflictSchema = z.array(z.object({ field: z.string(), recordField: z.string() }).passthrough());
const rowSchema = z.object({
	id: z.string(),
	calcom_event_type_id: z.string().nullable(),
	name: z.string(),
	slug: z.string(),
	description: z.string(),
	duration_minutes: z.number(),
	active: z.boolean(),
	price: z.string().nullable(),
	sync_status: z.string(),
	sync_error: z.string().nullable(),
	sync_conflict: conflictSchema.nullable().transform((conflicts) => conflicts ?? []),
});
export type StormRow = z.infer<typeof rowSchema>;

export async function stormRows({ e2e: { db } }: Pick<World, 'e2e'>): Promise<StormRow[]> {
	return z.array(rowSchema).parse((await db.query('SELECT * FROM calcom.services ORDER BY id')).rows);
}
