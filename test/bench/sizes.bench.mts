// Deliveries of 1 KB to 1 MB. In this process: what verifying and normalizing costs beside HMAC-SHA256 and JSON.parse of
// the same bytes; the ratio must not grow with the size. In a real n8n: all are taken, and the tables hold what they
// brought; what is larger than n8n takes at all is refused by n8n, starts nothing and does no harm.
// Exit code 1 when one of that does not hold.
//
//   node test/bench/sizes.bench.mts [--package FOLDER]
import { createHmac, timingSafeEqual } from 'node:crypto';
import { registerHooks } from 'node:module';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Bench } from 'tinybench';
import { z } from 'zod';
import { type Grown, grown, type Shape, SHAPE_NAMES } from './support/grown.mts';
import { enterLeadCapture } from './support/lead-capture.mts';
import { startRig } from './support/rig.mts';
import { type Contestant, headersOf } from './support/rounds.mts';

// The nodes import each other without an extension, as CommonJS does.
registerHooks({
	resolve: (specifier, context, next) =>
		next(/^\.{1,2}\//.test(specifier) && !/\.\w+$/.test(specifier) ? `${specifier}.ts` : specifier, context),
});
const { normalizeDelivery } = await import('../../nodes/shared/events/normalize.ts');
const { verifySignature } = await import('../../nodes/CalComTrigger/verification.ts');

const KB = 1024;
const SIZES = [1, 4, 16, 64, 256, 1024];
/** The ratio at 1 MB beside the one at 4 KB. */
const GROWTH_LIMIT = 2;
/** Above n8n's own limit, `N8N_PAYLOAD_SIZE_MAX`, which is 16 MB unless it is set. */
const TOO_LARGE = 17 * KB * KB;
const SECRET = 'whsec-bench';
const CONTEXT = {
	source: 'webhook',
	verified: true,
	tag: null,
	instance: null,
	receivedAt: '2026-11-20T10:00:00.000Z',
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [{ match: 'titleContains', value: 'trial', name: 'Trial' }],
	defaultBookingType: null,
} as const;

const { values } = parseArgs({ strict: false, options: { package: { type: 'string' } } });

const nameOf = (kilobytes: number) => (kilobytes < KB ? `${String(kilobytes)} KB` : `${String(kilobytes / KB)} MB`);

function hold(what: string, holds: boolean): void {
	console.log(`${what}: ${holds ? 'holds' : 'missed'}`);
	if (!holds) process.exitCode = 1;
}

/** Median microseconds: HMAC and JSON.parse alone, and with all that the trigger does. */
async function measure(body: Buffer): Promise<{ base: number; whole: number }> {
	const signature = createHmac('sha256', SECRET).update(body).digest();
	const header = signature.toString('hex');
	const bench = new Bench({ time: 150, warmupTime: 50, warmupIterations: 4, iterations: 8 });
	bench.add('base', () => {
		if (!timingSafeEqual(createHmac('sha256', SECRET).update(body).digest(), signature)) throw new Error('Wrong');
		JSON.parse(body.toString());
	});
	bench.add('whole', () => {
		if (!verifySignature(body, header, [SECRET], false).accepted) throw new Error('Wrong');
		normalizeDelivery(JSON.parse(body.toString()), CONTEXT);
	});
	await bench.run();
	const [base, whole] = bench.tasks.map(({ result }) => {
		const milliseconds = result !== undefined && 'latency' in result ? result.latency.p50 : undefined;
		if (milliseconds === undefined) throw new Error('There are no figures.');
		return milliseconds * 1000;
	});
	if (base === undefined || whole === undefined) throw new Error('There are no figures.');
	return { base, whole };
}

async function inThisProcess(): Promise<void> {
	console.log('verify + normalize / HMAC + JSON.parse of the same bytes, medians:');
	for (const shape of SHAPE_NAMES) {
		await measure(grown(shape, 4 * KB).body);
		const ratios = new Map<number, number>();
		for (const size of SIZES) {
			const { body } = grown(shape, size * KB);
			const { base, whole } = await measure(body);
			ratios.set(size, whole / base);
			console.log(
				`  ${shape.padEnd(10)} ${nameOf(size).padStart(7)} (${String(body.length).padStart(7)} B)  ` +
					`${base.toFixed(0).padStart(6)} µs ${whole.toFixed(0).padStart(6)} µs  ${(whole / base).toFixed(2)} x`,
			);
		}
		const growth = (ratios.get(1024) ?? Infinity) / (ratios.get(4) ?? 1);
		hold(
			`  ${shape}: the ratio at 1 MB is ${growth.toFixed(2)} x that at 4 KB (limit ${String(GROWTH_LIMIT)} x)`,
			growth <= GROWTH_LIMIT,
		);
	}
}

const keptSchema = z.array(
	z.object({
		status: z.string(),
		notes: z.number(),
		attendees: z.number(),
		answers: z.number(),
		metadata: z.number(),
	}),
);

/** How much of what grew is in the booking's row, in the unit of `pieces`. */
async function keptOf(db: pg.Pool, uid: string, shape: Shape): Promise<number | string> {
	const { rows } = await db.query(
		`SELECT inbox.status, (length(booking.notes) - length(replace(booking.notes, 'Bach', ''))) / 4 AS notes,
			jsonb_array_length(booking.attendees) - 1 AS attendees,
			(SELECT count(*)::int FROM jsonb_object_keys(booking.responses) AS name WHERE name LIKE 'question-%') AS answers,
			(SELECT count(*)::int FROM jsonb_object_keys(booking.metadata) AS name WHERE name LIKE 'key-%') AS metadata
		FROM calcom.bookings AS booking JOIN calcom.webhook_events AS inbox ON inbox.booking_uid = booking.uid
		WHERE booking.uid = $1`,
		[uid],
	);
	const [row] = keptSchema.parse(
		rows.map((found: Record<string, unknown>) => ({ ...found, notes: found['notes'] ?? 0 })),
	);
	if (row?.status !== 'processed') return row?.status ?? 'no row';
	return row[shape];
}

async function post(to: Contestant, body: Buffer): Promise<{ status: number; ms: number }> {
	const began = performance.now();
	const answer = await fetch(to.url, { method: 'POST', body: new Uint8Array(body), headers: headersOf(to, body) });
	await answer.text();
	return { status: answer.status, ms: performance.now() - began };
}

await inThisProcess();

const rig = await startRig({
	name: 'sizes',
	packageDir: typeof values.package === 'string' ? values.package : undefined,
});
try {
	const { executions } = rig;
	const postgres = await rig.postgres();
	const lead = await enterLeadCapture(rig, postgres, 'lead capture');
	const db = new pg.Pool({ connectionString: postgres.url, max: 2 });
	try {
		console.log('\nlead capture in a real n8n, from the delivery to the answer, and until all of it is done:');
		let number = 0;
		let wrong = 0;
		const take = async (what: string, shape: Shape, { body, uid, pieces }: Grown) => {
			const since = executions.last();
			const began = performance.now();
			const { status, ms } = await post(lead, body);
			if (status === 200) await executions.untilEnded(lead.workflowId, since, 1);
			const kept = await keptOf(db, uid, shape);
			const right = status === 200 && kept === pieces;
			if (!right) wrong += 1;
			console.log(
				`  ${what}  ${ms.toFixed(0).padStart(5)} ms ${(performance.now() - began).toFixed(0).padStart(6)} ms  ` +
					(right
						? 'all in the tables'
						: `answered ${String(status)}, ${String(kept)} of ${String(pieces)} in the tables`),
			);
		};
		for (const size of SIZES)
			for (const shape of SHAPE_NAMES)
				await take(
					`${shape.padEnd(10)} ${nameOf(size).padStart(7)}`,
					shape,
					grown(shape, size * KB, (number += 1)),
				);
		hold(`  ${String(number)} deliveries: ${String(wrong)} not taken whole (target: 0)`, wrong === 0);

		const since = executions.last();
		const refused = await post(lead, grown('notes', TOO_LARGE).body);
		await take('\n  4 KB after one of 17 MB', 'notes', grown('notes', 4 * KB, (number += 1)));
		await executions.untilEnded(lead.workflowId, since, 1);
		hold(
			`  17 MB: n8n answers ${String(refused.status)} and starts nothing (N8N_PAYLOAD_SIZE_MAX is 16 MB); what comes after is taken`,
			refused.status >= 400 && wrong === 0,
		);
	} finally {
		await db.end();
	}
} finally {
	await rig.stop();
}
