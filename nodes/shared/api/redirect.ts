import { withoutEndSlash } from '../values/links';
import type { ApiFailure } from './failure';
import type { HttpAnswer } from './httpAnswer';
import { LEFT_OUT, withoutKeys } from './keys';
import type { Explanation } from './knownErrors';

/** The code of ours for an answer that sends the request elsewhere. */
const REDIRECTS = 'BASE_URL_REDIRECTS';
/** What `text` holds when the address leads back to where it was asked. */
const ITSELF = 'itself';
/** An address of this length is no address of an API that somebody would type. */
const LONGEST = 200;

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

interface Target {
	/** Without user, password, query and fragment: they may be secrets, and belong in no message. */
	address: string;
	/** The address ends as the request did, so what stands before is where the API answers. */
	isApi: boolean;
}

/** Where a `Location` leads; null when that is nothing to show to a person. */
function targetOf(location: unknown, asked: string, path: string): Target | null {
	if (typeof location !== 'string' || location.trim() === '' || !URL.canParse(location, asked)) return null;
	// An address that holds the key, or held it, is none that somebody should type.
	if (withoutKeys(location) !== location || location.includes(LEFT_OUT)) return null;
	const { protocol, origin, pathname } = new URL(location, asked);
	if (protocol !== 'https:' && protocol !== 'http:') return null;
	const whole = withoutEndSlash(pathname);
	const isApi = whole.endsWith(path);
	const address = isApi ? `${origin}${withoutEndSlash(whole.slice(0, -path.length))}` : `${origin}${pathname}`;
	return address.length > LONGEST ? null : { address, isApi };
}

/**
 * The failure of an answer that sends the request elsewhere; null for any other answer. It is not followed: n8n would
 * send the key, and the body of a write, to whatever address the server names.
 *
 * @param baseUrl what was asked, as `baseUrlCandidates` gives it
 * @param path what was asked for below it
 */
export function readRedirect(answer: HttpAnswer, baseUrl: string, path: string): ApiFailure | null {
	if (!isRedirect(answer.statusCode)) return null;
	const target = targetOf(answer.headers['location'], `${baseUrl}${path}`, path);
	const leadsTo = target?.isApi === true && target.address === baseUrl ? ITSELF : (target?.address ?? null);
	return {
		status: answer.statusCode,
		code: REDIRECTS,
		text: leadsTo,
		constraints: [],
		notTheApi: true,
		retryAfter: null,
		...(target?.isApi === true ? { movedTo: target.address } : {}),
	};
}

const NOT_FOLLOWED = 'It was not followed: the API key would have gone along.';

/** The words for a redirect; null for any other failure. @param host the one that was asked */
export function explainRedirect({ status, code, text, movedTo }: ApiFailure, host: string): Explanation | null {
	if (code !== REDIRECTS) return null;
	if (text === null) {
		return {
			code,
			message: 'The base URL redirects to another address',
			description: `${host} answered ${status ?? 'so'} without an address that can be shown. ${NOT_FOLLOWED} Check the base URL in the credential, and any proxy in between.`,
		};
	}
	if (text === ITSELF) {
		return {
			code,
			message: 'The base URL redirects to itself',
			description: `${host} sends each request back to the same address. Check the proxy in front of Cal.com.`,
		};
	}
	if (movedTo === undefined) {
		return {
			code,
			message: `The base URL redirects to ${text}`,
			description: `That is not the API of Cal.com, but most likely a page to sign in, or a proxy. ${NOT_FOLLOWED} Check the base URL in the credential, or let the proxy pass requests with an API key.`,
		};
	}
	const other = new URL(text).host;
	const whose = other === host ? '' : ` Do so only if ${other} is your Cal.com: the key is sent there from then on.`;
	return {
		code,
		message: `The base URL redirects to ${text}: put that address in the credential`,
		description: `${NOT_FOLLOWED}${whose}`,
	};
}
