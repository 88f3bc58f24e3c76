// Template 11: what counts as said by the customer, and for whom its tools act. The tools in a real n8n: e2e/ai-assistant.
import { z } from 'zod';
import { readTemplate, settingsOf } from '../support/template.mts';
import { workedOut } from './hostile/expressions.mts';

const { nodes, ...rest } = await readTemplate('11-ai-booking-assistant');
const settings = { ...settingsOf({ nodes, ...rest }), timeZone: 'Europe/Amsterdam', mayMoveAndCancel: true };
const parametersOf = (name: string): unknown => nodes.find((node) => node.name === name)?.['parameters'];

const guardSchema = z.object({
	assignments: z.object({ assignments: z.array(z.object({ name: z.string(), value: z.string() })) }),
});
const listSchema = z.object({ filters: z.object({ attendeeName: z.string() }) });
const startSchema = z.object({ start: z.string() });
const uidSchema = z.object({ bookingUid: z.object({ value: z.string() }) });

interface Guard extends Record<string, unknown> {
	said: string;
	email: string;
	confirmed: boolean;
	asked: string;
}

/** What the node Guard makes of a chat: the customer's messages, and the assistant's last one. */
function guardOf(written: readonly string[], asked = ''): Guard {
	const before = written.slice(0, -1).map((human) => ({ human, ai: asked }));
	const others = { Settings: settings, 'When a Chat Message Comes': { chatInput: written.at(-1) ?? '' } };
	const { assignments } = guardSchema.parse(parametersOf('Guard')).assignments;
	const value = (name: string) => {
		const found = assignments.find((one) => one.name === name);
		return workedOut(found?.value ?? '', { messages: before }, others);
	};
	return {
		said: value('said'),
		email: value('email'),
		confirmed: value('confirmed') === 'true',
		asked: value('asked'),
	};
}

const BOOKED = { uid: 'b1', start: '2026-12-01T09:00:00Z' };

/** The uid that a tool is given for the booking of somebody with this name; a sentence when it refuses. */
function uidFor(tool: 'Move' | 'Cancel', name: string, written: readonly string[]): string {
	const guard = guardOf([...written, 'yes'], 'Cancel the one on 1 December, 10:00?');
	const others = {
		Settings: settings,
		Guard: guard,
		'Look Up Their Bookings': [{ ...BOOKED, attendees: [{ name, email: 'ada@student.example' }] }],
	};
	return workedOut(uidSchema.parse(parametersOf(tool)).bookingUid.value, {}, others, () => 'b1');
}

/** The name that List Bookings asks Cal.com for, when the model says it is this one. */
function listedName(name: string, written: readonly string[]): string {
	const others = { Settings: settings, Guard: guardOf(written) };
	return workedOut(listSchema.parse(parametersOf('List Bookings')).filters.attendeeName, {}, others, () => name);
}

const EMAIL = 'My address is ada@student.example.';
const REFUSED = /under the email and the full name/;

describe.each(['Move', 'Cancel'] as const)('%s', (tool) => {
	test.each([
		['written as booked', 'Ada Lovelace', 'I am Ada Lovelace'],
		['in other letters', 'Ada Lovelace', 'ada LOVELACE'],
		['in front of the address', 'Ada Lovelace', 'Ada Lovelace<ada@student.example>'],
		['with a full stop behind it', 'Ada Lovelace', 'It was booked by Ada Lovelace.'],
		['with signs that belong to it', "Anne-Marie O'Brien", "Anne-Marie O'Brien here"],
		['with accents, however they are made', 'José Núñez', 'Jose\u0301 Nu\u0301n\u0303ez'],
		['in other scripts', '山田 太郎', '山田 太郎 です'],
	])('acts for a name %s', (_, name, said) => {
		expect(uidFor(tool, name, [EMAIL, said])).toBe('b1');
	});

	test.each([
		['that stands in the address alone', 'Ada Student', 'ada.student@student.example'],
		['whose words stand in the address', 'Ada Student', 'Ada student@student.example'],
		['of one word', 'Ada', 'I am Ada'],
		['of one word that the address has', 'Ada', EMAIL],
		['of one word with a dash', 'Anne-Marie', 'I am Anne-Marie'],
		['of one word and signs', 'Ada . -', 'I am Ada . -'],
		['of one word and a number', 'Ada 1', 'I am Ada 1'],
		['that is a part of other words', 'An Li', 'Can I plan limitless lessons with an listener'],
		['half of which was written', 'Ada Lovelace', 'I am Ada'],
		['that was written in two messages', 'Ada Lovelace', 'I am Ada'],
		['that nobody knows', '', 'I am'],
		['of somebody else', 'Bea Baker', 'I am Ada Lovelace'],
	])('acts for no name %s', (why, name, said) => {
		const written = why.includes('two messages') ? [EMAIL, said, 'Lovelace'] : [EMAIL, said];
		expect(uidFor(tool, name, written)).toMatch(REFUSED);
	});
});

test('bookings are listed for a name that was written in full', () => {
	expect(listedName('Ada Lovelace', [EMAIL, 'I am Ada Lovelace'])).toBe('Ada Lovelace');
	for (const [name, said] of [
		['Ada', 'I am Ada'],
		['ada', EMAIL],
		['Ada Lovelace', 'I am Ada'],
		['student example', EMAIL],
		['', ''],
	] as const) {
		expect([name, listedName(name, [EMAIL, said])]).toEqual([name, 'no name was given']);
	}
});

test.each([
	['ada@student.example', 'ada@student.example'],
	['Ada <ada@student.example>, thanks', 'ada@student.example'],
	['ada+music@mail.student.example.', 'ada+music@mail.student.example'],
	['first a@b.example, no: c@d.example', 'c@d.example'],
	['no address', ''],
	// A part of a longer word is the address of somebody else.
	[`${'x'.repeat(100)}@student.example`, ''],
])('the address in %j is %j', (written, email) => {
	expect(guardOf([written]).email).toBe(email);
});

test('a message of 100 KB keeps n8n for no time', () => {
	for (const repeated of ['a', ' ', '@', 'a@', 'a.', 'a@a.', '-', "a'", '<', 'é ']) {
		const begun = performance.now();
		guardOf([repeated.repeat(Math.ceil(100_000 / repeated.length))]);
		expect([repeated, performance.now() - begun < 500]).toEqual([repeated, true]);
	}
});

describe('a yes is to a message that names day and time', () => {
	const AT = '2026-12-10T10:00:00';
	const startFor = (tool: 'Book' | 'Move', asked: string) =>
		workedOut(
			startSchema.parse(parametersOf(tool)).start,
			{},
			{ Settings: settings, Guard: guardOf(['Please', 'yes'], asked) },
			() => AT,
		);

	test.each([
		'On 10 December at 10:00?',
		'Thursday the 10th, 10:00–10:30?',
		'10:00 on 10.12.?',
		'2026-12-10, 10:00?',
		'At 10:00, 2026-12-10T10:00?',
	])('%s', (asked) => {
		for (const tool of ['Book', 'Move'] as const) expect(startFor(tool, asked)).toBe('2026-12-10T09:00:00.000Z');
	});

	test.each([
		'At 10:00?',
		'On Thursday at 10:00, or 16:10?',
		'On 11 December at 10:00?',
		'On 10 December at 11:00?',
		'In 2010 at 10:00?',
		'On 110 at 10:00?',
		'',
	])('and not to: %j', (asked) => {
		for (const tool of ['Book', 'Move'] as const)
			expect(startFor(tool, asked)).toBe(settingsOf({ nodes, ...rest })['askFirst']);
	});
});
