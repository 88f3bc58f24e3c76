import { createHmac, randomUUID } from 'node:crypto';
import type { Losses } from './losses.mts';
import type { JsonObject } from './json.mts';
import type { State } from './store.mts';
import { applyTemplate, contentTypeOf } from './template.mts';
import type { Booking, Webhook } from './types.mts';

/** One webhook call: what was sent, and what the receiver said. */
export interface Delivery {
	id: string;
	event: string;
	/** The booking's uid; null for events without one. */
	uid: string | null;
	webhookId: string;
	subscriberUrl: string;
	headers: Record<string, string>;
	/** The exact bytes that were signed, as text. */
	body: string;
	/** Null when nobody answered; then `error` says why. */
	status: number | null;
	answer: string;
	error: string | null;
	sentAt: string;
	/** How long the receiver kept Cal.com waiting. */
	ms: number;
}

export type Listener = (delivery: Delivery) => void;

export interface Outgoing {
	event: string;
	uid: string | null;
	/** Makes the payload for one webhook; called once per webhook, each with its own moment. */
	payload: (at: Date, webhook: Webhook) => JsonObject;
	/** MEETING_*: the payload lies beside `triggerEvent`. FORM_SUBMITTED: the answers lie beside it too. */
	shape?: 'enveloped' | 'flat';
	beside?: JsonObject;
	/** Cal.com applies a webhook's template to some events only. */
	templated?: boolean;
}

const NO_TEMPLATE = new Set([
	'MEETING_STARTED',
	'MEETING_ENDED',
	'BOOKING_NO_SHOW_UPDATED',
	'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
	'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
	'FORM_SUBMITTED',
	'FORM_SUBMITTED_NO_EVENT',
]);

export interface Courier {
	deliveries: Delivery[];
	listen(listener: Listener): () => void;
	/** Sends to all of these at once and waits for every answer, like Cal.com inside its booking request. */
	send(webhooks: Webhook[], outgoing: Outgoing): Promise<void>;
}

/** Lowercase hex HMAC-SHA256 of the exact body; the literal `no-secret-provided` without a secret. */
export function signature(secret: string | null, body: string): string {
	return secret ? createHmac('sha256', secret).update(body).digest('hex') : 'no-secret-provided';
}

function bodyFor(webhook: Webhook, outgoing: Outgoing, at: Date): string {
	const { event, beside = {} } = outgoing;
	const payload = outgoing.payload(at, webhook);
	if (outgoing.shape === 'flat') return JSON.stringify({ triggerEvent: event, ...payload });
	const createdAt = at.toISOString();
	if (webhook.payloadTemplate && !NO_TEMPLATE.has(event))
		return applyTemplate(webhook.payloadTemplate, { ...payload, triggerEvent: event, createdAt });
	return JSON.stringify({ ...beside, triggerEvent: event, createdAt, payload });
}

const reasonOf = (error: unknown): string => {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
};

export function newCourier(now: () => Date, timeoutMs: number, losses: Losses): Courier {
	const deliveries: Delivery[] = [];
	const listeners = new Set<Listener>();

	async function post(webhook: Webhook, outgoing: Outgoing): Promise<void> {
		const sentAt = now();
		const body = bodyFor(webhook, outgoing, sentAt);
		const headers = {
			'Content-Type': contentTypeOf(webhook.payloadTemplate),
			'X-Cal-Signature-256': signature(webhook.secret, body),
			'X-Cal-Webhook-Version': webhook.version,
		};
		const started = performance.now();
		const outcome: Pick<Delivery, 'status' | 'answer' | 'error'> = { status: null, answer: '', error: null };
		try {
			if (losses.next()) throw new Error('Lost on its way, as asked for');
			const response = await fetch(webhook.subscriberUrl, {
				method: 'POST',
				headers,
				body,
				redirect: 'manual',
				signal: AbortSignal.timeout(timeoutMs),
			});
			outcome.status = response.status;
			outcome.answer = await response.text();
		} catch (error) {
			// A receiver that is down is no concern of the booking: Cal.com logs it and goes on, and so does the log here.
			outcome.error = reasonOf(error);
		}
		const delivery: Delivery = {
			id: randomUUID(),
			event: outgoing.event,
			uid: outgoing.uid,
			webhookId: webhook.id,
			subscriberUrl: webhook.subscriberUrl,
			headers,
			body,
			...outcome,
			sentAt: sentAt.toISOString(),
			ms: Math.round(performance.now() - started),
		};
		deliveries.push(delivery);
		for (const listener of listeners) listener(delivery);
	}

	return {
		deliveries,
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async send(webhooks, outgoing) {
			await Promise.all(webhooks.map((webhook) => post(webhook, outgoing)));
		},
	};
}

const isOfMember = ({ organization }: State, { organizationId }: Webhook, userId: number): boolean =>
	organization !== null && organization.id === organizationId && organization.memberIds.includes(userId);

/** Active webhooks that asked for this event: the organizer's own, those of the event type and of the organization. */
export function subscribersOf(
	state: State,
	event: string,
	booking: Pick<Booking, 'userId' | 'eventTypeId'>,
): Webhook[] {
	return state.webhooks.filter(
		(webhook) =>
			webhook.active &&
			webhook.triggers.includes(event) &&
			(webhook.userId === booking.userId ||
				webhook.eventTypeId === booking.eventTypeId ||
				isOfMember(state, webhook, booking.userId)),
	);
}

export function subscribersOfUser(state: State, event: string, userId: number): Webhook[] {
	return state.webhooks.filter(
		(webhook) => webhook.active && webhook.triggers.includes(event) && webhook.userId === userId,
	);
}
