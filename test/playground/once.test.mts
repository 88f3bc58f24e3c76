import { type Done, type Found, LOOKS, OUTBOX, differences } from '../../playground/src/expected.mts';
import { somebody } from '../../playground/src/people.mts';
import { serviceDifferences } from '../../playground/src/services.mts';
import type { Service, Sms } from '../../playground/src/views.mts';

const person = somebody(() => 0);
const done: Done = {
	person,
	oldUid: 'old',
	newUid: 'new',
	oldStart: '2026-12-02T09:00:00.000Z',
	newStart: '2026-12-01T11:00:00.000Z',
};
const good = (): Found => Object.fromEntries(LOOKS.map(({ title, expected }) => [title, expected(done)]));
/** The newest first, as the page shows them. */
const sms = (texts = OUTBOX, status = 'delivered'): Sms[] =>
	texts
		.map((text, index) => ({
			sid: `SM${String(index)}`,
			inbound: false,
			phone: person.phoneNumber,
			text: `Hi Ada, ${text}`,
			status,
			errorCode: null,
			at: '2026-12-01T09:00:00.000Z',
			optedOut: false,
		}))
		.reverse();

describe("what differs after a booking's life", () => {
	test('nothing, when every row and every SMS is as it should be', () => {
		expect(differences(done, good(), sms())).toEqual([]);
	});

	test.each(LOOKS.map(({ title }) => title))('a row of %s that was doubled, or is missing', (title) => {
		const found = good();
		const rows = found[title] ?? [];
		expect(rows.length).toBeGreaterThan(0);
		const told = (length: number) =>
			`${title} has ${String(length)} rows of this booking, and should have ${String(rows.length)}.`;
		const [first] = rows;
		expect(differences(done, { ...found, [title]: first ? [first, ...rows] : [] }, sms())).toEqual([
			told(rows.length + 1),
		]);
		expect(differences(done, { ...found, [title]: rows.slice(1) }, sms())).toEqual([told(rows.length - 1)]);
	});

	test('a forgotten uid and a wrong start, each named', () => {
		const [booking] = good()['bookings'] ?? [];
		const bookings = [{ ...booking, uids: ['new'], start_time: done.oldStart }];
		expect(differences(done, { ...good(), bookings }, sms())).toEqual([
			'bookings, row 1: uids is ["new"], and should be ["new","old"].',
			'bookings, row 1: start_time is "2026-12-02T09:00:00.000Z", and should be "2026-12-01T11:00:00.000Z".',
		]);
	});

	test('an SMS too many, another one, and one that did not arrive', () => {
		expect(differences(done, good(), sms([...OUTBOX, 'Thank you']))).toEqual([
			'8 SMS were sent, and should have been 7.',
		]);
		expect(differences(done, good(), sms(OUTBOX.with(2, 'Sorry')))).toEqual([
			'SMS 3 is "Hi Ada, Sorry", and should say "Thank you".',
		]);
		expect(differences(done, good(), sms(OUTBOX, 'failed'))).toContain('SMS 1 is failed, and should be delivered.');
	});

	test("somebody else's SMS and what came in do not count", () => {
		const [one] = sms();
		if (!one) throw new Error('no SMS');
		const others = [
			{ ...one, phone: '+31600000009' },
			{ ...one, inbound: true },
		];
		expect(differences(done, good(), [...others, ...sms()])).toEqual([]);
	});

	test('nothing at all', () => {
		expect(differences(done, {}, [])).toHaveLength(LOOKS.length + 1);
	});
});

describe('what differs after a conflict was settled for Cal.com', () => {
	const service: Service = {
		id: '1',
		name: 'Level Check',
		slug: 'level-check',
		price: '0 EUR',
		status: 'synced',
		error: null,
		syncedAt: null,
		ours: 'As Cal.com worded it',
		theirs: 'As Cal.com worded it',
		conflicts: [],
	};

	test('nothing', () => expect(serviceDifferences(service)).toEqual([]));

	test.each<[string, Partial<Service>, RegExp]>([
		['not synced', { status: 'pending' }, /is pending, and should be synced/],
		['the loser won', { ours: 'As the office worded it' }, /should say "As Cal.com worded it"/],
		['a price that was touched', { price: '20 EUR' }, /no sync may touch it/],
		['a conflict left', { conflicts: [{ field: 'description', ours: 'a', theirs: 'b' }] }, /still there/],
	])('%s', (_what, change, told) => {
		const [first, ...more] = serviceDifferences({ ...service, ...change });
		expect(first).toMatch(told);
		expect(more).toEqual([]);
	});

	test('no service at all', () => expect(serviceDifferences(undefined)).toHaveLength(1));
});
