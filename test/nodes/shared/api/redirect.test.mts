// A redirect is told, never followed: the key would go along.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { z } from 'zod';
import { calComRequest, calComSend } from '../../../../nodes/shared/api/client.ts';
import { explain, toNodeError } from '../../../../nodes/shared/api/errors.ts';
import { readRedirect } from '../../../../nodes/shared/api/redirect.ts';
import { httpOptions } from '../../../../nodes/shared/api/request.ts';
import { depth } from '../../../support/depth.mts';
import { fakeExecute } from '../../CalCom/support/fake-execute.mts';
import { fakeN8n, NODE } from './fake-n8n.mts';

const BASE = 'http://cal.example.com/api/v2';
const askMe = { method: 'GET', path: '/me', version: null } as const;
const answer = (statusCode: number, location?: unknown) => ({
	statusCode,
	headers: location === undefined ? {} : { location },
	body: '',
});
const wordsFor = (location: unknown, baseUrl = BASE, path = '/me') => {
	const failure = readRedirect(answer(301, location), baseUrl, path);
	if (failure === null) throw new Error('This is no redirect');
	return explain(failure, 'cal.example.com');
};

describe('what is a redirect', () => {
	test.each([300, 301, 302, 303, 305, 307, 308, 399])('%i', (status) => {
		expect(readRedirect(answer(status, 'https://other.example/'), BASE, '/me')).toMatchObject({
			status,
			code: 'BASE_URL_REDIRECTS',
		});
	});
	test.each([200, 201, 204, 304, 400, 404, 500])('%i is none', (status) => {
		expect(readRedirect(answer(status, 'https://other.example/'), BASE, '/me')).toBeNull();
	});
});

describe('it says what to put into the credential', () => {
	test.each([
		['https', 'https://cal.example.com/api/v2/me', 'https://cal.example.com/api/v2'],
		['another host', 'https://api.cal.example/v2/me', 'https://api.cal.example/v2'],
		['a port', 'https://cal.example.com:8443/api/v2/me', 'https://cal.example.com:8443/api/v2'],
		['a slash at the end', 'https://cal.example.com/api/v2/me/', 'https://cal.example.com/api/v2'],
		['a relative one', '/cal/api/v2/me', 'http://cal.example.com/cal/api/v2'],
		['one without a scheme', '//www.cal.example.com/api/v2/me', 'http://www.cal.example.com/api/v2'],
		['query and fragment', 'https://new.example/v2/me?token=s3cret#x', 'https://new.example/v2'],
		['a user and a password', 'https://ann:s3cret@new.example/v2/me', 'https://new.example/v2'],
	])('%s', (_what, location, base) => {
		expect(wordsFor(location).message).toBe(
			`The base URL redirects to ${base}: put that address in the credential`,
		);
	});

	test('that another host gets the key then', () => {
		expect(wordsFor('https://evil.example/api/v2/me').description).toContain(
			'only if evil.example is your Cal.com',
		);
		expect(wordsFor('https://cal.example.com/api/v2/me').description).not.toContain('only if');
	});

	test.each([
		['a page to sign in', 'https://login.example.com/?next=/api/v2/me', 'https://login.example.com/'],
		['the start page', '/', 'http://cal.example.com/'],
	])('%s is no address of the API', (_what, location, shown) => {
		const { message, description } = wordsFor(location);
		expect(message).toBe(`The base URL redirects to ${shown}`);
		expect(description).toContain('not the API');
	});

	test.each([
		['itself', `${BASE}/me`],
		['itself with a slash', `${BASE}/me/`],
		['itself with a query', '?again=1'],
	])('a redirect to %s', (_what, location) => {
		const { message, description } = wordsFor(location);
		expect(message).toBe('The base URL redirects to itself');
		expect(description).toContain('proxy');
	});

	test.each([
		['none', undefined],
		['an empty one', ''],
		['two', ['https://a.example', 'https://b.example']],
		['no address', 'http://'],
		['a file', 'file:///etc/passwd'],
		['a script', 'javascript:alert(1)'],
		['data', 'data:text/html,x'],
		['a very long one', `https://a.example/${'x'.repeat(5_000)}`],
	])('an address that cannot be shown: %s', (_what, location) => {
		const { message } = wordsFor(location);
		expect(message).toBe('The base URL redirects to another address');
	});

	test('whatever a server sends: one short line without marks of HTML, without its query', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })),
				(location) => {
					const { message } = wordsFor(location);
					expect(message.length).toBeLessThan(400);
					expect(message).not.toMatch(/[\n\r<>"?#]/);
				},
			),
			{ numRuns: depth(200, 1_000) },
		);
	});

	test('the error has the code and the status', () => {
		const failure = readRedirect(answer(308, 'https://b.example/v2/me'), BASE, '/me');
		const error = failure && toNodeError(NODE, failure, explain(failure, 'cal.example.com'));
		expect(error).toMatchObject({ httpCode: '308', message: expect.stringContaining('https://b.example/v2') });
		expect(error?.context).toMatchObject({ code: 'BASE_URL_REDIRECTS' });
	});
});

describe('every request', () => {
	test('says that it follows none, whatever it is', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE'),
				fc.constantFrom('calComApi', 'calComOAuth2Api'),
				fc.option(fc.dictionary(fc.string(), fc.string()), { nil: undefined }),
				(method, credential, body) => {
					const options: IHttpRequestOptions = httpOptions(
						{ baseUrl: BASE, credential },
						{ method, path: '/x', version: null, ...(body === undefined ? {} : { body }) },
					);
					expect(options).toMatchObject({ disableFollowRedirect: true, url: `${BASE}/x` });
				},
			),
		);
	});

	test('is made in two places: the client, and the test of the credential', () => {
		const root = new URL('../../../../', import.meta.url);
		const files = ['nodes', 'credentials'].flatMap((folder) =>
			readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
				(file) => `${folder}/${file}`,
			),
		);
		const sends =
			/\b(httpRequest\w*|requestWithAuthentication\w*|requestOAuth\w*|\.request|fetch)\s*(\.call)?\(|\bhttpRequestWith/;
		const senders = files
			.filter((file) => file.endsWith('.ts') && existsSync(new URL(file, root)))
			// `session.request` is ours, and ends in the client.
			.filter((file) =>
				sends.test(
					readFileSync(new URL(file, root), 'utf8').replaceAll(/(session|poll\.session)\.request/g, ''),
				),
			);
		expect(senders.sort()).toEqual(['nodes/shared/api/client.ts', 'nodes/shared/api/credentialTest.ts']);
		const client = readFileSync(new URL('nodes/shared/api/client.ts', root), 'utf8');
		expect(client.match(/httpRequest/g)).toHaveLength(1);
		expect(client.replaceAll(/\s+/g, '')).toContain('.call(ctx,to.credential,httpOptions(to,request)');
	});
});

describe('a redirect', () => {
	const redirect = { status: 307, headers: { location: 'https://evil.example/v2/me' }, body: '' };

	test('is a failure of the client, with no second request', async () => {
		const { ctx, sent } = fakeN8n({ respond: () => redirect });
		await expect(calComRequest(ctx, askMe, z.unknown())).rejects.toThrow(
			'The base URL redirects to https://evil.example/v2: put that address in the credential',
		);
		await expect(calComSend(ctx, askMe, z.unknown())).resolves.toMatchObject({
			ok: false,
			failure: { status: 307, code: 'BASE_URL_REDIRECTS' },
		});
		expect(sent).toHaveLength(2);
	});

	test('even with a body that looks like an answer', async () => {
		const { ctx } = fakeN8n({ respond: () => ({ ...redirect, body: { status: 'success', data: { id: 1 } } }) });
		await expect(calComRequest(ctx, askMe, z.unknown())).rejects.toThrow('redirects');
	});

	test('keeps the key out of the error, also when the server repeats it', async () => {
		const { ctx } = fakeN8n({
			respond: () => ({
				status: 400,
				body: { status: 'error', error: { code: 'X', message: 'Bad header: Bearer cal_live_0123456789' } },
			}),
		});
		await expect(calComRequest(ctx, askMe, z.unknown())).rejects.toThrow('Bad header: Bearer …');
	});

	test('is asked for once in a session: asking again does not help', async () => {
		const fake = fakeExecute({ answers: () => redirect });
		const session = await fake.session();
		await expect(session.request(0, askMe, z.unknown())).rejects.toThrow('redirects to https://evil.example/v2');
		expect(fake.requests).toHaveLength(1);
	});
});

describe('links to the next page', () => {
	test.each(['selfHosted', 'hosted'] as const)('of a server are not followed (%s)', async (edition) => {
		const links = { next: 'https://evil.example/v2/x', nextUrl: 'https://evil.example', first: '//evil.example' };
		const fake = fakeExecute({
			credential: { edition, baseUrl: 'https://cal.example.com/v2' },
			answers: (_request, index) => ({
				headers: { link: '<https://evil.example/v2/x>; rel="next"' },
				body: {
					status: 'success',
					data: index < 2 ? Array.from({ length: 250 }, (_, id) => ({ id: index * 250 + id })) : [],
					links,
					pagination: {
						...links,
						hasNextPage: index < 2,
						hasMore: index < 2,
						nextCursor: index < 2 ? `https://evil.example/${String(index)}` : null,
					},
				},
			}),
		});
		const request = {
			...askMe,
			path: '/bookings',
			version: edition === 'hosted' ? '2026-05-01' : '2024-08-13',
		} as const;
		const session = await fake.session();
		for await (const page of session.pages(0, request, z.unknown(), null)) expect(page.length).toBeGreaterThan(0);
		expect(fake.requests.length).toBeGreaterThan(2);
		for (const { url } of fake.requests) expect(url).toBe('https://cal.example.com/v2/bookings');
	});
});
