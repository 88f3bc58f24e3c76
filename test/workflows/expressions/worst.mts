// For each regular expression of a template that repeats a part without end: the texts that cost it most.
import { of, type WorstTexts } from '../../support/regular-expressions/worst.mts';

export const WORST: WorstTexts = {
	[String.raw`/\s+/g`]: of(' ', ' a'),
	[String.raw`/\s+/gu`]: of(' ', ' a'),
	[String.raw`/([\s<>()\[\],;:"]+)/`]: of(' ', '<', 'a<', ',a'),
	[String.raw`/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu`]: of('a', "a'", "a''", 'a-', 'a\u0300’', '1-a '),
	[String.raw`/(?<![^\s<>()\[\],;:"])[^\s@<>()\[\],;:"]{1,64}@[^\s@<>()\[\],;:"]{1,190}\.\p{L}{2,}/gu`]: [
		...of('a@', 'a@a.', ' a@.', 'a@a.a', ' a@a.b', '@'),
		{ before: 'a@', repeated: 'a.' },
		{ before: `${'a'.repeat(64)}@`, repeated: '.' },
		{ before: 'a@a.', repeated: 'a' },
		{ repeated: ` ${'a'.repeat(64)}@${'a.'.repeat(95)}` },
	],
};
