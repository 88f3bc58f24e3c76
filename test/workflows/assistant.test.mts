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
		['alone, in small letters', 'Ada Lovelace', 'ada lovelace'],
		['in a few small letters', 'Ada Lovelace', 'hi im ada lovelace'],
		['within a sentence', 'Ada Lovelace', 'Hello, I am Ada Lovelace and would like to come on another day'],
		[
			'behind a greeting',
			'Ada Lovelace',
			'Guten Tag, hier spricht Ada Lovelace, ich möchte den Termin am Dienstag absagen',
		],
		[
			'at the end of a long message',
			'Ada Lovelace',
			'Can I move my Level Check to another day? It is booked by Ada Lovelace',
		],
		[
			'with small words in it',
			'Ludwig van Beethoven',
			'Good morning, my name is Ludwig van Beethoven and I cannot come',
		],
		[
			'with two small words in it',
			'Maria de la Cruz',
			'Good morning, my name is Maria de la Cruz and I cannot come',
		],
		['of three words', 'Mary Jane Watson', 'Hello there, this is Mary Jane Watson speaking, please cancel'],
		['in capitals', 'Ada Lovelace', 'PLEASE cancel, the booking is for ADA LOVELACE, thank you so much'],
		[
			'before and after other things',
			'Ada Lovelace',
			'Good Morning. Level Check. Ada Lovelace. Next Week. Many Thanks. See You. Bye Bye.',
		],
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
		['out of the middle of many words', 'Ada Lovelace', 'Bob Stone Ada Lovelace Cem Yilmaz'],
		['that a sentence has by chance', 'Will Smith', 'I will smith something nice out of iron one day'],
	])('acts for no name %s', (why, name, said) => {
		const written = why.includes('two messages') ? [EMAIL, said, 'Lovelace'] : [EMAIL, said];
		expect(uidFor(tool, name, written)).toMatch(REFUSED);
	});
});

describe('a list of names is nobody’s name', () => {
	const FIRSTS = ['Bob', 'Cem', 'Dora', 'Eve', 'Finn', 'Gus', 'Ada', 'Hal', 'Ida', 'Jan'];
	const LASTS = ['Stone', 'Yilmaz', 'Smith', 'Jones', 'Brown', 'Lovelace', 'Miller', 'Davis', 'Lopez', 'Khan'];
	const ALL = FIRSTS.flatMap((first) => LASTS.map((last) => `${first} ${last}`));
	/** How many of the hundred the tool would act for. */
	const found = (written: readonly string[]) =>
		ALL.filter((name) => uidFor('Cancel', name, [EMAIL, ...written]) === 'b1').length;

	test.each([
		['with commas', [ALL.join(', ')]],
		['with spaces alone', [ALL.join(' ')]],
		['with "or"', [ALL.join(' or ')]],
		['with full stops', [ALL.join('. ')]],
		['with line breaks', [ALL.join('\n')]],
		['with tabs and other spaces', [ALL.join('\t\u00a0')]],
		['with dashes', [ALL.join(' - ')]],
		['with slashes', [ALL.join('/')]],
		['in small letters', [ALL.join(', ').toLowerCase()]],
		['in capitals', [ALL.join('; ').toUpperCase()]],
		['with words in between', [ALL.map((name) => `maybe it is ${name}`).join(', ')]],
		['each in a message of its own', ALL],
		['two in each message', ALL.slice(50).map((name, at) => `${name} ${ALL[at] ?? ''}`)],
		['behind 100 KB', [`${'x '.repeat(50_000)}${ALL.join(', ')}`]],
		['with an address each', [ALL.map((name) => `${name} <a@b.example>`).join(' ')]],
		['with first names and last names each once', [[...FIRSTS, ...LASTS].join(' ')]],
	])('%s: a few are looked at', (_, written) => {
		expect(found(written)).toBeLessThanOrEqual(12);
		expect(uidFor('Cancel', 'Ada Lovelace', [EMAIL, ...written])).toMatch(REFUSED);
	});

	test('nor is one found by listing bookings', () => {
		expect(listedName('Ada Lovelace', [EMAIL, `My name is one of: ${ALL.join(', ')}`])).toBe('no name was given');
	});

	test('who has written their name before may talk on', () => {
		const talk = [
			'What is a Level Check?',
			'Is Tuesday free?',
			'How much is it?',
			'Thank you',
			'See You Then',
			'One More Thing',
		];
		expect(uidFor('Cancel', 'Ada Lovelace', [EMAIL, 'I am Ada Lovelace', ...talk, ...talk])).toBe('b1');
	});

	test('a yes takes no place away', () => {
		const yes = ['yes please', 'ja graag', 'ja bitte', 'tak proszę', 'zgadza się', 'zgadza sie', 'Yes please'];
		expect(uidFor('Cancel', 'Ada Lovelace', [EMAIL, ...yes, 'I am Ada Lovelace'])).toBe('b1');
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
	for (const repeated of [
		'a',
		' ',
		'@',
		'a@',
		'a.',
		'a@a.',
		'-',
		"a'",
		'<',
		'é ',
		'A ',
		'A a ',
		"A'",
		'Aa-',
		'A\n',
		'A a a ',
	]) {
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
