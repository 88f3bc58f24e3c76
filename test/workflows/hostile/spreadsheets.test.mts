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

/** Columns of text that nobody who books can fill: ours, Cal.com's, or what the business calls its own things. */
const NOT_TYPED: Record<string, string> = {
	'an id or a word of Cal.com’s': 'uid booking_uid next_booking_uid event lifecycle last_event currency',
	'a word of ours':
		'status type role standing field area booking_status consumer location_type reminders sync_status stands why_not',
	'the business’s': `assigned_teacher teacher event_type_title staff_id branch_id staff_name service column_name agreed_last
		ours theirs chosen slug sync_error source tag decided_by last_activity`,
};
const notTyped = new Set(Object.values(NOT_TYPED).flatMap((names) => names.split(/\s+/)));
/** The same word for something of the business’s: who hosts, what an activity is called, a staff member or a service. */
const THEIRS = new Set([
	'booking-hosts.sql name',
	'booking-hosts.sql email',
	'booking-timeline.sql title',
	'lead-activities.sql title',
	'staff.sql name',
	'sync-status.sql name',
	// The organizer's zone, and links that the nodes make or have looked at.
	'bookings.sql time_zone',
	'upcoming-level-checks.sql time_zone',
	'upcoming-level-checks.sql meeting_url',
	'upcoming-level-checks.sql reschedule_url',
	'upcoming-level-checks.sql cancel_url',
	'today.sql meeting_url',
]);
const TEXT = new Set([25, 1043]);

const starts = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** A booking with this in every place that somebody who books can fill, and another one of the same person. */
async function bookedWith(value: string, at: number): Promise<void> {
	const email = `=1+${String(at)}@evil.example`;
	const who = { ...person('x', email), name: value, firstName: value, phone: `=1+${String(at)}` };
	const attendee = { ...who, timeZone: value, locale: value };
	const soon = { start: starts(0.5), end: starts(1), title: value, isRecurring: true, seats: 4, seatUid: value };
	const location = { type: 'inPerson' as const, label: value, url: null, phone: null, address: value };
	const rest = { notes: value, responses: { [value]: value, goals: value }, bookingType: 'Level Check' };
	const booked = bookingEvent({
		event: 'BOOKING_CREATED',
		uid: `F${String(at)}`,
		minute: at,
		attendees: [attendee, { ...person('y', `+${email}`), name: value }],
		booking: { ...soon, location },
		rest: { ...rest, guests: [value] },
	});
	await db.apply(booked);
	const again = bookingEvent({
		event: 'BOOKING_CREATED',
		uid: `L${String(at)}`,
		minute: at + 30,
		attendees: [{ ...attendee, name: `${value} ${value}`, timeZone: `${value} `, locale: `${value} ` }],
		booking: { ...soon, start: starts(200), end: starts(201), seats: null, seatUid: null, location },
		rest: { ...rest, metadata: { clientId: value } },
	});
	await db.apply(again);
	await db.pool.query('SELECT * FROM calcom.apply_calendar_event($1::jsonb, $2::jsonb)', [
		JSON.stringify(again),
		JSON.stringify({ clientKey: 'clientId', guessableIds: 'clientId' }),
	]);
}

test('no query of the Retool app shows one', async () => {
	const values = TRIED.formulas.map(({ value }) => storable(value));
	for (const [at, value] of values.entries()) await bookedWith(value, at);
	// One that nobody could apply, so that it is among the things to look at.
	await db.pool.query(
		"UPDATE calcom.event_claims SET status = 'failed', error = '=1+1' WHERE event_key LIKE 'BOOKING_CREATED:F1%'",
	);
	await db.pool.query(
		`INSERT INTO calcom.messages (message_sid, phone, body, meaning, attendee, status)
		SELECT 'SM' || n, '+31612345678', t, 'other', jsonb_build_object('name', t), 'for_team' FROM unnest($1::text[]) WITH ORDINALITY AS typed (t, n)`,
		[values],
	);
	const leads = await db.pool.query<{ uid: string; lead_id: string }>('SELECT uid, lead_id FROM calcom.bookings');
	const leadOf = new Map(leads.rows.map((row) => [row.uid, row.lead_id]));
	const texts = new Set<string>();
	const filled = new Set<string>();
	for (const file of retoolQueries.filter(
		(one) => !/^(save|retry|confirm|take)-/.test(one) && !NOT_EXPORTED.has(one),
	)) {
		for (const [at, value] of values.entries()) {
			const uid = `F${String(at)}`;
			const given = { 'selected.value': uid, 'leads.selectedRow.id': leadOf.get(uid) };
			const query = asRetool(file, given, null);
			const { rows, fields } = await db.pool.query<Record<string, unknown>>(query.sql, query.given);
			for (const { name, dataTypeID } of fields) if (TEXT.has(dataTypeID)) texts.add(`${file} ${name}`);
			for (const [column, field] of rows.flatMap((row) => Object.entries(row))) {
				if (typeof field !== 'string' || AS_TYPED.has(column) || ALSO_AS_TYPED[file]?.has(column)) continue;
				expect([file, column, cells(field).filter(isFormula)]).toEqual([file, column, []]);
				if (field.includes(value.slice(-3)) || field.includes('=1+')) filled.add(`${file} ${column}`);
			}
		}
	}
	// Each column of text was seen with one in it, or nobody who books can fill it: a new one has to be put somewhere.
	const unseen = [...texts].filter((one) => {
		const [file = '', column = ''] = one.split(' ');
		if (AS_TYPED.has(column) || ALSO_AS_TYPED[file]?.has(column)) return false;
		return !filled.has(one) && !notTyped.has(column) && !THEIRS.has(one);
	});
	expect(unseen).toEqual([]);
	expect(filled.size).toBeGreaterThan(30);
});
