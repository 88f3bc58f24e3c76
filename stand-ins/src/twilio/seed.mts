import { randomBytes } from 'node:crypto';
import type { Account, State } from './types.mts';

/**
 * Twilio's own magic sender: with test credentials the real Twilio takes it too, and from a paid account it
 * refuses it, so that a template which names it reaches nobody before a person has put in their own number.
 */
export const NUMBER = '+15005550006';
/** Belongs to the account and cannot send messages. */
export const VOICE_NUMBER = '+15005550007';

/** `SM` and 32 hexadecimal digits, and the like. */
export const newSid = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`;

const phoneNumber = (number: string, sms: boolean) => ({ number, sms, smsUrl: null });

/** Sids and secrets are made anew at each start: nothing that looks like a real one lies in a file. */
function newAccount(now: Date): Account {
	return {
		sid: newSid('AC'),
		authToken: randomBytes(16).toString('hex'),
		name: 'Your School',
		apiKeys: [{ sid: newSid('SK'), secret: randomBytes(16).toString('hex') }],
		numbers: [phoneNumber(NUMBER, true), phoneNumber(VOICE_NUMBER, false)],
		services: [{ sid: newSid('MG'), numbers: [NUMBER] }],
		createdAt: now.toISOString(),
	};
}

export function seed(now: Date): State {
	return {
		accounts: [newAccount(now)],
		messages: [],
		optedOut: new Set(),
		fates: new Map(),
		sinks: [],
		subscriptions: [],
	};
}
