// What a web page in a browser of the same machine can make the stand-ins do: nothing.
import { startCalCom } from 'stand-ins/calcom';
import { isFromAPage, isJson } from 'stand-ins/from-a-page';

const program = { host: '127.0.0.1:4680', origin: undefined };

test.each([
	['a program on this machine', program, false, false],
	['the same, by its other name', { ...program, host: 'localhost:4680' }, false, true],
	['a page of another site', { ...program, origin: 'https://evil.example' }, true, true],
	['a page from a file, or in a frame', { ...program, origin: 'null' }, true, true],
	['a page of another server on this machine', { ...program, origin: 'http://127.0.0.1:8080' }, true, true],
	['its own page, if it has any', { ...program, origin: 'http://127.0.0.1:4680' }, true, false],
	['its own page, over TLS', { ...program, origin: 'https://127.0.0.1:4680' }, true, true],
	['a name that leads here', { ...program, host: 'evil.example:4680' }, true, true],
	['a name that begins like ours', { ...program, host: '127.0.0.1.evil.example' }, true, true],
	['nobody says which host', { ...program, host: undefined }, true, true],
])('%s', (_who, told, isPageForAll, isPageForTheOwner) => {
	expect(isFromAPage(told)).toBe(isPageForAll);
	expect(isFromAPage(told, new Set(['http://127.0.0.1:4680']))).toBe(isPageForTheOwner);
});

test.each([
	['application/json', true],
	['application/json; charset=utf-8', true],
	['Application/JSON', true],
	['text/plain', false],
	['text/plain; application/json', false],
	['application/json-patch+json', false],
	['application/x-www-form-urlencoded', false],
	[undefined, false],
])('%s is JSON: %s', (type, expected) => {
	expect(isJson(type)).toBe(expected);
});

test('a page neither books nor makes the stand-in call anybody, and yesterday’s key opens nothing', async () => {
	const [cal, other] = [await startCalCom(), await startCalCom()];
	try {
		const ask = async (headers: Record<string, string>, path = '/webhooks') => {
			const response = await fetch(cal.url + path, { method: 'POST', headers, body: '{"active":true}' });
			return response.status;
		};
		const key = { authorization: `Bearer ${cal.apiKey}` };
		// What a page can send without asking: no JSON. What it sends tells where it comes from.
		for (const path of ['/webhooks', '/bookings', '/slots/reservations'])
			expect(await ask({ ...key, 'content-type': 'text/plain', origin: 'https://evil.example' }, path)).toBe(403);
		expect(await ask({ ...key, 'content-type': 'text/plain' })).toBe(400);
		expect(await ask({ 'content-type': 'application/json', authorization: `Bearer ${other.apiKey}` })).toBe(401);
		expect(cal.state.webhooks).toEqual([]);
		expect(cal.state.bookings).toEqual([]);
		expect(other.apiKey).not.toBe(cal.apiKey);
	} finally {
		await Promise.all([cal.stop(), other.stop()]);
	}
});
