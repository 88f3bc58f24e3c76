// What is in the way, in words for the person at the terminal: what happened, and what to do about it.
import { isCode } from './process-tree.mts';

/** A failure whose cause is known: `message` says what happened, `advice` what to do. */
export class Trouble extends Error {
	readonly advice: string;

	constructor(message: string, advice: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'Trouble';
		this.advice = advice;
	}
}

/** What Node, n8n and the loader of the system say of a package that is not all there. */
const BROKEN = new RegExp(
	[
		'Cannot find (module|package)',
		'SQLite package has not been found',
		'Could not locate the bindings file',
		'was compiled against a different Node',
		'invalid ELF header',
		'error while loading shared libraries',
		'Library not loaded',
		'SyntaxError: (Unexpected end of|Invalid or unexpected)',
		'spawn .*node_modules.* ENOENT',
	].join('|'),
);

/** Causes that any step can run into, told by the system's error code or by the words of a program's log. */
const KNOWN: { code?: string; words: RegExp; message: string; advice: string; isBrief?: true }[] = [
	{
		code: 'ENOSPC',
		words: /no space left on device|disk is full/i,
		message: 'The disk is full.',
		advice: 'Free about 500 MB and start again. `--fresh` also throws away what earlier runs of the playground kept.',
	},
	{
		code: 'EDQUOT',
		words: /disk quota exceeded/i,
		message: 'Your disk quota is used up.',
		advice: 'Free about 500 MB and start again.',
	},
	{
		code: 'EADDRINUSE',
		words: /address already in use|port is already in use/i,
		message: 'A port that the playground wanted is in use.',
		advice: 'Start again: free ports are picked anew. With `--port`, choose another number.',
	},
	{
		code: 'ERR_MODULE_NOT_FOUND',
		words: BROKEN,
		message: 'An installed package is missing or broken.',
		advice: 'Install once more, and start again: npx -y pnpm@10 install --force',
		isBrief: true,
	},
	{
		words: /by a user with administrative permissions/,
		message: 'PostgreSQL does not run as administrator.',
		advice: 'Start the playground in a terminal that was not opened as administrator.',
	},
	{
		code: 'EROFS',
		words: /read-only file system/i,
		message: 'The folder of the project cannot be written to.',
		advice: 'Copy the project to a folder of your own and start it there.',
	},
	{
		code: 'EACCES',
		words: /permission denied/i,
		message: 'A file or folder may not be used.',
		advice: 'Was the playground started as another user before? Remove the folder node_modules/.cache/calcom-playground and start again.',
	},
	{
		code: 'ENOMEM',
		words: /cannot allocate memory|heap out of memory/i,
		message: 'The machine ran out of memory.',
		advice: 'The playground needs about 1 GB. Close something and start again.',
	},
];

/** Turns any error into one with advice. The original stays as its cause. */
export function explain(error: unknown): Trouble {
	if (error instanceof Trouble) return error;
	const text = error instanceof Error ? error.message : String(error);
	const known = KNOWN.find(({ code, words }) => (code && isCode(error, code)) || words.test(text));
	if (known) {
		const { message, words, advice, isBrief } = known;
		// Where the program that said it is not ours, what it says around it helps nobody.
		const said = isBrief ? (text.split('\n').find((line) => words.test(line)) ?? text).trim() : text;
		return new Trouble(`${message}\n${said}`, advice, { cause: error });
	}
	return new Trouble(text, 'If it happens again with `--fresh`, please report it with the lines above.', {
		cause: error,
	});
}
