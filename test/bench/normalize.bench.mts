// What reading a delivery costs beside what any receiver pays: checking the signature and parsing the bytes.
// Prints the ratio of (HMAC-SHA256 + JSON.parse + normalize) to (HMAC-SHA256 + JSON.parse) of the same bytes,
// measured side by side, for every recorded delivery; the median must be at most 4.
//
//   node test/bench/normalize.bench.mts
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Bench } from 'tinybench';

const LIMIT = 4;
const RECORDED = new URL('../fixtures/recorded/deliveries/', import.meta.url);
const SECRET = 'whsec-bench';

// The nodes import each other without an extension, as CommonJS does.
registerHooks({
	resolve: (specifier, context, next) =>
		next(/^\.{1,2}\//.test(specifier) && !/\.\w+$/.test(specifier) ? `${specifier}.ts` : specifier, context),
});
const { normalizeDelivery } = await import('../../nodes/shared/events/normalize.ts');

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

interface Delivery {
	name: string;
	bytes: Buffer;
	signature: Buffer;
}

function readDeliveries(): Delivery[] {
	const files = readdirSync(fileURLToPath(RECORDED)).filter((file) => file.endsWith('.body.json'));
	return files.map((file) => {
		const bytes = readFileSync(new URL(file, RECORDED));
		const signature = createHmac('sha256', SECRET).update(bytes).digest();
		return { name: file.replace('.body.json', ''), bytes, signature };
	});
}

function verifyAndParse({ bytes, signature }: Delivery): unknown {
	if (!timingSafeEqual(createHmac('sha256', SECRET).update(bytes).digest(), signature)) {
		throw new Error('The bench signed a delivery wrongly');
	}
	return JSON.parse(bytes.toString('utf8'));
}

function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median microseconds of both, of one delivery. */
async function measure(delivery: Delivery): Promise<{ base: number; whole: number }> {
	const bench = new Bench({ time: 100, warmupTime: 50 });
	bench.add('base', () => void verifyAndParse(delivery));
	bench.add('whole', () => void normalizeDelivery(verifyAndParse(delivery), CONTEXT));
	await bench.run();
	const [base, whole] = bench.tasks.map(({ result }) => {
		const milliseconds = result !== undefined && 'latency' in result ? result.latency.p50 : undefined;
		if (milliseconds === undefined) throw new Error(`No figures for ${delivery.name}`);
		return milliseconds * 1000;
	});
	return { base: base!, whole: whole! };
}

const deliveries = readDeliveries();
// The first deliveries would be measured before the compiler has settled.
for (let round = 0; round < 300; round++) {
	for (const delivery of deliveries) normalizeDelivery(verifyAndParse(delivery), CONTEXT);
}

const ratios: number[] = [];
const normalizing: number[] = [];
for (const delivery of deliveries) {
	const { base, whole } = await measure(delivery);
	ratios.push(whole / base);
	normalizing.push(whole - base);
	const figures = `${base.toFixed(1).padStart(6)} µs ${whole.toFixed(1).padStart(6)} µs ${(whole / base).toFixed(2)} x`;
	console.log(`${figures}  ${String(delivery.bytes.length).padStart(5)} B  ${delivery.name}`);
}
const ratio = median(ratios);
console.log(
	`median ${ratio.toFixed(2)} x over ${ratios.length} deliveries (limit ${LIMIT} x), ` +
		`worst ${Math.max(...ratios).toFixed(2)} x, normalize alone ${median(normalizing).toFixed(1)} µs`,
);
if (ratio > LIMIT) process.exitCode = 1;
