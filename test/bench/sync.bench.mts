// What a sync costs beside its requests: deciding about records field by field (reading the record's columns and
// Cal.com's values, the state, the merge, the patch and the next state), and linking records that are not linked yet.
// Prints time, memory and growth. Targets: 10,000 records of 12 fields under 1 s and 150 MB; ten times the records
// take at most 13 times the time; 10,000 unlinked records are linked by title within 5 s.
//
//   node test/bench/sync.bench.mts
import { registerHooks } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Json } from '../../nodes/shared/events/event.ts';
import type { Kind } from '../../nodes/shared/ownership/kinds.ts';
import type { Mode } from '../../nodes/shared/ownership/modes.ts';
import type { TransformName } from '../../nodes/shared/ownership/transforms.ts';
import { median } from './support/statistics.mts';

// The nodes import each other without an extension, as CommonJS does.
registerHooks({
	resolve: (specifier, context, next) =>
		next(/^\.{1,2}\//.test(specifier) && !/\.\w+$/.test(specifier) ? `${specifier}.ts` : specifier, context),
});
const { readState, writeState } = await import('../../nodes/shared/ownership/base.ts');
const { calcomValue } = await import('../../nodes/shared/ownership/kinds.ts');
const { linkRecords } = await import('../../nodes/shared/ownership/link.ts');
const { mergeField } = await import('../../nodes/shared/ownership/merge.ts');
const { readRecordValue, toRecordValue } = await import('../../nodes/shared/ownership/transforms.ts');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ROUNDS = 7;
const SECONDS_LIMIT = 1;
const MEGABYTES_LIMIT = 150;
/** For ten times the records; the rest is the machine's: memory that no longer fits the caches. */
const GROWTH_LIMIT = 13;
const LINK_SECONDS_LIMIT = 5;

type Row = Record<string, unknown>;
interface Field {
	calcom: string;
	record: string;
	kind: Kind;
	transform: TransformName;
	mode: Mode;
}

const field = (calcom: string, record: string, kind: Kind, mode: Mode, transform: TransformName = 'none'): Field => ({
	calcom,
	record,
	kind,
	mode,
	transform,
});
const FIELDS: readonly Field[] = [
	field('title', 'name', 'text', 'twoWay'),
	field('slug', 'slug', 'text', 'calcom'),
	field('description', 'description', 'text', 'twoWay'),
	field('lengthInMinutes', 'duration', 'number', 'twoWay'),
	field('hidden', 'active', 'boolean', 'twoWay', 'not'),
	field('price', 'price', 'number', 'calcomFillBlanks'),
	field('minimumBookingNotice', 'notice_hours', 'number', 'record', 'hours'),
	field('locations', 'locations', 'json', 'record'),
	field('lengthInMinutesOptions', 'durations', 'list', 'recordFillBlanks', 'commaText'),
	field('bookingUrl', 'booking_url', 'text', 'calcom'),
	field('updatedAt', 'calcom_updated_at', 'instant', 'calcom'),
	field('color', 'color', 'json', 'twoWay'),
];

function objectOf(index: number): Row {
	return {
		title: `Lesson ${index}`,
		slug: `lesson-${index}`,
		description: `A lesson of course ${index}, with a teacher who knows it well.\nBring your own instrument.`,
		lengthInMinutes: 30 + (index % 4) * 15,
		hidden: index % 9 === 0,
		price: 4500,
		minimumBookingNotice: 120,
		locations: [{ type: 'address', address: `Keizersgracht ${index}, Amsterdam`, public: true }],
		lengthInMinutesOptions: [30, 45, 60],
		bookingUrl: `https://cal.example/school/lesson-${index}`,
		updatedAt: '2026-11-20T10:00:00.000Z',
		color: { lightThemeHex: '#112233', darkThemeHex: '#445566' },
	};
}

/** The record as it comes out of SQL, in step with the object but for one in ten of each kind of change. */
function recordOf(index: number): Row {
	const base: Record<string, Json> = {};
	const object = objectOf(index);
	for (const { calcom, kind } of FIELDS) base[calcom] = calcomValue(object[calcom], kind).canonical;
	if (index % 10 === 2) base['lengthInMinutes'] = 15;
	return {
		id: index,
		name: index % 10 === 1 ? `Lesson ${index}, renamed` : `Lesson ${index}`,
		slug: `lesson-${index}`,
		description: `A lesson of course ${index}, with a teacher who knows it well.\r\nBring your own instrument.`,
		duration: index % 10 === 2 ? '90' : String(30 + (index % 4) * 15),
		active: index % 9 === 0 ? 'f' : 't',
		price: '4500',
		notice_hours: index % 10 === 3 ? '4.00' : '2.00',
		locations: JSON.stringify(object['locations']),
		durations: '30, 45, 60',
		booking_url: object['bookingUrl'],
		calcom_updated_at: index % 10 === 4 ? '2026-11-19 10:00:00+00' : '2026-11-20 11:00:00+01',
		color: object['color'],
		sync_state: writeState({ id: String(index), base }),
	};
}

interface Decision {
	patch: Row;
	changes: Row;
	state: string;
	conflicts: number;
}

/** All that is decided about one record. */
function decide(record: Row, object: Row): Decision {
	const state = readState(record['sync_state']);
	const base: Record<string, Json> = {};
	const decision: Decision = { patch: {}, changes: {}, state: '', conflicts: 0 };
	for (const { calcom, record: column, kind, transform, mode } of FIELDS) {
		const ours = readRecordValue(record[column], kind, transform);
		if (!ours.ok) throw new Error(`The bench wrote a wrong record: ${ours.reason}`);
		const result = mergeField(
			{ field: calcom, mode, calcomWritable: mode !== 'calcom', recordWritable: true },
			{ ours: ours.value, theirs: calcomValue(object[calcom], kind), base: state.base[calcom] },
			{ policy: 'flag', force: false, newer: null },
		);
		if (result.outcome === 'conflict') decision.conflicts += 1;
		if (result.base !== undefined) base[calcom] = result.base;
		if (result.value === null) continue;
		if (result.outcome === 'toCalCom') decision.changes[calcom] = result.value.raw;
		else decision.patch[column] = toRecordValue(result.value, kind, transform, record[column]);
	}
	decision.state = writeState({ id: state.id, base });
	return decision;
}

interface Figures {
	milliseconds: number;
	/** What the decisions hold on to, and the most that was in use beside the records while they were made. */
	kept: number;
	peak: number;
}

const MEGABYTE = 1024 * 1024;
const EXPECTED_CHANGES = 4;

/** Decides about all records once, with the memory beside the records and objects themselves. */
function decideAll(records: readonly Row[], objects: readonly Row[]): Figures {
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	let peak = before;
	const start = performance.now();
	const decisions = records.map((record, index) => {
		// Asking costs little beside a thousand records.
		if (index % 1000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
		return decide(record, objects[index] ?? {});
	});
	const milliseconds = performance.now() - start;
	peak = Math.max(peak, process.memoryUsage().heapUsed);
	collectGarbage();
	const kept = process.memoryUsage().heapUsed - before;
	const changed = decisions.filter(({ patch, changes }) => Object.keys({ ...patch, ...changes }).length > 0).length;
	const conflicts = decisions.filter((decision) => decision.conflicts > 0).length;
	if (changed + conflicts !== (records.length / 10) * EXPECTED_CHANGES) {
		throw new Error(`Decided wrongly: ${changed} changed and ${conflicts} conflicts of ${records.length}`);
	}
	return { milliseconds, kept: kept / MEGABYTE, peak: (peak - before) / MEGABYTE };
}

function measureDecisions(size: number): Figures {
	const records = Array.from({ length: size }, (_, index) => recordOf(index));
	const objects = Array.from({ length: size }, (_, index) => objectOf(index));
	const rounds = Array.from({ length: ROUNDS }, () => decideAll(records, objects));
	return {
		milliseconds: median(rounds.map(({ milliseconds }) => milliseconds)),
		kept: Math.max(...rounds.map(({ kept }) => kept)),
		peak: Math.max(...rounds.map(({ peak }) => peak)),
	};
}

const ADJECTIVES = [
	'Premium',
	'Classic',
	'Express',
	'Private',
	'Evening',
	'Weekend',
	'Junior',
	'Senior',
	'Trial',
	'Group',
];
const SUBJECTS = [
	'Piano',
	'Violin',
	'Dutch',
	'Yoga',
	'Massage',
	'Haircut',
	'Coaching',
	'Physiotherapy',
	'Drawing',
	'Chess',
];
const PLACES = ['Amsterdam', 'Utrecht', 'Leiden', 'Delft', 'Gouda', 'Haarlem', 'Breda', 'Tilburg', 'Arnhem', 'Zwolle'];

/** A title of its own for each of 10,000, of a few words that all share. */
function titleOf(index: number): string {
	const pick = (words: readonly string[], at: number): string => words[Math.floor(index / at) % words.length] ?? '';
	return `${pick(ADJECTIVES, 1)} ${pick(SUBJECTS, 10)} lesson ${pick(PLACES, 100)} ${Math.floor(index / 1000) + 1}`;
}

/** As a person writes it in another place: another order, a letter more or less, other capitals. */
function rewritten(title: string, index: number): string {
	const [adjective = '', subject = '', ...rest] = title.split(' ');
	if (index % 3 === 0) return title.toUpperCase();
	if (index % 3 === 1) return [subject, adjective, ...rest].join(' ');
	return `${adjective} ${subject.slice(0, -1)} ${rest.join(' ')}`;
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

console.log(`decisions about records of ${FIELDS.length} fields, median of ${ROUNDS} rounds, most memory of them:`);
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
