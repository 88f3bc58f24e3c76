// People who edit: the back office its table, the owner Cal.com's event types. The same edits for the same seed.
import type pg from 'pg';
import type { CalCom } from 'stand-ins/calcom';
import { seededRandom } from 'stand-ins/random';
import { FIELDS, told } from '../../support/sync-model.mts';
import type { Choice, Field, Pair, Service } from '../../support/sync-model.mts';
import { editRow, inCalComsWords, readRows, serviceOf } from './rows.mts';

export interface World {
	db: pg.Pool;
	cal: CalCom;
	/** Record id -> what the model says of it. */
	pairs: Map<string, Pair>;
}

export interface People {
	/** A day of edits on both sides: in the world, and in the model. */
	day(): Promise<void>;
	/** Both sides give the same service another name. */
	quarrel(): Promise<void>;
	choose(): Choice;
	/** One of them. @throws Error when there is none */
	pick<T>(from: readonly T[]): T;
}

const LENGTHS = [15, 20, 30, 45, 60, 75, 90, 120];

export function people({ db, cal, pairs }: World, seed: number): People {
	const random = seededRandom(seed);
	let count = 0;
	const chance = (share: number) => random() < share;
	const pick = <T,>(from: readonly T[]): T => {
		const found = from[Math.floor(random() * from.length)];
		if (found === undefined) throw new Error('There is nothing to pick from');
		return found;
	};

	/** A new value of a field, also one that only looks new, and the one that was agreed. */
	const edited = (field: Field, now: Service, { base }: Pair): Partial<Service> => {
		count += 1;
		const number = String(count);
		if (field in base && chance(0.15)) return { [field]: base[field] };
		switch (field) {
			case 'name':
				return { name: pick([`${now.name.trim()} ${number}`, `  ${now.name.trim()} `, `Lesson ${number}`]) };
			case 'slug':
				return { slug: `lesson-${number}` };
			case 'description':
				return {
					description: pick([`Text ${number}`, '', `First ${number}\r\nsecond`, `First ${number}\nsecond`]),
				};
			case 'duration_minutes':
				return { duration_minutes: pick(LENGTHS) };
			case 'active':
				return { active: !now.active };
		}
	};

	async function ours(id: string, pair: Pair, changes: Partial<Service>): Promise<void> {
		await editRow(db, id, changes);
		Object.assign(pair.ours, changes);
	}
	function theirs(pair: Pair, changes: Partial<Service>): void {
		if (pair.theirs === null) return;
		cal.editEventType(pair.theirs.slug, inCalComsWords(changes));
		Object.assign(pair.theirs, changes);
	}

	return {
		pick,
		async quarrel() {
			const [id, pair] = pick([...pairs]);
			count += 1;
			await ours(id, pair, { name: `Ours ${String(count)}` });
			theirs(pair, { name: `Theirs ${String(count)}` });
		},
		choose: () => pick(['ours', 'theirs']),
		async day() {
			for (const [id, pair] of pairs) {
				if (chance(0.5)) await ours(id, pair, edited(pick(FIELDS), pair.ours, pair));
				if (chance(0.5) && pair.theirs) theirs(pair, edited(pick(FIELDS), pair.theirs, pair));
				// Both have heard of the same news.
				if (chance(0.1)) {
					const same = edited(pick(FIELDS.filter((field) => field !== 'slug')), pair.ours, pair);
					await ours(id, pair, same);
					theirs(pair, same);
				}
			}
		},
	};
}

/** What the world looks like, and what it should look like by the model; both by record id. */
export async function compared({ db, cal, pairs }: World) {
	const rows = await readRows(db);
	const eventTypes = new Map(cal.state.eventTypes.map((eventType) => [String(eventType.id), eventType]));
	const is = rows.map((row) => {
		const found = eventTypes.get(row.calcom_event_type_id ?? '');
		return [row.id, { ours: told(row), theirs: found ? told(serviceOf(found)) : null }] as const;
	});
	const should = [...pairs].map(
		([id, { ours, theirs }]) => [id, { ours: told(ours), theirs: theirs && told(theirs) }] as const,
	);
	return { is: Object.fromEntries(is), should: Object.fromEntries(should) };
}
