// What strangers type reaches the templates' own expressions as well: each is linear, or looks at a bounded text.
import { testAll } from '../../support/regular-expressions/slow.mts';
import { WORST } from './worst.mts';
import { written } from './written.mts';

const all = await written();

test('expressions and Code nodes are read', () => {
	expect(all.length).toBeGreaterThan(10);
});

testAll(all, WORST);
