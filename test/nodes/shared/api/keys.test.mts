// A server that repeats the key: an error is shown in the panel, stays in the execution and is mailed to the team.
import { z } from 'zod';
import { calComRequest } from '../../../../nodes/shared/api/client.ts';
import { testCalComCredential } from '../../../../nodes/shared/api/credentialTest.ts';
import { readFailure } from '../../../../nodes/shared/api/failure.ts';
import { answerWithout, hideIn, hideKeys, withoutKeys } from '../../../../nodes/shared/api/keys.ts';
import { fakeExecute } from '../../CalCom/support/fake-execute.mts';
import { fakeN8n } from './fake-n8n.mts';
import { allExchanges } from './recorded-exchanges.mts';

const askMe = { method: 'GET', path: '/me', version: null } as const;

/** All that an error can show, wherever it is looked at. */
function shown(problem: unknown): string {
	const { message, description, context, cause, stack, ...rest } = problem as Error & Record<string, unknown>;
	return JSON.stringify([message, description, context, cause, stack, rest]);
}

const wrong = (details: unknown) => ({ status: 'error', error: { code: 'X', message: 'No', details } });
const child = (property: string, constraints: object) => ({ errors: [{ children: [{ property, constraints }] }] });

/** Each place of an answer that is read for an error, with a text in it. */
const ANSWERS: ReadonlyArray<[string, (text: string) => { status: number; headers?: object; body: unknown }]> = [
	['the message', (text) => ({ status: 400, body: { status: 'error', error: { code: 'X', message: text } } })],
	['the code', (text) => ({ status: 400, body: { status: 'error', error: { code: text, message: 'No' } } })],
	['the code of a server error', (text) => ({ status: 500, body: { status: 'error', error: { code: text } } })],
	['the name of a field', (text) => ({ status: 400, body: wrong(child(text, { a: 'wrong' })) })],
	['what is said of a field', (text) => ({ status: 400, body: wrong(child('name', { a: text })) })],
	['the message of a bare error', (text) => ({ status: 400, body: { statusCode: 400, message: text } })],
	['a list of messages', (text) => ({ status: 422, body: { statusCode: 422, message: ['No', text] } })],
	['the code of the OAuth form', (text) => ({ status: 400, body: { error: text, error_description: 'No' } })],
	['the words of the OAuth form', (text) => ({ status: 400, body: { error: 'x', error_description: text } })],
	['a page', (text) => ({ status: 502, body: `<html>${text}</html>` })],
	['an answer that is none', (text) => ({ status: 200, body: { status: 'error', error: { code: text } } })],
	['a redirect’s path', (text) => redirect(`https://evil.example/${encodeURIComponent(text)}`)],
	['a redirect’s path to the API', (text) => redirect(`https://evil.example/${encodeURIComponent(text)}/v2/me`)],
	['a redirect’s path, as it is', (text) => redirect(`https://evil.example/${text}`)],
	['a redirect’s host', (text) => redirect(`https://${text}.evil.example/`)],
];

function redirect(location: string) {
	return { status: 302, headers: { location }, body: '' };
}

const LOOKS_LIKE_ONE = 'cal_live_0123456789abcdef';
const ALL_LETTERS = 'cal_live_abcdefghijkl';
const OF_ANOTHER_FORM = 'Zq8kPw2sVn4tYb7e';
const OF_LETTERS = 'kPwsVntYbeZqRdLm';
const OF_SIGNS = 'a/b+c=d&e f"g\\h';

describe.each(ANSWERS)('in %s', (_, answer) => {
	test.each([
		['as the header had it', LOOKS_LIKE_ONE, `Bearer ${LOOKS_LIKE_ONE}`],
		['alone', LOOKS_LIKE_ONE, LOOKS_LIKE_ONE],
		['of letters', ALL_LETTERS, ALL_LETTERS],
		['of another form, behind its scheme', OF_ANOTHER_FORM, `Bearer ${OF_ANOTHER_FORM}`],
		['of another form, alone', OF_ANOTHER_FORM, `key ${OF_ANOTHER_FORM}!`],
		['of letters and another form', OF_LETTERS, OF_LETTERS],
		['of signs', OF_SIGNS, OF_SIGNS],
	])('the own key stays out of the error: %s', async (_how, apiKey, text) => {
		const { status, headers, body } = answer(text);
		const fake = fakeN8n({
			credential: { apiKey },
			respond: () => ({ status, headers: { ...headers }, body }),
		});
		const error: unknown = await calComRequest(fake.ctx, askMe, z.unknown()).catch((problem: unknown) => problem);
		expect(error).toBeInstanceOf(Error);
		expect(shown(error)).not.toContain(JSON.stringify(apiKey).slice(1, -1));
		expect(shown(error)).not.toContain(encodeURIComponent(apiKey));
	});

	test('so does another one that looks like a key', async () => {
		const { status, headers, body } = answer(`Bearer ${LOOKS_LIKE_ONE}`);
		const fake = fakeN8n({ respond: () => ({ status, headers: { ...headers }, body }) });
		const error: unknown = await calComRequest(fake.ctx, askMe, z.unknown()).catch((problem: unknown) => problem);
		expect(shown(error)).not.toContain(LOOKS_LIKE_ONE);
	});

	test('it stays out of what the credential’s test says', async () => {
		const { status, headers, body } = answer(OF_ANOTHER_FORM);
		const request = async () => ({ statusCode: status, headers: { ...headers }, body });
		const said = await testCalComCredential(
			{ request },
			{ apiKey: OF_ANOTHER_FORM, baseUrl: 'https://cal.school.example/v2' },
		);
		expect(said.status).toBe('Error');
		expect(JSON.stringify(said)).not.toContain(OF_ANOTHER_FORM);
	});
});

test('it stays out of an error that n8n throws, too: of the network, or of a sign-in that was refused', async () => {
	const token = 'eyToken.0123456789';
	for (const problem of [
		Object.assign(new Error(`socket closed after ${token}`), { cause: new Error(token) }),
		Object.assign(new Error('401'), {
			httpCode: '401',
			context: { data: { statusCode: 401, message: `no ${token}` } },
		}),
		Object.assign(new Error('400'), {
			httpCode: '400',
			context: { data: { statusCode: 400, message: `no ${token}` } },
		}),
	]) {
		for (const credential of [{ apiKey: token }, { apiKey: '', oauthTokenData: { access_token: token } }]) {
			const { ctx } = fakeN8n({
				credential,
				respond: () => {
					throw problem;
				},
			});
			const error: unknown = await calComRequest(ctx, askMe, z.unknown()).catch((caught: unknown) => caught);
			expect(error).toBeInstanceOf(Error);
			expect(shown(error)).not.toContain(token);
		}
	}
});

test('a session’s error is without it as well', async () => {
	const fake = fakeExecute({
		credential: { apiKey: OF_ANOTHER_FORM, baseUrl: 'https://cal.school.example/v2' },
		answers: () => ({ status: 400, body: { statusCode: 400, message: `bad ${OF_ANOTHER_FORM}` } }),
	});
	const session = await fake.session();
	const error: unknown = await session.request(0, askMe, z.unknown()).catch((problem: unknown) => problem);
	expect(shown(error)).toContain('bad …');
	expect(shown(error)).not.toContain(OF_ANOTHER_FORM);
	expect(JSON.stringify(session)).not.toContain(OF_ANOTHER_FORM);
});

describe('all else stays', () => {
	test('each code that was recorded', () => {
		const codes = allExchanges().flatMap(({ status, headers, body }) => {
			const told = z.object({ error: z.object({ code: z.string() }) }).safeParse(body);
			return told.success
				? [[told.data.error.code, readFailure({ statusCode: status, headers, body }).code]]
				: [];
		});
		expect(codes.length).toBeGreaterThan(50);
		for (const [said, read] of codes) expect(read).toBe(said);
	});

	test.each(['P 2002', 'X1', 'x'.repeat(61), '<b>', ''])('what is no code: %j', (code) => {
		const body = { status: 'error', error: { code, message: 'No' } };
		expect(readFailure({ statusCode: 400, headers: {}, body })).toMatchObject({ code: null, text: 'No' });
	});

	test('words that begin or end like a key', () => {
		for (const text of ['A basic fault', 'logical_somethings', 'cal_id', 'bearer', 'Calendar', 'https://cal.com/x'])
			expect([text, withoutKeys(text)]).toEqual([text, text.replace('basic fault', 'basic …')]);
	});

	test('a data set that holds the key: it is no error', () => {
		const answer = { statusCode: 200, headers: {}, body: { status: 'success', data: { note: OF_ANOTHER_FORM } } };
		expect(answerWithout(hideKeys([OF_ANOTHER_FORM]), answer)).toBe(answer);
	});

	test('where there is no key, or one so short that it stands in words', () => {
		for (const keys of [[], [undefined], [''], [7], ['a'], ['   '], ['Cal.com']])
			expect(hideKeys(keys)('Cal.com has 7 pages')).toBe('Cal.com has 7 pages');
	});
});

test('however deep it lies, and however deep an answer is', () => {
	const deep = (depth: number) => JSON.parse('[{"a":'.repeat(depth) + `"${OF_ANOTHER_FORM}"` + '}]'.repeat(depth));
	for (const depth of [1, 10, 200, 5_000])
		expect(JSON.stringify(hideIn(deep(depth), hideKeys([OF_ANOTHER_FORM])))).not.toContain(OF_ANOTHER_FORM);
});
