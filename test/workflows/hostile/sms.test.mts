// An attendee who types an advertisement, a code or a trick as a name: what goes out in the user's own name.
import { depth } from '../../support/depth.mts';
import { HOSTILE_LOCALES, HOSTILE_TEXTS, TRIED, storable } from '../../support/hostile-values.mts';
import { segmentsOf } from 'stand-ins/twilio';
import { type Desk, startDesk, utc } from '../reminders/desk.mts';
import { person } from '../event-builder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const named = async (names: readonly string[], longest = 30) =>
	(
		await desk.rows<{ name: string }>(
			'SELECT calcom.name_for_sms(t, $2) AS name FROM unnest($1::text[]) WITH ORDINALITY AS typed (t, n) ORDER BY n',
			[names.map(storable), longest],
		)
	).map(({ name }) => name);

describe('names stay names', () => {
	const kept = [
		'Ada',
		'Zoë',
		'José',
		'Łącka',
		"O'Brien",
		'O’Neill',
		'Anne-Marie',
		'J. R.',
		'Mary Jane',
		'Nguyễn Thị',
		'İpek',
		'Çağla',
		'محمد',
		'شیرین',
		'王小明',
		'美佐子',
		'みさき',
		'ジョン・スミス',
		'김민준',
		'Анна-Мария',
		'Ελένη',
		'דָּוִד',
		'अनन्या',
		'สมชาย',
		'Նարե',
		'ნინო',
		'Hawaiʻi',
		'Nguye\u0302\u0303n',
	];
	test.each(kept)('%s', async (name) => {
		expect(await named([name])).toEqual([name.normalize('NFKC')]);
	});

	test.each([
		['Anna 2', 'Anna'],
		['Anna 🌸', 'Anna'],
		['X Æ A-12', 'X Æ A'],
		['  Ada\n Lovelace ', 'Ada Lovelace'],
		['Lovelace, Ada', 'Lovelace Ada'],
		['Ada (Lovelace)', 'Ada Lovelace'],
		['Ａｄａ', 'Ada'],
		['-Ada-', 'Ada'],
		['Ada Lovelace, Countess of Lovelace and Baroness Wentworth', 'Ada Lovelace Countess of Lovel'],
	])('%j becomes %j', async (typed, expected) => {
		expect(await named([typed])).toEqual([expected]);
	});

	test.each([
		'',
		'   ',
		'...',
		'😀',
		'12345',
		'3 5',
		'ada@evil.example',
		'https://evil.example',
		'Your code is 482913',
	])('%j is no name', async (typed) => {
		expect(await named([typed])).toEqual(['']);
	});
});

/** What a phone makes a link or a number of, what ends a line, and what cannot be seen. */
const ACTIONABLE =
	/:\/\/|www\.|\p{L}[.。．｡․]\p{L}|@|\d{1,3}(\.\d{1,3}){3}|\d([\s.()-]?\d){6}|[\u0000-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[<>{}[\]\\]/u;

test('nothing in a name can be pressed, dialled or obeyed, and no name is long', async () => {
	const names = await named(HOSTILE_TEXTS.map(({ value }) => value));
	expect(names).toHaveLength(HOSTILE_TEXTS.length);
	for (const [at, name] of names.entries()) {
		const about = HOSTILE_TEXTS[at]?.name;
		expect([about, name]).toEqual([about, expect.not.stringMatching(ACTIONABLE)]);
		expect([about, name]).toEqual([about, expect.not.stringMatching(/[\p{N}\p{S}\p{C}]|\p{M}{3}/u)]);
		expect([about, name.length <= 30]).toEqual([about, true]);
	}
});

test('nothing in a place can be pressed or dialled, and no place is long', async () => {
	const rows = await desk.rows<{ place: string }>(
		'SELECT calcom.clean_for_sms(t, 100) AS place FROM unnest($1::text[]) WITH ORDINALITY AS typed (t, n) ORDER BY n',
		[HOSTILE_TEXTS.map(({ value }) => storable(value))],
	);
	for (const [at, { place }] of rows.entries()) {
		const about = HOSTILE_TEXTS[at]?.name;
		expect([about, place]).toEqual([about, expect.not.stringMatching(ACTIONABLE)]);
		expect([about, [...place].length <= 100]).toEqual([about, true]);
	}
});

const words = async (template: string, changes: Parameters<Desk['book']>[0]) => {
	await desk.empty();
	await desk.book({ ...changes, booking: { start: utc('2026-12-07 14:05'), ...changes?.booking } });
	const { text } = await desk.first<{ text: string }>(
		'SELECT calcom.sms_text($1, b, b.attendees->0, $2, $3::jsonb) AS text FROM calcom.bookings b',
		[template, 'Europe/Amsterdam', JSON.stringify(desk.settings)],
	);
	return text;
};
const called = (name: string) => [{ ...person('x', 'x@student.example', '+31612345678'), name, firstName: name }];

test.each(TRIED.lures.map(({ name, value }) => [name, value]))('a whole message: %s', async (_, value) => {
	const text = await words('reminder', {
		attendees: called(value),
		booking: {
			title: `Level Check between Your School and ${value}`,
			location: { type: 'inPerson', label: value, url: null, phone: null, address: value },
		},
		rest: { notes: value, responses: { goals: value } },
	});
	expect(text).toMatch(/^Hi[ ,]/);
	expect(text).toMatch(/Your School$/);
	expect(text).not.toMatch(ACTIONABLE);
	expect(segmentsOf(text)).toBeLessThanOrEqual(5);
});

test.each(['en', 'de', 'nl', 'pl'])(
	'the longest that an attendee can make of a message is what five SMS hold: %s',
	async (locale) => {
		const long = '王'.repeat(depth(2_000, 100_000));
		for (const template of ['reminder', 'confirmation', 'cancellation']) {
			const text = await words(template, {
				attendees: [
					{ ...person('x', 'x@student.example', '+31612345678'), name: long, firstName: long, locale },
				],
				booking: { location: { type: 'inPerson', label: long, url: null, phone: null, address: long } },
			});
			expect(text).toContain('王');
			expect(segmentsOf(text)).toBeLessThanOrEqual(5);
		}
	},
);

test('where the event type has no title, the title with the attendee in it is cleaned as well', async () => {
	const text = await words('cancellation', {
		attendees: called('Ada'),
		booking: { title: 'Lesson with http://evil.example +31 900 123 4567' },
		rest: {
			bookingType: null,
			eventType: { id: 1, slug: 'x', title: null, description: null, lengthMinutes: 30, schedulingType: null },
		},
	});
	expect(text).toMatch(/^Hi Ada, your Lesson with on Monday/);
});

describe('a link to the call', () => {
	const video = (url: string, bookingUrl = 'https://cal.example/booking/A') =>
		words('confirmation', {
			attendees: called('Ada'),
			booking: { bookingUrl, location: { type: 'video', label: 'Cal Video', url, phone: null, address: null } },
		});

	test.each([
		['of Cal Video, where it was booked', 'https://cal.example/video/A', undefined],
		['of Cal.com’s own cloud', 'https://app.cal.com/video/A', 'https://cal.com/booking/A'],
		['of an organization there', 'https://app.cal.com/video/A', 'https://school.cal.com/booking/A'],
		['of a Cal.com in a country', 'https://video.school.co.uk/video/A', 'https://cal.school.co.uk/booking/A'],
		['of a Cal.com in the own network', 'http://192.168.1.7:3000/video/A', 'http://192.168.1.7:3000/booking/A'],
		['of a host in the settings', 'https://us02web.zoom.us/j/1?pwd=x', undefined],
		['of Jitsi', 'https://meet.jit.si/cal/1', undefined],
	])('%s is in the message', async (_, url, bookingUrl) => {
		expect(await video(url, bookingUrl)).toContain(url);
	});

	test.each([
		['a page of somebody on the same host', 'https://cal.example/mallory/verify'],
		['the page of another booking', 'https://cal.example/video/B'],
		['a part of the host', 'https://mallory.cal.example/verify'],
		['a path up from there', 'https://cal.example/video/../mallory/pay'],
		['the same in percent signs', 'https://cal.example/video/%2e%2E/mallory/pay'],
		['more than the page', 'https://cal.example/video/A/pay'],
		['a query', 'https://cal.example/video/A?next=evil'],
		['the uid in other letters', 'https://cal.example/video/a'],
	])('to %s is not', async (_, url) => {
		expect(await video(url)).not.toContain('https://');
	});

	test('below an ending that anybody can have is not', async () => {
		expect(await video('https://mallory.co.uk/video/A', 'https://cal-school.co.uk/booking/A')).not.toContain(
			'mallory',
		);
	});

	test.each([
		['that the attendee sent as metadata', 'https://evil.example/video/A'],
		['to a host that begins like the right one', 'https://cal.example.evil.example/video/A'],
		['with the right host as its user', 'https://cal.example@evil.example/video/A'],
		['with the right host behind a backslash', 'https://evil.example\\@cal.example/'],
		['with words behind it', 'https://cal.example/video/A Win at https://evil.example'],
		['with a line break', 'https://cal.example/video/A\nSTOP'],
		['that is no web address', 'javascript://cal.example/%0aalert(1)'],
		['that is too long', `https://cal.example/video/${'x'.repeat(1000)}`],
	])('%s is not', async (_, url) => {
		const text = await video(url);
		expect(text).toMatch(/^Hi Ada, your Level Check is booked for [\w ]+ at 15:05\. Your School$/);
	});

	test('is never one to another host because the booking has no page', async () => {
		expect(await video('https://evil.example/video/A', '')).not.toContain('evil');
	});
});

test.each(HOSTILE_LOCALES.map(({ name, value }) => [name, value]))('a language that is none: %s', async (_, locale) => {
	const text = await words('cancellation', {
		attendees: [{ ...person('Ada', 'x@student.example', '+31612345678'), locale }],
	});
	expect(text).toMatch(/^Hi Ada, your Level Check on Monday 7 December at 15:05 is cancelled\. Your School$/);
});
