import { asTable, harmless, seconds } from '../../playground/src/terminal.mts';

describe('text for the terminal', () => {
	test('names cannot move the cursor, colour the screen or turn the line round', () => {
		expect(harmless('\u001b[31mEve\u001b[0m\r\n\u001b]0;title\u0007\u202eeve')).toBe('Eve eve');
		expect(harmless('Björn 山田')).toBe('Björn 山田');
	});

	test.each([
		[40, '0.0 s'],
		[1_250, '1.3 s'],
		[9_949, '9.9 s'],
		[12_400, '12 s'],
	])('%p ms is %p', (ms, text) => expect(seconds(ms)).toBe(text));

	test('columns line up, nothing is a dash', () => {
		const rows = [
			{ id: 1, name: 'Ada', at: new Date(0) },
			{ id: 22, name: null, at: new Date(0) },
		];
		expect(asTable(rows, ['id', 'name', 'at'])).toEqual([
			'id  name  at',
			'1   Ada   1970-01-01T00:00:00.000Z',
			'22  –     1970-01-01T00:00:00.000Z',
		]);
	});
});
