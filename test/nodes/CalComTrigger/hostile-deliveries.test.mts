// What somebody could send who knows the webhook's URL, and what somebody could who knows its secret too.
import crypto from 'node:crypto';
import { jest } from '@jest/globals';
import { readIndex, readRecordings } from '../shared/events/recordings.mts';
import { SECRET, type Request, deliver, signature } from './support.mts';

const recordings = readRecordings();
const BOOKING = recordings.find(({ number }) => number === '001')!.bytes;
const TEXT = BOOKING.toString();
const DEPTH = 10_000;
/** The booking with something more at the beginning of its payload. */
const withMember = (member: string) => TEXT.replace('"payload":{', `"payload":{${member},`);

afterEach(() => jest.restoreAllMocks());

async function expect401(request: Request) {
	const { ended, result, started } = await deliver(request);
	expect(ended).toEqual({ status: 401, json: { status: 'refused', reason: expect.any(String) } });
	expect(result).toEqual({ noWebhookResponse: true });
	expect(started).toBe(false);
}

describe('without the secret', () => {
	const GOOD = signature(BOOKING);
	const other = recordings.find(({ bytes }) => !bytes.equals(BOOKING))!.bytes;
	const ofAnotherWebhook = readIndex().find(({ number }) => number === '001')!.secret!;
	test.each<[string, Partial<Request>]>([
		['unsigned', { signature: null }],
		['a signature that says there is no secret', { signature: 'no-secret-provided' }],
		['the signature of another delivery of this webhook', { signature: signature(other) }],
		["the signature of another person's webhook", { signature: signature(BOOKING, ofAnotherWebhook) }],
		['signed with an empty secret', { signature: signature(BOOKING, '') }],
		['signed with the word undefined', { signature: signature(BOOKING, 'undefined') }],
		['signed with the word null', { signature: signature(BOOKING, 'null') }],
		['signed with the URL', { signature: signature(BOOKING, 'https://n') }],
		[
			'a bare hash, which needs no secret',
			{ signature: crypto.createHash('sha256').update(BOOKING).digest('hex') },
		],
		['the right one in base64', { signature: Buffer.from(GOOD, 'hex').toString('base64') }],
		['the right one without its last digit', { signature: GOOD.slice(0, -1) }],
		['the right one after another algorithm', { signature: `md5=${GOOD}` }],
		['the right one twice', { signature: `${GOOD},${GOOD}` }],
		['a name in the body changed', { body: TEXT.replace('"title":"', '"title":"x') }],
		['another event under the same signature', { body: TEXT.replace('BOOKING_CREATED', 'BOOKING_CANCELLED') }],
		['white space added', { body: `${TEXT}\n` }],
		['a second member of the same name', { body: TEXT.replace('{', '{"triggerEvent":"BOOKING_CANCELLED",') }],
		['the secret of the trigger was lost', { signature: signature(BOOKING, ''), staticData: {} }],
		['the secret of the trigger is empty', { signature: signature(BOOKING, ''), staticData: secretOf('') }],
		['the secret of the trigger is no text', { signature: signature(BOOKING, 'true'), staticData: secretOf(true) }],
		['multipart, which n8n takes apart itself', { contentType: 'multipart/form-data', unread: true }],
		[`${String(DEPTH)} levels deep`, { body: '['.repeat(DEPTH) }],
		['10 MB of nothing', { body: Buffer.alloc(10_000_000, ' ') }],
	])('%s: 401', async (_name, request) => {
		await expect401({ body: BOOKING, signature: GOOD, ...request });
	});

	test('the body is not even parsed', async () => {
		const parse = jest.spyOn(JSON, 'parse');
		await expect401({ body: BOOKING, signature: signature(BOOKING, 'guessed') });
		expect(parse).not.toHaveBeenCalled();
		await deliver({ body: BOOKING });
		expect(parse).toHaveBeenCalled();
	});

	test('no sooner refused the fewer digits are right: whole digests are compared, in constant time, with every secret', async () => {
		const compared = jest.spyOn(crypto, 'timingSafeEqual');
		const near = `${GOOD.slice(0, -1)}${GOOD.endsWith('0') ? '1' : '0'}`;
		const parameters = { registration: 'byHand' };
		const credential = { webhookSecret: SECRET, previousWebhookSecret: 'before' };
		for (const header of [GOOD, near, '0'.repeat(64), signature(BOOKING, 'before')]) {
			compared.mockClear();
			await deliver({ body: BOOKING, signature: header, parameters, credential });
			const lengths = compared.mock.calls.map((sides) => sides.map((side) => side.byteLength));
			expect(lengths).toEqual([
				[32, 32],
				[32, 32],
			]);
		}
	});
});

function secretOf(secret: unknown) {
	return { webhook: { id: 'w', collection: '/webhooks', url: 'https://n', secret: secret as string, delay: null } };
}

describe('with the secret', () => {
	test.each<[string, string]>([
		['a key that would change all objects', withMember('"__proto__":{"polluted":"yes"}')],
		['the same within the answers', TEXT.replace('"responses":{', '"responses":{"__proto__":{"polluted":"yes"},')],
		['the same within metadata', TEXT.replace('"metadata":{', '"metadata":{"__proto__":{"polluted":"yes"},')],
		['a constructor', withMember('"constructor":{"prototype":{"polluted":"yes"}}')],
		['methods of objects overlaid', withMember('"toString":1,"hasOwnProperty":2,"valueOf":3,"toJSON":4')],
		['the same member twice', withMember('"uid":"first","uid":"second"')],
		[`${String(DEPTH)} levels of objects`, withMember(`"deep":${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`)],
		[`${String(DEPTH)} levels of lists`, withMember(`"responses":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`)],
		['a number beyond all numbers', withMember('"length":1e999')],
		['NUL and half of an emoji', TEXT.replace('"title":"', '"title":"\\u0000\\ud83d')],
		['NUL in the name of a member', withMember('"a\\u0000b":1')],
		['a text of 1 MB', TEXT.replace('"title":"', `"title":"${'x'.repeat(1_000_000)}`)],
		[
			'10,000 attendees',
			TEXT.replace(/"attendees":\[/, `"attendees":[${'{"email":"a@b.example"},'.repeat(10_000)}`),
		],
		['lists and numbers where texts belong', withMember('"title":["a"],"uid":7,"startTime":{},"organizer":[]')],
		['no payload', '{"triggerEvent":"BOOKING_CREATED"}'],
		['a payload that is a text', '{"triggerEvent":"BOOKING_CREATED","payload":"text"}'],
		['an event that is no text', '{"triggerEvent":{"a":1},"payload":{}}'],
		['an event named after a method', '{"triggerEvent":"constructor","payload":{}}'],
		['an event named after the prototype', '{"triggerEvent":"__proto__","payload":{}}'],
	])('%s is handed over as plain, storable JSON', async (_name, body) => {
		for (const output of ['normalized', 'raw', 'both']) {
			const parameters = { output, events: [] };
			const { started, ended, json } = await deliver({ body, parameters });
			expect(ended.status).toBeNull();
			expect(started).toBe(true);
			const stored = JSON.stringify(json);
			expect(stored).not.toMatch(/\\u0000|"__proto__":/);
			expect(stored).not.toMatch(/(?<!\\)\\ud[89a-f]/i);
			const levels = levelsOf(json);
			expect(levels.length).toBeLessThanOrEqual(110);
			expect(levels.flat().filter((one) => !isPlain(one))).toEqual([]);
			expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
		}
	});

	test('of a member that comes twice the last one counts, as in PostgreSQL', async () => {
		const { json } = await deliver({
			body: withMember('"uid":"first"').replace(/"uid":"[^f"][^"]*"/g, '"uid":"last"'),
		});
		expect(json).toMatchObject({ booking: { uid: 'last' } });
	});

	test.each([
		['a list', '[{"triggerEvent":"BOOKING_CREATED"}]'],
		['cut off', TEXT.slice(0, -1)],
		['two after another', `${TEXT}${TEXT}`],
		['NUL bytes within', TEXT.replace('"title":"', '"title":"\0')],
		['UTF-16', Buffer.from(TEXT, 'utf16le').toString('latin1')],
		['a form', 'triggerEvent=BOOKING_CREATED&payload[uid]=1'],
		['XML', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
	])('%s: 400', async (_name, body) => {
		const { ended, started } = await deliver({ body });
		expect([ended.status, started]).toEqual([400, false]);
	});

	test('an event that nobody has chosen is answered and starts nothing', async () => {
		const body = TEXT.replace('BOOKING_CREATED', 'MEETING_ENDED');
		const { result, started } = await deliver({ body });
		expect([started, result.webhookResponse]).toEqual([false, { status: 'filtered', reason: expect.any(String) }]);
	});

	test('the same delivery again has the same key, by which a table takes it once', async () => {
		const [one, two] = [await deliver({ body: BOOKING }), await deliver({ body: BOOKING })];
		expect(one.json?.['eventKey']).toEqual(expect.stringContaining('BOOKING_CREATED'));
		expect(two.json?.['eventKey']).toBe(one.json?.['eventKey']);
	});
});

/** Everything within a value, level by level; without recursion, which would run out of stack before the node does. */
function levelsOf(value: unknown): unknown[][] {
	const levels = [[value]];
	for (let level = levels[0]!; level.length > 0; levels.push(level))
		level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
	return levels;
}

/** No object with a prototype that somebody has sent. */
function isPlain(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === (Array.isArray(value) ? Array.prototype : Object.prototype);
}
