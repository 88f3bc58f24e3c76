import { looksLikePhone, numberCountry, toE164 } from '../../../../nodes/shared/values/phone.ts';
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
		['612345678', 'NL', null],
		['06 1234567', 'NL', null],
		['06 123456789', 'NL', null],
		['06 12345678', 'XX', null],
		['06 12345678', '__proto__', null],
		['1202555012', 'US', null],
		['+0612345678', null, null],
		['+3161', null, null],
		['+3161234567890123456', null, null],
		['+31612345678 ext 4', null, null],
		['call me', 'NL', null],
		['', 'NL', null],
	])('%p in %p is %p', (written, country, expected) => {
		expect(toE164(written, country)).toBe(expected);
	});

	test.each([null, undefined, 31612345678, {}, ['+31612345678'], true])('%p is no number', (written) => {
		expect(toE164(written, 'NL')).toBeNull();
	});
});

test.each<[string | null, string | null, string | null, string | null]>([
	['NL', 'America/New_York', 'Europe/Berlin', 'NL'],
	[' ', 'America/New_York', 'Europe/Berlin', 'US'],
	[null, 'America/New_York', 'Europe/Berlin', 'US'],
	[null, null, 'Europe/Berlin', 'DE'],
	[null, 'Asia/Tokyo', 'Europe/Berlin', null],
	[null, 'UTC', 'Europe/Berlin', null],
	[null, null, null, null],
])(
	'with the setting %p, attendee in %p and organizer in %p numbers are of %p',
	(set, attendee, organizer, expected) => {
		expect(numberCountry(set, attendee, organizer)).toBe(expected);
	},
);

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

	test('is the setting of the user before any zone', () => {
		const body = delivery('BOOKING_CREATED', { attendees: [{ ...attendee, phoneNumber: '02 123 45 67' }] });
		expect(normalize(body).attendee.phone).toBeNull();
		expect(normalize(body, { defaultCountry: 'BE' }).attendee.phone).toBe('+3221234567');
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
