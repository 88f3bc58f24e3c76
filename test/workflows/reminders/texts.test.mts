// The words of an SMS, for people in four languages, and nothing in them that a stranger put there.
import fc from 'fast-check';
import { z } from 'zod';
import { depth } from '../../support/depth.mts';
import { type Desk, type Settings, startDesk, utc } from './desk.mts';
import { person } from '../event-builder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const text = async (name: string, changes: Settings = {}) => {
	const [row] = await desk.rows<{ words: string | null }>(
		`SELECT calcom.sms_text($1, b, b.attendees->0, b.attendees->0->>'timeZone', $2::jsonb) AS words FROM calcom.bookings b`,
		[name, JSON.stringify({ ...desk.settings, ...changes })],
	);
	return row?.words ?? null;
};
const bookFor = (locale: string | null, timeZone = 'Europe/Amsterdam', booking = {}) =>
	desk.book({
		attendees: [{ ...person('Zoë Łącka', 'zoe@student.example', '+31612345678'), locale, timeZone }],
		booking: { start: utc('2026-12-07 14:05'), ...booking },
	});

describe('by the attendee’s language', () => {
	test.each([
		[
			'en',
			'Europe/Amsterdam',
			'Hi Zoë, your Level Check is booked for Monday 7 December at 15:05, https://cal.example/video/A. Your School',
		],
		[
			'en-US',
			'America/New_York',
			'Hi Zoë, your Level Check is booked for Monday, December 7 at 9:05 AM, https://cal.example/video/A. Your School',
		],
		[
			'en',
			'America/Chicago',
			'Hi Zoë, your Level Check is booked for Monday, December 7 at 8:05 AM, https://cal.example/video/A. Your School',
		],
		[
			'de-CH',
			'Europe/Zurich',
			'Hallo Zoë, Level Check ist gebucht: Montag, 7. Dezember um 15:05 Uhr, https://cal.example/video/A. Your School',
		],
		[
			'nl',
			'Europe/Amsterdam',
			'Hallo Zoë, Level Check is geboekt: maandag 7 december om 15:05 uur, https://cal.example/video/A. Your School',
		],
		[
			'pl_PL',
			'Europe/Warsaw',
			'Dzień dobry Zoë, rezerwacja przyjęta: Level Check, poniedziałek, 7 grudnia, godz. 15:05, https://cal.example/video/A. Your School',
		],
		[
			'fr',
			'Europe/Paris',
			'Hi Zoë, your Level Check is booked for Monday 7 December at 15:05, https://cal.example/video/A. Your School',
		],
		[
			null,
			'Asia/Kolkata',
			'Hi Zoë, your Level Check is booked for Monday 7 December at 19:35, https://cal.example/video/A. Your School',
		],
	])('%s in %s', async (locale, zone, words) => {
		await bookFor(locale, zone);
		expect(await text('confirmation')).toBe(words);
	});

	test('the language of the settings where there is none for the attendee', async () => {
		await bookFor('fr');
		expect(await text('cancellation', { language: 'de' })).toBe(
			'Hallo Zoë, Level Check am Montag, 7. Dezember um 15:05 Uhr ist abgesagt. Your School',
		);
	});

	test('a language of one’s own: its texts are used, its dates are plain', async () => {
		await bookFor('fr-FR', 'Europe/Paris');
		expect(await text('reminder', { texts: { fr: { reminder: 'Rappel : {title}, {date} {time}' } } })).toBe(
			'Rappel : Level Check, 2026-12-07 15:05',
		);
	});

	test('each shipped language has each text, with the same names in it', () => {
		const texts = z.record(z.record(z.string())).parse(desk.settings['texts']);
		const names = (words: string) => [...words.matchAll(/\{[a-z_]+\}/g)].map(([name]) => name).sort();
		expect(Object.keys(texts)).toEqual(['en', 'de', 'nl', 'pl']);
		for (const language of Object.values(texts)) {
			expect(Object.fromEntries(Object.entries(language).map(([name, words]) => [name, names(words)]))).toEqual(
				Object.fromEntries(Object.entries(texts['en'] ?? {}).map(([name, words]) => [name, names(words)])),
			);
		}
	});
});

describe('the place', () => {
	const place = (location: object, settings: Settings = {}) =>
		bookFor('en', 'Europe/Amsterdam', { location: { url: null, phone: null, address: null, ...location } }).then(
			() => text('reminder', { ...settings, texts: { en: { reminder: 'Come[ to {place}]!' } } }),
		);
	test.each<[string, object, string]>([
		[
			'a video call',
			{ type: 'video', label: 'Cal Video', url: 'https://cal.example/video/A' },
			'Come to https://cal.example/video/A!',
		],
		[
			'an address',
			{ type: 'inPerson', label: 'Keizersgracht 1/2, 1015 CJ Amsterdam' },
			'Come to Keizersgracht 1/2, 1015 CJ Amsterdam!',
		],
		['a phone call', { type: 'phone', label: '+31612345678', phone: '+31612345678' }, 'Come!'],
		[
			'a link of a trusted host',
			{ type: 'link', label: 'x', url: 'https://us02web.zoom.us/j/1' },
			'Come to https://us02web.zoom.us/j/1!',
		],
		['a link of anyone', { type: 'link', label: 'x', url: 'https://evil.example/pay' }, 'Come!'],
		[
			'a link that looks like a trusted host',
			{ type: 'link', label: 'x', url: 'https://zoom.us@evil.example/pay' },
			'Come!',
		],
		[
			'a link that looks like one, with a backslash',
			{ type: 'link', label: 'x', url: 'https://evil.example\\@zoom.us/' },
			'Come!',
		],
		[
			'a link to a host that only ends like one',
			{ type: 'link', label: 'x', url: 'https://notzoom.us/j' },
			'Come!',
		],
		[
			'an address that is an advertisement',
			{ type: 'inPerson', label: 'WIN at https://evil.example now' },
			'Come to WIN at now!',
		],
		['nothing', { type: 'other', label: null }, 'Come!'],
	])('%s', async (_, location, words) => {
		expect(await place(location)).toBe(words);
	});
});

describe('what people type as their name', () => {
	const clean = async (typed: string, longest = 50) =>
		(await desk.first<{ clean: string }>('SELECT calcom.clean_for_sms($1, $2) AS clean', [typed, longest])).clean;

	test.each([
		['Zoë Łącka', 'Zoë Łącka'],
		['Jean-Luc O’Neill, St. John', 'Jean-Luc O’Neill, St. John'],
		['王小明', '王小明'],
		['Win: https://evil.example/x?y=1 now', 'Win: now'],
		['www.evil.example', ''],
		['evil.example', 'evil example'],
		['evil。example', 'evil example'],
		['ev\u200Bil.\u200Bexample/pay', 'evil example pay'],
		['evil．example', 'evil example'],
		['ada@evil.example', 'ada evil example'],
		['call +31 900 123 4567', 'call'],
		['{reschedule_link} [x]', 'reschedule_link x'],
		['a\r\nb\tc', 'a b c'],
		['\u202Eelpmaxe.live', 'elpmaxe live'],
	])('%j becomes %j', async (typed, expected) => {
		expect(await clean(typed)).toBe(expected);
	});

	test('is bounded', async () => {
		expect(await clean('x'.repeat(10_000), 30)).toBe('x'.repeat(30));
	});

	test('never holds a link, a control character or a placeholder, whatever it was', async () => {
		const typed = fc
			.sample(
				fc
					.array(
						fc.oneof(
							fc.constantFrom(
								'.',
								'/',
								':',
								'://',
								'http',
								'www.',
								'@',
								'\u200B',
								'。',
								' ',
								'{',
								'}',
								'\n',
								'com',
								'0',
								'\\',
							),
							fc.string({ unit: 'grapheme', maxLength: 4 }),
						),
					)
					.map((parts) => parts.join('').replaceAll('\0', '')),
				depth(500, 3_000),
			)
			.filter((one) => !/\p{Surrogate}/u.test(one));
		const rows = await desk.rows<{ clean: string }>(
			'SELECT calcom.clean_for_sms(t, 50) AS clean FROM unnest($1::text[]) AS t',
			[typed],
		);
		expect(rows.length).toBe(typed.length);
		for (const row of rows)
			expect(row.clean).not.toMatch(
				/:\/\/|\p{L}[.。．｡․]\p{L}|[\u0000-\u001F\u007F\u200B-\u200F\u202A-\u202E{}[\]@\\]|.{51}/u,
			);
	});

	test('is never read as a placeholder, and a nameless person is greeted all the same', async () => {
		await desk.book({
			attendees: [
				{
					...person('x', 'x@student.example', '+31612345678'),
					name: '{cancel_link}',
					firstName: '{cancel_link}',
				},
			],
		});
		expect(await text('cancellation')).toMatch(/^Hi cancel link, your Level Check/);
		await desk.empty();
		await desk.book({
			attendees: [
				{ ...person('x', 'x@student.example', '+31612345678'), name: 'https://evil.example', firstName: null },
			],
		});
		expect(await text('cancellation')).toMatch(/^Hi, your Level Check/);
	});
});
