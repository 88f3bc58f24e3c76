const SUSPECT = /\\u(?:0000|d[89a-f])/i;
/** A surrogate pair; an escape that databases refuse; any other escape, so that `\\u0000` is not taken for one. */
const ESCAPES = /(\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u(0000|[dD][89a-fA-F]..)|\\./g;

/**
 * JSON text without what PostgreSQL and others refuse to store: NUL is left out, and half of a surrogate pair (an
 * emoji cut in two) becomes U+FFFD. One such character in a name would otherwise cost the whole booking.
 * Never for verification: a signature is checked over the bytes received.
 *
 * @example storable('"A\\u0000da \\ud83d"') // '"Ada \\ufffd"'
 */
export function storable(json: string): string {
	if (!SUSPECT.test(json)) return json;
	return json.replace(ESCAPES, (escape: string, pair?: string, refused?: string) => {
		if (pair !== undefined || refused === undefined) return escape;
		return refused === '0000' ? '' : '\\ufffd';
	});
}

/** The same of data that are open already; what a database takes is given back as it is. */
export function storableData(data: unknown): unknown {
	const json = JSON.stringify(data) ?? 'null';
	const kept = storable(json);
	return kept === json ? data : JSON.parse(kept);
}
