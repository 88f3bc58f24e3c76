// n8n's own Twilio nodes against the stand-in: what the templates rely on, and what they must not rely on.
import { z } from 'zod';
import type { Gust } from 'stand-ins/calcom';
import { signForm } from 'stand-ins/twilio';
import { unless } from '../compat/differences.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { askTwilio, listening, sendTexts } from './support/twilio-workflow.mts';

/** Nobody whom the templates write to. */
const ADA = '+31612000001';
const OPTED_OUT = '+15005550004';
const callbackSchema = z.object({ headers: z.record(z.string()), body: z.record(z.string()) });
let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(() => e2e.twilio.at('clear'));
afterAll(async () => {
	await e2e.twilio.at('clear');
	await e2e.close();
});

/** What was sent to her, by us: the templates may be at work beside, and Twilio answers by itself. */
const outbox = async () =>
	(await e2e.twilio.outbox()).filter(({ to, direction }) => to === ADA && direction === 'outbound-api');

/** The items that came into a listening workflow, the oldest first, once there are `count` of them. */
const arrived = async (id: string, count: number): Promise<Record<string, unknown>[]> => {
	const executions = await waitFor(`${String(count)} executions of ${id}`, async () => {
		const all = await e2e.editor.executions(id);
		return all.length >= count && all.every(({ status }) => status === 'success') ? all.reverse() : null;
	});
	const details = await Promise.all(executions.map(({ id: execution }) => e2e.editor.execution(execution)));
	return z.array(z.record(z.unknown())).parse(details.flatMap((detail) => detail?.output['In'] ?? []));
};

describe('the Twilio node', () => {
	test('sends through the proxy; the answer is that of Twilio, and the outbox has it', async () => {
		const { taken, refused } = await sendTexts(e2e, [{ to: ADA, text: 'See you at nine' }]);
		expect(refused).toEqual([]);
		expect(taken).toMatchObject([
			{ status: 'queued', to: ADA, body: 'See you at nine', error_code: null, num_segments: '1', n: 0 },
		]);
		expect(await outbox()).toMatchObject([
			{ sid: taken[0]?.['sid'], to: ADA, from: e2e.twilio.number, body: 'See you at nine' },
		]);
	});

	test('its status callback arrives at a webhook of n8n', async () => {
		const id = 'twilio-status';
		await e2e.editor.saveWorkflow(listening(e2e, id, 'webhook'));
		await e2e.editor.activate(id);
		try {
			const callback = `${e2e.n8n}/webhook/hook-${id}?reminder=7`;
			const { taken } = await sendTexts(e2e, [{ to: ADA, callback }]);
			await e2e.twilio.at('settled');
			const items = await arrived(id, 2);
			expect(items).toMatchObject(
				['sent', 'delivered'].map((MessageStatus) => ({
					body: { MessageSid: taken[0]?.['sid'], MessageStatus, To: ADA },
					query: { reminder: '7' },
					// Without the query, which is signed all the same.
					webhookUrl: callback.replace('?reminder=7', ''),
				})),
			);
			// What a template needs for checking it is all there.
			for (const item of items) {
				const { headers, body } = callbackSchema.parse(item);
				const signed = signForm(e2e.twilio.authToken, callback, body);
				expect(headers['x-twilio-signature']).toBe(signed);
			}
		} finally {
			await e2e.editor.deleteWorkflow(id);
		}
	});

	const TROUBLE: [what: string, storm: Gust[], error: string | RegExp, sent: number][] = [
		['429', [{ status: 429 }], 'The service is receiving too many requests from you', 0],
		['500', [{ status: 500 }], 'The service was not able to process your request', 0],
		['503', [{ status: 503 }], /^Service unavailable/, 0],
		['a broken connection', [{ status: 'cut' }], /^The connection to the server was closed unexpectedly/, 0],
		[
			'a lost answer',
			[{ status: 'cut', work: 'lost' }],
			/^The connection to the server was closed unexpectedly/,
			1,
		],
	];
	test.each(TROUBLE)('what it says of %s', async (_what, storm, error, sent) => {
		await e2e.twilio.at('storm', storm);
		const { taken, refused } = await sendTexts(e2e, [{ to: ADA }]);
		expect(taken).toEqual([]);
		expect(refused).toEqual([{ error: expect.stringMatching(error), n: 0 }]);
		expect(await outbox()).toHaveLength(sent);
	});

	test('what it says when nobody is there', async () => {
		await e2e.twilio.at('goDown');
		try {
			const { refused } = await sendTexts(e2e, [{ to: ADA }]);
			expect(refused).toEqual([{ error: 'The service refused the connection - perhaps it is offline', n: 0 }]);
		} finally {
			await e2e.twilio.at('comeBack');
		}
	});

	test("it hides Twilio's code; an HTTP Request with the same credential shows it", async () => {
		for (const to of [OPTED_OUT, '0612345678', '+15005550009']) {
			const { refused } = await sendTexts(e2e, [{ to }]);
			expect(refused).toEqual([{ error: 'Bad request - please check your parameters', n: 0 }]);
		}
		expect(await askTwilio(e2e, OPTED_OUT)).toMatchObject({ statusCode: 400, body: { code: 21610 } });
		expect(await askTwilio(e2e, ADA)).toMatchObject({ statusCode: 201, body: { status: 'queued' } });
	});

	test('of several items on two outputs n8n does not know which came from which; on one output it does', async () => {
		const texts = [{ to: OPTED_OUT }, { to: ADA }];
		const apart = await sendTexts(e2e, texts);
		expect([apart.refused, apart.taken]).toMatchObject([[{ n: null }], [{ n: null }]]);
		const together = await sendTexts(e2e, texts, { onError: 'continueRegularOutput' });
		expect(together.taken).toMatchObject([
			{ error: expect.any(String), n: 0 },
			{ to: ADA, n: 1 },
		]);
	});

	test('with "Retry On Fail" a first item that fails makes it send all others again', async () => {
		await sendTexts(e2e, [{ to: OPTED_OUT }, { to: ADA }], { retryOnFail: true });
		expect(await outbox()).toHaveLength(3);
	});
});

describe('the Twilio Trigger', () => {
	test('registers, hears what people answer, also after a restart, and deregisters', async () => {
		const id = 'twilio-trigger';
		const sinks = async () => (await e2e.twilio.requests()).filter(({ host }) => host === 'events.twilio.com');
		await e2e.editor.saveWorkflow(listening(e2e, id, 'trigger'));
		await e2e.editor.activate(id);
		try {
			expect((await sinks()).filter(({ method }) => method === 'POST').map(({ status }) => status)).toEqual([
				201, 201,
			]);
			await e2e.twilio.at('reply', ADA, 'C');
			expect(await arrived(id, 1)).toMatchObject([
				{ type: 'com.twilio.messaging.inbound-message.received', data: { from: ADA, body: 'C' } },
			]);
			await e2e.restartN8n();
			await e2e.twilio.at('reply', ADA, 'STOP');
			expect((await arrived(id, 2)).at(-1)).toMatchObject({ data: { body: 'STOP' } });
			const { refused } = await sendTexts(e2e, [{ to: ADA }]);
			expect(refused).toHaveLength(1);
		} finally {
			await e2e.editor.deactivate(id);
			await e2e.editor.deleteWorkflow(id);
		}
		expect((await sinks()).filter(({ method }) => method === 'DELETE').map(({ status }) => status)).toEqual([
			204, 204,
		]);
	}, 120_000);

	unless('twilioTrigger')('takes nothing that Twilio has not signed', async () => {
		const id = 'twilio-unsigned';
		await e2e.editor.saveWorkflow(listening(e2e, id, 'trigger'));
		await e2e.editor.activate(id);
		try {
			const answer = await fetch(`${e2e.n8n}/webhook/hook-${id}/webhook`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-twilio-signature': 'c2lnbmVk' },
				body: '[]',
			});
			expect(answer.status).toBe(401);
		} finally {
			await e2e.editor.deactivate(id);
			await e2e.editor.deleteWorkflow(id);
		}
	});
});
