// Every regular expression of the nodes, read from their source, with how it is used.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../../..');

export interface Literal {
	/** As written: `/[\s,]+$/g`. */
	written: string;
	file: string;
	/** One that looks for all matches; `split` does, too. */
	use: 'first' | 'every' | 'split';
	expression: RegExp;
}

function useOf(node: ts.Node, flags: string): Literal['use'] {
	const { parent } = node;
	const called =
		ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression) ? parent.expression : null;
	if (called?.name.text === 'split') return 'split';
	return flags.includes('g') ? 'every' : 'first';
}

function literalsOf(file: string): Literal[] {
	const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
	const found: Literal[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const flags = node.text.slice(end + 1);
			const expression = new RegExp(node.text.slice(1, end), flags);
			found.push({ written: node.text, file, use: useOf(node, flags), expression });
		}
		// What is put together while it runs can be read by nobody here.
		if (ts.isIdentifier(node) && node.text === 'RegExp' && ts.isNewExpression(node.parent)) {
			throw new Error(`${file} makes a regular expression while it runs: write it as a literal`);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** All of them, in the order of the files. */
export const literals = (): Literal[] =>
	globSync('{nodes,credentials}/**/*.ts', { cwd: ROOT }).sort().flatMap(literalsOf);

/** Whether a part of it may repeat without end: only then can a text make it slower than in proportion to its length. */
export function repeatsWithoutEnd({ written }: Pick<Literal, 'written'>): boolean {
	const bare = written.replaceAll(/\\./gs, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
	return /[*+]|\{\d+,\}/.test(bare.slice(1));
}
