import { trimmed } from './readers';

/** Teams' long links have some 330 characters. */
const MAX_LINK = 500;
/**
 * A host of letters, digits, dots and dashes, and behind it what an address may hold. `https://evil.example".zoom.us/`
 * has another host to a phone than to a program; a name before an @ in front of the host is taken for the host by people.
 */
const PLAIN_LINK = /^https?:\/\/[a-z0-9][a-z0-9.-]{0,252}(?::\d{1,5})?(?:[/?#][\w.~:/?#@!$&'()*+,;=%-]*)?$/i;
/** Steps up in the path: a program that compares its beginning sees another page than the one that opens. */
const LEADS_UP = /^[^?#]{0,500}\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

/**
 * The one place that decides what a node calls a link: an http(s) address of plain characters, not long, without the
 * spaces around it; null for anything else, which stays the text that it is.
 *
 * @example plainLink(' https://us02web.zoom.us/j/1 ') // 'https://us02web.zoom.us/j/1'
 */
export function plainLink(value: unknown): string | null {
	const address = trimmed(value);
	if (address === null || address.length > MAX_LINK || LEADS_UP.test(address)) return null;
	return PLAIN_LINK.test(address) ? address : null;
}

/** An address of the form that Cal Video's pages have. */
export interface VideoPage {
	/** `https://app.cal.com` */
	origin: string;
	/** In small letters, without a port. */
	host: string;
	/** Of the booking that the page is for. */
	uid: string;
}

const VIDEO_PAGE = /^(https?:\/\/([A-Za-z0-9.-]{1,253})(?::\d{1,5})?)\/video\/([^/?#]{1,500})$/;

/** An address as a Cal Video page, whoever wrote it; null where it is none. */
export function videoPage(address: string | null): VideoPage | null {
	const [, origin, host, uid] = VIDEO_PAGE.exec(plainLink(address) ?? '') ?? [];
	if (origin === undefined || host === undefined || uid === undefined) return null;
	return { origin, host: host.toLowerCase(), uid };
}

/** An address to which a path can be added. */
export function withoutEndSlash(url: string): string {
	let end = url.length;
	while (url.charAt(end - 1) === '/') end--;
	return url.slice(0, end);
}
