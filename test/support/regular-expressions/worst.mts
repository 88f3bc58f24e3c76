// Texts that cost a regular expression most. Each is repeated to 100 KB.

export interface Worst {
	before?: string;
	repeated: string;
	after?: string;
}

export const of = (...repeated: string[]): Worst[] => repeated.map((one) => ({ repeated: one, after: '!' }));

/** What somebody could send to any of them; also those that are in no table meet it. */
export const FOR_ALL: readonly Worst[] = [
	...of(
		'a',
		'A',
		'0',
		'1',
		' ',
		'\n',
		'\t',
		'\r\n',
		'/',
		'.',
		'-',
		',',
		';',
		'{',
		'}',
		'[',
		'(',
		'"',
		'\\',
		'@',
		'_',
		':',
		'+',
		'=',
		'=?',
	),
	...of(
		'a ',
		'a/',
		'a.',
		'a_',
		'A_',
		'a@',
		'a,',
		'0-',
		'{a',
		'{a}',
		'\\"',
		', ',
		'\\u0000',
		'é',
		'\u0300',
		'😀',
		'T12',
		'/video/',
	),
	...of(
		'limit booking reache',
		'maximum duration ',
		'limit booking ',
		'http://a/',
		'2026-11-24T',
		'following values: ',
	),
	{ before: 'a', repeated: '-', after: 'a' },
	{ before: 'a', repeated: '/', after: 'a' },
];

/** The expression as written in the source -> what costs it most. */
export type WorstTexts = Readonly<Record<string, readonly Worst[]>>;
