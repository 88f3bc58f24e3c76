import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { fieldChanges } from '../../../nodes/CalComPollTrigger/eventTypeDiff.ts';
import { exchange } from '../shared/api/recorded-exchanges.mts';
import { account } from './support/account.mts';
import type { Account } from './support/account.mts';
import { fakePoll } from './support/fake-poll.mts';
import type { FakePoll } from './support/fake-poll.mts';

const T = Date.parse('2026-11-20T09:00:20.000Z');

type EventType = Account['eventTypes'][number];

const lesson = (id: number, more: Record<string, unknown> = {}): EventType => ({
	id,
	title: `Lesson ${id}`,
	slug: `lesson-${id}`,
	description: 'x',
	lengthInMinutes: 30,
	price: 4500,
	hidden: false,
	locations: [{ type: 'address', address: 'Dam 1', public: true }],
	users: [{ id: 1, name: 'Your School', username: 'yourschool' }],
	...more,
});

function watching(eventTypes: EventType[], parameters: IDataObject = {}): { it: Account; fake: FakePoll } {
	const it = account({ eventTypes });
	return { it, fake: fakePoll({ answer: it.answer, now: T, parameters: { watch: 'eventTypes', ...parameters } }) };
}

/** A watch that has seen event types 1, 2 and 3. */
async function started(parameters: IDataObject = {}) {
	const made = watching([lesson(1), lesson(2), lesson(3)], parameters);
	expect(await made.fake.poll()).toBeNull();
	expect(await made.fake.poll()).toBeNull();
	return made;
}

const told = async (fake: FakePoll): Promise<unknown[]> => ((await fake.poll()) ?? []).map(({ eventKey }) => eventKey);

test('the recorded list: taken note of, and unchanged told as nothing', async () => {
	const { body } = exchange('043');
	const list = (body as { data: EventType[] }).data;
	const { it, fake } = watching(list);
	expect(await fake.poll()).toBeNull();
	expect(await fake.poll()).toBeNull();
	it.eventTypes = it.eventTypes.map((one) => (one.slug === 'trial-lesson' ? { ...one, title: 'First lesson' } : one));
	expect(await fake.poll()).toEqual([
		expect.objectContaining({
			event: 'EVENT_TYPE_UPDATED',
			category: 'eventType',
			source: 'poll',
			eventKey: expect.stringMatching(/^EVENT_TYPE_UPDATED:3:[0-9a-f]{12}:2026-11-20T09:00Z$/),
			eventType: expect.objectContaining({
				id: 3,
				slug: 'trial-lesson',
				title: 'First lesson',
				lengthMinutes: 30,
			}),
			organizer: expect.objectContaining({ id: 1, username: 'yourschool' }),
			changes: { title: { old: 'Trial lesson', new: 'First lesson' } },
		}),
	]);
	expect(JSON.stringify(fake.staticData).length).toBeLessThan(20_000);
});

test('created', async () => {
	const { it, fake } = await started();
	it.eventTypes.push(lesson(9));
	expect(await fake.poll()).toEqual([
		expect.objectContaining({ event: 'EVENT_TYPE_CREATED', eventKey: 'EVENT_TYPE_CREATED:9', changes: null }),
	]);
	expect(await fake.poll()).toBeNull();
});

test('deleted: named by what is remembered of it', async () => {
	const { it, fake } = await started();
	it.eventTypes = it.eventTypes.filter(({ id }) => id !== 2);
	expect(await fake.poll()).toEqual([
		expect.objectContaining({
			eventKey: 'EVENT_TYPE_DELETED:2',
			eventType: expect.objectContaining({ id: 2, slug: 'lesson-2', title: 'Lesson 2', lengthMinutes: 30 }),
		}),
	]);
	expect(await fake.poll()).toBeNull();
	it.eventTypes.push(lesson(2));
	expect(await told(fake)).toEqual(['EVENT_TYPE_CREATED:2']);
});

test.each<[string, Partial<Account>, boolean]>([
	['an empty list of event types that are all still there', {}, false],
	['a web page', { answer: () => ({ status: 200, body: '<html>' }) }, true],
	['a gateway that fails', { answer: () => ({ status: 502, body: {} }) }, true],
	['a list without its data', { answer: () => ({ status: 200, body: { status: 'success' } }) }, true],
])('never reads as deleted: %s', async (_name, trouble, throws) => {
	const { it, fake } = await started();
	const before = JSON.stringify(fake.staticData);
	const { answer } = it;
	let broken = true;
	it.answer = answer;
	const all = it.eventTypes;
	const real = fake.ctx.helpers.httpRequestWithAuthentication;
	Object.assign(fake.ctx.helpers, {
		async httpRequestWithAuthentication(this: unknown, type: string, request: { url: string; qs?: IDataObject }) {
			const isList = request.url.endsWith('/event-types');
			if (!broken || !isList) return await real.call(fake.ctx, type, request);
			const path = '/event-types';
			const body = { status: 'success', data: [] };
			const reply = trouble.answer
				? await trouble.answer({ path, query: {}, version: '' })
				: { status: 200, body };
			return { statusCode: reply.status, headers: {}, body: reply.body };
		},
	});
	const poll = fake.poll();
	if (throws) await expect(poll).rejects.toThrow();
	else expect(await poll).toBeNull();
	expect(JSON.stringify(fake.staticData)).toBe(before);
	broken = false;
	it.eventTypes = all;
	expect(await fake.poll()).toBeNull();
});

test('many deleted at once are confirmed by turns', async () => {
	const { it, fake } = watching(Array.from({ length: 25 }, (_, index) => lesson(index + 1)));
	await fake.poll();
	it.eventTypes = [lesson(1)];
	const found: unknown[] = [];
	for (let round = 0; round < 4; round++) {
		fake.asked.length = 0;
		found.push(...(await told(fake)));
		expect(fake.asked.filter(({ path }) => /\d$/.test(path)).length).toBeLessThanOrEqual(10);
		fake.time.now += 60_000;
	}
	expect(new Set(found).size).toBe(24);
});

test('the key of somebody else is no deletion of everything', async () => {
	const { it, fake } = await started();
	it.me = 2;
	it.eventTypes = [lesson(70), lesson(71)];
	expect(await fake.poll()).toBeNull();
	it.eventTypes.push(lesson(72));
	expect(await told(fake)).toEqual(['EVENT_TYPE_CREATED:72']);
});

test.each<[string, IDataObject, Record<string, unknown>, string[] | null]>([
	['a field that is watched', {}, { price: 5000 }, ['price']],
	['several at once', {}, { price: 5000, hidden: true }, ['hidden', 'price']],
	['a field that is not watched', {}, { slotInterval: 15 }, null],
	['one that was chosen', { watchedFields: ['slotInterval'] }, { slotInterval: 15, price: 1 }, ['slotInterval']],
	['the order of keys', {}, { locations: [{ public: true, address: 'Dam 1', type: 'address' }] }, null],
	['a field that goes', {}, { description: undefined }, ['description']],
	['events that are not chosen', { eventTypeEvents: ['EVENT_TYPE_DELETED'] }, { price: 5000 }, null],
	[
		'another event type than the filter names',
		{ filters: { eventTypes: { values: [{ eventTypeId: { value: '3' } }] } } },
		{ price: 1 },
		null,
	],
])('updated: %s', async (_name, parameters, change, fields) => {
	const { it, fake } = await started(parameters);
	Object.assign(it.eventTypes[0] ?? {}, change);
	const items = await fake.poll();
	expect(items === null ? null : Object.keys(items[0]?.['changes'] as IDataObject).sort()).toEqual(fields);
	expect(await fake.poll()).toBeNull();
});

test('a field that is watched from now on is no change', async () => {
	const { it, fake } = await started();
	fake.parameters['watchedFields'] = ['title', 'slotInterval'];
	Object.assign(it.eventTypes[0] ?? {}, { slotInterval: 5 });
	expect(await fake.poll()).toBeNull();
	Object.assign(it.eventTypes[0] ?? {}, { slotInterval: 10 });
	expect(await fake.poll()).toEqual([expect.objectContaining({ changes: { slotInterval: { old: 5, new: 10 } } })]);
});

test("a team's event types are another list", async () => {
	const { it, fake } = await started();
	Object.assign(fake.parameters, { eventTypesOf: 'team', teamId: { __rl: true, mode: 'id', value: '42' } });
	expect(await fake.poll()).toBeNull();
	expect(fake.asked.some(({ path }) => path === '/teams/42/event-types')).toBe(true);
	it.eventTypes.push(lesson(9));
	expect(await told(fake)).toEqual(['EVENT_TYPE_CREATED:9']);
});

test('an execution by hand shows some, raw when asked for, and remembers nothing', async () => {
	const { fake } = watching([lesson(1), lesson(2), lesson(3), lesson(4)], { output: 'raw' });
	fake.mode = 'manual';
	expect(await fake.poll()).toEqual([lesson(1), lesson(2), lesson(3)]);
	expect(fake.staticData).toEqual({});
});

test('changes are what differs, and nothing of an object compared with itself', () => {
	const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue());
	fc.assert(
		fc.property(fields, fields, (before, now) => {
			expect(fieldChanges(before as never, before as never, ['a', 'b', 'c'])).toEqual({});
			for (const [field, change] of Object.entries(fieldChanges(before as never, now as never, ['a', 'b']))) {
				expect(change).toEqual({ old: before[field] ?? null, new: now[field] ?? null });
			}
		}),
	);
});
