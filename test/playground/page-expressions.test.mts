// Names that somebody booked with reach the playground's page, and its server: their regular expressions are linear, too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literalsIn } from '../support/regular-expressions/literals.mts';
import { testAll } from '../support/regular-expressions/slow.mts';

const FOLDER = join(import.meta.dirname, '../../playground/src/page');

const all = readdirSync(FOLDER)
	.filter((file) => /\.m?[jt]s$/.test(file))
	.sort()
	.flatMap((file) => literalsIn(file, readFileSync(join(FOLDER, file), 'utf8')));

test('the page and its server are read', () => {
	expect(all.length).toBeGreaterThan(0);
});

testAll(all, {
	[String.raw`/"name":"[^"]*"/`]: [
		{ repeated: '"name":"' },
		{ before: '"name":"', repeated: 'a' },
		{ repeated: '"name":' },
	],
});
