import { delivery, normalize } from '../events/support.mts';

const field = (value?: unknown, label = 'Label') => ({
	label,
	...(value === undefined ? {} : { value }),
	isHidden: false,
});

describe('answers', () => {
	test.each<[string, unknown, unknown]>([
		['a text', field('Bach'), 'Bach'],
		['unanswered', field(), null],
		['blank', field('  '), null],
		['a list', field(['piano', 'voice']), ['piano', 'voice']],
		['an empty list', field([]), []],
		['no', field(false), false],
		['a number', field(0), 0],
		['a choice', field({ value: 'online', optionValue: '' }), 'online'],
		['a choice with a text', field({ value: 'other', optionValue: 'at sea' }), 'at sea'],
		['an object', field({ street: 'Dam', nr: 1 }), { street: 'Dam', nr: 1 }],
		['raw text', 'Bach', 'Bach'],
		['raw list', ['a'], ['a']],
		['raw choice', { value: 'other', optionValue: 'at sea' }, 'at sea'],
		['raw nothing', null, null],
	])('%s', (_name, entry, expected) => {
		const event = normalize(delivery('BOOKING_CREATED', { responses: { goals: entry } }));
		expect(event.responses).toEqual({ goals: expected });
	});

	test('the system questions have places of their own', () => {
		const system = ['name', 'email', 'location', 'guests', 'title', 'notes', 'rescheduleReason'];
		const phones = ['attendeePhoneNumber', 'smsReminderNumber', 'aiAgentCallPhoneNumber'];
		const responses = Object.fromEntries([...system, ...phones, 'goals'].map((slug) => [slug, field('x')]));
		expect(normalize(delivery('BOOKING_CREATED', { responses })).responses).toEqual({ goals: 'x' });
	});

	test('an instant meeting sends raw values and gives the same answers', () => {
		const raw = { name: 'Guest User', email: 'guest@x.example', notes: 'hello', goals: 'Bach' };
		const labelled = Object.fromEntries(Object.entries(raw).map(([slug, value]) => [slug, field(value)]));
		const body = (responses: unknown) =>
			normalize({ triggerEvent: 'INSTANT_MEETING', payload: { uid: 'u', responses } });
		const { responses, notes, attendee, attendeeCount } = body(raw);
		expect({ responses, notes, attendeeCount }).toEqual({
			responses: { goals: 'Bach' },
			notes: 'hello',
			attendeeCount: 1,
		});
		expect(attendee).toMatchObject({ name: 'Guest User', firstName: 'Guest', email: 'guest@x.example' });
		expect(body(labelled)).toEqual(body(raw));
	});

	test('slugs that are words of JavaScript are slugs', () => {
		const json = `{"constructor":{"label":"c","value":"1"},"toString":{"label":"t","value":"2"},"hasOwnProperty":"3",
			"__proto__":{"label":"p","value":{"polluted":true}}}`;
		const { responses } = normalize(delivery('BOOKING_CREATED', { responses: JSON.parse(json) }));
		expect(Object.entries(responses)).toEqual([
			['constructor', '1'],
			['toString', '2'],
			['hasOwnProperty', '3'],
		]);
		expect(Object.getPrototypeOf(responses)).toBe(Object.prototype);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('a booking without questions of such a name has no answer to them', () => {
		const { attendee, notes } = normalize(delivery('BOOKING_CREATED', { attendees: [], responses: {} }));
		expect({ attendee: attendee.name, notes }).toEqual({ attendee: null, notes: null });
	});
});

describe('custom answers', () => {
	const responses = { goals: field('Bach'), notes: field('hi') };

	test.each<[string, unknown, unknown, boolean]>([
		["the user's own questions", { level: field('beginner') }, { level: 'beginner' }, true],
		['none asked', {}, {}, false],
		['not sent', undefined, { goals: 'Bach' }, true],
		['null', null, { goals: 'Bach' }, true],
		['all left open', { a: field(), b: field(''), c: field([]) }, { a: null, b: null, c: [] }, false],
		['a "no" is an answer', { adult: field(false) }, { adult: false }, true],
	])('%s', (_name, userFieldsResponses, expected, answered) => {
		const event = normalize(delivery('BOOKING_CREATED', { responses, userFieldsResponses }));
		expect(event.customResponses).toEqual(expected);
		expect(event.hasCustomResponses).toBe(answered);
	});
});

describe('notes', () => {
	test.each<[string, Record<string, unknown>, string | null]>([
		['of the booking', { additionalNotes: 'a', responses: { notes: field('b') } }, 'a'],
		['of the question', { additionalNotes: ' ', responses: { notes: field('b') } }, 'b'],
		['none', { additionalNotes: '', responses: { notes: field('') } }, null],
	])('%s', (_name, payload, expected) => {
		expect(normalize(delivery('BOOKING_CREATED', payload)).notes).toBe(expected);
	});
});
