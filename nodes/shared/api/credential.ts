import { z } from 'zod';

/** The credential with an API key: the trigger's only one, and the action node's first choice. */
export const CREDENTIAL = 'calComApi';
export const OAUTH_CREDENTIAL = 'calComOAuth2Api';

export type CredentialName = typeof CREDENTIAL | typeof OAUTH_CREDENTIAL;

/** What a node's field `authentication` holds when it is not the API key. */
const chosen = z.object({ authentication: z.literal('oAuth2') });

/**
 * The credential that a node works with. A node without the field `authentication` has an API key.
 *
 * @param parameters the node's own, as stored: the field takes no expression
 */
export function credentialOf(parameters: unknown): CredentialName {
	return chosen.safeParse(parameters).success ? OAUTH_CREDENTIAL : CREDENTIAL;
}
