// Streams of several bookings of the same people, at the same times: whatever comes in which order, how often, how far
// a run got and what ran beside it, the tables end as they do in order, and the same reminders go out.
import fc from 'fast-check';
import { bookingEvent } from '../event-builder.mts';
import { LIVES } from './expected.mts';
import { NOT_COMPARED_WHEN_CUT } from './tables.mts';
import { type Ground, type Grounds, type Tables, startGround } from './ground.mts';
import { type Recorded, record } from './record.mts';
import { type Stream, go, interleave, streamOf } from './streams.mts';
import { say } from './tell.mts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
/** How many times as many streams: more of them for a long run. */
const TIMES = Number(process.env['TIMES'] ?? 1);
/** Before any appointment begins, so that there are reminders to plan. */
const NOW = '2026-11-20T10:30:00.000Z';

let ground: Grounds;
let beside: Ground[];
let recordings: Recorded[];
beforeAll(async () => {
	ground = await startGround(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 }));
	beside = [await ground.another(), await ground.another()];
	for (const one of [ground, ...beside]) await one.setClock(NOW);
	recordings = [];
	for (const [at, life] of LIVES.entries())
		recordings.push(await record(life.act, { everything: life.everything ?? false, later: at }));
	say(`seed ${String(SEED)}`);
}, 120_000);
afterAll(() => ground.stop());

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{1,3})/g;

/** A fact that several webhooks told keeps the moment of whichever came first: one stands for all of them. */
function sameMoments(lives: readonly number[]): (tables: Tables) => string[] {
	const moments = new Map<string, string>();
	for (const at of lives)
		for (const { jobs, again } of recordings[at]?.deliveries ?? [])
			for (const { event } of [...jobs, ...again])
				if (event.occurredAt !== null)
					moments.set(event.occurredAt.slice(0, -1), (jobs[0]?.event.occurredAt ?? '').slice(0, -1));
	// PostgreSQL leaves out noughts at the end.
	const moment = (_: string, second: string, fraction: string) => {
		const found = `${second}.${fraction.padEnd(3, '0')}`;
		return moments.get(found) ?? found;
	};
	return (tables) =>
		Object.entries(tables)
			.filter(([table]) => table !== 'reminders')
			.flatMap(([table, rows]) =>
				rows.map((row) => {
					const columns = Object.entries(row).filter(([name]) => !NOT_COMPARED_WHEN_CUT.has(name));
					return `${table} ${JSON.stringify(Object.fromEntries(columns)).replaceAll(MOMENT, moment)}`;
				}),
			);
}

/**
 * What would be sent. Planning runs every few minutes and not per delivery, so rows are left of what was true in
 * between (a time that was given up, silenced since): these are never sent, and so are no part of the comparison.
 */
const toSend = async (at: Ground) => {
	await at.plan();
	return await at.query(`
		SELECT booking_uid, start_time, kind, recipient, attendee, time_zone, due_at, helps_until, attempts
		FROM calcom.reminders WHERE status NOT IN ('skipped', 'silenced') ORDER BY booking_uid, start_time, kind, recipient`);
};

/** Every row of every table, and every reminder, as a line. */
async function endingOf(at: Ground, lives: readonly number[]): Promise<string[]> {
	const reminders = (await toSend(at)).map((row) => `to send ${JSON.stringify(row)}`);
	return [...sameMoments(lives)(await at.tables()), ...reminders].sort();
}

async function takenBack<T>(at: Ground, work: () => Promise<T>): Promise<T> {
	await at.query('BEGIN');
	try {
		return await work();
	} finally {
		await at.query('ROLLBACK');
	}
}

const inOrder = (lives: readonly number[]): Promise<string[]> =>
	takenBack(ground, async () => {
		for (const at of lives)
			for (const { jobs } of recordings[at]?.deliveries ?? []) for (const job of jobs) await ground.deliver(job);
		return await endingOf(ground, lives);
	});

let [deliveries, streams] = [0, 0];
const check = (runs: number, end: (stream: Stream) => Promise<string[]>) =>
	fc.assert(
		fc.asyncProperty(streamOf(recordings, 4), async (stream) => {
			streams += 1;
			deliveries += stream.runs.length;
			const [reference, ending] = [await inOrder(stream.lives), await end(stream)];
			const without = (lines: string[], others: string[]) => lines.filter((line) => !others.includes(line));
			expect({ tooMuch: without(ending, reference), missing: without(reference, ending) }).toEqual({
				tooMuch: [],
				missing: [],
			});
			expect(ending).toHaveLength(reference.length);
		}),
		{ seed: SEED, numRuns: runs * TIMES, endOnFailure: true },
	);

test.each(LIVES.map((life, at) => ({ ...life, at })))(
	'in order, the reminders to send of: $name',
	async ({ at, reminders = 0 }) => {
		const toSend = (await inOrder([at])).filter((line) => line.startsWith('to send '));
		expect(toSend).toHaveLength(reminders);
	},
);

test(
	'one delivery after the other',
	async () => {
		await check(18, (stream) =>
			takenBack(ground, async () => {
				for (const [at, run] of stream.runs.entries()) {
					if (stream.plans.includes(at)) await ground.plan();
					await go(ground, run, `run ${String(at)}`);
				}
				return await endingOf(ground, stream.lives);
			}),
		);
	},
	600_000 * TIMES,
);

test(
	'several at a time, statement by statement',
	async () => {
		await check(18, (stream) =>
			takenBack(ground, async () => {
				await interleave(ground, stream);
				return await endingOf(ground, stream.lives);
			}),
		);
	},
	600_000 * TIMES,
);

test(
	'on two connections at once, committed as they go',
	async () => {
		await check(8, async (stream) => {
			const waiting = stream.runs.map((run, at) => ({ run, at }));
			const work = async (session: Ground) => {
				for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
					if (stream.plans.includes(next.at)) await session.plan();
					await go(session, next.run, `run ${String(next.at)}`);
				}
			};
			try {
				await Promise.all(beside.map(work));
				return await endingOf(ground, stream.lives);
			} finally {
				await ground.empty();
			}
		});
	},
	600_000 * TIMES,
);

afterAll(() => say(`${String(streams)} streams, ${deliveries.toLocaleString('en')} runs of a template`));
