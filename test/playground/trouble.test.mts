import { Trouble, explain } from '../../playground/src/trouble.mts';

const coded = (code: string) => Object.assign(new Error(`${code}: it happened`), { code });

describe('what is in the way, in words', () => {
	test.each([
		['ENOSPC', /disk is full/],
		['EADDRINUSE', /port .* in use/i],
		['EACCES', /may not be used/],
	])('%s', (code, message) => {
		const trouble = explain(coded(code));
		expect(trouble.message).toMatch(message);
		expect(trouble.message).toContain('it happened');
		expect(trouble.advice).not.toBe('');
	});

	test("a cause told in a program's log", () => {
		const log =
			'PostgreSQL ended while starting (exit code 1):\nFATAL: could not write lock file: No space left on device';
		expect(explain(new Error(log)).message).toMatch(/^The disk is full/);
	});

	test('advice that is there already stays', () => {
		const trouble = new Trouble('Something', 'Do this');
		expect(explain(trouble)).toBe(trouble);
	});

	test('anything else keeps its message and its cause', () => {
		const error = new Error('odd');
		expect(explain(error).message).toBe('odd');
		expect(explain(error).cause).toBe(error);
		expect(explain('text').message).toBe('text');
	});
});
