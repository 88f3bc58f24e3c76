const PRIVATE_HOST =
	/^(localhost$|127\.|0\.0\.0\.0$|\[(::1|f[cde].*)\]$|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)|\.(local|localhost|internal)$/i;

/** Whether a webhook URL points into a private network, where Cal.com in the cloud cannot call it. */
export function isOutOfReach(url: string): boolean {
	return URL.canParse(url) && PRIVATE_HOST.test(new URL(url).hostname);
}
