import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ErrorCode } from './errorCodes';
import type { ApiFailure, Constraint } from './failure';
import type { Explanation } from './knownErrors';
import { knownError } from './knownErrors';
import { explainNetwork } from './networkErrors';
import { explainRedirect } from './redirect';
import { explainSignIn } from './signIn';
import { inWords, withoutEndColon, withoutEndDot, withoutValidator, wrongProperties } from './words';

export type { Explanation } from './knownErrors';

const CHECK_BASE_URL =
	'Check the base URL in the credential: https://api.cal.com/v2 for Cal.com in the cloud, https://api.cal.eu/v2 for its European region, the address of your own Cal.com otherwise.';

/** What Cal.com says when it is the key that is wrong, in each of its ways. */
const ABOUT_THE_KEY = /api[ _-]?key|access[ _-]?token|authenticat|^(unauthorized|invalid_client)$/i;
/** The key is accepted, and what was asked for is another person's. */
const NOT_YOURS = /do(es)? not belong to you/i;

function unauthorized({ text }: ApiFailure): Explanation {
	if (/expired/i.test(text ?? '')) {
		return {
			code: 'API_KEY_EXPIRED',
			message: 'The Cal.com API key has expired',
			description:
				'Make a new key in Cal.com under Settings > Developer > API keys and put it into the credential.',
		};
	}
	if (text !== null && NOT_YOURS.test(text)) {
		return {
			code: 'CREDENTIALS_NOT_YOURS',
			message: `Cal.com refused this: ${withoutEndDot(text)}`,
			description:
				'The API key is fine: what was asked for belongs to somebody else. Check the ids, or use the API key of the person who owns it.',
		};
	}
	if (text !== null && !ABOUT_THE_KEY.test(text)) {
		return {
			code: 'UNAUTHORIZED',
			message: `Cal.com refused this: ${inWords(withoutEndDot(text))}`,
			description: 'Check the API key and that its owner may do this in Cal.com.',
		};
	}
	return {
		code: 'API_KEY_INVALID',
		message: 'Cal.com does not accept the API key',
		description:
			'Check that the key was copied whole and that it was made in the Cal.com that the base URL leads to: a key of cal.com is not known to cal.eu or to your own Cal.com. Keys are under Settings > Developer > API keys.',
	};
}

function notFound({ text }: ApiFailure): Explanation {
	if (/^Cannot (GET|POST|PATCH|PUT|DELETE) /.test(text ?? '')) {
		return {
			code: 'ROUTE_UNKNOWN',
			message: 'This Cal.com does not know the address that was asked for',
			description: `Cal.com said: "${text}". ${CHECK_BASE_URL} Teams and organizations exist only on hosted Cal.com.`,
		};
	}
	return {
		code: 'NOT_FOUND',
		message: text === null ? 'Cal.com did not find what was asked for' : inWords(text),
		description: 'Check the id: it may have been deleted, or belong to someone else than the owner of the API key.',
	};
}

/** Cal.com's words as they came, after ours. */
const said = (text: string | null): string => (text === null ? '' : ` Cal.com said: "${text}".`);

type StatusText = (failure: ApiFailure) => Explanation;

/** What Cal.com said, for the end of a sentence of ours. */
const after = (text: string | null): string => (text === null ? '' : `: ${inWords(withoutEndDot(text))}`);

const INVALID: StatusText = ({ text }) => {
	const wrong = text === null ? null : wrongProperties(text);
	return {
		code: wrong === null ? 'BAD_REQUEST' : 'INVALID_VALUES',
		message: `Cal.com did not accept the values${after(wrong ?? text)}`,
		description: `Change ${text === null ? 'them' : 'what it names'}, then run the node again.${said(text)}`,
	};
};

const STATUS: Record<number, StatusText> = {
	400: INVALID,
	401: unauthorized,
	403: ({ text }) => ({
		code: 'FORBIDDEN',
		message: `Cal.com does not let the owner of this API key do that${after(text)}`,
		description: `Use the API key of the person who owns it, or ask an admin of the team for access.${said(text)}`,
	}),
	404: notFound,
	409: ({ text }) => ({
		code: 'CONFLICT',
		message: `Cal.com reports a conflict${after(text)}`,
		description: `Something like it exists already, or the place is taken. Look at it in Cal.com, then try again.${said(text)}`,
	}),
	422: INVALID,
	429: ({ retryAfter }) => ({
		code: 'RATE_LIMITED',
		message: 'The rate limit of Cal.com is used up',
		description: `Try again in ${retryAfter ?? 60} seconds. Cal.com allows 120 requests a minute for each API key unless it was told otherwise.`,
	}),
};

const SAYS_NOTHING = /^internal server error\.?$/i;

const SERVER_ERROR: StatusText = ({ status, text }) => {
	const words = text !== null && !SAYS_NOTHING.test(text) ? text : null;
	const ids = words === null ? ' An id that is not a number is answered this way too: check the ids.' : '';
	return {
		code: 'SERVER_ERROR',
		message: `Cal.com failed to handle the request (${status})${after(words)}`,
		description: `Try again in a moment.${ids} On your own Cal.com, the log of its API tells more.${said(text)}`,
	};
};

const NOT_THE_API: StatusText = ({ status }) => ({
	code: 'NOT_THE_API',
	message: `The base URL does not lead to the API of Cal.com (${status})`,
	description: `Something else answered there: a web page, a proxy or another server. ${CHECK_BASE_URL}`,
});

const OLD_FORMAT: Explanation = {
	code: 'OLD_FORMAT',
	message: 'Cal.com answered in an old format, so its answer was not used',
	description:
		'It does so without a word when the header cal-api-version does not arrive, or names a version that it does not know. Check any proxy between n8n and Cal.com, and on your own Cal.com that it is not older than 2024.',
};

/** Added to a write that broke off: nobody but Cal.com knows whether it was carried out. */
const MAY_HAVE_HAPPENED = 'It may have been carried out all the same: look before you run this again.';

/** Statuses with which Cal.com says what is wrong with a request that it understood. */
const REFUSED_STATUS: ReadonlySet<number> = new Set([400, 409, 422, 500]);

/** How many fields the message names: the description names all. */
const NAMED = 3;

function fieldByField(constraints: readonly Constraint[]): Explanation {
	const list = constraints.map(({ property, text }) => {
		const words = withoutEndColon(withoutValidator(text));
		return words.includes(property) ? words : `${property}: ${words}`;
	});
	const rest = list.length > NAMED ? `; and ${list.length - NAMED} more` : '';
	return {
		code: 'INVALID_VALUES',
		message: `Cal.com did not accept the values: ${list.slice(0, NAMED).map(withoutEndDot).join('; ')}${rest}`,
		description: `${list.map(withoutEndDot).join('. ')}.`,
	};
}

function explainCause(failure: ApiFailure, host: string): Explanation {
	const { status, text, constraints } = failure;
	if (failure.oldFormat === true) return OLD_FORMAT;
	// Over OAuth2, each 401 counts as one of the sign-in: this one says itself that it is none.
	if (status === 401 && NOT_YOURS.test(text ?? '')) return unauthorized(failure);
	const words = explainSignIn(failure) ?? explainRedirect(failure, host);
	if (words !== null) return words;
	if (status === null) return explainNetwork(failure, host);
	if (failure.notTheApi && status !== 429 && status < 500) return NOT_THE_API(failure);
	if (constraints.length > 0) {
		return fieldByField(constraints);
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

/** The code of a failure, for what branches before anybody is told. */
export const codeOfFailure = (failure: ApiFailure): ErrorCode => explainCause(failure, '').code;

/**
 * The one error that the nodes throw for a request; `httpCode` is the status as text, `context.code` is ours: what
 * branches goes by it, never by the words.
 *
 * @param itemIndex the item it was for, in nodes that have items
 */
export function toNodeError(node: INode, failure: ApiFailure, words: Explanation, itemIndex?: number): NodeApiError {
	// n8n swaps a message for its own when it finds a network code in the data, so none is passed on.
	const data: JsonObject = failure.status === null ? {} : { statusCode: failure.status, code: failure.code };
	const { code, message, description } = words;
	const error = new NodeApiError(node, data, {
		message,
		description,
		...(failure.status === null ? {} : { httpCode: String(failure.status) }),
		...(itemIndex === undefined ? {} : { itemIndex }),
	});
	error.context.code = code;
	return error;
}
