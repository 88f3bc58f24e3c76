// Twilio's calls to other people's servers.
import { setTimeout as sleep } from 'node:timers/promises';
import { signForm, signJson } from './signature.mts';

/** One call, and what the receiver said. */
export interface Call {
	/** What it was for: `status`, `inbound` or `event`. */
	kind: 'status' | 'inbound' | 'event';
	url: string;
	/** The exact bytes, as text. */
	body: string;
	/** Null when nobody answered. */
	status: number | null;
	answer: string;
	at: string;
}

export interface Courier {
	calls: Call[];
	/** Posts a signed form, once: what is lost of these Twilio does not send again. */
	form(kind: 'status' | 'inbound', token: string, url: string, fields: Record<string, string>): Promise<Call>;
	/** Posts signed JSON, and again until the receiver takes it, as Event Streams do. */
	event(token: string, url: string, body: unknown): Promise<void>;
}

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
/** Twilio gives a webhook 15 s. */
const PATIENCE_MS = 15_000;
/** Event Streams go on for hours; here it is a matter of seconds. */
const AGAIN_AFTER_MS = [500, 1_000, 2_000, 4_000, 8_000];

export function newCourier(now: () => Date, stopped: AbortSignal): Courier {
	const calls: Call[] = [];

	async function post(kind: Call['kind'], url: string, type: string, signature: string, body: string) {
		const call: Call = { kind, url, body, status: null, answer: '', at: now().toISOString() };
		try {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'Content-Type': type, 'X-Twilio-Signature': signature, 'User-Agent': 'TwilioProxy/1.1' },
				body,
				redirect: 'manual',
				signal: AbortSignal.any([stopped, AbortSignal.timeout(PATIENCE_MS)]),
			});
			call.status = response.status;
			call.answer = await response.text();
		} catch (error) {
			// A receiver that is down is its owner's concern: Twilio logs it and goes on, and so does the log here.
			call.answer = String(error);
		}
		calls.push(call);
		return call;
	}

	return {
		calls,
		form: (kind, token, url, fields) =>
			post(kind, url, FORM, signForm(token, url, fields), new URLSearchParams(fields).toString()),
		async event(token, url, content) {
			const body = JSON.stringify(content);
			const signed = signJson(token, url, body);
			for (const pause of [0, ...AGAIN_AFTER_MS]) {
				if (pause > 0) await sleep(pause, undefined, { signal: stopped }).catch(() => undefined);
				if (stopped.aborted) return;
				const call = await post('event', signed.url, 'application/json', signed.signature, body);
				if (call.status !== null && call.status >= 200 && call.status < 300) return;
			}
		},
	};
}
