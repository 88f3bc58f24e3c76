// Streams of several bookings of the same people, at the same times: whatever comes in which order, how often, how far
// a run got and what ran beside it, the tables end as they do in order, and the same reminders go out.
import fc from 'fast-check';
import { depth } from '../../support/depth.mts';
import { bookingEvent } from '../event-builder.mts';
import { LIVES } from './expected.mts';
import { type Ground, type Grounds, type Tables, startGround } from './ground.mts';
import { deliver, takenBack } from './orders.mts';
import { type Recorded, record } from './record.mts';
import { type Stream, go, interleave, streamOf } from './streams.mts';
import { NOT_COMPARED_WHEN_CUT } from './tables.mts';
import { BEFORE_ALL_APPOINTMENTS, toSend } from './to-send.mts';

let ground: Grounds;
let beside: Ground[];
let recordings: Recorded[];
beforeAll(async () => {
	ground = await startGround(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 }));
	beside = [await ground.another(), await ground.another()];
	for (const one of [ground, ...beside]) await one.setClock(BEFORE_ALL_APPOINTMENTS);
	recordings = [];
	// In the gate some of the lives, others with each commit.
	const [lives = []] = fc.sample(
		fc.shuffledSubarray([...LIVES.entries()], depth({ minLength: 6, maxLength: 6 }, { minLength: LIVES.length })),
		1,
	);
	for (const [at, life] of lives)
		recordings.push(await record(life.act, { everything: life.everything ?? false, twice: true, later: at }));
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

/** Every row of every table, and every reminder, as a line. */
async function endingOf(at: Ground, lives: readonly number[]): Promise<string[]> {
	const reminders = (await toSend(at)).map((row) => `to send ${JSON.stringify(row)}`);
	return [...sameMoments(lives)(await at.tables()), ...reminders].sort();
}

const inOrder = (lives: readonly number[]): Promise<string[]> =>
	takenBack(ground, async () => {
		for (const at of lives) await deliver(ground, recordings[at] ?? { deliveries: [] });
		return await endingOf(ground, lives);
	});

const check = (runs: number, end: (stream: Stream) => Promise<string[]>) =>
	fc.assert(
		fc.asyncProperty(streamOf(recordings, depth(2, 4)), async (stream) => {
			const [reference, ending] = [await inOrder(stream.lives), await end(stream)];
			const without = (lines: string[], others: string[]) => lines.filter((line) => !others.includes(line));
			expect({ tooMuch: without(ending, reference), missing: without(reference, ending) }).toEqual({
				tooMuch: [],
				missing: [],
			});
			expect(ending).toHaveLength(reference.length);
		}),
		{ numRuns: runs, endOnFailure: true },
	);

test('one delivery after the other', async () => {
	await check(depth(3, 18), (stream) =>
		takenBack(ground, async () => {
			for (const [at, run] of stream.runs.entries()) {
				if (stream.plans.includes(at)) await ground.plan();
				await go(ground, run, `run ${String(at)}`);
			}
			return await endingOf(ground, stream.lives);
		}),
	);
}, 600_000);

test('several at a time, statement by statement', async () => {
	await check(depth(3, 18), (stream) =>
		takenBack(ground, async () => {
			await interleave(ground, stream);
			return await endingOf(ground, stream.lives);
		}),
	);
}, 600_000);

test('on two connections at once, committed as they go', async () => {
	await check(depth(2, 8), async (stream) => {
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
}, 600_000);
