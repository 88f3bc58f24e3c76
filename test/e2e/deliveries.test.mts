// Recorded deliveries and forgeries, over HTTP, at the trigger in a real n8n.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differs } from '../compat/differences.mts';
import { readIndex, readRecordings } from '../nodes/shared/events/recordings.mts';
import { alter, isGenuine, SIGNATURE_HEADER } from '../support/alterations/index.mts';
import { SEED, depth } from '../support/depth.mts';
import { isOverHttp, refusalOf } from './support/altered-over-http.mts';
import { type E2e, deliver, openE2e, sign, untilListening, waitFor } from './support/e2e.mts';
import { rawPost } from './support/raw-post.mts';
import { calComCredential, handedOver, triggerWorkflow } from './support/trigger-workflow.mts';

const EXPECTED = join(import.meta.dirname, '../nodes/shared/events/expected');
const ID = 'e2e-deliveries';
const ALTERED = depth(20, 100);
/** The account's webhook and, as its previous secret, that of an event type's. */
const SECRETS = ['whsec-all-0001', 'whsec-et'];
const EVENTS = [
	'BOOKING_CREATED',
	'BOOKING_RESCHEDULED',
	'BOOKING_CANCELLED',
	'BOOKING_REQUESTED',
	'BOOKING_REJECTED',
	'BOOKING_NO_SHOW_UPDATED',
	'BOOKING_PAYMENT_INITIATED',
	'MEETING_STARTED',
	'MEETING_ENDED',
	'OOO_CREATED',
	'RECORDING_READY',
	'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
	'FORM_SUBMITTED',
];

const secretOf = new Map(readIndex().map(({ number, secret }) => [number, secret]));
const recordings = readRecordings().filter(({ number }) => SECRETS.includes(secretOf.get(number) ?? ''));
const plain = recordings[0]!;

let e2e: E2e;
let url: string;
beforeAll(async () => {
	e2e = await openE2e();
	const credential = await calComCredential(e2e, 'recorded', {
		webhookSecret: SECRETS[0],
		previousWebhookSecret: SECRETS[1],
	});
	const { workflow, url: listening } = triggerWorkflow(
		e2e,
		ID,
		{ registration: 'byHand', events: EVENTS },
		credential,
	);
	await e2e.editor.saveWorkflow(workflow);
	await e2e.editor.activate(ID);
	url = listening;
	await untilListening(url);
});
afterAll(async () => {
	await e2e.editor.deactivate(ID);
	await e2e.close();
});

test('every recorded delivery with its real signature is taken and handed over as the event written beside it', async () => {
	const expected: unknown[] = [];
	const instance = new URL(e2e.calcom.url).host;
	for (const { stem, bytes, signature } of recordings) {
		const event = JSON.parse(readFileSync(join(EXPECTED, `${stem}.json`), 'utf8')) as { eventKey: string };
		const answer = await deliver(url, bytes, { 'x-cal-signature-256': signature ?? '' });
		// A form's key ends in a hash of its answers, which the expectation leaves open.
		const eventKey = event.eventKey.endsWith('*')
			? expect.stringContaining(event.eventKey.slice(0, -1))
			: event.eventKey;
		expect([stem, answer.status, answer.json]).toEqual([stem, 200, { status: 'processed', eventKey }]);
		expected.push({ ...event, eventKey, instance });
	}
	const events = await waitFor('all executions', async () => {
		const found = await handedOver(e2e, ID, 100);
		return found.length === expected.length && found;
	});
	// Executions are listed by their start; two that start in the same millisecond may change places.
	const byKey = (list: unknown[]) => list.map((event) => event as { eventKey: string; booking: { uid: string } });
	for (const event of byKey(expected)) expect(events).toContainEqual(event);
});

const valid = () => sign(SECRETS[0]!, plain.bytes);
const altered = Buffer.concat([plain.bytes.subarray(0, 100), Buffer.from('X'), plain.bytes.subarray(101)]);

describe('what cannot be verified', () => {
	test.each<[string, () => { body: Buffer; headers: Record<string, string> }]>([
		['has no signature', () => ({ body: plain.bytes, headers: {} })],
		[
			'says that there is no secret',
			() => ({ body: plain.bytes, headers: { 'x-cal-signature-256': 'no-secret-provided' } }),
		],
		[
			'is signed with another secret',
			() => ({ body: plain.bytes, headers: { 'x-cal-signature-256': sign('guessed', plain.bytes) } }),
		],
		[
			'is signed with an empty secret',
			() => ({ body: plain.bytes, headers: { 'x-cal-signature-256': sign('', plain.bytes) } }),
		],
		['was altered on its way', () => ({ body: altered, headers: { 'x-cal-signature-256': valid() } })],
		[
			'has a byte more',
			() => ({
				body: Buffer.concat([plain.bytes, Buffer.from(' ')]),
				headers: { 'x-cal-signature-256': valid() },
			}),
		],
		[
			'has a signature cut short',
			() => ({ body: plain.bytes, headers: { 'x-cal-signature-256': valid().slice(0, -1) } }),
		],
		[
			'has two signatures',
			() => ({ body: plain.bytes, headers: { 'x-cal-signature-256': `${valid()}, ${valid()}` } }),
		],
		[
			'was written anew as JSON',
			() => ({
				body: Buffer.from(JSON.stringify(JSON.parse(plain.bytes.toString()), null, 1)),
				headers: { 'x-cal-signature-256': valid() },
			}),
		],
		['is empty', () => ({ body: Buffer.alloc(0), headers: { 'x-cal-signature-256': valid() } })],
	])('%s: 401 and nothing starts', async (_, forged) => {
		const before = (await e2e.editor.executions(ID, 1))[0]?.id;
		const { body, headers } = forged();
		const answer = await deliver(url, body, headers);
		expect([answer.status, answer.json]).toEqual([401, { status: 'refused', reason: expect.any(String) }]);
		expect((await e2e.editor.executions(ID, 1))[0]?.id).toBe(before);
	});

	test('altered deliveries and a right one among each ten: only the right ones start something', async () => {
		const secret = SECRETS[0]!;
		const own = recordings.filter(({ number }) => secretOf.get(number) === secret);
		const signed = own.map(({ bytes }) => ({ bytes, secret, signature: sign(secret, bytes) }));
		const altered = alter(signed, SEED);
		const before = (await handedOver(e2e, ID)).length;
		let refused = 0;
		for (let at = 0; refused < ALTERED; at += 1) {
			const attempt = altered.next().value;
			// The previous secret, which this trigger takes too, signs none of these.
			if (!isOverHttp(attempt, secret) || isGenuine({ ...attempt, held: SECRETS })) continue;
			const answer = await rawPost(url, attempt.body, attempt.headers);
			expect([attempt.name, answer.status]).toEqual([attempt.name, refusalOf(attempt)]);
			refused += 1;
			if (refused % 10 !== 0) continue;
			const { bytes, signature } = signed[at % signed.length]!;
			expect((await rawPost(url, bytes, [[SIGNATURE_HEADER, signature]])).status).toBe(200);
		}
		await waitFor('the right ones', async () => (await handedOver(e2e, ID)).length >= before + ALTERED / 10);
		expect((await handedOver(e2e, ID)).length).toBe(before + ALTERED / 10);
	});

	test('a form with files is refused by n8n itself', async () => {
		const answer = await deliver(url, plain.bytes, {
			'content-type': 'multipart/form-data; boundary=x',
			'x-cal-signature-256': valid(),
		});
		expect(answer.status).toBe(differs('formWithFiles') ? 401 : 400);
	});

	test('is told in the log, without any secret', async () => {
		await deliver(url, plain.bytes, { 'x-cal-signature-256': sign('guessed', plain.bytes) });
		const log = await waitFor('the warning', async () => {
			const text = await e2e.log();
			return text.includes('refused a delivery') && text;
		});
		for (const secret of SECRETS) expect(log).not.toContain(secret);
	});
});

describe('forms of a right signature', () => {
	test.each([
		['with a prefix', () => `sha256=${valid()}`],
		['in upper case', () => valid().toUpperCase()],
		['with the previous secret', () => sign(SECRETS[1]!, plain.bytes)],
	])('%s is taken', async (_, signature) => {
		expect((await deliver(url, plain.bytes, { 'x-cal-signature-256': signature() })).status).toBe(200);
	});
});

describe('bodies that are no event', () => {
	test.each([
		['not JSON', 'trigger=BOOKING_CREATED&title=Trial', 'application/x-www-form-urlencoded'],
		['a broken template', 'false', 'application/json'],
		['an array', '[]', 'application/json'],
	])('%s: 400, signed or not started', async (_, body, type) => {
		const answer = await deliver(url, body, {
			'content-type': type,
			'x-cal-signature-256': sign(SECRETS[0]!, body),
		});
		expect([answer.status, answer.json]).toEqual([
			400,
			{ status: 'refused', reason: expect.stringContaining('JSON') },
		]);
	});

	test("Cal.com's test button: 200 and nothing starts", async () => {
		const ping = readRecordings().find(({ number }) => number === '098')!;
		const before = (await e2e.editor.executions(ID, 1))[0]?.id;
		const answer = await deliver(url, ping.bytes, { 'x-cal-signature-256': sign(SECRETS[0]!, ping.bytes) });
		expect([answer.status, answer.json]).toEqual([200, { status: 'pong', reason: expect.any(String) }]);
		expect((await e2e.editor.executions(ID, 1))[0]?.id).toBe(before);
	});
});
