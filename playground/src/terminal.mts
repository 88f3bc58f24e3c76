// What the terminal shows: steps with ticks and times while things start, then deliveries and rows as they come.
import { stripVTControlCharacters, styleText } from 'node:util';
import type { OnStep } from './playground.mts';
import type { Change, Row } from './rows.mts';
import type { Trouble } from './trouble.mts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const CLEAR = '\r\u001b[2K';

type Colour = Parameters<typeof styleText>[0];

/** Names come from people who book: no control characters reach the terminal. */
export function harmless(text: string): string {
	return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ');
}

/** 0.4 s, 12 s */
export const seconds = (ms: number) => `${ms < 9_950 ? (ms / 1000).toFixed(1) : (ms / 1000).toFixed(0)} s`;

export function openTerminal(out: NodeJS.WritableStream & { isTTY?: boolean } = process.stdout) {
	const live = out.isTTY;
	const paint = (colour: Colour, text: string) => styleText(colour, text, { stream: out });
	// Whoever read the output has left (`… | head`): there is nobody to tell, and things must still be stopped in order.
	out.on('error', () => undefined);
	let spinner: NodeJS.Timeout | null = null;
	const still = () => {
		if (!spinner) return;
		clearInterval(spinner);
		spinner = null;
		out.write(CLEAR);
	};
	const line = (text = '') => {
		still();
		out.write(`${text}\n`);
	};
	const spin = (text: string, usual?: string) => {
		still();
		if (!live) return;
		const began = performance.now();
		let frame = 0;
		const draw = () => {
			const mark = FRAMES[frame++ % FRAMES.length] ?? '';
			const waited = performance.now() - began;
			const clock = waited > 2_000 ? ` ${seconds(waited)}` : '';
			const hint = usual === undefined ? '' : `  (${usual})`;
			out.write(`${CLEAR}  ${paint('cyan', mark)} ${text}${paint('dim', `${clock}${hint}`)}`);
		};
		spinner = setInterval(draw, 120);
		draw();
	};

	const onStep: OnStep = ({ name, state, usual, note, ms }) => {
		if (state === 'started') spin(name, usual);
		else line(`  ${paint('green', '✓')} ${name} ${paint('dim', `${seconds(ms)}${note ? `  ${note}` : ''}`)}`);
	};

	return {
		line,
		paint,
		onStep,
		/** Runs one step outside the playground, shown like the others. */
		async step<T>(name: string, work: () => Promise<T>, usual?: string): Promise<T> {
			const began = performance.now();
			onStep({ name, state: 'started', usual, ms: 0 });
			const result = await work();
			onStep({ name, state: 'done', ms: performance.now() - began });
			return result;
		},
		trouble(trouble: Trouble) {
			line();
			line(`  ${paint('red', '✗')} ${trouble.message.split('\n').map(harmless).join('\n    ')}`);
			line(`  ${paint('yellow', '→')} ${trouble.advice.split('\n').join('\n    ')}`);
		},
		delivery({ event, to, answer, status, ms, sentAt }: DeliveryLine) {
			const good = status !== null && status >= 200 && status < 300;
			const verdict = paint(good ? 'green' : 'red', `${status === null ? 'no answer' : String(status)}`);
			line(
				`${paint('dim', clock(sentAt))} ${paint('bold', `→ ${event}`)} ${to ?? ''} ${verdict} in ${String(Math.round(ms))} ms ${paint('dim', harmless(answer).slice(0, 120))}`,
			);
		},
		change(change: Change) {
			if (change.columns.every((column) => QUIET.has(column))) return;
			const what =
				change.kind === 'new' ? paint('green', `+ ${change.table}`) : paint('yellow', `~ ${change.table}`);
			const shown =
				change.kind === 'new' ? change.columns : ['id', ...change.columns].filter((name) => name in change.row);
			line(`         ${what} ${describe(change.row, [...new Set(shown)])}`);
		},
		still,
	};
}

export type Terminal = ReturnType<typeof openTerminal>;

export interface DeliveryLine {
	event: string;
	/** Slug of the template that it went to, where it is one. */
	to: string | null;
	/** HTTP status; null when nobody answered. */
	status: number | null;
	answer: string;
	ms: number;
	/** ISO 8601 */
	sentAt: string;
}

function clock(at: string): string {
	return new Date(at).toLocaleTimeString('en-GB');
}

const QUIET = new Set(['updated_at', 'created_at', 'event_key', 'attempts', 'uids', 'time_zone']);

function describe(row: Row, columns: string[]): string {
	return columns
		.filter((column) => !QUIET.has(column) && row[column] !== null)
		.map((column) => `${column}=${short(row[column])}`)
		.join('  ');
}

function short(value: unknown): string {
	const text = harmless(
		value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value),
	);
	return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}

/** Rows as aligned columns. */
export function asTable(rows: Row[], columns: string[]): string[] {
	const cells = [
		columns,
		...rows.map((row) => columns.map((column) => (row[column] === null ? '–' : short(row[column])))),
	];
	const widths = columns.map((_, index) => Math.max(...cells.map((row) => [...(row[index] ?? '')].length)));
	return cells.map((row) =>
		row
			.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - [...cell].length))
			.join('  ')
			.trimEnd(),
	);
}
