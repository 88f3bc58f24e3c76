// A text of a megabyte in each place of an event that holds text: each step takes it, soon, and the booking is there.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { depth } from '../../support/depth.mts';
import { noise } from '../../support/hostile-values.mts';
import { type Calendar, openCalendar } from '../calendar/calendar.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { type Desk, startDesk } from '../reminders/desk.mts';
import { asRetool, retoolQueries } from '../retool/queries.mts';
import { placesOfText, withText } from './places.mts';

let desk: Desk;
let calendar: Calendar;
beforeAll(async () => {
	desk = await startDesk();
	calendar = openCalendar(desk.db);
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const MEGABYTE = 1_000_000;
/** Generous: most steps take some ten milliseconds. */
const MOST_MS = 15_000;

const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** An event in which every place has something, so that every place is tried. */
function full(): CalComEvent {
	const event = bookingEvent({
		event: 'BOOKING_RESCHEDULED',
		uid: 'new',
		minute: 1,
		key: 'BOOKING_RESCHEDULED:new',
		attendees: [
			person('Ada Lovelace', 'ada@student.example', '+31612345678'),
			person('Bea', 'bea@student.example'),
		],
		booking: {
			start: soon(3),
			end: soon(4),
			description: 'd',
			previousUid: 'old',
			rescheduledBy: 'x',
			rescheduleReason: 'x',
			cancelledBy: 'x',
			cancellationReason: 'x',
			rejectionReason: 'x',
			recurringBookingUid: 'x',
			iCalUid: 'new@cal.com',
			location: {
				type: 'inPerson',
				label: 'x',
				url: 'https://cal.example/video/1',
				phone: '+31612345678',
				address: 'x',
			},
		},
		rest: {
			tag: 'x',
			bookingType: 'Level Check',
			metadata: { clientId: '7', subjectId: '8' },
			guests: ['g@student.example'],
		},
	});
	return {
		...event,
		hosts: [
			{ id: 2, name: 'x', email: 'x@school.example', username: 'x', timeZone: 'Europe/Amsterdam', locale: 'en' },
		],
	};
}

/** What reads the rows afterwards: the reminders with their words, all views, all queries of the Retool app. */
async function readAll(): Promise<void> {
	const now = new Date().toISOString();
	await desk.plan(now);
	for (const template of ['reminder', 'confirmation', 'cancellation']) {
		await desk.rows(
			'SELECT calcom.sms_text($1, b, person, $2, $3::jsonb) FROM calcom.bookings b, jsonb_array_elements(b.attendees) AS person',
			[template, 'Europe/Amsterdam', JSON.stringify(desk.settings)],
		);
	}
	const views = await desk.rows<{ name: string }>(
		"SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'calcom'::regnamespace AND relkind = 'v'",
	);
	for (const { name } of views) await desk.rows(`SELECT * FROM ${name}`);
	await desk.rows('SELECT * FROM calcom.health_digest($1::jsonb)', ['{}']);
	for (const file of retoolQueries.filter((one) => !/^(save|retry)-/.test(one))) {
		const query = asRetool(file, {}, null);
		await desk.rows(query.sql, query.given);
	}
}

/** Noise is not packed by PostgreSQL; the others are what its expressions like least. */
const TEXTS: Readonly<Record<string, string>> = {
	noise: noise(MEGABYTE),
	tabs: '\t'.repeat(MEGABYTE),
	spaces: `${' '.repeat(MEGABYTE)}x`,
	dots: 'a.'.repeat(MEGABYTE / 2),
	digits: '0 '.repeat(MEGABYTE / 2),
	accents: 'a\u0300\u0301'.repeat(MEGABYTE / 3),
	'semicolons and signs': ';='.repeat(MEGABYTE / 2),
};
const PLACES = placesOfText(full());

async function isTaken(event: CalComEvent, within = MOST_MS): Promise<void> {
	await calendar.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'old', minute: 0 }));
	const begun = performance.now();
	await desk.db.apply(event);
	await calendar.apply(event);
	await readAll();
	expect(performance.now() - begun).toBeLessThan(within);
	expect(
		await desk.rows("SELECT event_key, consumer, error FROM calcom.event_claims WHERE status <> 'processed'"),
	).toEqual([]);
	// And once more: what is too long to be a key is the same key each time.
	expect(await desk.db.apply(event)).toBe(false);
	expect((await desk.rows('SELECT FROM calcom.calendar_events')).length).toBeGreaterThan(0);
}

/** n8n takes a delivery of 16 MB at most. */
const SHARE = Math.floor(16_000_000 / PLACES.length);

test.each(Object.keys(TEXTS).filter((name) => depth(['noise', 'tabs'].includes(name), true)))(
	'the largest delivery that n8n takes: %s in every place at once',
	async (name) => {
		// Where it stands is a part of it: the uids of two bookings are never the same.
		const text = (TEXTS[name] ?? '').slice(-SHARE);
		await isTaken(
			PLACES.reduce((event, place) => withText(event, place, `${text}${place}`), full()),
			60_000,
		);
	},
);

test.each(
	depth(
		PLACES.filter((place) => /uid|email|phone|Key|Id$/i.test(place)).map((place) => ['noise', place] as const),
		Object.keys(TEXTS).flatMap((text) => PLACES.map((place) => [text, place] as const)),
	),
)('%s in %s alone', async (text, place) => {
	await isTaken(withText(full(), place, TEXTS[text] ?? ''));
});

test.each([
	'requestId',
	'name',
	'email',
	'phone',
	'notes',
	'locale',
	'clientId',
	'subjectId',
	'timeZone',
	'day',
	'start',
	'service',
	'times',
	'reservationUid',
])('a request of the form or the phone with it as %s is written down, or told what is wrong', async (field) => {
	await desk.rows(
		"INSERT INTO calcom.services (name, slug, calcom_event_type_id) VALUES ('Level Check', 'level-check', 7)",
	);
	for (const text of Object.values(TEXTS)) {
		const asked = {
			action: 'book',
			channel: 'form',
			service: 'level check',
			start: soon(3),
			name: 'Ada',
			email: 'ada@student.example',
			[field]: text,
		};
		const begun = performance.now();
		const { request } = await desk.first<{ request: Record<string, unknown> }>(
			'SELECT calcom.read_request($1::jsonb, $2::jsonb) AS request',
			[JSON.stringify(asked), JSON.stringify({ timeZone: 'Europe/Amsterdam' })],
		);
		if (request['problem'] === undefined) {
			await desk.first('SELECT calcom.start_request($1::jsonb, $2::jsonb, $3)', [
				JSON.stringify(request),
				'{}',
				'run',
			]);
		}
		expect(performance.now() - begun).toBeLessThan(MOST_MS);
	}
});

test('a reply of that length is one for a person', async () => {
	for (const [name, text] of Object.entries(TEXTS)) {
		for (const field of ['MessageSid', 'From', 'To', 'Body']) {
			const reply = {
				MessageSid: `SM${name}${field}`,
				From: '+31612345678',
				To: '+14155238886',
				Body: 'x',
				[field]: text,
			};
			const taken = await desk.first<{ action: string }>(
				'SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3)',
				[JSON.stringify(reply), JSON.stringify(desk.settings), 'run'],
			);
			expect([name, field, taken.action]).toEqual([name, field, 'nothing']);
		}
	}
});

/** Where the length of an indexed text comes from. A new index is a new line here, and a thought about who fills it. */
const BOUNDED_BY: Readonly<Record<string, string>> = {
	'action_log.action_id': 'calcom.key_text',
	'action_log.target': 'calcom.check_action: a uid or an id that was found',
	'backfill_runs.status': 'ours',
	'booking_requests.booking_uid': 'Cal.com, asked by us',
	'booking_requests.request_key': 'calcom.key_text',
	'booking_requests.status': 'ours',
	'bookings.attendee_email': 'calcom.bounded',
	'bookings.status': 'ours',
	'bookings.uid': 'calcom.bounded',
	'bookings.uids': 'calcom.bounded',
	'calendar_events.attendee_email': 'calcom.bounded',
	'calendar_events.booking_uid': 'calcom.bounded',
	'calendar_events.client_id': 'calcom.named_in',
	'calendar_events.location_type': 'calcom.bounded',
	'calendar_events.staff_id': 'ours',
	'calendar_events.status': 'ours',
	'calendar_events.uids': 'calcom.bounded',
	'event_claims.consumer': 'ours',
	'event_claims.event_key': 'calcom.key_text',
	'event_claims.status': 'ours',
	'lead_activities.event_key': 'calcom.key_text',
	'lead_answers.answer_key': 'calcom.key_text',
	'lead_answers.booking_uid': 'calcom.key_text',
	'leads.email': 'calcom.email_text',
	'leads.status': 'a person',
	'messages.message_sid': 'calcom.key_text',
	'messages.phone': 'calcom.take_reply: 100 characters',
	'moved_bookings.next_uid': 'calcom.key_text',
	'moved_bookings.uid': 'calcom.key_text',
	'reminders.booking_uid': 'calcom.bounded',
	'reminders.kind': 'ours',
	'reminders.message_sid': 'Twilio, asked by us',
	'reminders.recipient': 'calcom.bounded',
	'reminders.status': 'ours',
	'service_sync_runs.status': 'ours',
	'services.slug': 'Cal.com or a person',
	'settings.template': 'ours',
	'sms_opt_outs.phone': 'calcom.take_reply: 100 characters',
	'sms_statuses.message_sid': 'looked up at Twilio',
	'staff.email': 'calcom.bounded',
	'webhook_events.booking_uid': 'calcom.key_text',
	'webhook_events.event_key': 'calcom.key_text',
	'webhook_events.status': 'ours',
	'workflow_errors.execution_id': 'n8n',
};

test('each text that an index holds has a bound', async () => {
	const indexed = await desk.rows<{ name: string }>(
		`SELECT DISTINCT c.relname || '.' || a.attname AS name
		FROM pg_index AS i
		JOIN pg_class AS c ON c.oid = i.indrelid AND c.relnamespace = 'calcom'::regnamespace
		-- Columns, and those that an expression like lower(email) is made of.
		JOIN pg_depend AS d ON d.objid = i.indexrelid AND d.refobjid = c.oid AND d.refobjsubid > 0
		JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
		WHERE a.atttypid IN ('text'::regtype, 'text[]'::regtype)
		UNION
		SELECT DISTINCT c.relname || '.' || a.attname FROM pg_index AS i
		JOIN pg_class AS c ON c.oid = i.indrelid AND c.relnamespace = 'calcom'::regnamespace
		JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
		WHERE a.atttypid IN ('text'::regtype, 'text[]'::regtype)
		ORDER BY 1`,
	);
	expect(indexed.map(({ name }) => name)).toEqual(Object.keys(BOUNDED_BY).sort());
});
