import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { CREDENTIAL_BLANKING_VALUE, CREDENTIAL_EMPTY_VALUE, NodeHelpers } from 'n8n-workflow';
import { CalComApi } from '../../credentials/CalComApi.credentials.ts';
import { testCalComCredential } from '../../nodes/shared/api/credentialTest.ts';
import { exchange } from '../nodes/shared/api/recorded-exchanges.mts';

interface LegacyRequest {
	uri: string;
	headers: Record<string, string>;
}
type Answer = { statusCode: number; headers: object; body: unknown } | Error;

/** n8n's request function of a credential test: answers by URL. */
function http(answers: Record<string, Answer>) {
	const asked: LegacyRequest[] = [];
	const request = async (options: string | object) => {
		const one = options as LegacyRequest;
		asked.push(one);
		const answer = answers[one.uri];
		if (answer === undefined) throw new Error(`Unexpected request ${one.uri}`);
		if (answer instanceof Error) throw answer;
		return answer;
	};
	return { request, asked };
}

function recorded(start: string): Answer {
	const { status, headers, body } = exchange(start);
	return { statusCode: status, headers, body };
}
const html: Answer = { statusCode: 200, headers: {}, body: '<!doctype html>' };
const KEY = 'any-prefix_0123';

describe('the Cal.com credential', () => {
	const credential = new CalComApi();
	const field = (name: string) => credential.properties.find((property) => property.name === name);

	test('does not take the name of the one that n8n has', () => expect(credential.name).toBe('calComApi'));
	test('starts with the hosted API', () => expect(field('baseUrl')?.default).toBe('https://api.cal.com/v2'));
	test.each(['apiKey', 'webhookSecret', 'previousWebhookSecret'])('%s is hidden', (name) => {
		expect(field(name)?.typeOptions?.password).toBe(true);
	});
	test('says where the key is made', () => {
		expect(field('apiKey')).toMatchObject({
			placeholder: expect.stringMatching(/^e\.g\. /),
			hint: expect.stringContaining('Settings > Developer > API keys'),
		});
	});
	test('sends the key as a bearer token', () => {
		expect(credential.authenticate.properties.headers).toEqual({
			Authorization: '=Bearer {{$credentials.apiKey.trim()}}',
		});
	});
});

describe('its webhook secrets', () => {
	const { properties } = new CalComApi();
	const KEY_ONLY = { apiKey: KEY };
	const secrets = { webhookSecret: 'now', previousWebhookSecret: 'before' };

	/** The secrets that the form shows, in their order. */
	const shown = (data: INodeParameters): string[] =>
		properties
			.filter(({ name }) => /secret/i.test(name))
			.filter((field) =>
				NodeHelpers.displayParameterPath({ webhooksByHand: false, ...data }, field, '', null, null),
			)
			.map(({ name }) => name);
	/** What nodes get: n8n drops what the form would not show. */
	const read = (data: INodeParameters) => NodeHelpers.getNodeParameters(properties, data, true, false, null, null);
	const both = ['webhookSecret', 'previousWebhookSecret'];
	const EMPTY = { webhookSecret: '', previousWebhookSecret: '' };
	const REDACTED = { webhookSecret: CREDENTIAL_BLANKING_VALUE, previousWebhookSecret: CREDENTIAL_EMPTY_VALUE };
	const REDACTED_EMPTY = { webhookSecret: CREDENTIAL_EMPTY_VALUE, previousWebhookSecret: CREDENTIAL_EMPTY_VALUE };

	test.each<[string, INodeParameters, string[]]>([
		['a new credential', EMPTY, []],
		['one whose secrets are saved empty, as the editor gets it', REDACTED_EMPTY, []],
		['the switch', { ...EMPTY, webhooksByHand: true }, both],
		['a secret from before there was a switch', { ...EMPTY, webhookSecret: 'now' }, both],
		['the same as the editor gets it', REDACTED, both],
		['only the previous one', { ...EMPTY, previousWebhookSecret: 'before' }, both],
		['both', secrets, both],
		['a secret out of a vault', { ...EMPTY, webhookSecret: '={{ $secrets.vault.calcom }}' }, both],
	])('%s', (_what, data, expected) => expect(shown(data).sort()).toEqual([...expected].sort()));

	test.each<[string, INodeParameters]>([
		['both', secrets],
		['one', { webhookSecret: 'now' }],
		['the previous one', { previousWebhookSecret: 'before' }],
		['a secret that the switch was forgotten for', { ...secrets, webhooksByHand: false }],
		['a secret that the switch reveals', { ...secrets, webhooksByHand: true }],
	])('saved before or after, they are read: %s', (_what, data) => {
		expect(read({ ...KEY_ONLY, ...data })).toMatchObject({ ...KEY_ONLY, ...data });
		// What the editor saves is read again the same.
		const saved = NodeHelpers.getNodeParameters(properties, { ...KEY_ONLY, ...data }, false, false, null, null);
		expect(read(saved ?? {})).toMatchObject(data);
	});
});

describe('its test', () => {
	test('says who one is connected as', async () => {
		const { request, asked } = http({ 'https://api.cal.com/v2/me': recorded('001') });
		await expect(testCalComCredential({ request }, { apiKey: ` ${KEY}\n`, baseUrl: '' })).resolves.toEqual({
			status: 'OK',
			message: 'Connected to hosted Cal.com as owner@school.example',
		});
		expect(asked[0]?.headers.Authorization).toBe(`Bearer ${KEY}`);
	});

	test('an address without a path tests like any other', async () => {
		const { request } = http({ 'https://cal.example.com/api/v2/me': recorded('001') });
		const result = await testCalComCredential({ request }, { apiKey: KEY, baseUrl: 'https://cal.example.com' });
		expect(result).toEqual({ status: 'OK', message: 'Connected to self-hosted Cal.com as owner@school.example' });
	});

	test.each([
		['a web page', html],
		['no such route', recorded('007')],
	])('when %s answers there, it finds the place that is right', async (_name, first) => {
		const { request } = http({
			'https://api.example.com/api/v2/me': first,
			'https://api.example.com/v2/me': recorded('004'),
		});
		await expect(
			testCalComCredential({ request }, { apiKey: KEY, baseUrl: 'https://api.example.com' }),
		).resolves.toEqual({
			status: 'Error',
			message: 'The API of this Cal.com answers at https://api.example.com/v2: put that into Base URL.',
		});
	});

	test('a redirect at one place, the API at the other', async () => {
		const { request } = http({
			'https://api.example.com/api/v2/me': {
				statusCode: 302,
				headers: { location: 'https://api.example.com/login' },
				body: '',
			},
			'https://api.example.com/v2/me': recorded('001'),
		});
		const result = await testCalComCredential({ request }, { apiKey: KEY, baseUrl: 'https://api.example.com' });
		expect(result.message).toContain('answers at https://api.example.com/v2: put that into Base URL');
	});

	test('says that the key goes in clear', async () => {
		const { request } = http({ 'http://cal.example.com/v2/me': recorded('001') });
		const result = await testCalComCredential({ request }, { apiKey: KEY, baseUrl: 'http://cal.example.com/v2' });
		expect(result).toEqual({ status: 'OK', message: expect.stringMatching(/Connected to .*unencrypted.*https/) });
	});

	test('a web page everywhere', async () => {
		const { request } = http({ 'https://www.example.com/api/v2/me': html, 'https://www.example.com/v2/me': html });
		const result = await testCalComCredential({ request }, { apiKey: KEY, baseUrl: 'https://www.example.com' });
		expect(result.message).toMatch(
			/^No Cal.com API answers at https:\/\/www.example.com\/api\/v2\. Check the base URL/,
		);
	});

	test.each([
		['004', 'Cal.com does not accept the API key. Check that the key was copied whole'],
		['005', 'The Cal.com API key has expired. Make a new key'],
		['280', 'The rate limit of Cal.com is used up. Try again in 60 seconds'],
	])('answer %s', async (start, message) => {
		const { request } = http({ 'https://api.cal.com/v2/me': recorded(start) });
		const result = await testCalComCredential({ request }, { apiKey: KEY, baseUrl: 'https://api.cal.com/v2' });
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
		expect(result.message).not.toContain(KEY);
	});

	test('a refused connection says what to check', async () => {
		const refused = Object.assign(new Error('Error: connect ECONNREFUSED'), { cause: { code: 'ECONNREFUSED' } });
		const { request } = http({ 'http://localhost:5555/v2/me': refused });
		const result = await testCalComCredential({ request }, { apiKey: KEY, baseUrl: 'http://localhost:5555/v2' });
		expect(result.message).toContain('Nothing answers at localhost:5555. Check host and port of the base URL');
	});

	test.each([
		[{ apiKey: KEY, baseUrl: 'no url' }, '"no url" is not a web address'],
		[{ apiKey: ' ', baseUrl: '' }, 'The API key is empty'],
		[undefined, 'The API key is empty'],
	])('%j asks nothing', async (data, message) => {
		const { request, asked } = http({});
		const result = await testCalComCredential({ request }, data);
		expect(result.message).toContain(message);
		expect(asked).toEqual([]);
	});
});

describe('its test, through n8n’s own request function', () => {
	test('reads real answers and real refusals', async () => {
		const { CredentialTestContext } = await import('n8n-core');
		const { helpers } = new CredentialTestContext({} as never);
		const { status, body } = exchange('004');
		const server = createServer((_request, response) => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
		const refusedKey = await testCalComCredential(helpers, { apiKey: KEY, baseUrl });
		await new Promise((resolve) => server.close(resolve));
		const refusedConnection = await testCalComCredential(helpers, { apiKey: KEY, baseUrl });

		expect(refusedKey.message).toContain('Cal.com does not accept the API key');
		expect(refusedConnection.message).toContain('Nothing answers at 127.0.0.1');
	});

	test.each([301, 302, 303, 307, 308])('follows no redirect: %i', async (status) => {
		const { CredentialTestContext } = await import('n8n-core');
		const { helpers } = new CredentialTestContext({} as never);
		const elsewhere: string[] = [];
		const other = createServer((request, response) => {
			elsewhere.push(String(request.headers.authorization));
			response.end();
		});
		const first = createServer((request, response) => {
			const { port } = other.address() as AddressInfo;
			response.writeHead(status, { location: `http://127.0.0.1:${port}${request.url}` }).end();
		});
		for (const server of [other, first])
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(first.address() as AddressInfo).port}`;
		const result = await testCalComCredential(helpers, { apiKey: KEY, baseUrl });
		for (const server of [other, first]) await new Promise((resolve) => server.close(resolve));

		expect(result.status).toBe('Error');
		expect(result.message).toMatch(
			/^The base URL redirects to http:\/\/127\.0\.0\.1:\d+\/api\/v2: put that address/,
		);
		expect(result.message).not.toContain(KEY);
		expect(elsewhere).toEqual([]);
	});
});
