// Whatever leaves a template, with everything in it that a stranger could type, seen with the eyes of who gets it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTILE_EMAILS, TRIED, storable } from '../../support/hostile-values.mts';
import { readTemplate } from '../../support/template.mts';
import { person } from '../event-builder.mts';
import { type Desk, startDesk } from '../reminders/desk.mts';
import { z } from 'zod';
import { leaves, workedOut } from './expressions.mts';
import { dialable, markup, pressable, unseen } from './receivers.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Nodes that send something out of n8n, or show it to somebody. */
const SENDS =
	/\.(twilio|emailSend|slack|respondToWebhook|form|formTrigger|html|telegram|gmail|microsoftTeams|discord)$/;

/** What each of them sends, and where that is looked at. A new one has to be put here, and thought about. */
const LOOKED_AT: Readonly<Record<string, string>> = {
	'03-appointment-reminders: Send the SMS': 'an SMS to the attendee',
	'03-appointment-reminders: Say That Settings Are Missing': 'a status',
	'03-appointment-reminders: Refuse What Twilio Does Not Know': 'a status',
	'03-appointment-reminders: Say That It Was Not Taken': 'a status',
	'03-appointment-reminders: Refuse It': 'a status',
	'03-appointment-reminders: Thank Twilio': 'a status',
	'04-reminder-replies: Say That Settings Are Missing': 'a status',
	'04-reminder-replies: Refuse What Twilio Does Not Know': 'a status',
	'04-reminder-replies: Say That It Was Not Taken': 'a status',
	'04-reminder-replies: Refuse It': 'a status',
	'04-reminder-replies: Thank Twilio': 'a status',
	'04-reminder-replies: Send the Answer': 'an SMS to the attendee',
	'04-reminder-replies: Tell the Team': 'an email about a reply',
	'07-book-with-availability: Booking Form': 'own words',
	'07-book-with-availability: Choose a Service': 'own words',
	'07-book-with-availability: Choose a Time': 'own words',
	'07-book-with-availability: Your Details': 'what the same person has typed, in their own fields',
	'07-book-with-availability: You Are Booked': 'own words',
	'07-book-with-availability: Tell the Team': 'an email about a request',
	'07-book-with-availability: We Have Your Request': 'own words',
	'07-book-with-availability: That Did Not Work': 'own words',
	'08-retool-actions: Answer Retool': 'JSON',
	'08-retool-actions: Answer That Nothing Was Done': 'JSON',
	'08-retool-actions: Answer That It Was Not Written Down': 'JSON',
	'09-sync-health: Email It': 'the digest',
	'09-sync-health: Post It in Slack': 'the digest',
};

const templates = await Promise.all(
	readdirSync(join(import.meta.dirname, '../../../workflows'))
		.filter((file) => file.endsWith('.json'))
		.map(async (file) => ({ slug: file.slice(0, -5), workflow: await readTemplate(file.slice(0, -5)) })),
);
const senders = templates.flatMap(({ slug, workflow }) =>
	workflow.nodes.filter(({ type }) => SENDS.test(type)).map((node) => ({ place: `${slug}: ${node.name}`, node })),
);

test('each node that sends something is looked at', () => {
	expect(senders.map(({ place }) => place).sort()).toEqual(Object.keys(LOOKED_AT).sort());
});

test('what answers with a status, in own words or in JSON puts nothing typed into text or markup', () => {
	for (const { place, node } of senders) {
		const text = JSON.stringify(node['parameters']);
		const kind = LOOKED_AT[place];
		if (kind === 'a status') expect([place, text]).toEqual([place, expect.not.stringContaining('{{')]);
		if (kind === 'own words') {
			// Of what came in: the service (a row of your table), the time, and the problem in our words.
			expect([place, text]).toEqual([
				place,
				expect.not.stringMatching(/request\.(name|email|phone|notes|reason)\b/),
			]);
		}
		if (kind === 'JSON') expect([place, text]).toEqual([place, expect.stringContaining('={{ JSON.stringify(')]);
	}
});

/** Only what may be there: links of the place where it was booked, and of rooms. */
const TRUSTED = /^https:\/\/(cal\.example\/video\/A$|us02web\.zoom\.us\/|teams\.microsoft\.com\/)/;

const LINKS: Readonly<Record<string, string>> = {
	'a host in front of a quote': 'https://evil.example".zoom.us/',
	'a host in front of a bracket': 'https://evil.example<.zoom.us/j/1',
	'a host as a name': 'https://evil.example@zoom.us/j/1',
	'a host in a path': 'https://zoom.us/https://evil.example/',
	'a host in a query': 'https://zoom.us/j/1?next=evil.example',
	'a host behind a hash': 'https://zoom.us/j/1#evil.example',
	'words in a query': `https://zoom.us/j/1?${'Your+account+is+locked+call+us+'.repeat(12)}`,
	'words in a password': 'https://zoom.us/j/1?pwd=Your account is locked',
	'words in a path': 'https://zoom.us/Your-account-is-locked-call-0900-123',
	'words in other letters': 'https://zoom.us/ваш-счёт',
	'a host in other letters': 'https://ev\u0456l.example.zoom.us/j/1',
	'a host that ends alike': 'https://evilzoom.us/j/1',
	'a percent sign as a host': 'https://evil%2eexample.zoom.us/',
	'an address for mail': 'https://zoom.us/j/mailto:ada@evil.example',
	'two links': 'https://zoom.us/j/1,https://evil.example/',
	'a way up': 'https://zoom.us/j/../mallory',
	'a page on the own host': 'https://cal.example/mallory',
	'a page on hosted Cal.com': 'https://cal.com/mallory',
};

/** As an attendee could fill everything in. */
const typed = (value: string, url: string) => ({
	attendees: [{ ...person('x', 'x@student.example', '+31612345678'), name: value, firstName: value }],
	booking: {
		start: soon(3),
		title: `Lesson with ${value}`,
		location: {
			type: url === '' ? ('inPerson' as const) : ('video' as const),
			label: value,
			url: url === '' ? null : url,
			phone: null,
			address: value,
		},
	},
	rest: { notes: value, responses: { goals: value } },
});

async function isPlainSms(about: string): Promise<void> {
	for (const template of ['reminder', 'confirmation', 'cancellation']) {
		const { text } = await desk.first<{ text: string }>(
			'SELECT calcom.sms_text($1, b, b.attendees->0, $2, $3::jsonb) AS text FROM calcom.bookings b',
			[template, 'Europe/Amsterdam', JSON.stringify(desk.settings)],
		);
		const [sent = ''] = await leaves('03-appointment-reminders', 'Send the SMS', ['message'], { text });
		expect(sent).toBe(text);
		for (const link of pressable(sent)) expect([about, link]).toEqual([about, expect.stringMatching(TRUSTED)]);
		const bare = sent.replaceAll(/https:\/\/\S+/g, '');
		expect([about, dialable(bare), unseen(sent), markup(sent)]).toEqual([about, [], [], []]);
	}
}

test.each(TRIED.texts.map(({ name, value }) => [name, storable(value)]))('an SMS: %s', async (name, value) => {
	await desk.book({ uid: 'A', ...typed(value, '') });
	await isPlainSms(name);
});

test.each(Object.entries(LINKS))('a link in an SMS: %s', async (name, url) => {
	await desk.book({ uid: 'A', ...typed('Ada', url) });
	await isPlainSms(name);
	const { place } = await desk.first<{ place: string | null }>(
		'SELECT calcom.place_for_sms(b, $1::jsonb) AS place FROM calcom.bookings b',
		[JSON.stringify(desk.settings)],
	);
	expect(place).toBeNull();
});

test.each([
	['Zoom', 'https://us02web.zoom.us/j/89123456789?pwd=aBcDeFgHiJkLmNoPqRsTuVwXyZ012345.1'],
	['Google Meet', 'https://meet.google.com/abc-defg-hij'],
	['Cal Video', 'https://cal.example/video/A'],
	['Jitsi', 'https://meet.jit.si/cal/7qeJkvdXnWq9LmPvN3zKdP'],
	[
		'Teams',
		'https://teams.microsoft.com/l/meetup-join/19%3ameeting_NTg0ZjQ3YjMtYjYzZi00ZDc3LWE1%40thread.v2/0?context=%7b%22Tid%22%3a%2212345678-1234-1234-1234-123456789012%22%2c%22Oid%22%3a%2212345678-1234-1234-1234-123456789012%22%7d',
	],
	['Webex', 'https://school.webex.com/school/j.php?MTID=m0123456789abcdef'],
])('a link as %s makes it is in an SMS', async (_, url) => {
	await desk.book({ uid: 'A', ...typed('Ada', url) });
	const { place } = await desk.first<{ place: string | null }>(
		'SELECT calcom.place_for_sms(b, $1::jsonb) AS place FROM calcom.bookings b',
		[JSON.stringify(desk.settings)],
	);
	expect(place).toBe(url);
});

interface Mail {
	subject: string;
	text: string;
}

/** A header is one short line; nothing in the mail can be pressed but the address of who wrote, if it is one. */
function isPlainMail(about: string, { subject, text }: Mail, lines: number): void {
	expect([about, unseen(subject), markup(subject), pressable(subject)]).toEqual([about, [], [], []]);
	expect([about, subject.length < 200]).toEqual([about, true]);
	expect([about, text.split(/[\n\r\u000b\u000c\u0085\u2028\u2029]/u).length]).toEqual([about, lines]);
	expect([about, unseen(text.replaceAll('\n', '')), markup(text)]).toEqual([about, [], []]);
	for (const link of pressable(text))
		expect([about, link]).toEqual([about, expect.stringMatching(/^mailto:[\w.%+'-]+@[\w.-]+$/)]);
}

const mail = async (template: string, json: Record<string, unknown>): Promise<Mail> => {
	const [subject = '', text = ''] = await leaves(template, 'Tell the Team', ['subject', 'text'], json);
	return { subject, text };
};

describe('the email to the team about a request', () => {
	const ask = async (wish: Record<string, unknown>) => {
		await desk.rows(
			"INSERT INTO calcom.services (name, slug, calcom_event_type_id) VALUES ('Level Check', 'level-check', 7)",
		);
		const asked = {
			action: 'book',
			channel: 'form',
			service: 'Level Check',
			name: 'Ada',
			email: 'ada@student.example',
			...wish,
		};
		const { request } = await desk.first<{ request: { id: number } }>(
			`SELECT calcom.start_request(calcom.read_request($1::jsonb, '{"timeZone": "Europe/Amsterdam"}'), '{}', 'run') AS request`,
			[JSON.stringify({ start: soon(3), ...asked })],
		);
		return request.id;
	};
	const failed = async (id: number, message: string) =>
		mail(
			'07-book-with-availability',
			await desk.first('SELECT calcom.request_failed($1, $2, $3::jsonb) AS request', [id, message, '{}']),
		);

	test('tells what a person has to know', async () => {
		const id = await ask({ phone: '+31 6 1234 5678', notes: 'after\nsix', start: '2099-11-24T09:00' });
		expect(await failed(id, 'Cal.com does not answer')).toEqual({
			subject: 'Please book by hand: Ada, Level Check',
			text: [
				'Could not be booked: Level Check',
				'When: 2099-11-24 09:00 (Europe/Amsterdam)',
				'Who: Ada, ada@student.example, +31 6 1234 5678',
				'Notes: after six',
				'Why: Cal.com does not answer',
				'',
				'It is tried again by itself every few minutes.',
				'All that wait: SELECT * FROM calcom.requests_to_book_by_hand;',
			].join('\n'),
		});
	});

	test.each(TRIED.texts.map(({ name, value }) => [name, storable(value)]))('%s', async (name, value) => {
		const id = await ask({
			name: `Ada ${value}`,
			phone: `1 ${value}`,
			notes: `x ${value}`,
			email: HOSTILE_EMAILS[0]?.value,
		});
		isPlainMail(name, await failed(id, `Cal.com said: ${value}`), 8);
	});

	test.each(HOSTILE_EMAILS.map(({ name, value }) => [name, storable(value)]))(
		'an address: %s',
		async (name, email) => {
			await ask({}).then((id) =>
				desk.rows('UPDATE calcom.booking_requests SET attendee_email = $2 WHERE id = $1', [id, email]),
			);
			const { request } = await desk.first<{ request: Record<string, unknown> }>(
				'SELECT calcom.request_json(r) AS request FROM calcom.booking_requests r',
			);
			isPlainMail(name, await mail('07-book-with-availability', { request }), 6);
		},
	);
});

test.each(TRIED.texts.map(({ name, value }) => [name, storable(value)]))(
	'the email to the team about a reply: %s',
	async (name, value) => {
		await desk.book({ uid: 'A', booking: { start: soon(3) } });
		await desk.rows(
			`INSERT INTO calcom.reminders (booking_uid, start_time, kind, recipient, due_at, status, sent_at, attendee)
		SELECT uid, start_time, '24h', '+31612345678', now(), 'sent', now(), jsonb_build_object('name', $1::text) FROM calcom.bookings`,
			[value],
		);
		const taken = await desk.first<Record<string, unknown>>(
			'SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3)',
			[
				JSON.stringify({ MessageSid: 'SM1', From: '+31612345678', To: '+14155238886', Body: `x ${value}` }),
				JSON.stringify(desk.settings),
				'run',
			],
		);
		isPlainMail(name, await mail('04-reminder-replies', taken), 5);
	},
);

test.each(TRIED.texts.map(({ name, value }) => [name, storable(value)]))(
	'the digest, by email and in Slack: %s',
	async (name, value) => {
		await desk.rows(
			`INSERT INTO calcom.messages (message_sid, phone, body, meaning, attendee, status) VALUES ('SM1', '+31612345678', $1, 'other', jsonb_build_object('name', $1::text), 'for_team')`,
			[value],
		);
		await desk.rows(
			`INSERT INTO calcom.booking_requests (request_key, channel, service_name, event_type_id, time_zone, attendee_name, requires_manual_booking, reason) VALUES ('1', 'form', $1, 1, 'UTC', $1, true, $1)`,
			[value],
		);
		await desk.rows(
			`INSERT INTO calcom.workflow_errors (execution_id, workflow, node, message, details) VALUES ('1', 'x', 'y', $1, '{}')`,
			[value],
		);
		const digest = await desk.first<{ subject: string; text: string }>(
			'SELECT subject, text FROM calcom.health_digest($1::jsonb)',
			['{}'],
		);
		const [subject = '', text = ''] = await leaves('09-sync-health', 'Email It', ['subject', 'text'], digest);
		const [slack = ''] = await leaves('09-sync-health', 'Post It in Slack', ['text'], digest);
		isPlainMail(name, { subject, text }, 18);
		expect([name, pressable(slack), slack.match(/[<>]/g)]).toEqual([name, [], null]);
	},
);

/** As PostgreSQL words it: it repeats the value, in quotes or not, with its line breaks. */
const refusal = (value: string) => `invalid input syntax for type numeric: "${value}"`;

test.each(TRIED.texts.map(({ name, value }) => [name, storable(value)]))(
	'the message about an event that was given up: %s',
	async (name, value) => {
		await desk.book({ uid: 'A' });
		await desk.rows(
			`UPDATE calcom.event_claims SET status = 'failed', attempts = 9, claimed_at = now() - interval '1 day', error = $1`,
			[refusal(`${value}\n- All well. Sign in: https://evil.example/login`)],
		);
		const told = await desk.first<{ subject: string; text: string; given_up: number }>(
			"SELECT * FROM calcom.retry_due('{}')",
		);
		expect(told.text).toContain('- BOOKING_CREATED:A for lead-capture, after 9 attempts: invalid input syntax');
		const [subject = '', text = ''] = await leaves('09-sync-health', 'Email It', ['subject', 'text'], { ...told });
		isPlainMail(name, { subject, text }, 5);
		const [slack = ''] = await leaves('09-sync-health', 'Post It in Slack', ['text'], { ...told });
		expect([name, pressable(slack), slack.match(/[<>]/g)]).toEqual([name, [], null]);
	},
);

test('an event is named by its key, but for what a mail program makes a link of', async () => {
	await desk.book({ uid: 'A', key: 'BOOKING_CANCELLED:A:https://evil.example/x' });
	await desk.rows("UPDATE calcom.event_claims SET status = 'failed', attempts = 9, error = 'no'");
	const { text } = await desk.first<{ text: string }>("SELECT text FROM calcom.retry_due('{}')");
	expect(pressable(text)).toEqual([]);
	expect(text).toContain('for lead-capture, after 9 attempts: no');
});

const assigned = z.object({
	assignments: z.object({ assignments: z.array(z.object({ name: z.string(), value: z.string() })) }),
});

test.each(TRIED.texts.map(({ name, value }) => [name, storable(value)]))(
	'the message about an error that could not be recorded: %s',
	async (name, value) => {
		const { nodes } = await readTemplate('09-sync-health');
		const node = nodes.find((one) => one.name === 'Say What Failed');
		const { assignments } = assigned.parse(node?.['parameters']).assignments;
		const told = (key: string, failed: Record<string, unknown>) =>
			workedOut(assignments.find((one) => one.name === key)?.value ?? '', {}, { 'A Template Failed': failed });
		const message = refusal(`${value}\n- All well. Sign in: https://evil.example/login`);
		for (const failed of [
			{ workflow: { name: 'Lead capture' }, execution: { error: { message } } },
			{ workflow: { name: 'Lead capture' }, trigger: { error: { message } } },
		]) {
			const text = told('text', failed);
			expect(text).toContain('Lead capture: invalid input syntax for type numeric');
			isPlainMail(name, { subject: told('subject', failed), text }, 4);
			expect([name, text.length < 500]).toEqual([name, true]);
		}
		expect(told('text', { workflow: { name: 'Lead capture' } })).toContain('unknown error');
	},
);

test('these eyes see what is there', () => {
	const seen = 'Go to evil.example, WWW.EVIL.EXAMPLE or 5.9.1.22 now';
	expect(pressable(seen)).toEqual(['http://evil.example', 'http://WWW.EVIL.EXAMPLE', 'http://5.9.1.22']);
	expect(pressable('https://evil.com".zoom.us/')).toEqual(['https://evil.com']);
	expect(dialable('Call 0 9 0 0 - 1 2 3 4 5')).toHaveLength(1);
	expect([unseen('a\r\nb'), markup('<b>')]).toEqual([
		['\r', '\n'],
		['<', '>'],
	]);
});
