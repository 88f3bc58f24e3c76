import { z } from 'zod';
import type { HttpAnswer } from './httpAnswer';
import type { Hide } from './keys';
import { hideIn, withoutKeys } from './keys';
import { withoutEndCommas } from './words';

/** A request that Cal.com did not fulfil, whatever way it said so. */
export interface ApiFailure {
	/** HTTP status; null when no answer came. */
	status: number | null;
	/** Cal.com's exception name (`NotFoundException`, `CONFLICT` …), or the network's code (`ECONNREFUSED` …). */
	code: string | null;
	/** Cal.com's own words, without the name of the guard that spoke them; null when it said nothing useful. */
	text: string | null;
	/** What its validation found, field by field. */
	constraints: Constraint[];
	/** True when the answer is not from Cal.com's API: a web page, or another server. */
	notTheApi: boolean;
	/** Seconds until the rate limit opens again; null when not limited. */
	retryAfter: number | null;
	/** Where the API answers, when the server that was asked says so: for a person to decide, never to be asked. */
	movedTo?: string;
	/** Cal.com succeeded, but in the shape of an old version: nothing in it may be taken for data. */
	oldFormat?: true;
	/** A write that may have happened although it failed: read whether it did before it is sent again. */
	unknownOutcome?: true;
}

export interface Constraint {
	property: string;
	text: string;
}

interface ValidationError {
	property?: string;
	constraints?: Record<string, string> | null;
	children?: ValidationError[] | null;
}

const validationError: z.ZodType<ValidationError> = z.lazy(() =>
	z.object({
		property: z.string().optional(),
		constraints: z.record(z.string()).nullish(),
		children: z.array(validationError).nullish(),
	}),
);
const details = z.object({ errors: z.array(validationError) });
/** `{status: "error", error: {code, message, details}}`: nearly every error of API v2. */
const envelope = z.object({
	status: z.literal('error'),
	error: z.object({ code: z.string().nullish(), message: z.string().nullish(), details: z.unknown() }),
});
/** `{statusCode, message}`: what slips past Cal.com's own filter. */
const bare = z.object({ statusCode: z.number(), message: z.union([z.string(), z.array(z.string())]) });
/** `{error, error_description}`: the OAuth routes. */
const oauth = z.object({ error: z.string(), error_description: z.string().nullish() });

const GUARD = /^[A-Z]\w*(Guard|Strategy) - /;
const NO_INFORMATION = new Set(['Bad Request Exception', 'There was an error, please try again later.']);

/** What a program can go by. Anything else that stands there is a text of the server's, which may hold what it was sent. */
const CODE = /^[A-Za-z_]{1,60}$/;

function codeOf(code: string | null | undefined): string | null {
	return typeof code === 'string' && CODE.test(code) ? code : null;
}

function tidy(text: string | null | undefined): string | null {
	const words = withoutEndCommas((text ?? '').replace(GUARD, ''));
	return words === '' || NO_INFORMATION.has(words) ? null : words;
}

function flatten(errors: ValidationError[], path = ''): Constraint[] {
	return errors.flatMap(({ property = '', constraints, children }) => {
		const name = path === '' ? property : `${path}.${property}`;
		const own = Object.values(constraints ?? {}).map((text) => ({ property: name, text }));
		return [...own, ...flatten(children ?? [], name)];
	});
}

/** @param body without what looks like a key */
function readBody(body: unknown): Pick<ApiFailure, 'code' | 'text' | 'constraints' | 'notTheApi'> {
	const wrapped = envelope.safeParse(body);
	if (wrapped.success) {
		const { code, message, details: more } = wrapped.data.error;
		const found = details.safeParse(more);
		const constraints = found.success ? flatten(found.data.errors) : [];
		return { code: codeOf(code), text: tidy(message), constraints, notTheApi: false };
	}
	const plain = bare.safeParse(body);
	if (plain.success) {
		const message = Array.isArray(plain.data.message) ? plain.data.message.join(', ') : plain.data.message;
		return { code: null, text: tidy(message), constraints: [], notTheApi: false };
	}
	const auth = oauth.safeParse(body);
	if (auth.success) {
		const { error, error_description: words } = auth.data;
		return { code: codeOf(error), text: tidy(words), constraints: [], notTheApi: false };
	}
	return { code: null, text: null, constraints: [], notTheApi: true };
}

function retryAfter({ statusCode, headers }: HttpAnswer): number | null {
	if (statusCode !== 429) return null;
	const seconds = Number(headers['x-ratelimit-reset-default'] ?? headers['retry-after']);
	return Number.isFinite(seconds) && seconds > 0 ? seconds : 60;
}

/** Reads an answer that is not a success, in each of the shapes that API v2 has for it, and leaves out what looks like a key. */
export function readFailure(answer: HttpAnswer): ApiFailure {
	const body = hideIn(answer.body, withoutKeys);
	return { status: answer.statusCode, ...readBody(body), retryAfter: retryAfter(answer) };
}

/** Codes of faults that come before the request has left: it cannot have happened. */
const NOT_SENT = new Set([
	'OAUTH_NOT_CONNECTED',
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EPROTO',
]);
const UNTRUSTED_CERTIFICATE = /CERT|UNABLE_TO_/;

/** Whether a request with this failure may nevertheless have been carried out. */
export function mayHaveHappened({ status, code }: ApiFailure): boolean {
	if (status !== null) return status >= 500;
	return code === null || !(NOT_SENT.has(code) || UNTRUSTED_CERTIFICATE.test(code));
}

const thrown = z.object({
	code: z.unknown(),
	httpCode: z.unknown(),
	message: z.unknown(),
	cause: z.unknown(),
	context: z.object({ data: z.unknown() }).nullish().catch(null),
});
const NETWORK_CODE = /^(E[A-Z_]{3,}|ERR_[A-Z_]+|[A-Z]+(_[A-Z]+)+)$/;
const CODE_IN_TEXT =
	/\b(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)\b/;

/**
 * Reads what n8n's request helper throws: n8n wraps the network's error, so its code lies somewhere
 * down the chain of causes.
 *
 * @param hide leaves out of a text what must not be told, beside what looks like a key
 */
export function readThrown(error: unknown, hide: Hide = withoutKeys): ApiFailure {
	let code: string | null = null;
	let text: string | null = null;
	let level: unknown = error;
	for (let depth = 0; depth < 6 && code === null; depth++) {
		const found = thrown.safeParse(level);
		if (!found.success) break;
		const { data } = found;
		const status = Number(data.httpCode);
		if (status >= 400 && status < 600) {
			return readFailure({ statusCode: status, headers: {}, body: hideIn(data.context?.data, hide) });
		}
		for (const candidate of [data.code, data.httpCode]) {
			if (typeof candidate === 'string' && NETWORK_CODE.test(candidate)) code ??= candidate;
		}
		if (typeof data.message === 'string') {
			code ??= CODE_IN_TEXT.exec(data.message)?.[1] ?? null;
			text = tidy(withoutKeys(hide(data.message)));
		}
		level = data.cause;
	}
	return { status: null, code, text, constraints: [], notTheApi: false, retryAfter: null };
}
