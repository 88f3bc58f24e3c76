// Whatever somebody sends who knows the webhook's URL: nothing starts, n8n lives, and the right delivery after it is taken.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ofetch } from 'ofetch';
import { z } from 'zod';
import { DATA } from '../../playground/src/playground.mts';
import { readRecordings } from '../nodes/shared/events/recordings.mts';
import { unless } from '../compat/differences.mts';
import { type E2e, type Subscription, deliver, deliverSigned, openE2e, sign, waitFor } from './support/e2e.mts';
import { startForm } from './support/form.mts';
import { rawPost, sendRaw } from './support/raw-http.mts';
import { triggerWorkflow } from './support/trigger-workflow.mts';

const ID = 'e2e-hostile';
const BOOKING = readRecordings().find(({ number }) => number === '001')!.bytes;
const TEXT = BOOKING.toString();
const SIGNATURE = 'x-cal-signature-256';
/** n8n's own limit for a body, in bytes (N8N_PAYLOAD_SIZE_MAX). */
const LIMIT = 16 * 1024 * 1024;
/** n8n does not read the rest of it: whoever is still sending may see the end of the connection before the answer. */
const CLOSED = 'closed';
/** What comes of more than the limit. */
const TOO_LARGE: (number | typeof CLOSED)[] = [413, 500, CLOSED];
/** n8n closes a connection on which it has left a body unread: nothing else may be under way there. */
const ALONE = { connection: 'close' };

let e2e: E2e;
let hook: Subscription;
beforeAll(async () => {
	e2e = await openE2e();
	const { workflow, url } = triggerWorkflow(e2e, ID, { events: ['BOOKING_CREATED'] });
	await e2e.editor.saveWorkflow(workflow);
	await e2e.editor.activate(ID);
	hook = { url, secret: await registeredSecret(url) };
}, 60_000);
afterAll(async () => {
	await e2e.editor.deactivate(ID);
	await e2e.editor.deleteWorkflow(ID);
	await e2e.close();
});

const countSchema = z.object({ data: z.object({ count: z.number() }) });
/** How many executions there have been. */
async function started(): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: ID }));
	return countSchema.parse(await e2e.editor.request(`/executions?limit=1&filter=${filter}`)).data.count;
}
async function registeredSecret(url: string): Promise<string> {
	const headers = { authorization: `Bearer ${e2e.calcom.apiKey}` };
	const schema = z.object({ data: z.array(z.object({ subscriberUrl: z.string(), secret: z.string() })) });
	const { data } = schema.parse(await ofetch(`${e2e.calcom.url}/webhooks`, { headers, retry: 0 }));
	const own = data.find(({ subscriberUrl }) => subscriberUrl === url);
	if (!own) throw new Error('The trigger has registered no webhook.');
	return own.secret;
}
/** A right delivery is taken, and the workflow runs through. */
async function expectTaken(): Promise<void> {
	const before = await started();
	expect((await deliverSigned(hook, TEXT)).status).toBe(200);
	await waitFor('the execution', async () => (await started()) === before + 1);
}
/** Does something hostile: nothing starts, and what comes after it is taken. */
async function expectHarmless(hostile: () => Promise<void>): Promise<void> {
	const before = await started();
	await hostile();
	expect(await started()).toBe(before);
	await expectTaken();
}

const brokenSchema = z.object({ cause: z.object({ code: z.enum(['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET']) }) });
/** What a body that n8n may not read to its end comes to: the answer's status, or that n8n closed the connection. */
async function refusal(body: string | Buffer, headers: Record<string, string>): Promise<number | typeof CLOSED> {
	return await deliver(hook.url, body, { ...ALONE, ...headers }).then(
		({ status }) => status,
		(error: unknown) => {
			if (!brokenSchema.safeParse(error).success) throw error;
			return CLOSED;
		},
	);
}

/** n8n's memory in MB. */
async function memory(): Promise<number> {
	const pid = (await readFile(join(process.env['E2E_DIR'] ?? join(DATA, 'e2e'), 'n8n', 'n8n.pid'), 'utf8')).trim();
	return Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

describe('a body that n8n does not take', () => {
	const gzip = { 'content-encoding': 'gzip' };
	test.each<[string, (number | typeof CLOSED)[], string | Buffer, Record<string, string>]>([
		['more than the limit', TOO_LARGE, Buffer.alloc(LIMIT + 1, ' '), {}],
		['more than the limit once inflated', TOO_LARGE, gzipSync(Buffer.alloc(LIMIT + 1, ' ')), gzip],
		['broken gzip', [500], 'no gzip', gzip],
		['a form with files', [400, 401], '--x\r\n', { 'content-type': 'multipart/form-data; boundary=x' }],
		['JSON cut off', [422], '{"triggerEvent":', {}],
		['broken XML', [422], '<a>', { 'content-type': 'text/xml' }],
	])('%s', async (_name, expected, body, more) => {
		await expectHarmless(async () => {
			expect(expected).toContain(await refusal(body, { [SIGNATURE]: sign(hook.secret, body), ...more }));
		});
	});

	test('300 MB in 300 kB of gzip: n8n stops to inflate at its limit', async () => {
		const bomb = gzipSync(Buffer.alloc(300_000_000));
		const before = await memory();
		await expectHarmless(async () => {
			expect(TOO_LARGE).toContain(await refusal(bomb, gzip));
		});
		expect((await memory()) - before).toBeLessThan(250);
	});
});

describe('a body that is not signed', () => {
	const deep = 10_000;
	test.each<[string, string | Buffer, string]>([
		['lists ten thousand deep', '['.repeat(deep) + ']'.repeat(deep), 'application/json'],
		['objects ten thousand deep', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`, 'application/json'],
		[
			'keys that would change all objects',
			'{"__proto__":{"status":"x"},"constructor":{"prototype":{}}}',
			'application/json',
		],
		['15 MB', JSON.stringify({ payload: 'x'.repeat(15_000_000) }), 'application/json'],
		['a form', 'triggerEvent=BOOKING_CREATED&payload[__proto__][a]=1', 'application/x-www-form-urlencoded'],
		['a text', TEXT, 'text/plain'],
		[
			'XML that asks for a file',
			'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
			'application/xml',
		],
		['XML that grows', '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>', 'text/xml'],
		['bytes', Buffer.from([0, 255, 254, 128]), 'application/octet-stream'],
		['nothing', '', 'application/json'],
		['a type that is none', TEXT, 'x'.repeat(1_000)],
	])('%s: refused', async (_name, body, type) => {
		await expectHarmless(async () => {
			const { status, text } = await deliver(hook.url, body, { 'content-type': type });
			expect([401, 422]).toContain(status);
			expect(text).not.toContain(hook.secret);
			expect(text).not.toContain('root:');
		});
	});
});

describe('headers', () => {
	const good = () => `${SIGNATURE}: ${sign(hook.secret, TEXT)}`;
	test.each<[string, number, () => string]>([
		['two right signatures', 401, () => rawPost(hook.url, TEXT, [good(), good()])],
		['a right and a wrong one', 401, () => rawPost(hook.url, TEXT, [good(), `${SIGNATURE}: ${'0'.repeat(64)}`])],
		['a line break within the signature', 400, () => rawPost(hook.url, TEXT, [`${SIGNATURE}: a\rx-cal: b`])],
		['a header without a name', 400, () => rawPost(hook.url, TEXT, [good(), ': x'])],
		['two lengths', 400, () => rawPost(hook.url, TEXT, [good(), 'content-length: 1'])],
		['a length and chunks', 400, () => rawPost(hook.url, TEXT, [good(), 'transfer-encoding: chunked'])],
		['100 kB of headers', 431, () => rawPost(hook.url, TEXT, [good(), `x-long: ${'x'.repeat(100_000)}`])],
	])('%s', async (_name, status, bytes) => {
		await expectHarmless(async () => expect(await sendRaw(hook.url, bytes())).toBe(status));
	});

	test('a version of Cal.com that does not exist, another sender, another origin: the signature alone counts', async () => {
		const before = await started();
		const headers = {
			'x-cal-webhook-version': '1999-01-01',
			'user-agent': 'curl',
			origin: 'https://attacker.example',
			'x-forwarded-for': '127.0.0.1',
			authorization: 'Basic YTpi',
		};
		expect((await deliver(hook.url, TEXT, { ...headers, [SIGNATURE]: sign('guessed', TEXT) })).status).toBe(401);
		expect(await started()).toBe(before);
		expect((await deliver(hook.url, TEXT, { ...headers, [SIGNATURE]: sign(hook.secret, TEXT) })).status).toBe(200);
		await waitFor('the execution', async () => (await started()) === before + 1);
	});
});

describe('other ways to the webhook', () => {
	test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('%s finds nothing', async (method) => {
		await expectHarmless(async () => {
			const body = method === 'GET' || method === 'HEAD' ? {} : { body: TEXT };
			const headers = { [SIGNATURE]: sign(hook.secret, TEXT), 'content-type': 'application/json' };
			expect((await fetch(hook.url, { method, headers, ...body })).status).toBe(404);
		});
	});

	test('OPTIONS tells a browser what is allowed, and starts nothing', async () => {
		await expectHarmless(async () => {
			const answer = await fetch(hook.url, {
				method: 'OPTIONS',
				headers: { origin: 'https://attacker.example' },
			});
			expect([answer.status, await answer.text()]).toEqual([204, '']);
		});
	});

	test.each([
		[
			'the test address, while nobody listens for a test event',
			() => hook.url.replace('/webhook/', '/webhook-test/'),
		],
		['the address of another webhook id', () => hook.url.replace('hook-', 'hook-x')],
		['the address with something after it', () => `${hook.url}/more`],
	])('%s finds nothing, also with a right signature', async (_name, address) => {
		await expectHarmless(async () => {
			const answer = await deliver(address(), TEXT, { [SIGNATURE]: sign(hook.secret, TEXT) });
			expect(answer.status).toBe(404);
		});
	});

	test("the secret of another workflow's webhook opens nothing here, nor the other way round", async () => {
		const other = await e2e.subscription();
		expect(other.secret).not.toBe(hook.secret);
		await expectHarmless(async () => {
			expect((await deliverSigned({ url: hook.url, secret: other.secret }, TEXT)).status).toBe(401);
			expect((await deliverSigned({ url: other.url, secret: hook.secret }, TEXT)).status).toBe(401);
		});
	});
});

test('a flood of forgeries: none starts anything, and the right deliveries among them are all taken', async () => {
	const before = await started();
	const forged = Array.from(
		{ length: 120 },
		(_, at) => () => deliver(hook.url, TEXT, { [SIGNATURE]: sign(`guess ${String(at)}`, TEXT) }),
	);
	const right = Array.from({ length: 10 }, () => () => deliverSigned(hook, TEXT));
	const all = forged.flatMap((one, at) => (at % 12 === 0 ? [one, right[at / 12]!] : [one]));
	const statuses: number[] = [];
	const worker = async () => {
		for (let next = all.shift(); next; next = all.shift()) statuses.push((await next()).status);
	};
	await Promise.all(Array.from({ length: 20 }, worker));
	expect(statuses.filter((status) => status === 401)).toHaveLength(120);
	expect(statuses.filter((status) => status === 200)).toHaveLength(10);
	await waitFor('the ten executions', async () => (await started()) === before + 10, { timeout: 30_000 });
}, 120_000);

describe('what else the templates show to the internet', () => {
	const TEMPLATES = [
		'03-appointment-reminders',
		'04-reminder-replies',
		'07-book-with-availability',
		'08-retool-actions',
	];
	beforeAll(() => Promise.all(TEMPLATES.map((slug) => e2e.activate(slug))), 120_000);
	afterAll(() => Promise.all(TEMPLATES.map((slug) => e2e.deactivate(slug))), 120_000);

	test.each(['calcom-sms-status', 'calcom-sms-replies', 'calcom-book', 'calcom-actions'])(
		'%s refuses whoever has no secret and names no message',
		async (path) => {
			const url = `${e2e.n8n}/webhook/${path}`;
			const hostile: Record<string, string>[] = [
				{},
				{ 'x-twilio-signature': '' },
				{ 'x-twilio-signature': 'missing' },
				{ 'x-calcom-secret': '' },
			];
			const sid = `SM${'0'.repeat(32)}`;
			const asked = (await e2e.twilio.requests()).length;
			for (const headers of hostile) {
				const bodies: [string, string][] = [
					['application/json', `{"MessageSid":["${sid}"]}`],
					['application/json', `{"MessageSid":{"toString":"${sid}"}}`],
					['application/json', '{"MessageSid":1e32}'],
					['application/json', `{"__proto__":{"MessageSid":"${sid}"}}`],
					['application/json', `["MessageSid","${sid}"]`],
					['application/json', `{"MessageSid":"${sid}\\n"}`],
					['application/json', `{"MessageSid":"../${sid}"}`],
					['application/x-www-form-urlencoded', `MessageSid=${sid}&MessageSid=${sid}`],
					['application/x-www-form-urlencoded', `MessageSid=${sid}%2F..%2F..%2FMessages`],
					['application/x-www-form-urlencoded', `MessageSid=${sid.toLowerCase()}&Body=X`],
					['application/x-www-form-urlencoded', `MessageSid[__proto__]=${sid}`],
					['application/json', '{"action":"cancel","__proto__":{"a":1}}'],
					['application/json', '{"Body":{"toString":1,"valueOf":1}}'],
					['application/json', '[null]'],
					['application/json', 'null'],
					['application/x-www-form-urlencoded', 'MessageSid=SM1&Body=X&From=%2B31612345678'],
					['application/x-www-form-urlencoded', '__proto__=a&constructor=b&Body=X&Body=C'],
					['text/plain', 'x'],
					['text/xml', '<Body a="b">X</Body>'],
				];
				for (const [type, body] of bodies) {
					const { status } = await deliver(url, body, { 'content-type': type, ...headers });
					expect([body, headers, status]).toEqual([body, headers, 403]);
				}
			}
			expect((await fetch(url)).status).toBe(404);
			expect((await e2e.twilio.requests()).length).toBe(asked);
		},
	);

	unless('waitingPages')(
		'nobody gets at the page that somebody else fills in by guessing the number of the run',
		async () => {
			await e2e.db.query("INSERT INTO calcom.services (name, slug) VALUES ('Hostile check', 'hostile-check')");
			const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
			await startForm(`${e2e.n8n}/form/book`, day);
			const [run] = await e2e.editor.executions('calcom-07', 1);
			for (const path of ['form-waiting', 'webhook-waiting']) {
				for (const suffix of ['', '?signature=', `?signature=${'0'.repeat(64)}`]) {
					const answer = await fetch(`${e2e.n8n}/${path}/${String(run?.id)}${suffix}`);
					expect([path, suffix, [401, 404].includes(answer.status)]).toEqual([path, suffix, true]);
					expect(await answer.text()).not.toContain('Hostile check');
				}
			}
		},
		60_000,
	);
});
