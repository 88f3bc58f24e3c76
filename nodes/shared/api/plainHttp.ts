/**
 * Hosts that are reached without leaving the own network: one word (a container), the endings that no public name server
 * knows, loopback, the private and link-local ranges, and those that overlay networks use. Each is a whole host. A
 * credential's form goes by them too and has no flags, so none needs one.
 */
export const PRIVATE_HOSTS: readonly RegExp[] = [
	/^[^.:/@\s[\]]+$/,
	/^[^:/@\s]+\.(local|localhost|internal|lan|home\.arpa)$/,
	/^(0|10|127)\.\d+\.\d+\.\d+$/,
	/^192\.168\.\d+\.\d+$/,
	/^169\.254\.\d+\.\d+$/,
	/^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/,
	/^\[(::1|[Ff][CcDd][0-9A-Fa-f]{2}:[^\]]*|[Ff][Ee][89AaBb][0-9A-Fa-f]:[^\]]*)\]$/,
];

/** Whether a host is reached without leaving the own network. @param hostname as `URL` gives it */
export function isPrivateHost(hostname: string): boolean {
	return PRIVATE_HOSTS.some((pattern) => pattern.test(hostname));
}

/** Whether requests to this base URL carry the key unencrypted through networks of others. */
export function sendsInClear(baseUrl: string): boolean {
	if (!URL.canParse(baseUrl)) return false;
	const { protocol, hostname } = new URL(baseUrl);
	return protocol === 'http:' && !isPrivateHost(hostname);
}

/** The line for whoever runs a workflow. */
export const inClear = (host: string): string =>
	`The base URL in the credential begins with http://, so the API key goes to ${host} unencrypted, and whoever is on the way can read it. Use https://.`;
