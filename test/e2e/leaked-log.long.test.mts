// Whoever gets hold of n8n's database, execution log, log file or exported workflows: which secrets are in it? A whole
// life with everything going wrong, n8n logging all it can, and then a look for each secret everywhere.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA, type Playground, startPlayground } from '../../playground/src/playground.mts';
import { playgroundCredentials } from '../../playground/src/templates.mts';
import { type Gate, openGate } from './support/door.mts';
import { DELIVERED, live } from './support/hard-life.mts';
import { BY_HAND, OAUTH, saveProbes } from './support/leak-probes.mts';
import { type Found, formsOf, lookFor, lookInDatabase, lookInFiles, lookInTables } from './support/leaks.mts';

const CALLER = 'caller-Canary/7f31+d2a9==';

let playground: Playground;
let gate: Gate;
/** What each run said that had to fail. */
let said: string[];
let found: Found;
/** Runs of 07 and 08 that a call started, that were right, and that n8n keeps all the same. */
let kept: unknown[];
/** Whether a reply by SMS was taken, and how many deliveries were. */
let taken: { replies: number; events: number };

beforeAll(async () => {
	playground = await startPlayground({
		dir: join(DATA, 'leaked-log'),
		fresh: true,
		ports: { n8n: 0, calcom: 0 },
		webhookSecret: CALLER,
		n8nEnv: {
			N8N_LOG_LEVEL: 'debug',
			EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'true',
			N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '300',
			N8N_WORKFLOW_PUBLICATION_CONCURRENCY: '10',
		},
	});
	// PostgreSQL behind a door that can be shut.
	gate = await openGate(playground.postgres.port);
	const postgres = { ...playground.postgres, port: gate.port };
	const places = { ...playground, postgres, webhookSecret: CALLER };
	for (const credential of playgroundCredentials(places)) await playground.editor.saveCredential(credential);
	await saveProbes(playground);
	const triggerSecrets = playground.calcom.state.webhooks.flatMap(({ secret }) => secret ?? []);

	said = await live(playground, gate, CALLER);
	const canaries = {
		apiKey: playground.calcom.apiKey,
		...Object.fromEntries(triggerSecrets.map((secret, at) => [`triggerSecret${String(at)}`, secret])),
		...BY_HAND,
		...OAUTH,
		...DELIVERED,
		twilioToken: playground.twilio.account.authToken,
		postgresPassword: playground.postgres.password,
		caller: CALLER,
	};
	const count = async (table: string) => Number((await playground.db.query(`SELECT FROM calcom.${table}`)).rowCount);
	taken = { replies: await count('messages'), events: await count('webhook_events') };
	const looking = lookFor(canaries);
	for (const id of Object.values(playground.workflows)) {
		const { nodes, connections, settings } = (await playground.editor.findWorkflow(id)) ?? {};
		looking.look(`export of ${id}`, JSON.stringify({ nodes, connections, settings }));
	}
	const runs = await Promise.all(['calcom-07', 'calcom-08'].map((id) => playground.editor.executions(id, 100)));
	kept = runs.flat().filter(({ status, mode }) => status === 'success' && mode !== 'manual');
	await playground.n8n.stop();
	lookInDatabase(playground.n8n.userFolder, looking.look);
	await lookInFiles(playground.n8n.userFolder, looking.look);
	await lookInTables(playground.db, looking.look);
	found = looking.found();
}, 600_000);
afterAll(async () => {
	await gate?.shut();
	await playground?.stop();
}, 60_000);

test('all of it has really happened: taken, refused, failed in each way, and logged in detail', async () => {
	expect(said).toEqual([
		expect.stringContaining('does not accept the API key'),
		expect.stringContaining('does not accept the API key'),
		expect.stringMatching(/"Signed in"/),
		expect.stringContaining('(500)'),
		expect.stringContaining('(500)'),
		expect.stringContaining('(500)'),
		expect.stringMatching(/"Signed in"/),
		expect.stringContaining('Connection refused'),
		expect.stringContaining('Connection refused'),
	]);
	expect(taken.replies).toBeGreaterThan(0);
	expect(taken.events).toBeGreaterThan(3);
	const log = await readFile(join(playground.n8n.userFolder, 'n8n.log'), 'utf8');
	expect(log).toContain('| debug |');
	expect(log).toContain('refused a delivery: the signature does not match the body');
});

test('no secret stands anywhere in plain but those that n8n cannot keep otherwise', () => {
	const { oneTimePassword, videoPassword, recordingToken, caller, ...others } = found;
	// What Cal.com sent is taken out of the events; only the trigger that was told to keep it has it.
	for (const places of [oneTimePassword, videoPassword, recordingToken])
		expect(places).toEqual(['execution_data.data of leaks-open']);
	// Credentials are encrypted, and the secret of a webhook that the trigger has registered is kept nowhere.
	expect(Object.values(others).flat()).toEqual([]);
	expect(Object.keys(others).sort()).toEqual([
		'access_token',
		'apiKey',
		'clientSecret',
		'postgresPassword',
		'previousWebhookSecret',
		'refresh_token',
		'triggerSecret0',
		'triggerSecret1',
		'triggerSecret2',
		'twilioToken',
		'webhookSecret',
	]);
	// n8n's Webhook node hands on all headers, also the one that it has checked: they stand in what failed.
	expect(caller).toContain('execution_data.data of calcom-08');
	expect(['execution_data.data of calcom-07', 'execution_data.data of calcom-08']).toEqual(
		expect.arrayContaining(caller ?? []),
	);
	expect(kept).toEqual([]);
});

describe('the search itself', () => {
	test.each(['a', 'ab', 'abc', 'abcd'])('finds a secret within a Basic header after the user %s', (user) => {
		const header = Buffer.from(`${user}:${CALLER}`).toString('base64');
		const { look, found: told } = lookFor({ caller: CALLER, other: 'another-Canary' });
		look('here', `{"authorization":"Basic ${header}"}`);
		expect(told()).toEqual({ caller: ['here'], other: [] });
	});
	test.each([
		['plain', CALLER],
		['in a URL', encodeURIComponent(CALLER)],
		['in hex', Buffer.from(CALLER).toString('hex')],
		['as base64 for URLs', Buffer.from(`x${CALLER}y`).toString('base64url')],
	])('finds it %s', (_name, text) => {
		expect(formsOf(CALLER).some((form) => `before ${text} after`.includes(form))).toBe(true);
	});
});
