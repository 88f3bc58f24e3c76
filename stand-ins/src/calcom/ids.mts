import { createHash, randomBytes, randomUUID } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A booking uid as Cal.com makes them: 22 characters, base58. */
export function newUid(): string {
	return Array.from(randomBytes(22), (byte) => BASE58[byte % BASE58.length]).join('');
}

export const newUuid = (): string => randomUUID();

/** `length` hex characters that mean nothing. */
export function newHex(length: number): string {
	return randomBytes(length).toString('hex').slice(0, length);
}

/** The same uuid for the same text, shaped like a version 5 one. */
export function uuidOf(text: string): string {
	const hex = createHash('sha1').update(text).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
