// A week of people who edit services in PostgreSQL and event types at Cal.com, and what the Cal.com Sync node in a
// real n8n makes of it every night; then the same table in two workflows at once, and a very long one.
import { memoryOfN8n } from './support/action-workflow.mts';
import { SEED } from '../support/depth.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { type Choice, FIELDS, type Pair, type Policy, sync as byTheBook } from '../support/sync-model.mts';
import { editRow, readRows, serviceOf } from './sync/rows.mts';
import { compared, people, type World } from './sync/week.mts';
import { type Output, openSync, sizes, type Sync, type Synced } from './sync/workflow.mts';

const MEGABYTE = 1024 * 1024;
const LIST = { 'GET /event-types': 1 };
const WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

let e2e: E2e;
let sync: Sync;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	sync = await openSync(e2e, 'sync-week');
});
afterEach(async () => {
	await sync.stop();
});
afterAll(async () => {
	await e2e.close();
});

const rows = () => readRows(e2e.db);

describe('a week of edits on both sides', () => {
	/** All that the sync says and does in one night, against the model. */
	async function night(world: World, policy: Policy): Promise<Synced> {
		const expected = [...world.pairs].map(([id, pair]) => ({ id, ...byTheBook(pair, policy) }));
		const done = await sync.run({ parameters: { apply: 'writeAndCreate', conflictPolicy: policy } });
		const { is, should } = await compared(world);
		expect(is).toEqual(should);
		const ids = (output: Output) => done.output[output].map(({ id }) => String(id)).sort();
		const by = (outcome: string) =>
			expected
				.filter((one) => one.outcome === outcome)
				.map(({ id }) => id)
				.sort();
		expect({
			changed: ids('changed'),
			conflicts: ids('conflicts'),
			unchanged: ids('unchanged'),
			onlyInRecords: ids('onlyInRecords'),
			failed: ids('failed'),
		}).toEqual({
			changed: by('changed'),
			conflicts: by('conflict'),
			unchanged: by('unchanged'),
			onlyInRecords: by('orphan'),
			failed: [],
		});
		const sent = expected.filter((one) => one.sent).length;
		expect(done.calls).toEqual({ ...LIST, ...(sent > 0 ? { 'PATCH /event-types/:id': sent } : {}) });
		const conflicts = expected.filter(({ outcome }) => outcome === 'conflict');
		for (const { id, conflicts: fields } of conflicts) {
			const item = done.output.conflicts.find((candidate) => String(candidate['id']) === id);
			expect(item?.['conflicts']).toHaveLength(fields.length);
		}
		const statuses = (await rows()).filter(({ sync_status }) => sync_status === 'conflict').map(({ id }) => id);
		expect(statuses.sort()).toEqual(conflicts.map(({ id }) => id).sort());
		return done;
	}

	/** The conflicts of a night, decided by people and fed back. */
	async function settle(world: World, conflicts: Record<string, unknown>[], choose: () => Choice): Promise<void> {
		const items = conflicts.map(({ id, resolution }) => {
			const item = structuredClone(resolution) as { sync_resolution: Record<string, { choose: string }> };
			const choices: Partial<Record<(typeof FIELDS)[number], Choice>> = {};
			const pair = world.pairs.get(String(id));
			if (!pair) throw new Error(`The model knows no record ${String(id)}`);
			const names = { title: 'name', lengthInMinutes: 'duration_minutes', hidden: 'active' } as const;
			for (const [field, decision] of Object.entries(item.sync_resolution)) {
				const ours = FIELDS.find((name) => name === (Reflect.get(names, field) ?? field));
				if (!ours) throw new Error(`A conflict about ${field}`);
				decision.choose = choices[ours] = choose();
			}
			byTheBook(pair, 'flag', choices);
			return item;
		});
		const done = await sync.run({ items });
		expect(done.output.conflicts).toEqual([]);
		expect(done.output.changed).toHaveLength(items.length);
		const { is, should } = await compared(world);
		expect(is).toEqual(should);
	}

	test.each<[Policy, number]>([
		['flag', SEED],
		['flag', SEED + 1],
		['calcom', SEED + 2],
		['record', SEED + 3],
	])(
		'conflicts by the policy "%s", seed %i: both sides are as the model says, every night',
		async (policy, seed) => {
			await sync.run();
			await e2e.db.query(
				"UPDATE calcom.services SET price = 10 * id, company_id = 'north', internal_note = 'ours'",
			);
			const pairs = new Map<string, Pair>(
				(await rows()).map((row) => {
					const service = serviceOf(sync.eventType(row.slug));
					return [row.id, { ours: { ...service }, theirs: { ...service }, base: { ...service } }];
				}),
			);
			const world: World = { db: e2e.db, cal: sync.cal, pairs };
			const staff = people(world, seed);
			const began = performance.now();
			let settled = 0;
			let away: { id: string; theirs: NonNullable<Pair['theirs']> } | undefined;
			for (const day of WEEK) {
				await staff.day();
				// By chance alone there may be none in a week.
				if (day === 'Monday') await staff.quarrel();
				if (day === 'Wednesday') {
					const [id, pair] = staff.pick([...pairs]);
					if (pair.theirs) {
						away = { id, theirs: pair.theirs };
						sync.cal.removeEventTypeNamed(pair.theirs.slug);
						pair.theirs = null;
					}
				}
				if (day === 'Friday' && away) {
					sync.cal.restoreEventType(away.theirs.slug);
					const pair = pairs.get(away.id);
					if (pair) pair.theirs = away.theirs;
				}
				const { output } = await night(world, policy);
				if (output.conflicts.length === 0) continue;
				settled += output.conflicts.length;
				if (day === 'Tuesday' || day === 'Sunday') await settle(world, output.conflicts, staff.choose);
			}
			process.stderr.write(
				`  a week of ${String(pairs.size)} services: ${((performance.now() - began) / 1000).toFixed(1)} s, ${String(settled)} conflicts\n`,
			);
			expect(settled > 0).toBe(policy === 'flag');
			for (const { id, price, company_id, internal_note } of await rows())
				expect({ id, price, company_id, internal_note }).toEqual({
					id,
					price: String(10 * Number(id)),
					company_id: 'north',
					internal_note: 'ours',
				});
			const quiet = await sync.run();
			expect(quiet.calls).toEqual(LIST);
		},
		240_000,
	);
});

test('two workflows that sync the same table at the same time: every edit arrives, nothing is doubled', async () => {
	await sync.run();
	const other = await openSync(e2e, 'sync-week-2', sync.cal);
	try {
		for (let round = 1; round <= 4; round += 1) {
			const all = await rows();
			const expected = new Map<string, string>();
			for (const [at, { id, slug, calcom_event_type_id }] of all.entries()) {
				const name = `Round ${String(round)} ${slug}`;
				expected.set(String(calcom_event_type_id), name);
				if (at % 2 === 0) await editRow(e2e.db, id, { name });
				else sync.cal.editEventType(slug, { title: name });
			}
			const [fresh, body] = [`new-${String(round)}`, { lengthInMinutes: 30 }];
			const made = await fetch(`${sync.cal.url}/event-types`, {
				method: 'POST',
				headers: {
					authorization: `Bearer ${sync.cal.apiKey}`,
					'cal-api-version': '2024-06-14',
					'content-type': 'application/json',
				},
				body: JSON.stringify({ ...body, title: fresh, slug: fresh }),
			});
			expect(made.status).toBe(201);
			const both = await Promise.all([sync.run(), other.run()]);
			expect(both.flatMap(({ output }) => [...output.failed, ...output.conflicts])).toEqual([]);
			const after = await rows();
			expect(after).toHaveLength(all.length + 1);
			for (const [id, name] of expected) {
				expect(after.find((row) => row.calcom_event_type_id === id)?.name).toBe(name);
				expect(sync.cal.state.eventTypes.find((eventType) => String(eventType.id) === id)?.title).toBe(name);
			}
		}
		expect(new Set((await rows()).map(({ sync_status }) => sync_status))).toEqual(new Set(['synced']));
		expect(sizes(await sync.run())).toEqual({ unchanged: sync.theirs().length });
	} finally {
		await other.stop();
	}
}, 120_000);

test('10,000 services that nobody has touched: one request, and n8n does not grow without end', async () => {
	const { state } = sync.cal;
	const [pattern] = sync.theirs();
	if (!pattern) throw new Error('Cal.com has no event types');
	state.eventTypes = Array.from({ length: 10_000 }, (_, at) => ({
		...structuredClone(pattern),
		id: 1_000 + at,
		title: `Lesson ${String(at)}`,
		slug: `lesson-${String(at)}`,
	}));
	const memory = [memoryOfN8n(e2e.n8n)];
	const first = await sync.run();
	expect(await rows()).toHaveLength(10_000);
	memory.push(memoryOfN8n(e2e.n8n));
	const night = await sync.run();
	expect([sizes(night), night.calls]).toEqual([{ unchanged: 10_000 }, LIST]);
	memory.push(memoryOfN8n(e2e.n8n));
	const [before, imported, after] = memory.map((bytes) => (bytes === null ? null : Math.round(bytes / MEGABYTE)));
	process.stderr.write(
		`  10,000 services: ${String(first.ms)} ms in the node to bring them in, ${String(night.ms)} ms when nothing changed; n8n holds ${String(before)} MB, ${String(imported)} MB, ${String(after)} MB\n`,
	);
	// What the first run took is there to be used again: a second one takes next to nothing.
	if (typeof imported === 'number' && typeof after === 'number') expect(after - imported).toBeLessThan(400);
}, 240_000);
