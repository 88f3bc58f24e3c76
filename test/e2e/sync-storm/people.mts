// The office that edits the table and the owner who edits event types, at the same time, and what they typed over what.
import type { EventType } from 'stand-ins/calcom';
import { seededRandom } from 'stand-ins/random';
import { z } from 'zod';
import type { Edit, Side, Typed } from '../../support/edit-history.mts';
import { FIELDS, type Field } from '../../support/sync-model.mts';
import { inCalComsWords, serviceOf } from '../sync/rows.mts';
import type { World } from './world.mts';

export interface NotedEdit extends Edit {
	field: Field;
	/** The row's id for ours, the event type's for theirs. */
	of: string;
	/** Milliseconds since 1970. */
	at: number;
}

export interface Log {
	edits: NotedEdit[];
	/** What was there first, by the id of the event type. */
	first: Map<string, Record<Field, Typed>>;
	/** The last price of each row: it is the office's alone. */
	prices: Map<string, string>;
}

export interface People {
	log: Log;
	/** Somebody on this side edits something, or makes something new. */
	act(side: Side): Promise<void>;
}

const linkedSchema = z.array(z.object({ id: z.string(), event: z.string() }));
const wasSchema = z.array(z.object({ was: z.union([z.string(), z.number(), z.boolean()]) }));
/** As many event types are made in Cal.com; the rest are edits. */
const NEW = 2;

export function openPeople({ e2e: { db }, cal, options }: World): People {
	const random = seededRandom(options.seed);
	const log: Log = { edits: [], first: new Map(), prices: new Map() };
	let made = 0;
	const toggled = new Set<string>();
	let count = 0;
	const upTo = (limit: number) => Math.floor(random() * limit);
	for (const eventType of cal.state.eventTypes) noteFirst(eventType);

	function noteFirst(eventType: EventType): void {
		log.first.set(String(eventType.id), { ...serviceOf(eventType) });
	}
	/** Never typed before, so that it tells which edit it came from. */
	const fresh = (field: Field): string | number =>
		field === 'duration_minutes' ? 100 + count : `${field.replace('_', '-')}-${String(count)}`;

	async function price(id: string): Promise<void> {
		const value = String(count);
		await db.query('UPDATE calcom.services SET price = $2 WHERE id = $1', [id, value]);
		log.prices.set(id, value);
	}

	async function ours(id: string, field: Field, to: Typed): Promise<void> {
		// What was there is read in the same step: somebody else may write the row at this moment.
		const { rows } = await db.query(
			`UPDATE calcom.services AS s SET ${field} = ${field === 'active' ? 'NOT was.was' : '$2'}
			FROM (SELECT id, ${field} AS was FROM calcom.services WHERE id = $1 FOR UPDATE) AS was
			WHERE s.id = was.id RETURNING was.was`,
			field === 'active' ? [id] : [id, to],
		);
		const [{ was } = { was: null }] = wasSchema.parse(rows);
		log.edits.push({
			side: 'ours',
			field,
			of: id,
			from: was,
			to: field === 'active' ? was !== true : to,
			at: Date.now(),
		});
	}

	function theirs(id: string, field: Field, to: Typed): void {
		const eventType = cal.state.eventTypes.find((candidate) => String(candidate.id) === id);
		// It may be deleted just now.
		if (!eventType) return;
		const from = serviceOf(eventType)[field];
		const value = field === 'active' ? from !== true : to;
		cal.editEventType(eventType.slug, inCalComsWords({ [field]: value }));
		log.edits.push({ side: 'theirs', field, of: id, from, to: value, at: Date.now() });
	}

	function make(): void {
		made += 1;
		const [pattern] = cal.state.eventTypes;
		if (!pattern) return;
		const [title, slug] = [`Made ${String(count)}`, `made-${String(count)}`];
		const eventType = {
			...structuredClone(pattern),
			id: 9_000 + count,
			title,
			slug,
			description: `About ${title}`,
		};
		cal.state.eventTypes.push(eventType);
		noteFirst(eventType);
	}

	return {
		log,
		async act(side) {
			count += 1;
			const roll = upTo(30);
			const field = FIELDS[upTo(FIELDS.length)] ?? 'name';
			const at = random();
			// Made in Cal.com only: two runs at once can make an event type for one new row twice.
			if (roll === 0 && side === 'theirs' && made < NEW) return make();
			// What is not linked yet nobody can tell apart once its slug and its name are others.
			const linked = linkedSchema.parse(
				(
					await db.query(
						'SELECT id, calcom_event_type_id AS event FROM calcom.services WHERE calcom_event_type_id IS NOT NULL ORDER BY id',
					)
				).rows,
			);
			const chosen = linked[Math.floor(at * linked.length)];
			if (chosen === undefined) return;
			if (roll === 1 && side === 'ours') return await price(chosen.id);
			// A yes or no does not tell where it came from: one side alone says it, once.
			const mayToggle = (Number(chosen.id) % 2 === 0) === (side === 'ours') && !toggled.has(chosen.id);
			const edited = field === 'active' && !mayToggle ? 'name' : field;
			if (edited === 'active') toggled.add(chosen.id);
			if (side === 'ours') await ours(chosen.id, edited, fresh(edited));
			else theirs(chosen.event, edited, fresh(edited));
		},
	};
}
