// A text message that somebody sends to one of our numbers.
import { announceInbound } from './events.mts';
import { addressOf, countryOf, pair } from './numbers.mts';
import type { Account, Message } from './types.mts';
import { VERSION, segmentCount } from './views.mts';
import { addMessage } from './world.mts';
import type { World } from './world.mts';

/** What Twilio does by itself when a message is this one word, and what it answers. */
const KEYWORDS = [
	{
		words: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
		optedOut: true,
		answer: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
	},
	{
		words: ['START', 'YES', 'UNSTOP'],
		optedOut: false,
		answer: 'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
	},
	{
		words: ['HELP', 'INFO'],
		optedOut: null,
		answer: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
	},
];

/** The fields of the call to a number's webhook. Where a phone is Twilio knows in North America only. */
export function inboundFields(message: Message): Record<string, string> {
	const { sid, from, to } = message;
	return {
		AccountSid: message.accountSid,
		ApiVersion: VERSION,
		Body: message.body,
		From: from ?? '',
		FromCity: '',
		FromCountry: countryOf(addressOf(from ?? '').number),
		FromState: '',
		FromZip: '',
		MessageSid: sid,
		NumMedia: '0',
		NumSegments: String(segmentCount(message)),
		SmsMessageSid: sid,
		SmsSid: sid,
		SmsStatus: 'received',
		To: to,
		ToCity: '',
		ToCountry: countryOf(addressOf(to).number),
		ToState: '',
		ToZip: '',
	};
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
const plain = (xml: string): string => xml.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? '');

/** The texts that a webhook's TwiML wants sent back. */
export function textsOf(twiml: string): string[] {
	return [...twiml.matchAll(/<Message[^>]*>(.*?)<\/Message>/gs)].map(([, content = '']) =>
		plain(/<Body>(.*?)<\/Body>/s.exec(content)?.[1] ?? content).trim(),
	);
}

/**
 * Takes a message in: opts out or in by itself, then calls the number's webhook and every sink that asked for it,
 * the words that it acted on included. Resolves when the webhook has answered and the sinks have taken it.
 */
export async function receive(
	world: World,
	account: Account,
	from: string,
	to: string,
	body: string,
): Promise<Message> {
	const { state, courier, now } = world;
	const [ours, theirs] = [addressOf(to).number, addressOf(from).number];
	const accountSid = account.sid;
	const number = account.numbers.find((candidate) => candidate.number === ours);
	if (!number) throw new Error(`${ours} is none of the numbers of the account`);
	const message = addMessage(world, { accountSid, direction: 'inbound', from, to, body, status: 'received' });
	message.sentAt = now().toISOString();

	const answer = (text: string) => {
		const reply = {
			accountSid,
			direction: 'outbound-reply',
			from: to,
			to: from,
			body: text,
			status: 'queued',
		} as const;
		world.deliver(addMessage(world, reply));
	};
	const word = body.trim().toUpperCase();
	const keyword = KEYWORDS.find(({ words }) => words.includes(word));
	const wasOptedOut = state.optedOut.has(pair(ours, theirs));
	if (keyword?.optedOut === true) state.optedOut.add(pair(ours, theirs));
	if (keyword?.optedOut === false) state.optedOut.delete(pair(ours, theirs));
	// Who is in already says START for nothing, and YES is an answer to many a question.
	if (keyword && (keyword.optedOut !== false || wasOptedOut)) answer(keyword.answer);

	const webhook = async () => {
		if (number.smsUrl === null) return;
		const call = await courier.form('inbound', account.authToken, number.smsUrl, inboundFields(message));
		if (!state.optedOut.has(pair(ours, theirs))) textsOf(call.answer).forEach(answer);
	};
	await Promise.all([webhook(), announceInbound(world, account, message)]);
	return message;
}
