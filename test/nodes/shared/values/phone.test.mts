import { type CountryCode, getExampleNumber, isValidPhoneNumber, parsePhoneNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { countryOfZone } from '../../../../nodes/shared/values/zoneCountry.ts';
import { looksLikePhone, numberRegion, toE164 } from '../../../../nodes/shared/values/phone.ts';
import { delivery, normalize } from '../events/support.mts';

describe('toE164', () => {
	test.each<[string, string | null, string | null]>([
		// International already: the country does not matter.
		['+31612345678', null, '+31612345678'],
		['+31 6 12 34 56 78', 'US', '+31612345678'],
		['0031612345678', null, '+31612345678'],
		['+31 (0)6-12345678', null, '+31612345678'],
		['+1 (202) 555-0123', null, '+12025550123'],
		['+49.30.1234567', null, '+49301234567'],
		['+49 30/1234567', null, '+49301234567'],
		['tel:+31612345678', null, '+31612345678'],
		[' +31612345678 ', null, '+31612345678'],
		// National, with a country.
		['06 12345678', 'NL', '+31612345678'],
		['020-1234567', 'nl', '+31201234567'],
		['0470 12 34 56', 'BE', '+32470123456'],
		['02 123 45 67', 'BE', '+3221234567'],
		['0151 23456789', 'DE', '+4915123456789'],
		['030 1234567', 'DE', '+49301234567'],
		['06 12 34 56 78', 'FR', '+33612345678'],
		['07911 123456', 'GB', '+447911123456'],
		['(202) 555-0123', 'US', '+12025550123'],
		['416-555-0123', 'CA', '+14165550123'],
		['612 34 56 78', 'ES', '+34612345678'],
		['333 123 4567', 'IT', '+393331234567'],
		['06 1234567', 'IT', '+39061234567'],
		['0412 345 678', 'AU', '+61412345678'],
		['98765 43210', 'IN', '+919876543210'],
		['098765 43210', 'IN', '+919876543210'],
		['0532 123 45 67', 'TR', '+905321234567'],
		['912 345 678', 'PT', '+351912345678'],
		// Refused: in doubt there is no number.
		['06 12345678', null, null],
		['06 12345678', 'US', null],
		['612345678', 'NL', '+31612345678'],
		['06 1234567', 'NL', null],
		['06 123456789', 'NL', null],
		['06 12345678', 'XX', null],
		['06 12345678', '__proto__', null],
		['1202555012', 'US', null],
		['+0612345678', null, null],
		['+3161', null, null],
		['+3161234567890123456', null, null],
		['+31612345678 ext 4', null, '+31612345678'],
		['tel:+31612345678;ext=4', null, '+31612345678'],
		['+1 415 867 5309 x22', null, '+14158675309'],
		// The trunk 0 behind the country's code, which Cal.com forgives.
		['+44 07911 123456', null, '+447911123456'],
		['+31 06 12345678', null, '+31612345678'],
		['+49 0151 23456789', null, '+4915123456789'],
		['+39 06 1234567', null, '+39061234567'],
		// The 1 that people dial first in North America.
		['1 (415) 867-5309', 'US', '+14158675309'],
		['14158675309', 'US', '+14158675309'],
		['1 416 555 0123', 'CA', '+14165550123'],
		// What copying leaves, and other writing.
		['\u202A+31 6 12345678\u202C', null, '+31612345678'],
		['+1 415\u2011867\u20115309', null, '+14158675309'],
		['\uFF0B31612345678', null, '+31612345678'],
		['\uFF0B\uFF13\uFF11\uFF16\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18', null, '+31612345678'],
		['06\u00A012\u200B345678', 'NL', '+31612345678'],
		['06\u221212345678', 'NL', '+31612345678'],
		['\u0660\u0666', 'NL', null],
		['call me', 'NL', null],
		['', 'NL', null],
	])('%p in %p is %p', (written, country, expected) => {
		expect(toE164(written, { country, home: null })).toBe(expected);
	});

	test.each([null, undefined, 31612345678, {}, ['+31612345678'], true])('%p is no number', (written) => {
		expect(toE164(written, { country: 'NL', home: null })).toBeNull();
	});
});

test.each<[string | null, string | null, string | null, string | null, string | null]>([
	['NL', 'America/New_York', 'Europe/Berlin', 'US', null],
	['NL', 'America/New_York', 'Europe/Amsterdam', 'US', 'NL'],
	['nl', 'Europe/Amsterdam', 'Europe/Amsterdam', 'NL', null],
	[' ', 'America/New_York', 'Europe/Berlin', 'US', null],
	[null, 'America/New_York', 'Europe/Berlin', 'US', null],
	[null, null, 'Europe/Berlin', 'DE', null],
	['NL', null, 'Europe/Berlin', 'NL', null],
	['UK', null, 'Europe/Berlin', 'DE', null],
	['UK', 'Europe/Paris', 'Europe/London', 'FR', null],
	[null, 'Asia/Tokyo', 'Europe/Berlin', 'JP', null],
	[null, 'UTC', 'Europe/Berlin', 'DE', null],
	[null, 'CET', null, null, null],
	[null, 'Etc/GMT+2', null, null, null],
	[null, 'EST5EDT', null, null, null],
	[null, 'Mars/Olympus', null, null, null],
	[null, 'Asia/Calcutta', null, 'IN', null],
	[null, 'Europe/Kiev', null, 'UA', null],
	[null, null, null, null, null],
])(
	'with the setting %p, attendee in %p and organizer in %p numbers are of %p, else mobile ones of %p',
	(set, attendee, organizer, country, home) => {
		expect(numberRegion(set, attendee, organizer)).toEqual({ country, home });
	},
);

describe('a client on holiday', () => {
	const inParis = numberRegion('NL', 'Europe/Paris', 'Europe/Amsterdam');

	test.each<[string, string, string | null]>([
		['valid in both and different: that of the zone', '06 12 34 56 78', '+33612345678'],
		['valid nowhere', '0000', null],
	])('%s', (_, written, expected) => {
		expect(toE164(written, inParis)).toBe(expected);
	});

	test('takes a mobile number of home where the zone has none like it', () => {
		expect(toE164('06 12345678', numberRegion('NL', 'America/New_York', 'Europe/Amsterdam'))).toBe('+31612345678');
		expect(toE164('020 1234567', numberRegion('NL', 'America/New_York', 'Europe/Amsterdam'))).toBeNull();
		expect(toE164('06 12345678', numberRegion('NL', 'America/New_York', 'Europe/Berlin'))).toBeNull();
		expect(toE164('06 12345678', numberRegion(null, 'America/New_York', 'Europe/Amsterdam'))).toBeNull();
	});
});

describe('every country', () => {
	const countries = Object.keys(examples) as CountryCode[];

	test.each(countries)('%s: its example is taken as Cal.com takes it, written in each way', (country) => {
		const example = getExampleNumber(country, examples);
		if (example === undefined) throw new Error(`${country} has no example`);
		const region = { country, home: null };
		for (const written of [
			example.number,
			example.formatInternational(),
			example.getURI(),
			example.number.replace('+', '00'),
		])
			expect([written, toE164(written, { country: null, home: null })]).toEqual([written, example.number]);
		expect([country, toE164(example.formatNational(), region)]).toEqual([country, example.number]);
	});

	test.each(countries)('%s: numbers that are none are refused where Cal.com refuses them', (country) => {
		const number = String(getExampleNumber(country, examples)?.number);
		for (const wrong of [
			number.slice(0, -1),
			`${number}0`,
			`${number}00`,
			number.slice(0, 5),
			number.replace(/\d{3}$/, ''),
		])
			expect([wrong, toE164(wrong, { country: null, home: null })]).toEqual([
				wrong,
				isValidPhoneNumber(wrong) ? parsePhoneNumber(wrong).number : null,
			]);
	});

	test('each zone that browsers know lies in one, but those of no place', () => {
		const nowhere = Intl.supportedValuesOf('timeZone').filter((zone) => countryOfZone(zone) === null);
		expect(nowhere.filter((zone) => !/^(Etc\/|UTC|GMT|[A-Z]{3}(\d[A-Z]{3})?$)/.test(zone))).toEqual([]);
	});
});

test('a number of a megabyte is none, at once', () => {
	expect(toE164(`+${'1'.repeat(1_000_000)}`, { country: null, home: null })).toBeNull();
	expect(looksLikePhone('1'.repeat(1_000_000))).toBe(false);
});

test.each<[string, boolean]>([
	['+31612345678', true],
	['tel:+316', true],
	['06-12345678', true],
	['(020) 123.45.67', true],
	['12345', false],
	['Dam 1', false],
	['1012 AB', false],
	['+31 call me 612345678', false],
	['https://example.com/123456', false],
])('%p looks like a phone number: %p', (written, expected) => {
	expect(looksLikePhone(written)).toBe(expected);
});

describe("the booker's phone", () => {
	const attendee = { name: 'Ada', email: 'ada@student.example', timeZone: 'Europe/Amsterdam' };
	const label = (value: unknown, text = 'x') => ({ label: text, value, isHidden: false });

	test.each<[string, Record<string, unknown>, string | null]>([
		['of the attendee', { attendees: [{ ...attendee, phoneNumber: '06 12345678' }] }, '+31612345678'],
		['of the system question', { responses: { attendeePhoneNumber: label('+31612345678') } }, '+31612345678'],
		['of the reminder answer', { responses: { smsReminderNumber: label('+31612345678') } }, '+31612345678'],
		['of the reminder', { smsReminderNumber: '+31612345678' }, '+31612345678'],
		[
			'of the place to call',
			{ responses: { location: label({ value: 'phone', optionValue: '+31612345678' }) } },
			'+31612345678',
		],
		['of a question by its slug', { responses: { 'whatsapp-nr': label('0612345678') } }, '+31612345678'],
		['of a question by its label', { responses: { q7: label('0612345678', 'Your cell?') } }, '+31612345678'],
		[
			'of the first that can be told',
			{
				attendees: [{ ...attendee, phoneNumber: '12' }],
				responses: { phone1: label('ask me'), mobile: label('0612345678') },
			},
			'+31612345678',
		],
		['not of a question about something else', { responses: { hotel: label('0612345678') } }, null],
		['not of the place alone', { location: '+31201234567' }, null],
		[
			"not of the host's number",
			{
				location: '+31201234567',
				responses: { location: label({ value: 'userPhone', optionValue: '+31201234567' }) },
			},
			null,
		],
	])('%s', (_name, payload, expected) => {
		expect(normalize(delivery('BOOKING_CREATED', payload)).attendee.phone).toBe(expected);
	});

	test('is of the person’s own zone, whatever country the settings name', () => {
		const body = delivery('BOOKING_CREATED', { attendees: [{ ...attendee, phoneNumber: '02 123 45 67' }] });
		for (const defaultCountry of [null, 'BE', 'UK', 'NLD'])
			expect(normalize(body, { defaultCountry }).attendee.phone).toBeNull();
		// As reported: a French number, and a stranger's one in the country of the settings.
		const french = { ...attendee, timeZone: 'Europe/Paris', phoneNumber: '06 12 34 56 78' };
		expect(
			normalize(delivery('BOOKING_CREATED', { attendees: [french] }), { defaultCountry: 'NL' }).attendee.phone,
		).toBe('+33612345678');
	});

	test('is not given to the guests', () => {
		const event = normalize(
			delivery('BOOKING_CREATED', {
				attendees: [attendee, { name: '', email: 'guest@student.example' }],
				smsReminderNumber: '+31612345678',
			}),
		);
		expect(event.attendees.map(({ phone }) => phone)).toEqual(['+31612345678', null]);
	});
});
