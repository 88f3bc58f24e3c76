/** Endings of countries below which anybody can register a name: `co.uk`, `com.br`. */
const SHARED_ENDING = /^(ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}$/;
const IP = /^\[|^\d{1,3}(\.\d{1,3}){3}$/;

/** The domain that somebody registered, as far as its names tell; an IP address and a single name are their own. */
function siteOf(host: string): string {
	if (IP.test(host)) return host;
	const names = host.toLowerCase().split('.');
	return names.slice(SHARED_ENDING.test(names.slice(-2).join('.')) ? -3 : -2).join('.');
}

/**
 * Whether two hosts belong to one domain: `app.cal.com` and `cal.com`, `api.cal.school.example` and `school.example`.
 *
 * @param one without a port, as `URL` gives it
 */
export function sameSite(one: string, other: string): boolean {
	return siteOf(one) === siteOf(other);
}
