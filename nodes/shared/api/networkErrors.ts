import type { ApiFailure } from './failure';
import type { Explanation } from './knownErrors';

const CHECK_ADDRESS =
	'Check host and port of the base URL in the credential, and that Cal.com is running. When n8n runs in a container, "localhost" is that container: use the name or address that leads to Cal.com from there.';

type NetworkText = (host: string) => Explanation;

const REFUSED: NetworkText = (host) => ({
	code: 'CONNECTION_REFUSED',
	message: `Nothing answers at ${host}`,
	description: CHECK_ADDRESS,
});
const UNKNOWN_HOST: NetworkText = (host) => ({
	code: 'HOST_NOT_FOUND',
	message: `There is no server named ${host}`,
	description: `Check the spelling of the base URL in the credential, and that n8n can look up names in your network.`,
});
const NO_LOOKUP: NetworkText = (host) => ({
	code: 'NAME_LOOKUP_FAILED',
	message: `n8n could not look up the name ${host}`,
	description: 'Try again in a moment. If it stays so, check that n8n can look up names in your network.',
});
const TOO_SLOW: NetworkText = (host) => ({
	code: 'TIMEOUT',
	message: `${host} did not answer in time`,
	description: `${CHECK_ADDRESS} A firewall between n8n and Cal.com looks like this too.`,
});
const CUT_OFF: NetworkText = (host) => ({
	code: 'CONNECTION_LOST',
	message: `${host} closed the connection before it answered`,
	description:
		'Try again in a moment. If it stays so, check the base URL in the credential and any proxy in between.',
});
const UNTRUSTED: NetworkText = (host) => ({
	code: 'CERTIFICATE_NOT_TRUSTED',
	message: `The TLS certificate of ${host} is not trusted`,
	description:
		'Give Cal.com a certificate that matches its host name and is not expired. For one signed by your own authority, start n8n with NODE_EXTRA_CA_CERTS set to the file of that authority.',
});
const NOT_TLS: NetworkText = (host) => ({
	code: 'NOT_TLS',
	message: `${host} does not speak TLS on this port`,
	description:
		'Begin the base URL in the credential with http:// instead of https://, or use the port that serves https.',
});

/** What has no words of its own is named as it is: else nobody could find out why. */
const unreachable = (host: string, why: string | null): Explanation => ({
	code: 'UNREACHABLE',
	message: `${host} could not be reached${why === null ? '' : ` (${why})`}`,
	description: CHECK_ADDRESS,
});

/** The codes of Node's network and TLS layers that people meet. */
const NETWORK: Record<string, NetworkText> = {
	ECONNREFUSED: REFUSED,
	ENOTFOUND: UNKNOWN_HOST,
	EAI_AGAIN: NO_LOOKUP,
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

/** The words for a request that nothing answered. @param host the one that was asked */
export function explainNetwork({ code, text }: Pick<ApiFailure, 'code' | 'text'>, host: string): Explanation {
	return NETWORK[code ?? '']?.(host) ?? unreachable(host, code ?? text);
}
