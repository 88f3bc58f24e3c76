// The trigger's webhook at Cal.com, made and removed as n8n does it, with a Cal.com that keeps webhooks.
import { CalComTrigger } from '../../../nodes/CalComTrigger/CalComTrigger.node.ts';
import { fakeN8n } from '../shared/api/fake-n8n.mts';
import type { FakeOptions, Reply, SentRequest } from '../shared/api/fake-n8n.mts';
import { exchange } from '../shared/api/recorded-exchanges.mts';

export const { checkExists, create, delete: remove } = new CalComTrigger().webhookMethods.default;
export const EVENTS = ['BOOKING_CREATED', 'BOOKING_CANCELLED'];

export interface Webhook {
	id: string;
	subscriberUrl: string;
	active: boolean;
	triggers: string[];
	payloadTemplate: string | null;
	secret: string | null;
}

export const recorded = (start: string): Reply => {
	const { status, headers, body } = exchange(start);
	return { status, headers, body };
};
export const success = (data: unknown, status = 200): Reply => ({ status, body: { status: 'success', data } });

/** Webhooks of Cal.com by collection, with the errors that were recorded. */
export function calCom(initial: Record<string, Webhook[]> = {}) {
	const collections = new Map(Object.entries(initial));
	let made = 0;
	const respond = ({ method, path, query, body }: SentRequest): Reply => {
		const [, collection = '', , id = ''] = /^(.*?\/webhooks)(\/(.+))?$/.exec(path) ?? [];
		const webhooks = collections.get(collection) ?? [];
		collections.set(collection, webhooks);
		const found = webhooks.find((webhook) => webhook.id === id);
		if (method === 'GET')
			return success(webhooks.slice(Number(query.skip), Number(query.skip) + Number(query.take)));
		if (method === 'POST') {
			if (webhooks.some(({ subscriberUrl }) => subscriberUrl === body?.subscriberUrl)) return recorded('053');
			const webhook = { payloadTemplate: null, ...body, id: `made-${++made}` } as Webhook;
			webhooks.push(webhook);
			return success(webhook, 201);
		}
		if (found === undefined) return recorded('076');
		if (method === 'PATCH') return success(Object.assign(found, body));
		webhooks.splice(webhooks.indexOf(found), 1);
		return success(found);
	};
	return { respond, of: (collection = '/webhooks') => collections.get(collection) ?? [] };
}

export function trigger(options: FakeOptions = {}) {
	const { parameters, ...rest } = options;
	return fakeN8n({ parameters: { registration: 'automatic', events: EVENTS, ...parameters }, ...rest });
}

export const foreign: Webhook = {
	id: 'foreign',
	subscriberUrl: 'https://elsewhere.example/hook',
	active: true,
	triggers: ['BOOKING_CREATED'],
	payloadTemplate: null,
	secret: 'theirs',
};
