// What goes to the team by email and to Slack: an attendee's words are among it, and must stay words.
import { MARKUP, TRIED, storable } from '../../support/hostile-values.mts';
import { readTemplate } from '../../support/template.mts';
import { z } from 'zod';
import { type Desk, startDesk } from '../reminders/desk.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

/** What the node sends, worked out as n8n does with one item. */
async function slackText(item: { subject: string; text: string }): Promise<string> {
	const { nodes } = await readTemplate('09-sync-health');
	const slack = nodes.find(({ type }) => type.endsWith('.slack'));
	const { text } = z.object({ text: z.string() }).parse(slack?.['parameters']);
	const expression = /^=\{\{(.*)\}\}$/s.exec(text)?.[1];
	if (expression === undefined) throw new Error(`The node's text is not one expression: ${text}`);
	return z.string().parse(new Function('$json', `return (${expression})`)(item));
}

test.each(MARKUP.map(({ name, value }) => [name, value]))(
	'in Slack nobody is called and nothing is a link in disguise: %s',
	async (_, value) => {
		const sent = await slackText({ subject: value, text: `- messages: from ${value}` });
		expect(sent).not.toMatch(/[<>]/);
		// Slack shows it as it was written.
		const shown = sent.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
		expect(shown).toBe(`*${value}*\n- messages: from ${value}`);
	},
);

/** A reply nobody has answered: its sender's name and words are what the digest lists. */
const reply = (name: string, body: string) =>
	desk.rows(
		`INSERT INTO calcom.messages (message_sid, phone, body, meaning, attendee, status) VALUES ('SM1', '+31612345678', $2, 'other', jsonb_build_object('name', $1::text), 'for_team')`,
		[name, body],
	);

test('a digest has one line for each thing to look at, whatever is in it, and no line is endless', async () => {
	for (const { name, value } of TRIED.texts) {
		const text = storable(value);
		await desk.rows('DELETE FROM calcom.messages');
		await reply(text, text);
		const digest = await desk.first<{ text: string; problems: number }>(
			'SELECT text, problems FROM calcom.health_digest($1::jsonb)',
			['{}'],
		);
		const lines = digest.text.split(/[\n\r\u000b\u000c\u0085\u2028\u2029]/u);
		const start = lines.indexOf('To look at');
		expect([name, digest.problems]).toEqual([name, 1]);
		expect([name, lines[start + 1]]).toEqual([name, expect.stringMatching(/^- messages: from /)]);
		// 300 characters, the area before them and the time behind them.
		expect([name, (lines[start + 1] ?? '').length <= 330]).toEqual([name, true]);
		expect([name, lines[start + 2], lines[start + 3]]).toEqual([name, '', 'Events of the last 24 hours']);
		expect([name, digest.text.length < 2000]).toEqual([name, true]);
	}
});

test('the email to the team about a reply names the sender in words, in one short line', async () => {
	await desk.book({ uid: 'T', booking: { start: new Date(Date.now() + 86_400_000).toISOString() } });
	const senders = TRIED.texts.map(({ name, value }, at) => ({
		name,
		typed: storable(value),
		phone: `+316${String(10_000_000 + at)}`,
	}));
	await desk.rows(
		`INSERT INTO calcom.reminders (booking_uid, start_time, kind, recipient, due_at, status, sent_at, attendee)
		SELECT b.uid, b.start_time, '24h', s->>'phone', now(), 'sent', now(), jsonb_build_object('name', s->>'typed')
		FROM calcom.bookings AS b, jsonb_array_elements($1::jsonb) AS s`,
		[JSON.stringify(senders)],
	);
	for (const { name, phone } of senders) {
		const taken = await desk.first<{ attendee_name: string; team: boolean }>(
			'SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3)',
			[
				JSON.stringify({ MessageSid: `SM${phone}`, From: phone, To: '+14155238886', Body: 'When?' }),
				JSON.stringify(desk.settings),
				'run',
			],
		);
		expect([name, taken.team]).toEqual([name, true]);
		expect([name, taken.attendee_name]).toEqual([
			name,
			expect.not.stringMatching(/[\p{Cc}\u2028\u2029]|:\/\/|.{51}/u),
		]);
	}
});
