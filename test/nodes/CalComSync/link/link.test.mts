import { describe, expect, test } from '@jest/globals';
import { linkRecords } from '../../../../nodes/CalComSync/link/link.ts';
import type { LinkObject, LinkOptions, LinkRecord } from '../../../../nodes/CalComSync/link/linking.ts';
import { object, record, short } from './links.mts';

const ALL: LinkOptions = { bySlug: true, byTitle: true, threshold: 70 };

function linkedAs(records: LinkRecord[], objects: LinkObject[], options = ALL): { links: string[]; only: string[] } {
	const linking = linkRecords(records, objects, options);
	return {
		links: linking.records.map((link) => short(link, objects)),
		only: linking.onlyInCalCom.map((place) => objects[place]?.id ?? '?').sort(),
	};
}

describe('records are linked', () => {
	test.each<[string, LinkRecord[], LinkObject[], string[], string[]]>([
		[
			'by the stored id, whatever slug and title say',
			[record('Yoga', { id: ' 12 ', slug: 'yoga' })],
			[object('12', 'Boxing', { slug: 'boxing' }), object('13', 'Yoga', { slug: 'yoga' })],
			['id 100 → 12'],
			['13'],
		],
		[
			'by an id that it had before',
			[record(null, { id: 'old' })],
			[object('new', null, { formerIds: ['old'] })],
			['formerId 100 → new'],
			[],
		],
		[
			'by its own id before one that another had before',
			[record(null, { id: 'a' })],
			[object('a'), object('b', null, { formerIds: ['a'] })],
			['id 100 → a'],
			['b'],
		],
		[
			'to nothing when the stored id is gone',
			[record('Yoga', { id: '9' })],
			[object('13', 'Yoga')],
			['deletedInCalCom'],
			['13'],
		],
		[
			'to the same object in a list twice, once',
			[record(null, { id: '9' })],
			[object('9'), object('9')],
			['id 100 → 9'],
			[],
		],
		[
			'by slug before title',
			[record('Yoga', { slug: 'Box ' })],
			[object('12', 'Boxing', { slug: 'box' }), object('13', 'Yoga', { slug: 'yoga' })],
			['slug 100 → 12'],
			['13'],
		],
		[
			'by title when no slug is like it',
			[record('Yoga', { slug: 'y' })],
			[object('13', 'Yoga', { slug: 'yoga' })],
			['title 100 → 13'],
			[],
		],
		[
			'by a title that is alike enough',
			[record('Premium Haircut')],
			[object('1', 'Premium Cut'), object('2', 'Yoga')],
			['title 78 → 1'],
			['2'],
		],
		[
			'to nothing when no title is alike enough',
			[record('Cut')],
			[object('1', 'Premium Cut')],
			['neverCreated'],
			['1'],
		],
		[
			'to nothing without anything to go by',
			[record(null), record(' ')],
			[object('1'), object('2', '')],
			['neverCreated', 'neverCreated'],
			['1', '2'],
		],
		[
			'one to one: the better title takes the object',
			[record('Piano lesson 2'), record('Piano lesson')],
			[object('1', 'Piano lesson')],
			['neverCreated', 'title 100 → 1'],
			[],
		],
		['never to another number', [record('Lesson 60 min')], [object('1', 'Lesson 30 min')], ['neverCreated'], ['1']],
	])('%s', (_how, records, objects, links, only) => {
		expect(linkedAs(records, objects)).toEqual({ links, only });
	});

	test.each<[string, LinkRecord[], LinkObject[], string[], string[]]>([
		[
			'two records with one id',
			[record(null, { id: '1' }), record(null, { id: '1' })],
			[object('1'), object('2')],
			['double by id → 1', 'double by id → 1'],
			['2'],
		],
		[
			'a record with the id and one with a former id',
			[record(null, { id: 'old' }), record(null, { id: 'new' })],
			[object('new', null, { formerIds: ['old'] })],
			['double by formerId → new', 'id 100 → new'],
			[],
		],
		[
			'a former id of two objects',
			[record(null, { id: 'old' })],
			[object('1', null, { formerIds: ['old'] }), object('2', null, { formerIds: ['old'] })],
			['tie by formerId → 1, 2'],
			[],
		],
		[
			'two records with one slug',
			[record('A', { slug: 's' }), record('B', { slug: 's' })],
			[object('1', 'A', { slug: 's' })],
			['double by slug → 1', 'double by slug → 1'],
			[],
		],
		[
			'two objects with one slug',
			[record('A', { slug: 's' })],
			[object('1', 'A', { slug: 's' }), object('2', 'B', { slug: 's' })],
			['tie by slug → 1, 2'],
			[],
		],
		[
			'the slug of an object that another record is linked to',
			[record('A', { slug: 's' }), record('B', { id: '1' })],
			[object('1', 'A', { slug: 's' })],
			['double by slug → 1', 'id 100 → 1'],
			[],
		],
		[
			'two records with one title',
			[record('Yoga'), record('yoga!')],
			[object('1', 'Yoga')],
			['double by title → 1', 'double by title → 1'],
			[],
		],
		[
			'two objects with one title',
			[record('Yoga')],
			[object('1', 'Yoga'), object('2', 'YOGA')],
			['tie by title → 1, 2'],
			[],
		],
		[
			'two titles as much alike',
			[record('Massage')],
			[object('1', 'Massage 60'), object('2', 'Massage 90'), object('3', 'Yoga')],
			['tie by title → 1, 2'],
			['3'],
		],
		[
			'two records as much like one title',
			[record('Massage 60'), record('Massage 90'), record('Massages 90')],
			[object('1', 'Massage')],
			['double by title → 1', 'double by title → 1', 'double by title → 1'],
			[],
		],
		[
			'the best object taken by a better record, and a second best there',
			[record('Piano lesson'), record('Piano lesson kids')],
			[object('1', 'Piano lesson'), object('2', 'Piano lesson adults')],
			['title 100 → 1', 'tie by title → 1, 2'],
			[],
		],
	])('a guess is never made: %s', (_what, records, objects, links, only) => {
		expect(linkedAs(records, objects)).toEqual({ links, only });
		const told = linkRecords(records, objects, ALL).records.filter(
			({ state }) => state === 'double' || state === 'tie',
		);
		for (const link of told) expect('reason' in link && link.reason).toMatch(/in Cal\.com|Cal\.com id/);
	});

	test('a double and a tie say what the person can do', () => {
		const records = [record('Yoga'), record('Yoga', { id: '3' }), record(null, { id: '3' })];
		const objects = [object('1', 'Yoga'), object('2', 'Yoga'), object('3', 'Boxing')];
		const reasons = linkRecords(records, objects, ALL).records.map((link) =>
			'reason' in link ? link.reason : null,
		);
		const double = '2 records hold its id: "Boxing" (3) in Cal.com. Keep the link in one of them';
		expect(reasons).toEqual([
			'Several in Cal.com fit and none is certain: "Yoga" (1), "Yoga" (2). Write the Cal.com id of the right one into the record',
			double,
			double,
		]);
	});

	test('an object that takes part in a tie is never only in Cal.com, however many there are', () => {
		const many = Array.from({ length: 30 }, (_, index) => object(String(index), 'Yoga'));
		const linking = linkRecords([record('Yoga')], [...many, object('x', 'Boxing')], ALL);
		expect(linking.onlyInCalCom).toEqual([30]);
		expect(linking.records).toMatchObject([{ state: 'tie', candidates: { length: 10 } }]);
	});

	test('where too many are much the same, none of them is only in Cal.com', () => {
		const letters = 'abcdefghijklmnopqrst';
		const twins = Array.from({ length: 8000 }, (_, index) => {
			const name = `${letters.at(index % 20)}${letters.at((index / 20) % 20)}${letters.at(index / 400)}`;
			return object(String(index), `A long consultation about everything ${name}`);
		});
		const linking = linkRecords([record('A long consultation about everything')], twins, ALL);
		expect(linking.records).toMatchObject([{ state: 'tie' }]);
		expect(linking.onlyInCalCom).toEqual([]);
	});

	test('only by what is switched on', () => {
		const records = [record('Yoga', { slug: 's' })];
		const objects = [object('1', 'Yoga'), object('2', null, { slug: 's' })];
		expect(linkedAs(records, objects, { ...ALL, bySlug: false }).links).toEqual(['title 100 → 1']);
		expect(linkedAs(records, objects, { ...ALL, byTitle: false }).links).toEqual(['slug 100 → 2']);
		expect(linkedAs(records, objects, { ...ALL, bySlug: false, byTitle: false }).links).toEqual(['neverCreated']);
		expect(linkedAs([record('Cut')], [object('1', 'Premium Cut')], { ...ALL, threshold: 50 }).links).toEqual([
			'title 50 → 1',
		]);
		expect(linkedAs([record('Cut')], [object('1', 'Premium Cut')], { ...ALL, threshold: 51 }).links).toEqual([
			'neverCreated',
		]);
	});
});
