// Template 10's steps on a data table in memory, with the expressions and the code of the template itself: one booking is
// one row, and what is told of one touches no row of another.
import { z } from 'zod';
import type { CalComEvent } from '../../nodes/shared/events/event.ts';
import { type Fields, delivery, normalize } from '../nodes/shared/events/support.mts';
import { readTemplate } from '../support/template.mts';

interface Row extends Fields {
	id: number;
	uid: string;
}
interface Item {
	json: Fields;
}

const condition = z.object({ keyName: z.string(), condition: z.enum(['eq', 'like']), keyValue: z.string() });
type Condition = z.infer<typeof condition>;
const parametersSchema = z
	.object({
		jsCode: z.string().default(''),
		filters: z.object({ conditions: z.array(condition) }).optional(),
		conditions: z.object({ conditions: z.array(z.object({ leftValue: z.string() })) }).optional(),
		columns: z
			.object({
				value: z.record(z.string()).optional(),
				column: z.array(z.object({ name: z.string() })).optional(),
				schema: z.array(z.object({ id: z.string() })).optional(),
			})
			.optional(),
	})
	.passthrough();

const { nodes } = await readTemplate('10-quick-start-data-table');
const parametersOf = (name: string) =>
	parametersSchema.parse(nodes.find((node) => node.name === name)?.['parameters'] ?? {});

/** What n8n makes of `=… {{ … }} …`. A parameter that is an expression and no more keeps its type. */
function value(parameter: string, $json: Fields, others: Readonly<Record<string, Item>>): unknown {
	const $ = (name: string) => ({ first: () => others[name] });
	const run = (code: string): unknown =>
		new Function('$json', '$', '$execution', `return (${code})`)($json, $, { mode: 'webhook' });
	const only = /^=\{\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\}$/s.exec(parameter)?.[1];
	if (only !== undefined) return run(only);
	return parameter.replace(/^=/, '').replaceAll(/\{\{(.*?)\}\}/gs, (_, code: string) => String(run(code) ?? ''));
}

/** As n8n compares: "contains" knows % and no other wildcard, and upper and lower case differ. */
function holds(row: Row, { keyName, condition: how }: Condition, wanted: unknown): boolean {
	const stands = row[keyName];
	if (how === 'eq') return stands === wanted;
	const pattern = String(wanted)
		.split('%')
		.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
	return new RegExp(`^${pattern.join('.*')}$`, 's').test(String(stands));
}

/** Tells it all of these, one after the other, and answers with the rows. */
function told(...events: CalComEvent[]): Row[] {
	let table: Row[] = [];
	let ids = 0;
	const conditionsOf = (name: string) => parametersOf(name).filters?.conditions ?? [];
	for (const event of events) {
		const json: Fields = { ...event };
		const others: Record<string, Item> = { 'Cal.com Trigger': { json } };
		const [real] = parametersOf('Only Real Bookings').conditions?.conditions ?? [];
		if (value(real?.leftValue ?? '', json, others) !== true) continue;

		const found = table.filter((row) =>
			conditionsOf('Find the Booking').some((one) => holds(row, one, value(one.keyValue, json, others))),
		);
		const $input = { all: () => (found.length === 0 ? [{ json: {} }] : found.map((row) => ({ json: row }))) };
		const code = new Function('$', '$input', parametersOf('Make One Row of It').jsCode);
		const [made] = z
			.tuple([z.object({ json: z.record(z.unknown()) })])
			.parse(code((name: string) => ({ first: () => others[name] }), $input));
		others['Make One Row of It'] = made;

		const written = Object.fromEntries(
			Object.entries(parametersOf('Save the Booking').columns?.value ?? {}).map(([column, parameter]) => [
				column,
				value(parameter, made.json, others) ?? null,
			]),
		);
		const saved = table.filter((row) =>
			conditionsOf('Save the Booking').some((one) => holds(row, one, value(one.keyValue, made.json, others))),
		);
		if (saved.length === 0) table.push({ id: (ids += 1), uid: '', ...written });
		for (const row of saved) Object.assign(row, written);
		table = table.filter(
			(row) =>
				!conditionsOf('Remove Its Older Row').every((one) =>
					holds(row, one, value(one.keyValue, written, others)),
				),
		);
	}
	return table;
}

const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
const tell = (event: string, minute: number, payload: Fields): CalComEvent =>
	normalize(delivery(event, payload, at(minute)));
const created = (uid: string, minute = 1, more: Fields = {}) => tell('BOOKING_CREATED', minute, { uid, ...more });
const moved = (from: string, uid: string, minute: number, more: Fields = {}) =>
	tell('BOOKING_RESCHEDULED', minute, { uid, rescheduleUid: from, ...more });
const cancelled = (uid: string, minute: number, more: Fields = {}) =>
	tell('BOOKING_CANCELLED', minute, { uid, status: 'CANCELLED', ...more });
const person = (name: string, more: Fields = {}) => ({
	seatsPerTimeSlot: 5,
	attendees: [{ name, email: `${name.toLowerCase()}@student.example`, timeZone: 'Europe/Amsterdam', ...more }],
});
const seat = (uid: string, name: string, minute: number) =>
	created(uid, minute, { ...person(name), attendeeSeatId: `seat-${name}` });
const uidsOf = (rows: Row[]) => rows.map(({ uid, all_uids: all }) => [uid, all]).sort();

test('who, when, email and phone stand first, and the keys last', () => {
	const names = [
		parametersOf('Create the Table if Missing').columns?.column?.map(({ name }) => name),
		parametersOf('Save the Booking').columns?.schema?.map(({ id }) => id),
		Object.keys(parametersOf('Save the Booking').columns?.value ?? {}),
	];
	for (const list of names) {
		expect(list?.slice(0, 4)).toEqual(['attendee_name', 'start', 'attendee_email', 'attendee_phone']);
		expect(list?.slice(-4)).toEqual(['uid', 'all_uids', 'last_event', 'last_event_at']);
		expect(list).toEqual(names[0]);
	}
});

describe('a booking', () => {
	const life = [created('a', 1), moved('a', 'b', 2), moved('b', 'c', 3), cancelled('c', 4)];
	test.each([
		[[0, 1, 2, 3]],
		[[3, 2, 1, 0]],
		[[0, 3, 1, 2]],
		[[2, 0, 3, 1]],
		[[1, 3, 0, 2]],
		[[3, 0, 2, 1]],
		[[0, 2, 3, 1]],
	])('is one row, cancelled, in the order %j', (order) => {
		const rows = told(created('other', 1), ...order.flatMap((n) => life[n] ?? []));
		expect(uidsOf(rows)).toEqual([
			['c', 'a b c'],
			['other', 'other'],
		]);
		expect(rows.find(({ uid }) => uid === 'c')).toMatchObject({ status: 'cancelled' });
	});
});

describe('what is told without a uid touches nothing', () => {
	const before = [created('a', 1), created('b', 2)];
	test.each<[string, CalComEvent]>([
		['a request', tell('BOOKING_REQUESTED', 3, { uid: undefined, status: 'PENDING' })],
		['a request with an empty uid', tell('BOOKING_REQUESTED', 3, { uid: '', status: 'PENDING' })],
		['a request with a blank uid', tell('BOOKING_REQUESTED', 3, { uid: '  ', status: 'PENDING' })],
		['a move that names only the booking before', moved('a', '', 3)],
		['a cancellation', cancelled('', 3)],
	])('%s', (_, event) => {
		expect(told(...before, event)).toEqual(told(...before));
	});
});

describe('a group', () => {
	const group = [seat('g', 'Ada', 1), seat('g', 'Bob', 2), created('other', 1)];

	test.each<[string, CalComEvent]>([
		['with its seat', cancelled('g', 3, { ...person('Ada'), attendeeSeatId: 'seat-Ada' })],
		['as a row of Cal.com’s', cancelled('g', 3, person('Ada', { id: 7, bookingId: 26 }))],
		['before anybody else is known', cancelled('unknown', 3, { ...person('Ada'), attendeeSeatId: 's' })],
	])('keeps its row as it is when somebody gives up a seat: %s', (_, left) => {
		expect(left.booking.seatRemoved).toBe(true);
		expect(told(...group, left)).toEqual(told(...group));
	});

	test('keeps its row when one of them moves their own seat, and that one gets a row of their own', () => {
		const alone = moved('g', 'g2', 3, { ...person('Ada'), attendeeSeatId: 'seat-Ada' });
		const rows = told(...group, alone);
		expect(uidsOf(rows)).toEqual([
			['g', 'g'],
			['g2', 'g2'],
			['other', 'other'],
		]);
		expect(rows.find(({ uid }) => uid === 'g')).toMatchObject({ attendee_name: 'Bob', status: 'accepted' });
		expect(rows.find(({ uid }) => uid === 'g2')).toMatchObject({ attendee_name: 'Ada', status: 'accepted' });
		// Whichever came first.
		expect(uidsOf(told(alone, ...group))).toEqual(uidsOf(rows));
	});

	test('that moves as a whole, or is cancelled, is one row still', () => {
		const all = { seatsPerTimeSlot: 5, attendees: [...person('Ada').attendees, ...person('Bob').attendees] };
		const later = moved('g', 'g', 3, { ...all, startTime: '2026-11-25T08:00:00Z' });
		expect(told(...group, later).find(({ uid }) => uid === 'g')).toMatchObject({
			start: '2026-11-25T08:00:00.000Z',
			all_uids: 'g',
		});
		const rows = told(...group, later, cancelled('g', 4, all));
		expect(rows.find(({ uid }) => uid === 'g')).toMatchObject({ status: 'cancelled' });
		expect(rows).toHaveLength(2);
	});
});

describe('a uid that looks like another', () => {
	test.each<[string, CalComEvent[], string[]]>([
		[
			'is part of it: the row of the shorter',
			[created('abc'), created('xabcx', 2), moved('abc', 'd', 3)],
			['d', 'xabcx'],
		],
		[
			'is part of it: the row of the longer',
			[created('abc'), created('xabcx', 2), moved('xabcx', 'd', 3)],
			['abc', 'd'],
		],
		['is part of it: cancelled', [created('abc'), created('xabcx', 2), cancelled('abc', 3)], ['abc', 'xabcx']],
		['begins it', [created('ab'), created('abc', 2), moved('ab', 'a', 3)], ['a', 'abc']],
		['ends it, moved late', [moved('bc', 'z', 3), created('abc'), created('bc')], ['abc', 'z']],
		['has % in it', [created('a'), created('b', 2), moved('%', 'c', 3)], ['a', 'b', 'c']],
		['is % alone', [created('a'), created('b', 2), cancelled('%', 3)], ['%', 'a', 'b']],
		['has _ in it', [created('axb'), created('a_b', 2), moved('a_b', 'c', 3)], ['axb', 'c']],
		['differs in upper and lower case', [created('AbC'), created('abc', 2), moved('abc', 'd', 3)], ['AbC', 'd']],
		[
			'has what means more in a pattern',
			[created('a.c'), created('abc', 2), moved('a.c', '[d]*?', 3)],
			['[d]*?', 'abc'],
		],
		['is the word null', [created('null'), created('a', 2), moved('null', 'b', 3)], ['a', 'b']],
	])('%s', (_, events, uids) => {
		expect(
			told(...events)
				.map(({ uid }) => uid)
				.sort(),
		).toEqual([...uids].sort());
	});

	test('two rows that turn out to be one booking become one, beside such a third', () => {
		const rows = told(created('abc', 1), created('xabcx', 1), cancelled('de', 3), moved('abc', 'de', 2));
		expect(uidsOf(rows)).toEqual([
			['de', 'abc de'],
			['xabcx', 'xabcx'],
		]);
		expect(rows.find(({ uid }) => uid === 'de')).toMatchObject({ status: 'cancelled' });
	});
});

test('a delivery that does not say when it was takes nothing back', () => {
	const timeless = { ...created('a', 1), occurredAt: null };
	expect(told(created('a', 1), cancelled('a', 2), timeless)).toMatchObject([{ uid: 'a', status: 'cancelled' }]);
});
