import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linkRecords } from '../../../../nodes/CalComSync/link/link.ts';
import type { Linking, LinkObject, LinkRecord } from '../../../../nodes/CalComSync/link/linking.ts';
import { titleSimilarity } from '../../../../nodes/CalComSync/link/similarity.ts';
import { short, title } from './links.mts';

const key = fc.constantFrom(null, 'a', 'b', 'c', 'd', 'e');
const records = fc.array(fc.record({ id: key, slug: key, title: fc.option(title) }), { maxLength: 8 });
const objects = fc.uniqueArray(
	fc.record({
		id: fc.constantFrom('a', 'b', 'c', 'd', 'x', 'y', 'z'),
		slug: key,
		title: fc.option(title),
		formerIds: fc.subarray(['c', 'd', 'e']),
	}),
	{ selector: ({ id }) => id, maxLength: 7 },
);
const options = fc.record({ bySlug: fc.boolean(), byTitle: fc.boolean(), threshold: fc.integer({ min: 0, max: 100 }) });

/** What an order must not change: the link of each record, and the objects left. */
const essence = (linking: Linking, of: readonly LinkRecord[], to: readonly LinkObject[]): string[] => [
	...of.map((each, place) => `${JSON.stringify(each)} ${short(linking.records[place]!, to)}`).sort(),
	...linking.onlyInCalCom.map((place) => to[place]?.id ?? '?').sort(),
];

describe('linking', () => {
	test('is one to one, and an object is either linked, told of, or left', () => {
		fc.assert(
			fc.property(records, objects, options, (from, to, how) => {
				const { records: links, onlyInCalCom } = linkRecords(from, to, how);
				expect(links).toHaveLength(from.length);
				const linked = links.flatMap((link) => (link.state === 'linked' ? link.object : []));
				expect(new Set(linked).size).toBe(linked.length);
				const told = links.flatMap((link) => {
					if (link.state === 'double') return link.object;
					return link.state === 'tie' ? link.candidates.map((candidate) => candidate.object) : [];
				});
				expect([...new Set([...linked, ...told, ...onlyInCalCom])].sort()).toEqual([...to.keys()]);
				for (const place of onlyInCalCom) expect([...linked, ...told]).not.toContain(place);
			}),
		);
	});

	test('does not depend on the order of records and objects', () => {
		const shuffled = fc
			.tuple(records, objects)
			.chain(([from, to]) =>
				fc.tuple(
					fc.constant(from),
					fc.constant(to),
					fc.shuffledSubarray(from, { minLength: from.length }),
					fc.shuffledSubarray(to, { minLength: to.length }),
				),
			);
		fc.assert(
			fc.property(shuffled, options, ([from, to, fromShuffled, toShuffled], how) => {
				const asGiven = essence(linkRecords(from, to, how), from, to);
				expect(essence(linkRecords(fromShuffled, toShuffled, how), fromShuffled, toShuffled)).toEqual(asGiven);
			}),
		);
	});

	test('links by title only what is alike enough, by the likeness of the two titles', () => {
		fc.assert(
			fc.property(records, objects, options, (from, to, how) => {
				const { records: links } = linkRecords(from, to, how);
				for (const [place, link] of links.entries()) {
					if (link.state !== 'linked' || link.by !== 'title') continue;
					expect(link.score).toBeGreaterThanOrEqual(how.threshold);
					expect(link.score).toBe(titleSimilarity(from[place]?.title ?? '', to[link.object]?.title ?? ''));
				}
			}),
		);
	});
});
