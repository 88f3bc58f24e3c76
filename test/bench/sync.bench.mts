// What a sync costs beside its requests, with the node's own functions: reading the records, deciding field by field,
// and making the item of each record with its patch and its next state; and linking records that are not linked yet.
// Prints time, memory and growth. Targets: 10,000 records of 12 fields under 1 s and 150 MB; ten times the records
// take at most 13 times the time; 10,000 unlinked records are linked by title within 5 s.
//
//   node test/bench/sync.bench.mts
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';
import { changesToSend, decideFields, linkRecords, outputOf, readRecords } from './support/shipped.mts';
import { median } from './support/statistics.mts';
import { DIFFERENT, FIELD_COUNT, objectOf, recordOf, SETTINGS } from './support/sync-records.mts';
import { rewritten, titleOf } from './support/titles.mts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ROUNDS = 7;
const SECONDS_LIMIT = 1;
const MEGABYTES_LIMIT = 150;
/** For ten times the records; the rest is the machine's: memory that no longer fits the caches. */
const GROWTH_LIMIT = 13;
const LINK_SECONDS_LIMIT = 5;
const MEGABYTE = 1024 * 1024;
const AT = '2026-11-20T09:00:00.000Z';

interface Figures {
	milliseconds: number;
	/** What the decisions hold on to, and the most that was in use beside the records while they were made. */
	kept: number;
	peak: number;
}

/** Decides about all records once, with the memory beside the records and objects themselves. */
function decideAll(items: readonly { json: IDataObject }[], objects: readonly IDataObject[]): Figures {
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	let peak = before;
	const look = (): void => void (peak = Math.max(peak, process.memoryUsage().heapUsed));
	const start = performance.now();
	const records = readRecords([...items], SETTINGS);
	const decisions = records.map((record, index) => {
		// Asking costs little beside a thousand records.
		if (index % 1000 === 0) look();
		const object = objects[index] ?? {};
		const fields = decideFields(record, object, SETTINGS);
		const link = { by: 'id' as const, score: 100 };
		const settled = { kind: 'merged' as const, record, object, link, fields, sent: false, error: null };
		return { changes: changesToSend(fields), ...outputOf(settled, SETTINGS, AT) };
	});
	const milliseconds = performance.now() - start;
	look();
	collectGarbage();
	const kept = process.memoryUsage().heapUsed - before;
	const tenth = records.length / 10;
	const found = {
		toCalCom: decisions.filter(({ changes }) => Object.keys(changes).length > 0).length / tenth,
		toRecord: decisions.filter(({ item }) => 'level' in item.json).length / tenth,
		conflict: decisions.filter(({ output }) => output === 'conflicts').length / tenth,
	};
	if (JSON.stringify(found) !== JSON.stringify(DIFFERENT))
		throw new Error(`Decided wrongly: ${JSON.stringify(found)}`);
	return { milliseconds, kept: kept / MEGABYTE, peak: (peak - before) / MEGABYTE };
}

function measureDecisions(size: number): Figures {
	const items = Array.from({ length: size }, (_, index) => ({ json: recordOf(index) }));
	const objects = Array.from({ length: size }, (_, index) => objectOf(index));
	const rounds = Array.from({ length: ROUNDS }, () => decideAll(items, objects));
	return {
		milliseconds: median(rounds.map(({ milliseconds }) => milliseconds)),
		kept: Math.max(...rounds.map(({ kept }) => kept)),
		peak: Math.max(...rounds.map(({ peak }) => peak)),
	};
}

function measureLinking(size: number): { milliseconds: number; linked: number; right: number } {
	const objects = Array.from({ length: size }, (_, index) => ({
		id: String(index),
		slug: `s-${index}`,
		title: titleOf(index),
	}));
	const records = objects.map(({ title }, index) => ({ id: null, slug: null, title: rewritten(title, index) }));
	const rounds = Array.from({ length: 3 }, () => {
		const start = performance.now();
		const linking = linkRecords(records, objects, { bySlug: true, byTitle: true, threshold: 70 });
		return { milliseconds: performance.now() - start, linking };
	});
	const links = rounds[0]?.linking.records ?? [];
	const linked = links.filter(({ state }) => state === 'linked').length;
	const right = links.filter((link, index) => link.state === 'linked' && link.object === index).length;
	return { milliseconds: median(rounds.map(({ milliseconds }) => milliseconds)), linked, right };
}

function hold(what: string, holds: boolean): void {
	console.log(`${what}: ${holds ? 'holds' : 'missed'}`);
	if (!holds) process.exitCode = 1;
}

console.log(`decisions about records of ${FIELD_COUNT} fields, median of ${ROUNDS} rounds, most memory of them:`);
const decided = new Map<number, Figures>();
// The first records would be measured before the compiler has settled.
measureDecisions(1000);
for (const size of [1000, 10_000, 100_000]) {
	const figures = measureDecisions(size);
	decided.set(size, figures);
	const each = ((figures.milliseconds * 1000) / size).toFixed(1);
	console.log(
		`${String(size).padStart(7)}  ${figures.milliseconds.toFixed(0).padStart(6)} ms  ${each} µs each  ` +
			`${figures.peak.toFixed(0)} MB at most, ${figures.kept.toFixed(0)} MB kept`,
	);
}
const [small, middle, large] = [1000, 10_000, 100_000].map((size) => decided.get(size)!);
hold(
	`10,000 records: ${(middle!.milliseconds / 1000).toFixed(2)} s (limit ${SECONDS_LIMIT} s)`,
	middle!.milliseconds < SECONDS_LIMIT * 1000,
);
hold(`10,000 records: ${middle!.peak.toFixed(0)} MB (limit ${MEGABYTES_LIMIT} MB)`, middle!.peak < MEGABYTES_LIMIT);
for (const [of, to, sizes] of [
	[small!, middle!, '1,000 to 10,000'],
	[middle!, large!, '10,000 to 100,000'],
] as const) {
	const growth = to.milliseconds / of.milliseconds;
	hold(`${sizes} records: ${growth.toFixed(1)} x the time (limit ${GROWTH_LIMIT} x)`, growth <= GROWTH_LIMIT);
}

console.log('\nlinking of unlinked records by title, median of 3:');
for (const size of [1000, 10_000]) {
	const { milliseconds, linked, right } = measureLinking(size);
	console.log(
		`${String(size).padStart(7)}  ${milliseconds.toFixed(0).padStart(6)} ms  ${linked} linked, ${right} of them rightly`,
	);
	if (right !== linked) throw new Error('Linked wrongly');
	if (size === 10_000) {
		hold(
			`10,000 x 10,000: ${(milliseconds / 1000).toFixed(2)} s (limit ${LINK_SECONDS_LIMIT} s)`,
			milliseconds < LINK_SECONDS_LIMIT * 1000,
		);
	}
}
