// Every regular expression of the templates: in what n8n works out (`={{ }}`), and in Code nodes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { type Literal, literalsIn } from '../../support/regular-expressions/literals.mts';
import { readTemplate } from '../../support/template.mts';

const FOLDER = join(import.meta.dirname, '../../../workflows');

/** What is no program cannot be read as one: something would be overlooked. */
function program(place: string, source: string): Literal[] {
	const { diagnostics = [] } = ts.transpileModule(source, { reportDiagnostics: true });
	if (diagnostics.length > 0) throw new Error(`${place} is no program: ${source}`);
	return literalsIn(place, source);
}

function inText(place: string, key: string, text: string): Literal[] {
	if (key === 'jsCode') return program(place, text);
	if (!text.startsWith('=')) return [];
	return [...text.matchAll(/\{\{(.*?)\}\}/gs)].flatMap(([, one = '']) => program(place, `(${one})`));
}

/** Ways to write code, or an expression, that are not read here. */
function isUnread(key: string, value: unknown): boolean {
	if (/code/i.test(key)) return !['jsCode', 'responseCode'].includes(key);
	return key === 'operation' && typeof value === 'string' && /regex/i.test(value);
}

function inParameters(place: string, key: string, value: unknown): Literal[] {
	if (isUnread(key, value)) throw new Error(`${place} has ${key} ${String(value)}: read its expressions, too`);
	if (typeof value === 'string') return inText(place, key, value);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, part]: [string, unknown]) => inParameters(place, name, part));
}

async function ofTemplate(slug: string): Promise<Literal[]> {
	const { nodes } = await readTemplate(slug);
	return nodes.flatMap(({ name, parameters }) => inParameters(`${slug}: ${name}`, 'parameters', parameters));
}

/** All of them, in the order of the templates. */
export async function written(): Promise<Literal[]> {
	const slugs = readdirSync(FOLDER).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
	return (await Promise.all(slugs.sort().map(ofTemplate))).flat();
}
