// An attendee who means harm, in a real n8n with lead capture, calendar and reminders on: from the booking at Cal.com to
// the rows and the SMS.
import { FORMULAS, HOSTILE_TEXTS, LURES, storable } from '../support/hostile-values.mts';
import { segmentsOf } from 'stand-ins/twilio';
import { freeStart, postBooking } from './support/book.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type Reminders, openReminders } from './support/reminders.mts';

const CALENDAR = '02-calendar-events';
const WORKFLOWS = ['calcom-01', 'calcom-02'];
/** As the stand-in of Cal.com numbers it. */
const LEVEL_CHECK = 23;

let e2e: E2e;
let reminders: Reminders;
/** Executions of test files that ran before, some of which failed on purpose. */
let earlier: Set<string>;
const executions = async () => (await Promise.all(WORKFLOWS.map((id) => e2e.editor.executions(id, 100)))).flat();
beforeAll(async () => {
	e2e = await openE2e();
	earlier = new Set((await executions()).map(({ id }) => id));
	await e2e.activate(CALENDAR);
	reminders = await openReminders(e2e, 'e2e-malicious');
});
afterAll(async () => {
	await e2e.twilio.at('clear');
	await reminders.close();
	await e2e.deactivate(CALENDAR);
	await e2e.close();
});

const rows = async <T extends object = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> =>
	(await e2e.db.query<T>(sql, values)).rows;

/** Those that need the whole way: what n8n, its PostgreSQL node or Twilio could make something of. */
const OF_NOTE = new Set([
	...['quote', 'dollar quote', 'parameter', 'raw parameter of the node', 'backslash', 'comma', 'like pattern'],
	...[
		'n8n environment',
		'n8n expression',
		'n8n expression, inner',
		'n8n code',
		'n8n other node',
		'JSON',
		'array in JSON',
	],
	...[
		'placeholder of the texts',
		'script',
		'slack',
		'TwiML',
		'right to left',
		'zero width',
		'zalgo',
		'family',
		'NUL',
	],
	...['half an emoji', 'controls', 'prototype', 'path up', 'header', 'prompt', '100 KB', '100 KB of braces'],
]);
const VALUES = [...HOSTILE_TEXTS.filter(({ name }) => OF_NOTE.has(name)), ...LURES, ...FORMULAS.slice(0, 5)];

/** As it is in the tables: without the spaces around it. */
const kept = (text: string) => storable(text).trim();
const phoneOf = (at: number) => `+316120${String(10_000 + at)}`;

/** What a phone makes a link or a number of, what ends a line, and what cannot be seen. */
const ACTIONABLE =
	/www\.|\p{L}[.。．｡․]\p{L}|@|\d{1,3}(\.\d{1,3}){3}|\d([\s.()-]?\d){6}|[\u0000-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[<>{}[\]\\]/u;

test('every booking is applied by both templates, as it was typed, and the SMS say nothing of it', async () => {
	await e2e.resetTables();
	await e2e.twilio.at('clear');
	expect(VALUES.length).toBe(OF_NOTE.size + LURES.length + 5);
	const before = await rows(
		"SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'calcom'::regnamespace ORDER BY 1",
	);
	const booked: { name: string; uid: string; value: string; phone: string }[] = [];
	for (const [at, { name, value }] of VALUES.entries()) {
		const { uid } = await postBooking(e2e, '/bookings', {
			start: await freeStart(e2e, 'level-check', 2),
			eventTypeId: LEVEL_CHECK,
			attendee: {
				name: value,
				email: `h${String(at)}@student.example`,
				timeZone: 'Europe/Amsterdam',
				language: 'en',
				phoneNumber: phoneOf(at),
			},
			bookingFieldsResponses: { notes: value },
			// Cal.com lays these over its own.
			metadata: { videoCallUrl: 'https://evil.example/join', note: value.slice(0, 400) },
			...(at % 2 === 0 ? { location: { type: 'attendeeAddress', address: value } } : {}),
		});
		booked.push({ name, uid, value, phone: phoneOf(at) });
	}

	await waitFor(
		'both templates to be through with all of them',
		async () => {
			const [claims] = await rows<{ all: number; done: number }>(
				"SELECT count(*)::int AS all, count(*) FILTER (WHERE status = 'processed')::int AS done FROM calcom.event_claims",
			);
			return claims?.all === VALUES.length * 2 && claims.done === VALUES.length * 2;
		},
		{ timeout: 240_000, interval: 500 },
	);
	for (const { name, uid, value } of booked) {
		const [row] = await rows(
			`SELECT b.attendee_name, b.title, b.notes, b.meeting_url, e.attendee_name AS in_calendar, l.name AS lead
			FROM calcom.bookings AS b JOIN calcom.calendar_events AS e ON e.booking_uid = b.uid JOIN calcom.leads AS l ON l.id = b.lead_id WHERE b.uid = $1`,
			[uid],
		);
		const typed = kept(value);
		expect([name, row]).toEqual([
			name,
			expect.objectContaining({ attendee_name: typed, in_calendar: typed, lead: typed }),
		]);
		expect([name, String(row?.['title'])]).toEqual([name, expect.stringContaining(typed)]);
		expect([name, kept(String(row?.['notes']))]).toEqual([name, typed]);
		expect([name, String(row?.['meeting_url'])]).toEqual([name, expect.not.stringContaining('evil.example/join')]);
	}
	expect(await rows('SELECT count(*)::int AS n FROM calcom.bookings')).toEqual([{ n: VALUES.length }]);
	expect(await rows('SELECT * FROM calcom.failed_events')).toEqual([]);
	expect(
		await rows(
			"SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'calcom'::regnamespace ORDER BY 1",
		),
	).toEqual(before);

	await reminders.run({ settings: { times: 'none', confirmationSms: true } });
	const outbox = await e2e.twilio.outbox();
	expect(outbox).toHaveLength(VALUES.length);
	for (const { name, phone } of booked) {
		const sent = outbox.filter(({ to }) => to === phone);
		expect([name, sent.length]).toEqual([name, 1]);
		// The one link there may be is that of Cal.com itself.
		const body = sent[0]?.body.replace(/http:\/\/localhost:3000\/video\/[\w-]+/, 'LINK') ?? '';
		expect([name, body]).toEqual([
			name,
			expect.stringMatching(/^Hi[ ,].*your Level Check is booked for .*Your School$/),
		]);
		expect([name, body]).toEqual([name, expect.not.stringMatching(ACTIONABLE)]);
		expect([name, body]).toEqual([name, expect.not.stringMatching(/:\/\/|1337/)]);
		expect(segmentsOf(sent[0]?.body ?? '')).toBeLessThanOrEqual(5);
	}

	const ours = (await executions()).filter(({ id }) => !earlier.has(id));
	expect(ours.length).toBeGreaterThan(0);
	expect(ours.filter(({ status }) => status === 'error' || status === 'crashed')).toEqual([]);
}, 600_000);
