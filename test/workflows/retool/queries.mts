// The queries of the Retool app, as Retool sends them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type Values = Record<string, unknown>;

export const RETOOL = join(import.meta.dirname, '../../../retool');
export const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/g;

export const retoolQueries = readdirSync(RETOOL).filter((file) => file.endsWith('.sql'));

export const readQuery = (file: string) => readFileSync(join(RETOOL, file), 'utf8');

/**
 * A query as Retool sends it: each {{ … }} is a parameter of its own.
 *
 * @param values By name, e.g. `search.value`
 * @param otherwise What an input has that is not among them
 */
export function asRetool(file: string, values: Values, otherwise: unknown) {
	const given: unknown[] = [];
	const sql = readQuery(file).replaceAll(PLACEHOLDER, (_all, name: string) => {
		given.push(name in values ? values[name] : otherwise);
		return `$${String(given.length)}`;
	});
	return { sql, given };
}
