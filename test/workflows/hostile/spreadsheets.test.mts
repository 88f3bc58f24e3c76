// Names that are formulas: what people see in Retool and take from there into a spreadsheet.
import { FORMULAS, HOSTILE_EMAILS, HOSTILE_TEXTS, TRIED, storable } from '../../support/hostile-values.mts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { asRetool, retoolQueries } from '../retool/queries.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());

const safe = async (texts: readonly (string | null)[]) =>
	(
		await db.pool.query<{ safe: string | null }>(
			'SELECT calcom.spreadsheet_safe(t) AS safe FROM unnest($1::text[]) WITH ORDINALITY AS typed (t, n) ORDER BY n',
			[texts],
		)
	).rows.map((row) => row.safe);

test.each([
	['Ada Lovelace', 'Ada Lovelace'],
	["O'Brien", "O'Brien"],
	['Anne-Marie', 'Anne-Marie'],
	['ada+music@student.example', 'ada+music@student.example'],
	['2 = 2', '2 = 2'],
	['One; two', 'One; two'],
	['+31612345678', '+31612345678'],
	['-', '-'],
	['', ''],
	[null, null],
	['+1+1', "'+1+1"],
	['+31612345678,1', "'+31612345678,1"],
	['=1+1', "'=1+1"],
	['-1', "'-1"],
	['@SUM(1)', "'@SUM(1)"],
	['\t=1', "'\t'=1"],
	['\r\n=1', "'\r\n=1"],
	['  =1', "'  =1"],
	['＝1+1', "'＝1+1"],
	['Ada;=1', "Ada;'=1"],
	['Ada; @SUM(1)', "Ada; '@SUM(1)"],
	['Ada\t+1', "Ada\t'+1"],
])('%j is shown as %j', async (typed, shown) => {
	expect(await safe([typed])).toEqual([shown]);
});

/** The cells that a program may make of one field, whatever it takes for the end of a cell. */
const cells = (field: string) => [field, ...field.split(/[;|\t]/)];
const isFormula = (cell: string) =>
	/^[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+\-@＝＋－＠]./u.test(cell) &&
	!/^\+[1-9]\d{6,14}$/.test(cell);

test('no text of an attendee is a formula afterwards', async () => {
	const typed = [...HOSTILE_TEXTS, ...HOSTILE_EMAILS];
	const shown = await safe(typed.map(({ value }) => storable(value)));
	for (const [at, text] of shown.entries()) {
		expect([typed[at]?.name, cells(text ?? '').filter(isFormula)]).toEqual([typed[at]?.name, []]);
	}
	// The list has some that are: else this would pass without a function.
	expect(FORMULAS.filter(({ value }) => cells(value).some(isFormula)).length).toBeGreaterThan(12);
});

/** What stays as it is: values that a button sends on, what staff typed, and JSON that is looked at and not exported. */
const AS_TYPED = new Set(['internal_note', 'key', 'payload', 'event_key']);
const NOT_EXPORTED = new Set(['booking-detail.sql', 'booking-payloads.sql']);
const ALSO_AS_TYPED: Record<string, Set<string>> = { 'booking-attendees.sql': new Set(['email']) };

test('no query of the Retool app shows one', async () => {
	const starts = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
	let minute = 0;
	for (const { value: typed } of TRIED.formulas) {
		const value = storable(typed);
		const email = `=1+${String(minute)}@evil.example`;
		const attendee = { ...person('x', email), name: value, firstName: value, phone: '+31612345678' };
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CREATED',
				uid: `F${String(minute)}`,
				minute: minute++,
				attendees: [attendee, { ...person('y', `+${email}`), name: value }],
				booking: {
					start: starts(0.5),
					end: starts(1),
					title: value,
					isRecurring: true,
					seats: 4,
					location: { type: 'inPerson', label: value, url: null, phone: null, address: value },
				},
				rest: { notes: value, responses: { [value]: value, goals: value }, bookingType: 'Level Check' },
			}),
		);
	}
	// One that nobody could apply, so that it is among the things to look at.
	await db.pool.query(
		"UPDATE calcom.event_claims SET status = 'failed', error = '=1+1' WHERE event_key LIKE 'BOOKING_CREATED:F1%'",
	);
	const leads = await db.pool.query<{ uid: string; lead_id: string }>('SELECT uid, lead_id FROM calcom.bookings');
	const leadOf = new Map(leads.rows.map((row) => [row.uid, row.lead_id]));
	let seen = 0;
	for (const file of retoolQueries.filter((one) => !/^(save|retry)-/.test(one) && !NOT_EXPORTED.has(one))) {
		for (let at = 0; at < minute; at += 1) {
			const uid = `F${String(at)}`;
			const given = { 'selected.value': uid, 'leads.selectedRow.id': leadOf.get(uid) };
			const query = asRetool(file, given, null);
			const { rows } = await db.pool.query<Record<string, unknown>>(query.sql, query.given);
			for (const [column, field] of rows.flatMap((row) => Object.entries(row))) {
				if (typeof field !== 'string' || AS_TYPED.has(column) || ALSO_AS_TYPED[file]?.has(column)) continue;
				expect([file, column, cells(field).filter(isFormula)]).toEqual([file, column, []]);
				if (/1\+1/.test(field)) seen += 1;
			}
			// Those that do not depend on what is selected show the same each time.
			if (query.given.every((one) => one === null)) break;
		}
	}
	expect(seen).toBeGreaterThan(6 * TRIED.formulas.length);
});
