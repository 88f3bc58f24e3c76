import { z } from 'zod';
import type { ApiFailure } from './failure';
import type { Explanation } from './knownErrors';

/** Codes of ours for requests that failed over the OAuth2 credential. */
const NOT_CONNECTED = 'OAUTH_NOT_CONNECTED';
const REFUSED = 'OAUTH_REFUSED';

/** n8n's words, and those of the token endpoint, when there is no access token to be had. */
const NO_TOKEN =
	/credentials not connected|sign without access token|no refresh token|needs to be reconnected|\b(access|refresh) token\b|invalid_(grant|client)|unauthorized_client/i;

const thrown = z.object({ message: z.unknown(), description: z.unknown(), cause: z.unknown() });

function saysNoToken(error: unknown): boolean {
	let level: unknown = error;
	for (let depth = 0; depth < 6; depth++) {
		const found = thrown.safeParse(level);
		if (!found.success) return false;
		const { message, description, cause } = found.data;
		if ([message, description].some((text) => typeof text === 'string' && NO_TOKEN.test(text))) return true;
		level = cause;
	}
	return false;
}

/** The same failure, told apart when it was the signing in that failed, not the request. */
export function signInFailure(failure: ApiFailure, error: unknown): ApiFailure {
	if (failure.status === 401) return { ...failure, code: REFUSED };
	if (failure.status === null && failure.code === null && saysNoToken(error)) {
		return { ...failure, code: NOT_CONNECTED };
	}
	return failure;
}

const WORDS: Record<string, Explanation> = {
	[NOT_CONNECTED]: {
		code: NOT_CONNECTED,
		message: 'The OAuth2 credential is not connected to Cal.com, or no longer',
		description:
			'Open the credential and connect it again. Cal.com ends a connection that was not used for 30 days, and one whose OAuth client was changed.',
	},
	[REFUSED]: {
		code: REFUSED,
		message: 'Cal.com does not accept the sign-in of the OAuth2 credential',
		description:
			'Open the credential and connect it again. Check too that the OAuth client was made in the Cal.com chosen there, and that it has the scopes named there.',
	},
};

/** The words for a failure to sign in; null for any other. */
export function explainSignIn({ code }: ApiFailure): Explanation | null {
	return WORDS[code ?? ''] ?? null;
}
