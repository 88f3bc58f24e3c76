import { z } from 'zod';
import { calComRequest, calComSend, connection } from '../../../../nodes/shared/api/client.ts';
import { searchEventTypes, searchTeamEventTypes, searchTeams } from '../../../../nodes/shared/api/listSearch.ts';
import { API_VERSION } from '../../../../nodes/shared/api/versions.ts';
import { fakeN8n } from './fake-n8n.mts';
import type { Responder } from './fake-n8n.mts';
import { exchange } from './recorded-exchanges.mts';

const replay =
	(start: string): Responder =>
	() => {
		const { status, headers, body } = exchange(start);
		return { status, headers, body };
	};

const me = z.object({ email: z.string() });
const askMe = { method: 'GET', path: '/me', version: API_VERSION.me } as const;

describe('the client', () => {
	test('gives the data of the envelope', async () => {
		const { ctx, sent } = fakeN8n({ respond: replay('001') });
		await expect(calComRequest(ctx, askMe, me)).resolves.toEqual({ email: 'owner@school.example' });
		expect(sent).toMatchObject([{ method: 'GET', url: 'https://api.cal.com/v2/me' }]);
		expect(sent[0]?.headers).not.toHaveProperty('cal-api-version');
	});

	test('asks below the address that the credential leads to', async () => {
		const { ctx, sent } = fakeN8n({ respond: replay('001'), credential: { baseUrl: 'cal.example.com/' } });
		await calComRequest(ctx, askMe, me);
		expect(sent[0]?.url).toBe('https://cal.example.com/api/v2/me');
		await expect(connection(ctx)).resolves.toEqual({
			baseUrl: 'https://cal.example.com/api/v2',
			host: 'cal.example.com',
			edition: 'selfHosted',
			instance: 'cal.example.com',
			credential: 'calComApi',
			hide: expect.any(Function),
		});
	});

	test('says that the base URL is no address before it asks anything', async () => {
		const { ctx, sent } = fakeN8n({ credential: { baseUrl: 'nope nope' } });
		await expect(calComRequest(ctx, askMe, me)).rejects.toThrow(
			'"nope nope" in the credential is not a web address',
		);
		expect(sent).toEqual([]);
	});

	test.each(['/bookings/..', '/bookings/../cancel', '/teams/../event-types', '/webhooks/.', '/./me'])(
		'does not ask for %s, which would be another place',
		async (path) => {
			const { ctx, sent } = fakeN8n({ respond: replay('001') });
			await expect(calComSend(ctx, { ...askMe, path }, me)).resolves.toMatchObject({
				ok: false,
				failure: { status: 404 },
			});
			expect(sent).toEqual([]);
		},
	);

	test.each(['/bookings/...', '/bookings/.a', '/bookings/a..', '/bookings/..%2F..%2Fme', '/bookings/a.b'])(
		'asks for %s, which is an id like any other',
		async (path) => {
			const { ctx, sent } = fakeN8n({ respond: replay('001') });
			await calComRequest(ctx, { ...askMe, path }, me);
			expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([`/v2${path}`]);
		},
	);

	test('a failure is an error with words, or a value for who asks so', async () => {
		const { ctx } = fakeN8n({ respond: replay('004') });
		await expect(calComRequest(ctx, askMe, me)).rejects.toThrow('Cal.com does not accept the API key');
		await expect(calComSend(ctx, askMe, me)).resolves.toMatchObject({ ok: false, failure: { status: 401 } });
	});

	test('a 200 of something else is not a success', async () => {
		const { ctx } = fakeN8n({ respond: () => ({ status: 200, body: '<html>' }) });
		await expect(calComRequest(ctx, askMe, me)).rejects.toThrow('does not lead to the API of Cal.com');
	});

	test('no answer', async () => {
		const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		const { ctx } = fakeN8n({
			respond: () => {
				throw refused;
			},
		});
		await expect(calComRequest(ctx, askMe, me)).rejects.toThrow('Nothing answers at api.cal.com');
	});
});

describe('lists to choose from', () => {
	test('event types, sorted, with the version that gives the new shape', async () => {
		const { ctx, sent } = fakeN8n({ respond: replay('043') });
		const { results } = await searchEventTypes.call(ctx as never, 'lesson');
		expect(results[0]).toEqual({ name: 'Home lesson (home-lesson)', value: '10' });
		expect(results.every(({ name }) => /lesson/i.test(name))).toBe(true);
		expect(sent[0]?.headers['cal-api-version']).toBe('2024-06-14');
		await expect(searchEventTypes.call(ctx as never)).resolves.toMatchObject({ results: { length: 17 } });
		await expect(searchEventTypes.call(ctx as never, '6')).resolves.toMatchObject({ results: [{ value: '6' }] });
	});

	test('team event types wait for a team', async () => {
		const { ctx, sent } = fakeN8n({ parameters: { teamId: { __rl: true, mode: 'list', value: '' } } });
		await expect(searchTeamEventTypes.call(ctx as never)).resolves.toEqual({ results: [] });
		expect(sent).toEqual([]);
	});

	test('team event types of the chosen team', async () => {
		const { ctx, sent } = fakeN8n({
			parameters: { teamId: { __rl: true, mode: 'id', value: '7' } },
			respond: replay('043'),
		});
		await searchTeamEventTypes.call(ctx as never);
		expect(sent[0]?.path).toBe('/teams/7/event-types');
	});

	test('teams where there are none: the edition is named', async () => {
		const { ctx } = fakeN8n({ respond: replay('289') });
		await expect(searchTeams.call(ctx as never)).rejects.toMatchObject({
			description: expect.stringContaining('hosted'),
		});
	});
});
