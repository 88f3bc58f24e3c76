// What the tests of the Twilio stand-in share: one that runs, a client behind its proxy, and a receiver.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type Twilio, type TwilioOptions, startTwilio } from '../../../src/twilio/index.mts';

export const ADA = '+31612345678';

export interface Answer {
	status: number;
	body: Record<string, unknown>;
}

export interface Ask {
	method?: string;
	form?: Record<string, string> | [string, string][];
	/** `name:secret`; the account's own when absent, none when empty. */
	login?: string;
}

/** A call that a receiver got. */
export interface Received {
	/** As it was called, query included. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	form: Record<string, string>;
}

export interface Receiver {
	url: string;
	received: Received[];
	/** What it answers from now on. */
	answer: { status: number; body: string };
}

export interface Session {
	twilio: Twilio;
	ask(url: string, ask?: Ask): Promise<Answer>;
	/** Sends to Ada from the account's number, unless told otherwise. */
	send(form?: Record<string, string>): Promise<Answer>;
	receiver: Receiver;
}

const objectSchema = z.record(z.unknown());

/** An https request through a proxy, trusting only what the stand-in has written. */
export async function through(
	proxyUrl: string,
	ca: string,
	url: string,
	{ method = 'GET', form, login = '' }: Ask = {},
): Promise<Answer> {
	const agent = new Agent({ proxyEnv: { HTTPS_PROXY: proxyUrl }, ca });
	const body = form === undefined ? '' : new URLSearchParams(form).toString();
	const headers = {
		...(login === '' ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
		...(body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
	};
	return await new Promise((resolve, reject) => {
		const asked = request(url, { method, headers, agent }, (response) => {
			text(response).then((said) => {
				const opened = said === '' ? {} : objectSchema.parse(JSON.parse(said));
				resolve({ status: response.statusCode ?? 0, body: opened });
			}, reject);
		});
		asked.once('error', reject);
		asked.end(body);
	}).then((answer) => z.object({ status: z.number(), body: objectSchema }).parse(answer));
}

async function startReceiver(): Promise<Receiver & { stop(): void }> {
	const receiver: Receiver = { url: '', received: [], answer: { status: 200, body: '' } };
	const server = createServer((asked, response) => {
		void text(asked).then((body) => {
			const form = Object.fromEntries(new URLSearchParams(body));
			receiver.received.push({ url: `${receiver.url}${asked.url ?? ''}`, headers: asked.headers, body, form });
			response.writeHead(receiver.answer.status).end(receiver.answer.body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	receiver.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	return Object.assign(receiver, {
		stop: () => {
			server.close();
			server.closeAllConnections();
		},
	});
}

/** Runs a story against a fresh stand-in whose messages take 1 ms from status to status. */
export async function inSession(
	story: (session: Session) => Promise<void>,
	options: Partial<TwilioOptions> = {},
): Promise<void> {
	const dir = await mkdtemp(join(tmpdir(), 'twilio-test-'));
	const twilio = await startTwilio({ dir, paceMs: 1, ...options });
	const receiver = await startReceiver();
	const { sid, authToken } = twilio.account;
	const ca = await readFile(twilio.caFile, 'utf8');
	const ask = (url: string, given: Ask = {}) =>
		through(twilio.proxyUrl, ca, url, { login: `${sid}:${authToken}`, ...given });
	const send = (form: Record<string, string> = {}) =>
		ask(`https://api.twilio.com/2010-04-01/Accounts/${sid}/Messages.json`, {
			method: 'POST',
			form: { To: ADA, From: twilio.number, Body: 'See you at nine', ...form },
		});
	try {
		await story({ twilio, ask, send, receiver });
	} finally {
		receiver.stop();
		await twilio.stop();
		await rm(dir, { recursive: true });
	}
}
