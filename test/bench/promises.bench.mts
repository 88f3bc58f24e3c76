// The promises of the field, held against ours: a published integration of this kind states that it processes a webhook
// in under 100 ms, takes under 50 ms for a step in the database, and lags less than 2 s behind.
// Lead capture as shipped, in one real n8n with a real PostgreSQL: from the delivery to the answer and to the committed
// rows, at a calm pace and with several deliveries under way. When a row was committed is PostgreSQL's own word.
// Prints how each promise stands. Exit code 1 when a delivery is lost, doubled or refused; not when a promise is missed.
//
//   node test/bench/promises.bench.mts [--calm 200] [--busy 400] [--changes 15] [--package FOLDER]
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { openDesk } from '../../playground/src/desk.mts';
import { furtherBookings } from './support/deliveries.mts';
import { enterLeadCapture } from './support/lead-capture.mts';
import { nodeTimes } from './support/node-times.mts';
import { startRig } from './support/rig.mts';
import { type Contestant, headersOf } from './support/rounds.mts';
import { NOTING_TIMES, statementTimes } from './support/statement-times.mts';
import { quantile } from './support/statistics.mts';
import { emptyTrigger } from './support/workflows.mts';

const PROMISED = { webhook: 100, step: 50, lag: 2000 };
const CALM_INTERVAL_MS = 250;
const AT_ONCE = 8;
const WARM_UP = 40;
const TIMEOUT_MS = 30_000;

const { values } = parseArgs({
	// Options of the other benches come along.
	strict: false,
	options: {
		calm: { type: 'string', default: '200' },
		busy: { type: 'string', default: '400' },
		changes: { type: 'string', default: '15' },
		package: { type: 'string' },
	},
});
const [calm, busy, changes] = [Number(values.calm), Number(values.busy), Number(values.changes)];

interface Taken {
	eventKey: string;
	/** Milliseconds since 1970, by the clock that PostgreSQL reads too. */
	sentAt: number;
	/** Milliseconds until the answer. */
	answered: number;
}

const answerSchema = z.object({ status: z.literal('processed'), eventKey: z.string() });
const committedSchema = z.array(
	z.object({
		event_key: z.string(),
		status: z.string(),
		booking: z.number(),
		activity: z.number(),
		inbox: z.number(),
	}),
);
const changedSchema = z.array(z.object({ committed: z.number() }));

const toLeadCapture = furtherBookings();
const toEmpty = furtherBookings();

async function post(to: Contestant, body: Buffer): Promise<{ sentAt: number; answered: number; text: string }> {
	const request = { method: 'POST', body: new Uint8Array(body), headers: headersOf(to, body) };
	const sentAt = Date.now();
	const began = performance.now();
	const answer = await fetch(to.url, request);
	const text = await answer.text();
	const answered = performance.now() - began;
	if (answer.status !== 200) throw new Error(`${to.name} answered ${String(answer.status)}: ${text}`);
	return { sentAt, answered, text };
}

async function deliver(to: Contestant): Promise<Taken> {
	const { text, ...times } = await post(to, toLeadCapture.next());
	return { ...times, eventKey: answerSchema.parse(JSON.parse(text)).eventKey };
}

/** Several under way, each sender with its next delivery as soon as it is answered. */
async function deliverBusily(to: Contestant, count: number): Promise<Taken[]> {
	const taken: Taken[] = [];
	let left = count;
	const sender = async () => {
		while (left > 0) {
			left -= 1;
			taken.push(await deliver(to));
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, sender));
	return taken;
}

/** From each delivery to the commit of its rows. Throws unless each is applied once, its booking and activity there. */
async function committedAfter(db: pg.Pool, taken: readonly Taken[]) {
	const { rows } = await db.query(
		`SELECT inbox.event_key, inbox.status,
			extract(epoch FROM pg_xact_commit_timestamp(booking.xmin))::float8 * 1000 AS booking,
			extract(epoch FROM pg_xact_commit_timestamp(activity.xmin))::float8 * 1000 AS activity,
			extract(epoch FROM pg_xact_commit_timestamp(inbox.xmin))::float8 * 1000 AS inbox
		FROM calcom.webhook_events AS inbox
		JOIN calcom.lead_activities AS activity USING (event_key)
		JOIN calcom.bookings AS booking ON booking.id = activity.booking_id
		WHERE inbox.event_key = ANY ($1) AND inbox.attempts = 1`,
		[taken.map(({ eventKey }) => eventKey)],
	);
	const committed = new Map(committedSchema.parse(rows).map((row) => [row.event_key, row]));
	return taken.map(({ eventKey, sentAt }) => {
		const row = committed.get(eventKey);
		if (row?.status !== 'processed') throw new Error(`${eventKey} is ${row?.status ?? 'not in the tables'}.`);
		if (row.booking < sentAt) throw new Error(`${eventKey} was committed before it was sent: the clocks disagree.`);
		return { booking: row.booking - sentAt, activity: row.activity - sentAt, inbox: row.inbox - sentAt };
	});
}

/** From before the call of Cal.com's API to the commit of what it changed in our row. */
async function lagsOf(db: pg.Pool, desk: ReturnType<typeof openDesk>, count: number): Promise<number[]> {
	const lags: number[] = [];
	const change = async (event: string, act: () => Promise<{ uid: string }>) => {
		const began = Date.now();
		const { uid } = await act();
		for (const deadline = Date.now() + TIMEOUT_MS; ; await sleep(10)) {
			const { rows } = await db.query(
				`SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 * 1000 AS committed
				FROM calcom.bookings WHERE uids @> ARRAY[$1] AND last_event = $2`,
				[uid, event],
			);
			const [row] = changedSchema.parse(rows);
			if (row) {
				lags.push(row.committed - began);
				return uid;
			}
			if (Date.now() > deadline) throw new Error(`${event} of ${uid} is not in the tables.`);
		}
	};
	for (let at = 0; at < count; at += 1) {
		const booked = await change('BOOKING_CREATED', () => desk.book());
		const moved = await change('BOOKING_RESCHEDULED', () => desk.reschedule(booked));
		await change('BOOKING_CANCELLED', () => desk.cancel(moved));
	}
	return lags;
}

function show(what: string, times: readonly number[], promised?: number): void {
	const [middle, high, most] = [0.5, 0.95, 0.99].map((part) => quantile(times, part));
	const figures = [middle, high, most].map((time) => (time ?? 0).toFixed(1).padStart(7)).join(' ');
	const stands =
		(most ?? 0) < (promised ?? 0)
			? 'holds'
			: (middle ?? 0) < (promised ?? 0)
				? 'held by the median, missed by the 99th percentile'
				: 'missed';
	const promise = promised === undefined ? '' : `   under ${String(promised)} ms: ${stands}`;
	console.log(`  ${what.padEnd(44)} ${figures}  (${String(times.length)})${promise}`);
}

async function showPhase(db: pg.Pool, taken: readonly Taken[]): Promise<void> {
	const committed = await committedAfter(db, taken);
	show(
		'delivery to answer',
		taken.map(({ answered }) => answered),
		PROMISED.webhook,
	);
	show(
		'delivery to committed booking',
		committed.map(({ booking }) => booking),
		PROMISED.lag,
	);
	show(
		'delivery to committed activity',
		committed.map(({ activity }) => activity),
		PROMISED.lag,
	);
	show(
		'delivery to all done (inbox says processed)',
		committed.map(({ inbox }) => inbox),
		PROMISED.lag,
	);
}

const rig = await startRig({
	name: 'promises',
	packageDir: typeof values.package === 'string' ? values.package : undefined,
});
try {
	const { calcom, dir, executions } = rig;
	const userFolder = join(dir, 'n8n');
	const postgres = await rig.postgres(NOTING_TIMES);
	const lead = await enterLeadCapture(rig, postgres, 'lead capture');
	const empty = await rig.enter('empty trigger', emptyTrigger(), 'empty');
	const db = new pg.Pool({ connectionString: postgres.url, max: 2 });
	try {
		const began = executions.last();
		await deliverBusily(lead, WARM_UP);
		await executions.untilEnded(lead.workflowId, began, WARM_UP);
		await db.query('SELECT pg_rotate_logfile()');

		const sinceCalm = executions.last();
		const calmly: Taken[] = [];
		const byEmpty: number[] = [];
		for (let at = 0; at < calm; at += 1) {
			calmly.push(await deliver(lead));
			await executions.untilEnded(lead.workflowId, sinceCalm, at + 1);
			await sleep(CALM_INTERVAL_MS);
			byEmpty.push((await post(empty, toEmpty.next())).answered);
			await sleep(CALM_INTERVAL_MS);
		}
		const calmNodes = nodeTimes(userFolder, lead.workflowId, sinceCalm);

		const sinceBusy = executions.last();
		const busily = await deliverBusily(lead, busy);
		await executions.untilEnded(lead.workflowId, sinceBusy, busy);
		const busyNodes = nodeTimes(userFolder, lead.workflowId, sinceBusy);

		const lags = await lagsOf(db, openDesk(calcom), changes);

		console.log('milliseconds: median, 95th and 99th percentile (how many), and how the promise stands');
		console.log('\none delivery at a time, two a second:');
		await showPhase(db, calmly);
		show('the same to an empty trigger, to its answer', byEmpty);
		console.log(
			`\n${String(AT_ONCE)} deliveries under way all the time (n8n at its limit: they wait for each other):`,
		);
		await showPhase(db, busily);
		for (const [pace, nodes] of [
			['one at a time', calmNodes],
			[`${String(AT_ONCE)} under way`, busyNodes],
		] as const) {
			console.log(`\nsteps in the database, ${pace}, as n8n counts its nodes:`);
			for (const [node, times] of nodes) if (node !== 'Cal.com Trigger') show(node, times, PROMISED.step);
		}
		console.log('\nthe same statements with their commits, as PostgreSQL counts them (both paces):');
		for (const [name, times] of await statementTimes(db)) show(`calcom.${name}`, times, PROMISED.step);
		console.log('\nlag: a change at Cal.com (booked, moved, cancelled; from its API call) to the committed row:');
		show('by webhook', lags, PROMISED.lag);
		console.log('  Service sync and the poll trigger run on a schedule: their lag is the interval and one run.');
		const { rows } = await db.query('SELECT count(*)::int AS bookings FROM calcom.bookings');
		const expected = toLeadCapture.made() + changes;
		const [{ bookings } = { bookings: -1 }] = z.array(z.object({ bookings: z.number() })).parse(rows);
		console.log(`\n${String(bookings)} bookings in the table, ${String(expected)} delivered`);
		if (bookings !== expected) throw new Error('The tables do not hold every booking exactly once.');
	} finally {
		await db.end();
	}
} finally {
	await rig.stop();
}
