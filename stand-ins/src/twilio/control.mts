import type { Gust } from '../faults.mts';
import { receive } from './inbound.mts';
import type { Delivery } from './lifecycle.mts';
import { moveTo } from './lifecycle.mts';
import { addressOf, pair } from './numbers.mts';
import { NUMBER } from './seed.mts';
import type { Weather } from './server.mts';
import type { Account, Fate, Message, MessageStatus, PhoneNumber } from './types.mts';
import type { World } from './world.mts';

/** What happens to messages without an API call: people answer, phones are off, Twilio has trouble. */
export interface Control {
	/** Somebody texts one of our numbers. Resolves when the webhook has answered and the sinks have taken it. */
	reply(from: string, body: string, to?: string): Promise<Message>;
	/** Where a number's messages are posted to; null for nowhere. */
	webhook(url: string | null, number?: string): void;
	/** Somebody wants no more messages, or wants them again, without having texted it. */
	optOut(number: string, on?: boolean): void;
	/** How messages to a number end from now on; null for delivered. */
	fate(number: string, fate: Fate | null): void;
	/** Moves one message on by hand and calls back: late, twice, or in the wrong order. */
	advance(sid: string, status: MessageStatus, errorCode?: number): Promise<void>;
	/** While on, messages stay queued. */
	hold(on: boolean): void;
	/** Milliseconds from one status of a message to the next. */
	pace(milliseconds: number): void;
	/** Resolves when every message is at its end. */
	settled(): Promise<void>;
	/** The next `count` requests are answered with this status and nothing is done; 0 ends it. */
	failNext(count: number, status: number): void;
	/** Requests that are refused, lost or cut off, in this order; an empty plan ends it. `path` sees the host too. */
	storm(plan: Gust[]): void;
	/** Milliseconds that every answer is kept back. */
	slow(milliseconds: number): void;
	/** Forgets messages, calls and requests, opt-outs and fates, and ends all trouble. Sinks and webhooks stay. */
	clear(): void;
}

export interface Logs {
	requests: unknown[];
	weather: Weather;
	delivery: Delivery;
}

export function newControl(world: World, { requests, weather, delivery }: Logs): Control {
	const { state, courier } = world;

	const numberOf = (wanted: string): { account: Account; phone: PhoneNumber } => {
		for (const account of state.accounts) {
			const phone = account.numbers.find(({ number }) => number === addressOf(wanted).number);
			if (phone) return { account, phone };
		}
		throw new Error(`No account has the number ${wanted}`);
	};

	return {
		async reply(from, body, to = NUMBER) {
			return await receive(world, numberOf(to).account, from, to, body);
		},
		webhook(url, number = NUMBER) {
			numberOf(number).phone.smsUrl = url;
		},
		optOut(number, on = true) {
			const pairs = state.accounts.flatMap(({ numbers }) => numbers.map((ours) => pair(ours.number, number)));
			for (const one of pairs)
				if (on) state.optedOut.add(one);
				else state.optedOut.delete(one);
		},
		fate(number, fate) {
			if (fate === null) state.fates.delete(number);
			else state.fates.set(number, fate);
		},
		async advance(sid, status, errorCode) {
			const message = state.messages.find((candidate) => candidate.sid === sid);
			if (!message) throw new Error(`No message has the sid ${sid}`);
			await moveTo(world, message, status, errorCode ?? null);
		},
		hold: delivery.hold,
		pace: delivery.pace,
		settled: delivery.settled,
		failNext(count, status) {
			weather.storm.plan(count > 0 ? [{ status, count }] : []);
		},
		storm(plan) {
			weather.storm.plan(plan);
		},
		slow(milliseconds) {
			weather.slow = milliseconds;
		},
		clear() {
			for (const list of [state.messages, courier.calls, requests]) list.length = 0;
			state.optedOut.clear();
			state.fates.clear();
			weather.storm.plan([]);
			weather.slow = 0;
			delivery.forget();
		},
	};
}
