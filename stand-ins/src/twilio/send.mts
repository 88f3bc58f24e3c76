// What Twilio decides when it is asked to send a message.
import { refuse } from './errors.mts';
import { MAGIC_FROM, MAGIC_TO, addressOf, isAlphanumericSender, isE164, masked, pair } from './numbers.mts';
import type { Account, Message, State } from './types.mts';

/** The most letters that one message may have. */
const LONGEST = 1_600;

export type Form = Record<string, string | undefined>;
export type Draft = Pick<Message, 'from' | 'to' | 'body' | 'status' | 'messagingServiceSid' | 'statusCallback'>;

function checkRecipient(to: string): void {
	const { number } = addressOf(to);
	if (number === '') throw refuse(21604);
	const magic = MAGIC_TO[number];
	if (magic !== undefined) throw refuse(magic, magic === 21614 ? number : masked(number));
	if (!isE164(number)) throw refuse(21211, masked(number));
}

function checkSender(account: Account, from: string, to: string): void {
	const [sender, recipient] = [addressOf(from), addressOf(to)];
	if (sender.number === '') throw refuse(21603);
	if (isAlphanumericSender(from)) return;
	const magic = MAGIC_FROM[sender.number];
	if (magic !== undefined) throw refuse(magic, sender.number);
	if (!isE164(sender.number)) throw refuse(21212, sender.number);
	if (sender.channel !== recipient.channel) throw refuse(21910);
	const owned = account.numbers.find(({ number }) => number === sender.number);
	if (!owned) throw refuse(21659, sender.number);
	if (!owned.sms) throw refuse(21606, sender.number);
	if (sender.number === recipient.number) throw refuse(21266, sender.number);
}

/** http and https with a host, as Twilio asks for; an empty text counts as none. */
function checkCallback(url: string): void {
	if (url !== '' && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) throw refuse(21609, url);
}

/** Every number that a message may go out from. */
function sendersOf(account: Account, from: string, serviceSid: string): string[] {
	if (serviceSid === '') return [addressOf(from).number];
	const service = account.services.find(({ sid }) => sid === serviceSid);
	if (!service) throw refuse(21701);
	return service.numbers;
}

/**
 * Opens what was posted to Messages.json.
 * @throws TwilioError for what Twilio refuses at once
 */
export function draftOf(state: State, account: Account, form: Form): Draft {
	const { To: to = '', From: from = '', Body: body = '', StatusCallback: callback = '' } = form;
	const serviceSid = form['MessagingServiceSid'] ?? '';
	checkRecipient(to);
	if (serviceSid === '' || from !== '') checkSender(account, from, to);
	const senders = sendersOf(account, from, serviceSid);
	if (body === '' && form['MediaUrl'] === undefined) throw refuse(21602);
	if (body.length > LONGEST) throw refuse(21617);
	checkCallback(callback);
	const theirs = addressOf(to).number;
	if (senders.some((ours) => state.optedOut.has(pair(ours, theirs)))) throw refuse(21610);
	return {
		to,
		from: from === '' ? null : from,
		body,
		// A messaging service chooses the sender later.
		status: serviceSid === '' ? 'queued' : 'accepted',
		messagingServiceSid: serviceSid === '' ? null : serviceSid,
		statusCallback: callback === '' ? null : callback,
	};
}
