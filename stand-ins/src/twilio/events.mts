// Event Streams: who wants to hear of what, and telling them. The Twilio Trigger of n8n lives on these.
import { z } from 'zod';
import { invalidParameter } from './errors.mts';
import { addressOf, countryOf } from './numbers.mts';
import { newSid } from './seed.mts';
import type { Account, Message, Sink, Subscription } from './types.mts';
import { segmentCount } from './views.mts';
import type { World } from './world.mts';

const INBOUND = 'com.twilio.messaging.inbound-message.received';
const TYPE = /^com\.twilio\.[a-z0-9.-]+$/;

const sinkSchema = z.object({ destination: z.string().url(), method: z.enum(['GET', 'POST']).default('POST') });
const typeSchema = z.object({ type: z.string().regex(TYPE) });

function opened<T extends z.ZodTypeAny>(schema: T, text: string, parameter: string): z.infer<T> {
	try {
		return schema.parse(JSON.parse(text));
	} catch {
		throw invalidParameter(`Parameter '${parameter}' is not valid.`);
	}
}

export function addSink({ state, now }: World, form: URLSearchParams): Sink {
	if (form.get('SinkType') !== 'webhook') throw invalidParameter('The stand-in knows sinks of type webhook only.');
	const { destination, method } = opened(sinkSchema, form.get('SinkConfiguration') ?? '', 'SinkConfiguration');
	const description = form.get('Description') ?? '';
	const sink = { sid: newSid('DG'), description, destination, method, createdAt: now().toISOString() };
	state.sinks.push(sink);
	return sink;
}

export function addSubscription({ state, now }: World, accountSid: string, form: URLSearchParams): Subscription {
	const sinkSid = form.get('SinkSid') ?? '';
	if (!state.sinks.some(({ sid }) => sid === sinkSid)) throw invalidParameter(`Sink ${sinkSid} was not found.`);
	const types = form.getAll('Types').map((text) => opened(typeSchema, text, 'Types').type);
	if (types.length === 0) throw invalidParameter("Parameter 'Types' is missing.");
	const description = form.get('Description') ?? '';
	const subscription = { sid: newSid('DF'), accountSid, sinkSid, description, types, createdAt: now().toISOString() };
	state.subscriptions.push(subscription);
	return subscription;
}

export function subscribe(subscription: Subscription, form: URLSearchParams): string {
	const type = form.get('Type') ?? '';
	if (!TYPE.test(type)) throw invalidParameter("Parameter 'Type' is not valid.");
	if (!subscription.types.includes(type)) subscription.types.push(type);
	return type;
}

/** A message that came in, as a CloudEvent of Messaging.InboundMessageV1. */
export function inboundEvent(message: Message) {
	const { sid, from, to, body, createdAt } = message;
	return {
		specversion: '1.0',
		type: INBOUND,
		source: `/${message.accountSid}/Messages/${sid}`,
		id: newSid('EZ'),
		dataschema: 'https://events-schemas.twilio.com/Messaging.InboundMessageV1/1',
		datacontenttype: 'application/json',
		time: createdAt,
		data: {
			messageSid: sid,
			timestamp: createdAt,
			accountSid: message.accountSid,
			eventName: INBOUND,
			from,
			to,
			body,
			numMedia: 0,
			numSegments: segmentCount(message),
			fromCountry: countryOf(addressOf(from ?? '').number),
			toCountry: countryOf(addressOf(to).number),
			recipients: [],
		},
	};
}

/** Tells every sink that asked for messages coming in; a list, as Event Streams deliver. */
export async function announceInbound({ state, courier }: World, account: Account, message: Message): Promise<void> {
	const wanted = state.subscriptions.filter(({ types }) => types.includes(INBOUND));
	const sinks = state.sinks.filter(({ sid }) => wanted.some(({ sinkSid }) => sinkSid === sid));
	const event = inboundEvent(message);
	await Promise.all(sinks.map(({ destination }) => courier.event(account.authToken, destination, [event])));
}
