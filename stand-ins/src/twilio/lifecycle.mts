// The way of a message from queued to its end, and the callbacks on the way.
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf } from './numbers.mts';
import type { Fate, Message, MessageStatus } from './types.mts';
import { VERSION } from './views.mts';
import { accountOf } from './world.mts';
import type { World } from './world.mts';

const SENT = new Set<MessageStatus>(['sent', 'delivered', 'undelivered']);

/** What a message goes through after it was taken. Twilio does not call back for what it began with. */
export function stepsOf({ status }: Message, fate: Fate | undefined): MessageStatus[] {
	const chosen: MessageStatus[] = status === 'accepted' ? ['queued'] : [];
	if (fate?.status === 'failed') return [...chosen, 'failed'];
	return [...chosen, 'sent', fate?.status ?? 'delivered'];
}

/** The fields of a status callback. An error code only where there is an error. */
export function callbackFields(message: Message): Record<string, string> {
	const { sid, status, errorCode } = message;
	return {
		AccountSid: message.accountSid,
		ApiVersion: VERSION,
		From: message.from ?? '',
		MessageSid: sid,
		MessageStatus: status,
		SmsSid: sid,
		SmsStatus: status,
		To: message.to,
		...(message.messagingServiceSid === null ? {} : { MessagingServiceSid: message.messagingServiceSid }),
		...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
	};
}

/** Moves a message to a status and tells whoever asked to be told. Resolves when the receiver has answered. */
export async function moveTo(
	world: World,
	message: Message,
	status: MessageStatus,
	errorCode: number | null = null,
): Promise<void> {
	const at = world.now().toISOString();
	message.status = status;
	message.errorCode = errorCode;
	message.updatedAt = at;
	if (SENT.has(status)) message.sentAt ??= at;
	if (message.messagingServiceSid !== null && message.from === null) {
		const { services } = accountOf(world, message.accountSid);
		message.from = services.find(({ sid }) => sid === message.messagingServiceSid)?.numbers[0] ?? null;
	}
	world.changed(message);
	if (message.statusCallback === null) return;
	const { authToken } = accountOf(world, message.accountSid);
	await world.courier.form('status', authToken, message.statusCallback, callbackFields(message));
}

export interface Delivery {
	/** Sets a message on its way. */
	begin(world: World, message: Message): void;
	/** While held, messages stay as they are. */
	hold(on: boolean): void;
	/** Milliseconds between two steps. */
	pace(milliseconds: number): void;
	/** Resolves when no message is on its way. Never while they are held. */
	settled(): Promise<void>;
	/** Lets every message that is on its way end where it is, and holds nothing any more. */
	forget(): void;
}

/** Delivers messages by itself, one step after the other, until stopped. */
export function newDelivery(paceMs: number, stopped: AbortSignal): Delivery {
	const underWay = new Set<Promise<void>>();
	const waiting: (() => void)[] = [];
	let between = paceMs;
	let held = false;
	/** Goes up when everything is forgotten: journeys that began before end where they are. */
	let era = 0;

	const release = () => waiting.splice(0).forEach((goOn) => goOn());
	const untilReleased = async () => {
		while (held && !stopped.aborted) await new Promise<void>((goOn) => waiting.push(goOn));
	};

	async function go(world: World, message: Message): Promise<void> {
		const began = era;
		const fate = world.state.fates.get(addressOf(message.to).number);
		for (const status of stepsOf(message, fate)) {
			await sleep(between, undefined, { signal: stopped }).catch(() => undefined);
			await untilReleased();
			if (stopped.aborted || began !== era) return;
			await moveTo(world, message, status, status === fate?.status ? fate.errorCode : null);
		}
	}

	stopped.addEventListener('abort', release);
	return {
		begin(world, message) {
			const journey = go(world, message);
			underWay.add(journey);
			void journey.finally(() => underWay.delete(journey));
		},
		hold(on) {
			held = on;
			if (!on) release();
		},
		pace(milliseconds) {
			between = milliseconds;
		},
		async settled() {
			while (underWay.size > 0) await Promise.all(underWay);
		},
		forget() {
			era += 1;
			held = false;
			release();
		},
	};
}
