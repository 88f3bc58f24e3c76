import { readFileSync } from 'node:fs';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { CalComPollTrigger } from '../../../nodes/CalComPollTrigger/CalComPollTrigger.node.ts';
import { readMemory, trim, writeMemory } from '../../../nodes/CalComPollTrigger/memory.ts';
import type { Known, Memory } from '../../../nodes/CalComPollTrigger/memory.ts';
import { exchange } from '../shared/api/recorded-exchanges.mts';

const { description, methods } = new CalComPollTrigger();
const property = (name: string): INodeProperties => {
	const found = description.properties.find((one) => one.name === name);
	if (found === undefined) throw new Error(`No property ${name}`);
	return found;
};
const values = (name: string): unknown[] =>
	(property(name).options as INodePropertyOptions[]).map(({ value }) => value);
const namesIn = (name: string): string[] => (property(name).options as INodeProperties[]).map((one) => one.name);

describe('the panel', () => {
	test('polls, and has a name and a codex of its own', () => {
		expect(description).toMatchObject({ name: 'calComPollTrigger', polling: true, inputs: [], version: [1] });
		const file = new URL('../../../nodes/CalComPollTrigger/CalComPollTrigger.node.json', import.meta.url);
		expect(JSON.parse(readFileSync(file, 'utf8')).node).toBe('n8n-nodes-calcom-sync.calComPollTrigger');
	});

	test('starts with every event', () => {
		expect(property('events').default).toEqual(values('events'));
		expect(property('eventTypeEvents').default).toEqual(values('eventTypeEvents'));
	});

	test('offers fields that the recorded event types have, or can have', () => {
		const [first] = (exchange('043').body as { data: Array<Record<string, unknown>> }).data;
		// Only where it was set.
		const missing = values('watchedFields').filter((field) => !(String(field) in (first ?? {})));
		expect(missing).toEqual(['lengthInMinutesOptions']);
		for (const field of property('watchedFields').default as string[])
			expect(values('watchedFields')).toContain(field);
	});

	test('has no filter for copies, which lists do not know, and no pings', () => {
		expect(namesIn('filters')).toEqual(['attendeeEmails', 'eventTypes', 'organizerEmails']);
		expect(namesIn('options')).toEqual([
			'defaultBookingType',
			'defaultCountry',
			'includeSecrets',
			'maxPerPoll',
			'overlapMinutes',
			'tag',
		]);
	});

	test('every list search that it names is there', () => {
		const named = [...JSON.stringify(description.properties).matchAll(/"searchListMethod":"(\w+)"/g)];
		expect([...new Set(named.map(([, name]) => name))].sort()).toEqual(Object.keys(methods.listSearch).sort());
	});
});

describe('the memory', () => {
	const known = (changes: Partial<Known>): Known => ({
		event: 'BOOKING_CREATED',
		start: 5,
		at: 1,
		uid: null,
		...changes,
	});
	const memory = (...entries: Array<Partial<Known>>): Memory => ({
		known: new Map(entries.map((entry, index) => [`abc${index}`, known(entry)])),
		floor: 0,
	});

	test('is read as it was written', () => {
		const kept = memory({}, { event: 'SUPERSEDED', at: 7 }, { uid: 'x y', start: -3 });
		expect(readMemory(JSON.parse(JSON.stringify(writeMemory(kept))))).toEqual(kept);
	});

	test.each([[undefined], ['x'], [{ known: 'x' }], [{ known: [1, 'nonsense', 'a ? 1 2'], floor: 'x' }]])(
		'%j is no memory, and no error',
		(value) => expect(readMemory(value)).toEqual({ known: new Map(), floor: 0 }),
	);

	test('forgets what changed longest ago, and knows since when it may have forgotten', () => {
		const kept = memory({ at: 30 }, { at: 10 }, { at: 20 });
		trim(kept, 100, 1);
		expect([...kept.known.values()].map(({ at }) => at)).toEqual([30]);
		expect(kept.floor).toBe(20);
	});

	test('keeps the seats of meetings to come', () => {
		const kept = memory({ at: 1, uid: 'u', start: 200 }, { at: 2, uid: 'u', start: 50 }, { at: 3 });
		trim(kept, 100, 1);
		expect([...kept.known.values()].map(({ at }) => at)).toEqual([1]);
	});
});
