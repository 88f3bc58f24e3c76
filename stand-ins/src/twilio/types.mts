/** queued and accepted come first, `received` is what came in; the others are ends, but for `sent`. */
export type MessageStatus = 'accepted' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

/** A reply is what Twilio itself, or the TwiML of a webhook, answers to a message that came in. */
export type Direction = 'outbound-api' | 'outbound-reply' | 'inbound';

export interface Message {
	sid: string;
	accountSid: string;
	messagingServiceSid: string | null;
	direction: Direction;
	/** E.164, an alphanumeric sender, or `whatsapp:` and E.164; null until a messaging service has chosen. */
	from: string | null;
	to: string;
	body: string;
	status: MessageStatus;
	errorCode: number | null;
	statusCallback: string | null;
	/** ISO 8601, UTC. */
	createdAt: string;
	updatedAt: string;
	sentAt: string | null;
}

export interface PhoneNumber {
	number: string;
	/** Whether it can send messages at all. */
	sms: boolean;
	/** Called when a message comes in. */
	smsUrl: string | null;
}

export interface Account {
	sid: string;
	authToken: string;
	name: string;
	/** A key's sid and secret do instead of the account's sid and token. */
	apiKeys: { sid: string; secret: string }[];
	numbers: PhoneNumber[];
	services: { sid: string; numbers: string[] }[];
	createdAt: string;
}

/** Where Event Streams deliver to. */
export interface Sink {
	sid: string;
	description: string;
	destination: string;
	method: string;
	createdAt: string;
}

export interface Subscription {
	sid: string;
	accountSid: string;
	sinkSid: string;
	description: string;
	types: string[];
	createdAt: string;
}

/** What becomes of messages to a number, other than being delivered. */
export interface Fate {
	status: 'undelivered' | 'failed';
	/** e.g. 30003 unreachable, 30005 unknown number, 30006 landline, 30007 filtered by the carrier. */
	errorCode: number;
}

/** Everything the stand-in remembers: plain data, open to whoever started it. */
export interface State {
	accounts: Account[];
	messages: Message[];
	/** `our number|their number`; see `pair`. */
	optedOut: Set<string>;
	/** By number. */
	fates: Map<string, Fate>;
	sinks: Sink[];
	subscriptions: Subscription[];
}
