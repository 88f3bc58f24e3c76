import type { IDataObject } from 'n8n-workflow';
import { readIndex, readRecordings } from '../shared/events/recordings.mts';
import { SECRET, type Request, deliver, signature } from './support.mts';

const recordings = readRecordings();
const secrets = new Map(readIndex().map(({ number, secret }) => [number, secret]));
const recorded = (number: string) => recordings.find((one) => one.number === number)!;
const BOOKING = recorded('001').bytes;

async function expectRefused(request: Request, status: number, reason: RegExp) {
	const { ended, result, warnings, started } = await deliver(request);
	expect(ended).toEqual({ status, json: { status: 'refused', reason: expect.stringMatching(reason) } });
	expect(result).toEqual({ noWebhookResponse: true });
	expect(started).toBe(false);
	expect(warnings).toHaveLength(1);
	expect(warnings[0]).toMatch(reason);
	expect(warnings[0]).not.toContain(SECRET);
	expect(JSON.stringify(ended)).not.toContain(SECRET);
}

describe('a signed delivery', () => {
	test('starts the workflow with the event, and is answered with its key', async () => {
		const { result, json, ended, warnings } = await deliver({ body: BOOKING });
		expect(json).toMatchObject({ event: 'BOOKING_CREATED', verified: true, source: 'webhook', raw: null });
		expect(result.webhookResponse).toEqual({ status: 'processed', eventKey: json?.eventKey });
		expect(result.noWebhookResponse).toBeUndefined();
		expect(ended.status).toBeNull();
		expect(warnings).toEqual([]);
	});

	const withSecret = recordings.filter(({ number, stem }) => secrets.get(number) && !stem.includes('tpl-text'));
	test.each(withSecret.map((one) => [one.stem, one] as const))('as recorded: %s', async (_stem, recording) => {
		const secret = secrets.get(recording.number)!;
		const staticData = { webhook: { id: 'w', collection: '/webhooks', url: 'https://n', secret, delay: null } };
		const { started, json, result } = await deliver({
			body: recording.bytes,
			signature: recording.signature ?? null,
			staticData,
			parameters: { events: [], options: { includePings: true } },
		});
		expect(started).toBe(true);
		expect(json).toMatchObject({ verified: true });
		expect(result.webhookResponse).toMatchObject({ status: 'processed' });
	});

	test('a body that n8n left unread is read', async () => {
		expect(await deliver({ body: BOOKING, unread: true })).toMatchObject({ started: true });
	});
	test('a prefix and capitals do no harm', async () => {
		const header = `sha256=${signature(BOOKING).toUpperCase()}`;
		expect(await deliver({ body: BOOKING, signature: header })).toMatchObject({ started: true });
	});
	test('a body that a proxy encoded once more is opened', async () => {
		const body = JSON.stringify(BOOKING.toString());
		expect(await deliver({ body })).toMatchObject({ json: { event: 'BOOKING_CREATED' } });
	});
	test('an event that Cal.com adds one day passes', async () => {
		const body = JSON.stringify({
			triggerEvent: 'NEW_THING',
			createdAt: '2026-11-20T09:00:00Z',
			payload: { uid: 'u' },
		});
		expect(await deliver({ body })).toMatchObject({ json: { event: 'NEW_THING', category: 'system' } });
	});
});

describe('refused with 401', () => {
	const header = signature(BOOKING);
	test.each<[string, Partial<Request>, RegExp]>([
		['no header', { signature: null }, /not signed/],
		['no-secret-provided', { signature: 'no-secret-provided' }, /not signed/],
		['malformed', { signature: 'deadbeef' }, /not an HMAC-SHA256/],
		['doubled', { signature: `${header}, ${header}` }, /more than once/],
		['wrong secret', { signature: signature(BOOKING, 'other') }, /does not match/],
		['another body', { body: `${BOOKING} `, signature: header }, /does not match/],
		[
			're-serialized',
			{ body: JSON.stringify(JSON.parse(BOOKING.toString()), null, 1), signature: header },
			/does not match/,
		],
		['static data lost', { staticData: {} }, /no webhook secret/],
		['multipart', { contentType: 'multipart/form-data', unread: true }, /multipart/],
		[
			'the switch of the other registration',
			{ signature: null, parameters: { acceptUnsigned: true } },
			/not signed/,
		],
		['not JSON and not signed', { body: 'false?', signature: null }, /not signed/],
	])('%s', async (_name, request, reason) => {
		await expectRefused({ body: BOOKING, ...request }, 401, reason);
	});
});

describe('refused with 400, after the signature', () => {
	test.each([
		['text', 'hello', 'text/plain'],
		['a form', recorded('005').bytes, 'application/x-www-form-urlencoded'],
		['empty', '', 'application/json'],
		['false', 'false', 'application/json'],
		['a list', '[]', 'application/json'],
		['null', 'null', 'application/json'],
		['a number', '7', 'application/json'],
	])('%s', async (_name, body, contentType) => {
		await expectRefused({ body, contentType }, 400, /not a JSON object.*payload template/);
	});
});

describe('by hand', () => {
	const parameters = { registration: 'byHand' };
	const credential = { webhookSecret: 'current', previousWebhookSecret: 'before' };

	test.each(['current', 'before'])('the secret %s is accepted', async (secret) => {
		const request = { body: BOOKING, signature: signature(BOOKING, secret), parameters, credential };
		expect(await deliver(request)).toMatchObject({ started: true, json: { verified: true } });
	});
	test('the secret of an automatic registration is not', async () => {
		await expectRefused({ body: BOOKING, parameters, credential }, 401, /does not match/);
	});
	test('without secrets everything signed is refused', async () => {
		await expectRefused({ body: BOOKING, parameters, credential: {} }, 401, /no webhook secret/);
	});
	test.each([null, 'no-secret-provided'])(
		'unsigned (%j) is taken only with the switch, as not verified',
		async (header) => {
			await expectRefused({ body: BOOKING, signature: header, parameters, credential }, 401, /not signed/);
			const accepting = { ...parameters, acceptUnsigned: true };
			const taken = await deliver({ body: BOOKING, signature: header, parameters: accepting, credential: {} });
			expect(taken).toMatchObject({ started: true, json: { verified: false } });
		},
	);
	test('a wrong signature is refused with the switch on', async () => {
		const accepting = { ...parameters, acceptUnsigned: true };
		await expectRefused(
			{ body: BOOKING, signature: '0'.repeat(64), parameters: accepting, credential },
			401,
			/does not match/,
		);
	});
});

describe('answered, not started', () => {
	const ping = recorded('098').bytes;

	test('a ping', async () => {
		const { result, started, ended } = await deliver({ body: ping });
		expect(result).toEqual({ webhookResponse: { status: 'pong', reason: expect.any(String) } });
		expect([started, ended.status]).toEqual([false, null]);
	});
	test('unless pings are let through', async () => {
		const parameters = { options: { includePings: true }, filters: { organizerEmails: ['no@one.example'] } };
		expect(await deliver({ body: ping, parameters })).toMatchObject({ started: true, json: { event: 'PING' } });
	});
	test.each<[string, IDataObject, string]>([
		['event', { events: ['BOOKING_PAID'] }, 'event not chosen'],
		['attendee', { filters: { attendeeEmails: ['no@one.example'] } }, 'other attendee'],
		['organizer', { filters: { organizerEmails: ['no@one.example'] } }, 'other organizer'],
		['event type', { filters: { eventTypes: { values: [{ eventTypeId: { value: '99' } }] } } }, 'other event type'],
	])('filtered by %s', async (_name, parameters, reason) => {
		const { result, started } = await deliver({ body: BOOKING, parameters });
		expect(result).toEqual({ webhookResponse: { status: 'filtered', reason } });
		expect(started).toBe(false);
	});
});

describe('what the workflow gets', () => {
	const sentBody = JSON.parse(BOOKING.toString());
	const secret = JSON.parse(BOOKING.toString()).payload.oneTimePassword;

	test('raw', async () => {
		const { json, result } = await deliver({ body: BOOKING, parameters: { output: 'raw' } });
		expect(json).toMatchObject({ triggerEvent: 'BOOKING_CREATED', payload: { uid: sentBody.payload.uid } });
		expect(result.webhookResponse).toMatchObject({ status: 'processed', eventKey: expect.any(String) });
	});
	test('both', async () => {
		const { json } = await deliver({ body: BOOKING, parameters: { output: 'both' } });
		expect(json).toMatchObject({ event: 'BOOKING_CREATED', raw: { triggerEvent: 'BOOKING_CREATED' } });
	});
	test('no secrets, unless they are asked for', async () => {
		const withSecrets = { output: 'raw', options: { includeSecrets: true } };
		const plain = await deliver({ body: BOOKING, parameters: { output: 'both' } });
		const full = await deliver({ body: BOOKING, parameters: withSecrets });
		expect(full.json).toEqual(sentBody);
		for (const value of [secret, sentBody.payload.videoCallData?.password].filter(Boolean)) {
			expect(JSON.stringify(plain.json)).not.toContain(value);
		}
		expect(plain.json?.raw).not.toEqual(sentBody);
	});
	test('tag, booking type and country from the panel', async () => {
		const parameters = {
			options: { tag: ' Amsterdam ', defaultBookingType: 'Other', defaultCountry: 'nl' },
			bookingTypes: {
				rules: [
					{ match: 'slugIs', value: 'nothing', name: 'Never' },
					{ match: 'titleContains', value: sentBody.payload.eventTitle.toUpperCase(), name: 'Lesson' },
				],
			},
		};
		expect((await deliver({ body: BOOKING, parameters })).json).toMatchObject({
			tag: 'Amsterdam',
			bookingType: 'Lesson',
		});
		const noRule = { options: parameters.options };
		expect((await deliver({ body: BOOKING, parameters: noRule })).json).toMatchObject({ bookingType: 'Other' });
	});
});
