import type { Courier } from './courier.mts';
import { newSid } from './seed.mts';
import type { Account, Message, State } from './types.mts';

export interface World {
	state: State;
	now: () => Date;
	courier: Courier;
	/** Told of every message that is new or has changed. */
	changed: (message: Message) => void;
	/** Sets a message on its way to its end. */
	deliver: (message: Message) => void;
}

export function accountOf({ state }: World, sid: string): Account {
	const account = state.accounts.find((candidate) => candidate.sid === sid);
	if (!account) throw new Error(`The stand-in has no account ${sid}`);
	return account;
}

/** A message with what they all have in common; it is remembered. */
export function addMessage(
	world: World,
	given: Pick<Message, 'accountSid' | 'direction' | 'from' | 'to' | 'body' | 'status'> & Partial<Message>,
): Message {
	const at = world.now().toISOString();
	const message: Message = {
		sid: newSid('SM'),
		messagingServiceSid: null,
		errorCode: null,
		statusCallback: null,
		createdAt: at,
		updatedAt: at,
		sentAt: null,
		...given,
	};
	world.state.messages.push(message);
	world.changed(message);
	return message;
}
