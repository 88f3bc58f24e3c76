// A key that goes through a foreign network must be encrypted on its way.
import { NodeHelpers } from 'n8n-workflow';
import { CalComApi } from '../../../../credentials/CalComApi.credentials.ts';
import { CalComOAuth2Api } from '../../../../credentials/CalComOAuth2Api.credentials.ts';
import { baseUrlCandidates } from '../../../../nodes/shared/api/baseUrl.ts';
import { isPrivateHost, sendsInClear } from '../../../../nodes/shared/api/plainHttp.ts';
import { fakeExecute } from '../../CalCom/support/fake-execute.mts';
import { account } from '../../CalComPollTrigger/support/account.mts';
import { fakePoll } from '../../CalComPollTrigger/support/fake-poll.mts';

/** What people type -> whether the key goes in clear through a network of others. */
const TABLE: [string, boolean][] = [
	['', false],
	['https://api.cal.com/v2', false],
	['http://api.cal.com/v2', false], // becomes https
	['https://cal.example.com', false],
	['cal.example.com', false],
	['localhost:5555', false],
	['http://localhost:5555/v2', false],
	['http://127.0.0.1:3000', false],
	['http://127.8.8.8/v2', false],
	['http://[::1]:3000', false],
	['http://[fd12:3456::1]/v2', false],
	['http://[fe80::1]/v2', false],
	['http://10.1.2.3', false],
	['http://192.168.0.7/api/v2', false],
	['http://172.16.0.1', false],
	['http://172.31.255.1', false],
	['http://169.254.1.1', false],
	['http://100.64.0.9', false],
	['http://calcom:3000/v2', false],
	['http://calcom', false],
	['http://cal.local/v2', false],
	['http://cal.localhost/v2', false],
	['http://cal.svc.internal/v2', false],
	['http://nas.lan', false],
	['http://cal.home.arpa', false],
	['http://cal.example.com', true],
	['HTTP://CAL.EXAMPLE.COM/v2', true],
	['  http://cal.example.com/api/v2  ', true],
	['http://203.0.113.7:3000', true],
	['http://8.8.8.8', true],
	['http://172.15.0.1', true],
	['http://172.32.0.1', true],
	['http://192.169.0.1', true],
	['http://100.63.0.1', true],
	['http://100.128.0.1', true],
	['http://11.0.0.1', true],
	['http://[2001:db8::1]/v2', true],
	['http://10.evil.example', true],
	['http://127.0.0.1.evil.example', true],
	['http://192.168.evil.example', true],
	['http://localhost.evil.example', true],
	['http://local.example', true],
	['http://fdevil.example', true],
	['http://localhost@evil.example', true],
];

describe('http beyond loopback and private networks', () => {
	test.each(TABLE)('%j is in clear: %s', (typed, expected) => {
		const [baseUrl = ''] = baseUrlCandidates(typed);
		expect(sendsInClear(baseUrl)).toBe(expected);
	});

	test.each([
		['localhost', true],
		['LOCALHOST', true],
		['example.com', false],
		['', false],
	])('host %j is private: %s', (host, expected) => expect(isPrivateHost(host)).toBe(expected));
});

describe('is told', () => {
	/** What the form shows beside what is typed. */
	const notices = (form: CalComApi | CalComOAuth2Api, data: Record<string, string>) =>
		form.properties
			.filter(({ type }) => type === 'notice')
			.filter((field) => NodeHelpers.displayParameterPath(data, field, '', null, null))
			.map(({ displayName }) => displayName);

	test.each(TABLE.filter(([typed]) => !/cal\.com/.test(typed)))(
		'in the form of the API key: %j %s',
		(baseUrl, clear) => {
			const shown = notices(new CalComApi(), { baseUrl });
			expect(shown).toHaveLength(clear ? 1 : 0);
			if (clear) expect(shown[0]).toContain('https');
		},
	);

	test.each([
		[{ region: 'own', appUrl: 'http://cal.example.com', apiUrl: '' }, 1],
		[{ region: 'own', appUrl: 'https://cal.example.com', apiUrl: 'http://api.example.com/v2' }, 1],
		[{ region: 'own', appUrl: 'http://calcom:3000', apiUrl: '' }, 0],
		[{ region: 'com', appUrl: 'http://cal.example.com', apiUrl: '' }, 0],
	])('in the form of OAuth2: %j', (data, count) => expect(notices(new CalComOAuth2Api(), data)).toHaveLength(count));

	test('beside the output of each run, once', async () => {
		const { session } = await open('http://cal.example.com');
		expect(session.notes()).toEqual([expect.stringContaining('cal.example.com')]);
		expect(session.notes()[0]).toContain('https');
		expect((await open('http://calcom:3000')).session.notes()).toEqual([]);
	});

	const polling = (baseUrl: string) => fakePoll({ answer: account().answer, credential: { baseUrl } });

	test("in n8n's log by the first poll of each node, which is part of publishing, and not by each one after it", async () => {
		const first = polling('http://cal.example.com/v2');
		await first.poll();
		await first.poll();
		const second = polling('http://cal.example.com/v2');
		await second.poll();
		for (const { warnings } of [first, second])
			expect(warnings).toEqual([expect.stringContaining('cal.example.com unencrypted')]);
	});

	test("in n8n's log again when the base URL became another one, and when Cal.com does not answer", async () => {
		const fake = polling('http://cal.example.com/v2');
		await fake.poll();
		fake.credential['baseUrl'] = 'http://api.example.com/v2';
		const silent = fakePoll({
			answer: () => ({ status: 500, body: '' }),
			credential: { baseUrl: 'http://cal.example.com/v2' },
		});
		await Promise.allSettled([fake.poll(), silent.poll()]);
		expect(fake.warnings).toEqual([
			expect.stringContaining('cal.example.com unencrypted'),
			expect.stringContaining('api.example.com unencrypted'),
		]);
		expect(silent.warnings).toHaveLength(1);
	});

	test.each(['http://calcom:3000/v2', 'https://cal.example.com/v2'])("not in n8n's log for %s", async (baseUrl) => {
		const fake = polling(baseUrl);
		await fake.poll();
		expect(fake.warnings).toEqual([]);
	});

	async function open(baseUrl: string) {
		const fake = fakeExecute({ credential: { baseUrl }, answers: [] });
		return { session: await fake.session() };
	}
});
