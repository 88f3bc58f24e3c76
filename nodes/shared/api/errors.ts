import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ApiFailure } from './failure';
import type { Explanation } from './knownErrors';
import { knownError } from './knownErrors';
import { explainRedirect } from './redirect';
import { explainSignIn } from './signIn';

export type { Explanation } from './knownErrors';

const CHECK_BASE_URL =
	'Check the base URL in the credential: https://api.cal.com/v2 for Cal.com in the cloud, https://api.cal.eu/v2 for its European region, the address of your own Cal.com otherwise.';
const CHECK_ADDRESS =
	'Check host and port of the base URL in the credential, and that Cal.com is running. When n8n runs in a container, "localhost" is that container: use the name or address that leads to Cal.com from there.';

type NetworkText = (host: string) => Explanation;

const REFUSED: NetworkText = (host) => ({ message: `Nothing answers at ${host}`, description: CHECK_ADDRESS });
const UNKNOWN_HOST: NetworkText = (host) => ({
	message: `There is no server named ${host}`,
	description: `Check the spelling of the base URL in the credential, and that n8n can look up names in your network.`,
});
const TOO_SLOW: NetworkText = (host) => ({
	message: `${host} did not answer in time`,
	description: `${CHECK_ADDRESS} A firewall between n8n and Cal.com looks like this too.`,
});
const CUT_OFF: NetworkText = (host) => ({
	message: `${host} closed the connection before it answered`,
	description:
		'Try again in a moment. If it stays so, check the base URL in the credential and any proxy in between.',
});
const UNTRUSTED: NetworkText = (host) => ({
	message: `The TLS certificate of ${host} is not trusted`,
	description:
		'Give Cal.com a certificate that matches its host name and is not expired. For one signed by your own authority, start n8n with NODE_EXTRA_CA_CERTS set to the file of that authority.',
});
const NOT_TLS: NetworkText = (host) => ({
	message: `${host} does not speak TLS on this port`,
	description:
		'Begin the base URL in the credential with http:// instead of https://, or use the port that serves https.',
});

/** What has no words of its own is named as it is: else nobody could find out why. */
const unreachable = (host: string, why: string | null): Explanation => ({
	message: `${host} could not be reached${why === null ? '' : ` (${why})`}`,
	description: CHECK_ADDRESS,
});

/** The codes of Node's network and TLS layers that people meet. */
const NETWORK: Record<string, NetworkText> = {
	ECONNREFUSED: REFUSED,
	ENOTFOUND: UNKNOWN_HOST,
	EAI_AGAIN: UNKNOWN_HOST,
	ETIMEDOUT: TOO_SLOW,
	ESOCKETTIMEDOUT: TOO_SLOW,
	ECONNABORTED: TOO_SLOW,
	ECONNRESET: CUT_OFF,
	EPIPE: CUT_OFF,
	EHOSTUNREACH: (host) => unreachable(host, null),
	ENETUNREACH: (host) => unreachable(host, null),
	EPROTO: NOT_TLS,
	CERT_HAS_EXPIRED: UNTRUSTED,
	DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
	SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
	UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
	ERR_TLS_CERT_ALTNAME_INVALID: UNTRUSTED,
};

function unauthorized({ text }: ApiFailure): Explanation {
	if (/expired/i.test(text ?? '')) {
		return {
			message: 'The Cal.com API key has expired',
			description:
				'Make a new key in Cal.com under Settings > Developer > API keys and put it into the credential.',
		};
	}
	return {
		message: 'Cal.com does not accept the API key',
		description:
			'Check that the key was copied whole and that it was made in the Cal.com that the base URL leads to: a key of cal.com is not known to cal.eu or to your own Cal.com. Keys are under Settings > Developer > API keys.',
	};
}

function notFound({ text }: ApiFailure): Explanation {
	if (/^Cannot (GET|POST|PATCH|PUT|DELETE) /.test(text ?? '')) {
		return {
			message: 'This Cal.com does not know the address that was asked for',
			description: `Cal.com said: "${text}". ${CHECK_BASE_URL} Teams and organizations exist only on hosted Cal.com.`,
		};
	}
	return {
		message: text ?? 'Cal.com did not find what was asked for',
		description: 'Check the id: it may have been deleted, or belong to someone else than the owner of the API key.',
	};
}

type StatusText = (failure: ApiFailure) => Explanation;

const INVALID: StatusText = ({ text }) => ({
	message: text === null ? 'Cal.com did not accept the values' : `Cal.com did not accept the values: ${text}`,
	description: 'Change the fields it names, then run the node again.',
});

const STATUS: Record<number, StatusText> = {
	400: INVALID,
	401: unauthorized,
	403: ({ text }) => ({
		message: 'Cal.com does not let the owner of this API key do that',
		description: `${text === null ? '' : `Cal.com said: "${text}". `}Use the API key of the person who owns it, or ask an admin of the team for access.`,
	}),
	404: notFound,
	409: ({ text }) => ({
		message: text === null ? 'Cal.com reports a conflict' : `Cal.com reports a conflict: ${text}`,
		description: 'Something like it exists already, or the place is taken. Look at it in Cal.com, then try again.',
	}),
	422: INVALID,
	429: ({ retryAfter }) => ({
		message: 'The rate limit of Cal.com is used up',
		description: `Try again in ${retryAfter ?? 60} seconds. Cal.com allows 120 requests a minute for each API key unless it was told otherwise.`,
	}),
};

const SERVER_ERROR: StatusText = ({ status }) => ({
	message: `Cal.com failed to handle the request (${status})`,
	description:
		'Try again in a moment. An id that is not a number is answered this way too: check the ids. On your own Cal.com, the log of its API tells more.',
});

const NOT_THE_API: StatusText = ({ status }) => ({
	message: `The base URL does not lead to the API of Cal.com (${status})`,
	description: `Something else answered there: a web page, a proxy or another server. ${CHECK_BASE_URL}`,
});

const OLD_FORMAT: Explanation = {
	message: 'Cal.com answered in an old format, so its answer was not used',
	description:
		'It does so without a word when the header cal-api-version does not arrive, or names a version that it does not know. Check any proxy between n8n and Cal.com, and on your own Cal.com that it is not older than 2024.',
};

/** Added to a write that broke off: nobody but Cal.com knows whether it was carried out. */
const MAY_HAVE_HAPPENED = 'It may have been carried out all the same: look before you run this again.';

/** Statuses with which Cal.com says what is wrong with a request that it understood. */
const REFUSED_STATUS: ReadonlySet<number> = new Set([400, 409, 422, 500]);

function explainCause(failure: ApiFailure, host: string): Explanation {
	const { status, code, text, constraints } = failure;
	if (failure.oldFormat === true) return OLD_FORMAT;
	const words = explainSignIn(failure) ?? explainRedirect(failure, host);
	if (words !== null) return words;
	if (status === null) return NETWORK[code ?? '']?.(host) ?? unreachable(host, code ?? text);
	if (failure.notTheApi && status !== 429 && status < 500) return NOT_THE_API(failure);
	if (constraints.length > 0) {
		const list = constraints.map(({ property, text: said }) =>
			said.includes(property) ? said : `${property}: ${said}`,
		);
		return { message: 'Cal.com did not accept the values', description: `${list.join('. ')}.` };
	}
	const known = text !== null && REFUSED_STATUS.has(status) ? knownError(text) : null;
	if (known !== null) return known;
	const byStatus = STATUS[status] ?? (status >= 500 ? SERVER_ERROR : INVALID);
	return byStatus(failure);
}

/**
 * Puts a failure into the words of the node panel.
 *
 * @param host the host that was asked, for failures without an answer
 */
export function explain(failure: ApiFailure, host: string): Explanation {
	const words = explainCause(failure, host);
	if (failure.unknownOutcome !== true) return words;
	return { ...words, description: `${MAY_HAVE_HAPPENED} ${words.description}` };
}

/**
 * The one error that the nodes throw for a request; `httpCode` is the status as text, `context.code` Cal.com's code,
 * the network's or ours: what branches goes by it, never by the words.
 *
 * @param itemIndex the item it was for, in nodes that have items
 */
export function toNodeError(node: INode, failure: ApiFailure, words: Explanation, itemIndex?: number): NodeApiError {
	// n8n swaps a message for its own when it finds a network code in the data, so none is passed on.
	const data: JsonObject = failure.status === null ? {} : { statusCode: failure.status, code: failure.code };
	const error = new NodeApiError(node, data, {
		...words,
		...(failure.status === null ? {} : { httpCode: String(failure.status) }),
		...(itemIndex === undefined ? {} : { itemIndex }),
	});
	if (failure.code !== null) error.context.code = failure.code;
	return error;
}
