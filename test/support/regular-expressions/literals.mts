// Every regular expression that stands in a piece of source, with how it is used.
import ts from 'typescript';

export interface Literal {
	/** As written: `/[\s,]+$/g`. */
	written: string;
	/** Where, for whoever has to mend it. */
	place: string;
	/** One that looks for all matches; `split` does, too. */
	use: 'first' | 'every' | 'split';
	expression: RegExp;
}

/** These make one of a text. */
const TAKES_ONE = new Set(['match', 'matchAll', 'search']);

function calledOn(node: ts.Node): string | null {
	const { parent } = node;
	const isCalled = ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression);
	return isCalled ? parent.expression.name.text : null;
}

function useOf(node: ts.Node, flags: string): Literal['use'] {
	if (calledOn(node) === 'split') return 'split';
	return flags.includes('g') ? 'every' : 'first';
}

/** What is put together while it runs can be read by nobody here. */
function isMadeWhileItRuns(node: ts.Node): boolean {
	if (ts.isIdentifier(node) && node.text === 'RegExp')
		return ts.isNewExpression(node.parent) || ts.isCallExpression(node.parent);
	const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node);
	return isText && TAKES_ONE.has(calledOn(node) ?? '');
}

export function literalsIn(place: string, source: string): Literal[] {
	const found: Literal[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const flags = node.text.slice(end + 1);
			const expression = new RegExp(node.text.slice(1, end), flags);
			found.push({ written: node.text, place, use: useOf(node, flags), expression });
		}
		if (isMadeWhileItRuns(node))
			throw new Error(`${place} makes a regular expression while it runs: write it as a literal`);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(place, source, ts.ScriptTarget.Latest, true));
	return found;
}

/** Whether a part of it may repeat without end: only then can a text make it slower than in proportion to its length. */
export function repeatsWithoutEnd({ written }: Pick<Literal, 'written'>): boolean {
	const bare = written.replaceAll(/\\./gs, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
	return /[*+]|\{\d+,\}/.test(bare.slice(1));
}
