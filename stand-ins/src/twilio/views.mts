// How the API shows what the stand-in remembers.
import { segmentsOf } from './segments.mts';
import type { Account, Message, Sink, Subscription } from './types.mts';

export const VERSION = '2010-04-01';
/** In USD per segment, as Twilio writes it: what has been paid is negative. */
const PRICE = -0.0079;

/** `Fri, 20 Nov 2026 09:00:00 +0000` */
const rfc2822 = (iso: string): string => new Date(iso).toUTCString().replace('GMT', '+0000');
/** `2026-11-20T09:00:00Z`, without milliseconds */
const seconds = (iso: string): string => iso.replace(/\.\d+Z$/, 'Z');

const resource = (accountSid: string): string => `/${VERSION}/Accounts/${accountSid}`;
export const listPath = (accountSid: string): string => `${resource(accountSid)}/Messages.json`;

/** How many are paid for. Before a messaging service has chosen a sender nobody knows, and Twilio says 0. */
export const segmentCount = ({ from, body }: Message): number => (from === null ? 0 : segmentsOf(body));

export function messageView(message: Message) {
	const { sid, accountSid, status, sentAt, errorCode } = message;
	const base = `${resource(accountSid)}/Messages/${sid}`;
	const price = (PRICE * segmentCount(message)).toFixed(5);
	return {
		account_sid: accountSid,
		api_version: VERSION,
		body: message.body,
		date_created: rfc2822(message.createdAt),
		date_sent: sentAt === null ? null : rfc2822(sentAt),
		date_updated: rfc2822(message.updatedAt),
		direction: message.direction,
		error_code: errorCode,
		error_message: null,
		from: message.from,
		messaging_service_sid: message.messagingServiceSid,
		num_media: '0',
		num_segments: String(segmentCount(message)),
		price: status === 'delivered' ? price : null,
		price_unit: 'USD',
		sid,
		status,
		subresource_uris: { media: `${base}/Media.json` },
		to: message.to,
		uri: `${base}.json`,
	};
}

export function accountView({ sid, name, authToken, createdAt }: Account) {
	const base = resource(sid);
	return {
		sid,
		friendly_name: name,
		auth_token: authToken,
		status: 'active',
		type: 'Full',
		owner_account_sid: sid,
		date_created: rfc2822(createdAt),
		date_updated: rfc2822(createdAt),
		uri: `${base}.json`,
		subresource_uris: { messages: `${base}/Messages.json` },
	};
}

/** The frame of a list of the 2010 API. `query` holds the filters. */
export function pageView<T>(key: string, path: string, query: URLSearchParams, all: T[]) {
	const size = Math.min(1_000, Math.max(1, Number(query.get('PageSize') ?? 50) || 50));
	const page = Math.max(0, Number(query.get('Page') ?? 0) || 0);
	const start = page * size;
	const items = all.slice(start, start + size);
	const uri = (number: number): string => {
		const asked = new URLSearchParams(query);
		asked.set('PageSize', String(size));
		asked.set('Page', String(number));
		return `${path}?${asked.toString()}`;
	};
	return {
		[key]: items,
		page,
		page_size: size,
		start,
		end: start + items.length - (items.length > 0 ? 1 : 0),
		uri: uri(page),
		first_page_uri: uri(0),
		previous_page_uri: page === 0 ? null : uri(page - 1),
		next_page_uri: start + size < all.length ? uri(page + 1) : null,
	};
}

const EVENTS = 'https://events.twilio.com/v1';

export function sinkView({ sid, description, destination, method, createdAt }: Sink) {
	const url = `${EVENTS}/Sinks/${sid}`;
	return {
		sid,
		description,
		sink_type: 'webhook',
		sink_configuration: { destination, method },
		status: 'active',
		date_created: seconds(createdAt),
		date_updated: seconds(createdAt),
		url,
		links: { sink_test: `${url}/Test`, sink_validate: `${url}/Validate` },
	};
}

export function subscriptionView({ sid, accountSid, sinkSid, description, createdAt }: Subscription) {
	const url = `${EVENTS}/Subscriptions/${sid}`;
	return {
		sid,
		account_sid: accountSid,
		sink_sid: sinkSid,
		description,
		date_created: seconds(createdAt),
		date_updated: seconds(createdAt),
		url,
		links: { subscribed_events: `${url}/SubscribedEvents` },
	};
}

export function subscribedEventView({ sid, accountSid }: Subscription, type: string) {
	return {
		account_sid: accountSid,
		subscription_sid: sid,
		type,
		schema_version: 1,
		url: `${EVENTS}/Subscriptions/${sid}/SubscribedEvents/${type}`,
	};
}

/** The frame of a list of the Event Streams API. Everything fits into one page here. */
export function eventsPageView(key: string, path: string, items: unknown[]) {
	const url = `${EVENTS}/${path}?PageSize=50&Page=0`;
	const meta = {
		page: 0,
		page_size: 50,
		first_page_url: url,
		previous_page_url: null,
		url,
		next_page_url: null,
		key,
	};
	return { [key]: items, meta };
}
