// How many requests a sync of services makes, counted by the stand-in for Cal.com: the Cal.com Sync node in a real n8n
// over a table in PostgreSQL, with one kind of change at a time. Exit code 1 when it is not as many as there should be:
// one list, one write for each record that has something to write, and at most one read before each write, which is
// made when the list is older than five seconds by then.
//
//   node test/bench/sync-calls.bench.mts [--services 1000,10000] [--changes 50]
import { parseArgs } from 'node:util';
import type { E2e } from '../e2e/support/e2e.mts';
import { type Sync, openSync, sizes } from '../e2e/sync/workflow.mts';
import { withPlayground } from './support/playground.mts';

const { values } = parseArgs({
	// Options of the other benches come along.
	strict: false,
	options: { services: { type: 'string', default: '1000,10000' }, changes: { type: 'string', default: '50' } },
});
const changes = Number(values.changes);

const LIST = 'GET /event-types';
const READ = 'GET /event-types/:id';
const WRITE = 'PATCH /event-types/:id';
const CREATE = 'POST /event-types';

interface World {
	e2e: E2e;
	sync: Sync;
	services: number;
	/** The event types that are edited, deleted and so on: the first few. */
	some: () => Sync['cal']['state']['eventTypes'];
	/** Edits their services in the table. */
	edit: (set: string) => Promise<unknown>;
}

interface Scenario {
	what: string;
	/** What people do before the run. */
	people?: (world: World) => Promise<unknown> | unknown;
	/** Parameters of the node. */
	parameters?: Record<string, unknown>;
	/** How many requests it takes beside the list. */
	writes?: number;
	creates?: number;
}

const title = (world: World, word: string) => {
	for (const eventType of world.some()) eventType.title = `${eventType.slug} ${word}`;
};

const SCENARIOS: readonly Scenario[] = [
	{ what: 'the first time, all brought in' },
	{ what: 'nothing changed' },
	{ what: 'changed in the table', people: ({ edit }) => edit("name = slug || ' A'"), writes: changes },
	{ what: 'changed in Cal.com', people: (world) => title(world, 'B') },
	{
		what: 'both, in other fields',
		people: async (world) => {
			title(world, 'C');
			await world.edit("description = 'Text C'");
		},
		writes: changes,
	},
	{
		what: 'both, in the same field: conflicts',
		people: async (world) => {
			title(world, 'D');
			await world.edit("name = slug || ' E'");
		},
	},
	{ what: 'the same conflicts once more' },
	{ what: 'the same, On Conflict: Record Wins', parameters: { conflictPolicy: 'record' }, writes: changes },
	{
		what: 'new in the table, made in Cal.com',
		people: ({ e2e }) =>
			e2e.db.query(
				`INSERT INTO calcom.services (name, slug, duration_minutes)
				SELECT 'New ' || n, 'new-' || n, 30 FROM generate_series(1, $1::int) AS n`,
				[changes],
			),
		parameters: { apply: 'writeAndCreate' },
		creates: changes,
	},
	{
		what: 'deleted in Cal.com',
		people({ sync, some }) {
			const gone = new Set(some());
			sync.cal.state.eventTypes = sync.cal.state.eventTypes.filter((eventType) => !gone.has(eventType));
		},
		parameters: { apply: 'writeAndCreate' },
	},
	{ what: 'nothing changed since' },
];

async function open(e2e: E2e, services: number): Promise<World> {
	await e2e.resetTables();
	const sync = await openSync(e2e, 'bench-sync-calls');
	const { state } = sync.cal;
	const pattern = state.eventTypes.find(({ ownerId }) => ownerId === 1);
	if (!pattern) throw new Error('Cal.com has no event types');
	state.eventTypes = Array.from({ length: services }, (_, at) => ({
		...structuredClone(pattern),
		id: 1_000 + at,
		title: `Lesson ${String(at)}`,
		slug: `lesson-${String(at)}`,
	}));
	return {
		e2e,
		sync,
		services,
		some: () => state.eventTypes.slice(0, changes),
		edit: (set) =>
			e2e.db.query(`UPDATE calcom.services SET ${set} WHERE calcom_event_type_id = ANY($1)`, [
				state.eventTypes.slice(0, changes).map(({ id }) => id),
			]),
	};
}

/** Runs it and prints what was asked of Cal.com. @returns whether it is what it should be */
async function count(world: World, scenario: Scenario): Promise<boolean> {
	const { what, people, parameters = {}, writes = 0, creates = 0 } = scenario;
	await people?.(world);
	const done = await world.sync.run({ parameters: { apply: 'write', ...parameters } });
	const { [LIST]: lists = 0, [READ]: reads = 0, [WRITE]: written = 0, [CREATE]: made = 0, ...others } = done.calls;
	const holds =
		lists === 1 && written === writes && made === creates && reads <= writes && Object.keys(others).length === 0;
	const counted = [lists, reads, written, made].map((number) => String(number).padStart(5)).join(' ');
	const said = `1 + ${String(writes + creates)}${writes > 0 ? ` + at most ${String(writes)} reads` : ''}`;
	console.log(
		`${what.padEnd(36)} ${counted}   ${said.padEnd(26)} ${holds ? 'holds' : 'MISSED'}   ${String(done.ms)} ms   ${JSON.stringify(sizes(done))}`,
	);
	return holds;
}

await withPlayground(async (e2e) => {
	for (const services of String(values.services).split(',').map(Number)) {
		console.log(`\n${String(services)} services, ${String(changes)} of them changed`);
		console.log(`${''.padEnd(36)}  list  read PATCH  POST   should be`);
		const world = await open(e2e, services);
		for (const scenario of SCENARIOS) if (!(await count(world, scenario))) process.exitCode = 1;
		await world.sync.stop();
	}
});
