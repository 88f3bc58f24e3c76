// An attendee who types SQL, formulas, markup or 100 KB: it arrives as text, and every step and view still works.
import { openJson } from '../../../nodes/shared/values/openJson.ts';
import { TRIED, storable } from '../../support/hostile-values.mts';
import { delivery, normalize } from '../../nodes/shared/events/support.mts';
import { openBackfill } from '../backfill/backfill.mts';
import { type Calendar, SETTINGS, openCalendar } from '../calendar/calendar.mts';
import { type Desk, startDesk } from '../reminders/desk.mts';

let desk: Desk;
let calendar: Calendar;
beforeAll(async () => {
	desk = await startDesk();
	calendar = openCalendar(desk.db);
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(async () => {
	await desk.empty();
});

const tomorrow = (minutes = 0) => new Date(Date.now() + 24 * 3_600_000 + minutes * 60_000).toISOString();

/** A booking as the trigger hands it on, from the bytes that Cal.com sent. */
function booked(uid: string, payload: Record<string, unknown>, attendee: Record<string, unknown> = {}) {
	const whole = delivery('BOOKING_CREATED', {
		uid,
		startTime: tomorrow(),
		endTime: tomorrow(30),
		...payload,
		attendees: [
			{
				name: 'Ada Lovelace',
				email: `${uid}@student.example`,
				timeZone: 'Europe/Amsterdam',
				phoneNumber: '+31612345678',
				language: { locale: 'en' },
				...attendee,
			},
		],
	});
	return normalize(openJson(JSON.stringify(whole)));
}

async function applyAll(uid: string, payload: Record<string, unknown>, attendee: Record<string, unknown> = {}) {
	const event = booked(uid, payload, attendee);
	await desk.db.apply(event);
	await calendar.apply(event);
	return event;
}

/** Every table, view and function that the templates have made. */
const objects = () =>
	desk.rows<{ name: string; kind: string }>(
		`SELECT oid::regclass::text AS name, relkind::text AS kind FROM pg_class WHERE relnamespace = 'calcom'::regnamespace AND relkind IN ('r', 'v')
		UNION ALL SELECT oid::regprocedure::text, 'f' FROM pg_proc WHERE pronamespace = 'calcom'::regnamespace ORDER BY 1`,
	);

async function readEveryView(): Promise<void> {
	const views = (await objects()).filter(({ kind }) => kind === 'v');
	expect(views.length).toBeGreaterThan(20);
	for (const { name } of views) await desk.rows(`SELECT * FROM ${name}`);
	await desk.rows('SELECT * FROM calcom.health_digest($1::jsonb)', ['{}']);
}

interface Kept {
	attendee_name: string | null;
	title: string;
	notes: string | null;
	responses: Record<string, unknown>;
	location_label: string | null;
	metadata: Record<string, unknown>;
}

test('what was typed stands in the rows as it was typed, and nothing else has changed', async () => {
	const before = await objects();
	for (const [at, { name, value }] of TRIED.texts.entries()) {
		const uid = `H${String(at)}`;
		const event = await applyAll(
			uid,
			{
				title: `Level Check between School and ${value}`,
				eventTitle: 'Level Check',
				additionalNotes: value,
				location: value,
				responses: { goals: { label: 'goals', value }, [value.slice(0, 50)]: { label: value, value } },
				metadata: {
					[value.slice(0, 40)]: value.slice(0, 500),
					clientId: value.slice(0, 500),
					subjectId: value.slice(0, 500),
				},
			},
			{ name: value, firstName: value, lastName: value },
		);
		const kept = await desk.first<Kept>(
			'SELECT attendee_name, title, notes, responses, location_label, metadata FROM calcom.bookings WHERE uid = $1',
			[uid],
		);
		expect([name, kept]).toEqual([
			name,
			{
				attendee_name: event.attendee.name,
				title: event.booking.title,
				notes: event.notes,
				// A question that was left open is not kept.
				responses: Object.fromEntries(Object.entries(event.responses).filter(([, answer]) => answer !== null)),
				location_label: event.booking.location?.label ?? null,
				metadata: event.metadata,
			},
		]);
		const lead = await desk.rows('SELECT name, first_name FROM calcom.leads WHERE email = $1', [
			`${uid}@student.example`,
		]);
		expect([name, lead]).toEqual([name, [{ name: event.attendee.name, first_name: event.attendee.firstName }]]);
		expect([
			name,
			await calendar.query('SELECT attendee_name FROM calcom.calendar_events WHERE booking_uid = $1', [uid]),
		]).toEqual([name, [{ attendee_name: event.attendee.name }]]);
	}
	const counts = await desk.first(
		'SELECT (SELECT count(*)::int FROM calcom.bookings) AS bookings, (SELECT count(*)::int FROM calcom.leads) AS leads, (SELECT count(*)::int FROM calcom.lead_activities) AS activities, (SELECT count(*)::int FROM calcom.failed_events) AS failed',
	);
	const all = TRIED.texts.length;
	expect(counts).toEqual({ bookings: all, leads: all, activities: all, failed: 0 });
	await readEveryView();
	expect(await objects()).toEqual(before);
}, 120_000);

test('a reason to cancel or to move is text, too', async () => {
	for (const [at, { name, value }] of TRIED.texts.entries()) {
		const uid = `R${String(at)}`;
		await applyAll(uid, {});
		const event = normalize(
			openJson(
				JSON.stringify(delivery('BOOKING_CANCELLED', { uid, cancellationReason: value, cancelledBy: value })),
			),
		);
		await desk.db.apply(event);
		const kept = await desk.first(
			'SELECT cancellation_reason, cancelled_by, status FROM calcom.bookings WHERE uid = $1',
			[uid],
		);
		expect([name, kept]).toEqual([
			name,
			{
				cancellation_reason: event.booking.cancellationReason,
				cancelled_by: event.booking.cancelledBy,
				status: 'cancelled',
			},
		]);
	}
}, 120_000);

const rowOf = (uid: string) =>
	desk.rows<{ uid: string; attendee_name: string; attendee_phone: string | null; time_zone: string | null }>(
		'SELECT uid, attendee_name, attendee_phone, time_zone FROM calcom.bookings WHERE uid = $1',
		[uid],
	);

test.each(TRIED.emails.map(({ name, value }) => [name, value]))(
	'an email that is more than one does not cost the booking: %s',
	async (_, email) => {
		await applyAll('E', {}, { email });
		expect(await rowOf('E')).toMatchObject([{ uid: 'E' }]);
		expect(await desk.rows('SELECT * FROM calcom.failed_events')).toEqual([]);
		await readEveryView();
	},
);

test.each(TRIED.zones.map(({ name, value }) => [name, value]))(
	'a time zone that is none breaks no view: %s',
	async (_, timeZone) => {
		await applyAll('Z', { organizer: { name: 'School', email: 'owner@school.example', timeZone } }, { timeZone });
		// And where an older version, or a table of one's own, has let it in.
		await desk.rows(
			"UPDATE calcom.bookings SET attendee_time_zone = $1, attendees = jsonb_set(attendees, '{0,timeZone}', to_jsonb($1::text))",
			[timeZone],
		);
		await readEveryView();
		await desk.plan(new Date().toISOString());
		expect(await desk.reminders()).toMatchObject([{ status: 'pending' }, { status: 'pending' }]);
	},
);

test.each(TRIED.phones.map(({ name, value }) => [name, value]))(
	'a phone number is one, or there is no SMS: %s',
	async (_, phoneNumber) => {
		await applyAll('P', {}, { phoneNumber });
		await desk.plan(new Date().toISOString());
		const reminders = await desk.reminders();
		for (const { recipient, status } of reminders) {
			if (status === 'pending') expect(recipient).toMatch(/^\+[1-9]\d{7,14}$/);
			else expect(status).toBe('skipped');
		}
		expect(reminders.length).toBeGreaterThan(0);
	},
);

test('an old payload of a table is read, whatever an attendee has typed into it', async () => {
	const backfill = openBackfill(desk.db);
	const typed = Object.values(TRIED)
		.flat()
		.map(({ name, value }, at) => ({ name, uid: `OLD${String(at)}`, value: storable(value) }));
	await desk.rows('CREATE TABLE public.old (nr int PRIMARY KEY, body text)');
	try {
		for (const [at, { uid, value }] of typed.entries()) {
			const attendee = { name: value, email: value, phoneNumber: value, timeZone: value };
			const payload = {
				uid,
				startTime: tomorrow(),
				location: value,
				additionalNotes: value,
				attendees: [attendee],
			};
			const body = JSON.stringify({ triggerEvent: 'BOOKING_CREATED', payload });
			await desk.rows('INSERT INTO public.old VALUES ($1, $2)', [at, body]);
		}
		const table = { source: 'table', oldTable: 'public.old', oldColumn: 'body', oldKey: 'nr', batchSize: 10_000 };
		expect(await backfill.table(table)).toMatchObject({ more: false, read: typed.length, failed: 0 });
		for (const { name, uid, value } of typed) {
			const row = await desk.first<{ notes: string | null; attendee_email: string | null }>(
				'SELECT notes, attendee_email FROM calcom.bookings WHERE uid = $1',
				[uid],
			);
			expect([name, row.notes ?? '']).toEqual([name, value.trim() === '' ? '' : value]);
			expect([name, (row.attendee_email ?? '').length <= 320]).toEqual([name, true]);
		}
	} finally {
		await desk.rows('DROP TABLE public.old');
	}
});

test('a reply by SMS is a word of the list or something for a person, whatever it is', async () => {
	await applyAll('S', {});
	await desk.rows(
		"INSERT INTO calcom.reminders (booking_uid, start_time, kind, recipient, due_at, status, sent_at) SELECT uid, start_time, '24h', '+31612345678', now(), 'sent', now() FROM calcom.bookings",
	);
	for (const [at, { name, value }] of TRIED.texts.entries()) {
		// Twilio cuts at 1,600 characters, and sends neither NUL nor half of an emoji.
		const body = storable(storable(value).slice(0, 1600));
		const taken = await desk.first<{ action: string; text: string }>(
			'SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3)',
			[
				JSON.stringify({ MessageSid: `SM${String(at)}`, From: '+31612345678', To: '+14155238886', Body: body }),
				JSON.stringify(desk.settings),
				'run',
			],
		);
		expect([name, taken.action]).toEqual([name, 'nothing']);
		const [message] = await desk.rows('SELECT body, meaning FROM calcom.messages WHERE message_sid = $1', [
			`SM${String(at)}`,
		]);
		expect([name, message]).toEqual([name, { body, meaning: 'other' }]);
	}
	expect(await rowOf('S')).toHaveLength(1);
});

test('a request of the booking form is kept as typed, and no more than one row', async () => {
	await desk.rows(
		"INSERT INTO calcom.services (name, slug, calcom_event_type_id) VALUES ('Level Check', 'level-check', 7)",
	);
	for (const [at, { name, value }] of TRIED.texts.entries()) {
		const typed = storable(value);
		const asked = {
			action: 'book',
			channel: 'form',
			service: 'Level Check',
			start: tomorrow(),
			name: `x ${typed}`,
			email: `r${String(at)}@student.example`,
			notes: typed,
		};
		const { request } = await desk.first<{ request: Record<string, unknown> }>(
			'SELECT calcom.read_request($1::jsonb, $2::jsonb) AS request',
			[JSON.stringify(asked), JSON.stringify({ timeZone: 'Europe/Amsterdam' })],
		);
		expect([name, request['problem'] ?? null]).toEqual([name, null]);
		await desk.first('SELECT calcom.start_request($1::jsonb, $2::jsonb, $3)', [
			JSON.stringify(request),
			'{}',
			'run',
		]);
		const [kept] = await desk.rows<{ attendee_name: string }>(
			'SELECT attendee_name FROM calcom.booking_requests WHERE attendee_email = $1',
			[asked.email],
		);
		expect([name, kept?.attendee_name]).toEqual([name, asked.name.replace(/^ +| +$/g, '')]);
	}
});

test('the whole of it in the settings of the calendar does no harm', async () => {
	for (const { name, value } of TRIED.texts) {
		const key = storable(value);
		await calendar.apply(booked(`K${name}`, { metadata: { [key.slice(0, 40)]: key } }), {
			...SETTINGS,
			clientKey: key.slice(0, 40),
		});
	}
	await readEveryView();
});
