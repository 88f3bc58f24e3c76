// The secret of a registered webhook is kept nowhere: what it is made of, and what that gives away.
import fc from 'fast-check';
import {
	COUNTER,
	counterAt,
	countersSince,
	deriveSecret,
	fingerprintOf,
	pathOf,
	secretsSince,
} from '../../../nodes/CalComTrigger/derivedSecret.ts';
import { depth } from '../../support/depth.mts';

const KEY = 'cal_live_0123456789abcdef';
const PATH = '/webhook/0a1b/calcom';
const at = (text: string) => Date.parse(text);
const counter = fc
	.tuple(fc.integer({ min: 1970, max: 2199 }), fc.integer({ min: 1, max: 12 }))
	.map(([year, month]) => `${String(year)}-${String(month).padStart(2, '0')}`);
const runs = { numRuns: depth(200, 1_000) };

describe('the secret', () => {
	// As openssl makes it: HMAC-SHA256, keyed with the API key, of a list in JSON.
	test('stays what it is: webhooks that are published go by it', () => {
		expect(deriveSecret(KEY, PATH, '2026-11')).toBe(
			'6cc36d1e2af904a1f9d17646112dd5d40564a99b0ab7283b6d6e5bbe8c6f992c',
		);
	});

	test('is another one for each key, path and month', () => {
		const origin = fc.tuple(fc.string({ minLength: 1 }), fc.string(), counter);
		fc.assert(
			fc.property(origin, origin, (one, other) => {
				const isSame = JSON.stringify(one) === JSON.stringify(other);
				expect(deriveSecret(...one) === deriveSecret(...other)).toBe(isSame);
				expect(deriveSecret(...one)).toMatch(/^[0-9a-f]{64}$/);
			}),
			runs,
		);
	});

	test.each<[string, Parameters<typeof deriveSecret>, Parameters<typeof deriveSecret>]>([
		['a part moved from path to month', ['k', '/a', '2026-11'], ['k', '/a2026', '-11']],
		['a separator in the path', ['k', '/a","2026-11', ''], ['k', '/a', '2026-11']],
		['key and path exchanged', ['/a', 'k', '2026-11'], ['k', '/a', '2026-11']],
	])('%s is another secret', (_what, one, other) => {
		expect(deriveSecret(...one)).not.toBe(deriveSecret(...other));
	});
});

describe('the fingerprint', () => {
	test('tells neither the key nor a part of a secret', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string(), counter, (key, path, month) => {
				const fingerprint = fingerprintOf(key, path);
				expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
				expect(deriveSecret(key, path, month)).not.toContain(fingerprint);
			}),
			runs,
		);
	});
	test('does not tell that two triggers share a key', () =>
		expect(fingerprintOf(KEY, PATH)).not.toBe(fingerprintOf(KEY, `${PATH}2`)));
	test('changes with the key', () => expect(fingerprintOf(KEY, PATH)).not.toBe(fingerprintOf(`${KEY}0`, PATH)));
});

describe('the months', () => {
	test.each([
		['2026-11-01T00:00:00.000Z', '2026-11'],
		['2026-11-30T23:59:59.999Z', '2026-11'],
		['2026-12-01T00:30:00.000+01:00', '2026-11'],
		['2027-01-01T00:00:00.000Z', '2027-01'],
	])('%s is in %s', (now, expected) => expect(counterAt(at(now))).toBe(expected));

	test.each([
		['the same month', '2026-11', '2026-11-20', ['2026-11']],
		['over the year', '2026-11', '2027-02-01', ['2027-02', '2027-01', '2026-12', '2026-11']],
		['a clock that went back', '2027-01', '2026-11-20', ['2027-01']],
		['a clock that went back a moment', '2026-12', '2026-11-30T23:59:59Z', ['2026-12']],
	])('%s', (_what, from, now, expected) => expect(countersSince(from, at(now)).sort()).toEqual(expected.sort()));

	test('from then to now, however long it is, and never beyond', () => {
		fc.assert(
			fc.property(counter, counter, (from, today) => {
				const found = countersSince(from, at(`${today}-15T00:00:00Z`));
				expect(found).toContain(from);
				if (from <= today) expect(found).toContain(today);
				expect(new Set(found).size).toBe(found.length);
				expect(found.length).toBeLessThanOrEqual(121);
				for (const one of found) {
					expect(one).toMatch(COUNTER);
					expect(one === from || (one >= from && one <= today)).toBe(true);
				}
			}),
			runs,
		);
	});

	test.each(['2026-00', '2026-13', '26-11', '2026-11-01', '', ' 2026-11', '2026-1'])('%j is none', (text) =>
		expect(text).not.toMatch(COUNTER),
	);
});

describe('what a delivery may be signed with', () => {
	const origin = { counter: '2026-11', fingerprint: fingerprintOf(KEY, PATH) };
	const now = at('2027-01-10');
	test('the secrets of all months since', () =>
		expect(secretsSince(KEY, PATH, origin, now)).toEqual(
			['2027-01', '2026-12', '2026-11'].map((month) => deriveSecret(KEY, PATH, month)),
		));
	test.each([
		['no key', null, PATH],
		['another key', `${KEY}x`, PATH],
		['another path', KEY, `${PATH}x`],
	])('%s: not known here', (_what, key, path) => expect(secretsSince(key, path, origin, now)).toBeNull());
});

test.each([
	['https://n8n.example/webhook/1/calcom', '/webhook/1/calcom'],
	['http://localhost:5678/n8n/webhook-test/1/calcom?x=1', '/n8n/webhook-test/1/calcom'],
	['no url', 'no url'],
])('the path of %s', (url, path) => expect(pathOf(url)).toBe(path));
