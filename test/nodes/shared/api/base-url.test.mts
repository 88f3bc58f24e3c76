import fc from 'fast-check';
import { baseUrlCandidates, hostedApi } from '../../../../nodes/shared/api/baseUrl.ts';
import { editionOf } from '../../../../nodes/shared/api/edition.ts';

describe('the base URL people paste', () => {
	test.each([
		// hosted, in every form
		['', 'https://api.cal.com/v2'],
		['   ', 'https://api.cal.com/v2'],
		['https://api.cal.com/v2', 'https://api.cal.com/v2'],
		['https://api.cal.com/v2/', 'https://api.cal.com/v2'],
		['https://api.cal.com', 'https://api.cal.com/v2'],
		['https://api.cal.com/v1', 'https://api.cal.com/v2'],
		['api.cal.com/v2', 'https://api.cal.com/v2'],
		[' https://API.cal.com/v2/me ', 'https://api.cal.com/v2'],
		['https://app.cal.com', 'https://api.cal.com/v2'],
		['https://app.cal.com/settings/developer/api-keys', 'https://api.cal.com/v2'],
		['https://cal.com/your-name', 'https://api.cal.com/v2'],
		['http://school.cal.com/', 'https://api.cal.com/v2'],
		['https://api.cal.eu/v2/', 'https://api.cal.eu/v2'],
		['https://app.cal.eu', 'https://api.cal.eu/v2'],
		// self-hosted
		['https://cal.example.com', 'https://cal.example.com/api/v2'],
		['https://cal.example.com/', 'https://cal.example.com/api/v2'],
		['https://cal.example.com/api', 'https://cal.example.com/api/v2'],
		['https://cal.example.com/api/v2', 'https://cal.example.com/api/v2'],
		['https://cal.example.com/api/v2///', 'https://cal.example.com/api/v2'],
		['https://cal.example.com/api/v1', 'https://cal.example.com/api/v2'],
		['https://api.example.com/v2', 'https://api.example.com/v2'],
		['https://cal.example.com/v2/bookings?take=1#x', 'https://cal.example.com/v2'],
		['https://cal.example.com/settings/developer/webhooks', 'https://cal.example.com/api/v2'],
		['https://example.com/cal/', 'https://example.com/cal/api/v2'],
		['cal.example.com', 'https://cal.example.com/api/v2'],
		['http://localhost:5555/v2', 'http://localhost:5555/v2'],
		['localhost:5555/v2', 'http://localhost:5555/v2'],
		['127.0.0.1:5555', 'http://127.0.0.1:5555/api/v2'],
		['calcom-api:80', 'http://calcom-api/api/v2'],
		['https://notcal.com', 'https://notcal.com/api/v2'],
		['https://cal.com.example.org', 'https://cal.com.example.org/api/v2'],
	])('%j means %s', (typed, meant) => {
		expect(baseUrlCandidates(typed)[0]).toBe(meant);
	});

	test.each(['not a url', 'ftp://cal.example.com', 'https://', 'javascript://alert(1)'])(
		'%j is no address',
		(typed) => {
			expect(baseUrlCandidates(typed)).toEqual([]);
		},
	);

	test('a bare host of one’s own has a second form, for the test to try', () => {
		expect(baseUrlCandidates('https://cal.example.com')).toEqual([
			'https://cal.example.com/api/v2',
			'https://cal.example.com/v2',
		]);
	});

	test('whatever is typed: no error, no trailing slash, and what comes out means itself', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (typed) => {
				for (const candidate of baseUrlCandidates(typed)) {
					expect(candidate).toMatch(/^https?:\/\/.*\/v2$/);
					expect(baseUrlCandidates(candidate)).toEqual([candidate]);
				}
			}),
		);
	});
});

describe('the edition', () => {
	test.each([
		['https://api.cal.com/v2', 'detect', 'hosted'],
		['https://api.cal.eu/v2', 'detect', 'hosted'],
		['https://cal.example.com/api/v2', 'detect', 'selfHosted'],
		['http://localhost:5555/v2', 'detect', 'selfHosted'],
		['https://cal.example.com/api/v2', 'hosted', 'hosted'],
		['https://api.cal.com/v2', 'selfHosted', 'selfHosted'],
	] as const)('%s, set to %s, is %s', (baseUrl, setting, edition) => {
		expect(editionOf(baseUrl, setting)).toBe(edition);
	});

	test('a host that only looks like hosted Cal.com is not', () => {
		expect(hostedApi('api.cal.com.example.org')).toBeNull();
		expect(hostedApi('evilcal.com')).toBeNull();
	});
});
