/**
 * An item, quoted or not, and what ends it. The spaces around one without quotes belong to it: were they looked for
 * apart, each of many could be counted in three ways.
 */
const ITEM = /(?:\s*"((?:[^"\\]|\\.)*)"\s*|([^",{}\\]*))(,|$)/sy;

/**
 * The items of an array as PostgreSQL writes it; null when the text is none.
 *
 * @example readPgArray('{a,"b, c",NULL}') // ['a', 'b, c']
 */
export function readPgArray(text: string): string[] | null {
	if (!text.startsWith('{') || !text.endsWith('}')) return null;
	const body = text.slice(1, -1);
	const items: string[] = [];
	if (body.trim() === '') return items;
	ITEM.lastIndex = 0;
	for (;;) {
		const match = ITEM.exec(body);
		if (match === null) return null;
		const [, quoted, bare, end] = match;
		if (quoted !== undefined) items.push(quoted.replace(/\\(.)/gs, '$1'));
		else if (bare !== undefined && bare.trim().toUpperCase() !== 'NULL') items.push(bare.trim());
		if (end === '') return items;
	}
}

/** An array as PostgreSQL reads it. */
export function writePgArray(items: readonly string[]): string {
	return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
