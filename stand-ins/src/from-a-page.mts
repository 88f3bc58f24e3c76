// What keeps web pages of the same machine's browser away from servers on loopback: such a page can send requests to
// them without asking anybody, but not without telling where they come from.

/** The names that these servers have. Another one that leads here is somebody's trick with the DNS. */
const LOOPBACK = new Set(['127.0.0.1', 'localhost']);

export interface Told {
	host: string | undefined;
	origin: string | undefined;
}

/**
 * Whether a browser sent this for another site's page, or to another site's name. Programs send no `Origin`.
 *
 * @param own the origins of the server's own pages, e.g. `http://127.0.0.1:4680`; a server without pages has none
 */
export function isFromAPage({ host = '', origin }: Told, own: ReadonlySet<string> = new Set()): boolean {
	const isNamed = own.size > 0 ? own.has(`http://${host}`) : LOOPBACK.has(host.replace(/:\d+$/, ''));
	return !isNamed || (origin !== undefined && !own.has(origin));
}

/** Whether a body is declared as JSON, which a page cannot do without being asked whether it may. */
export const isJson = (contentType: string | undefined): boolean =>
	/^application\/json\s*(?:;|$)/i.test(contentType ?? '');
