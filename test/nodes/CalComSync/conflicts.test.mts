import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Account, eventType, inStep, patched, run, service, WRITE } from './support.mts';

/** A record and an event type that agreed on a name and then got two others. */
async function torn(): Promise<{ account: Account; record: IDataObject }> {
	const account = new Account([eventType(1)]);
	const [record] = await inStep(account, [service(1)]);
	account.edit(1, { title: 'Theirs' });
	return { account, record: { ...record, name: 'Ours' } };
}

const resolutionOf = (item: IDataObject | undefined): IDataObject => item?.resolution as IDataObject;

function decided(item: IDataObject | undefined, choose: string): IDataObject {
	const resolution = structuredClone(resolutionOf(item));
	(resolution.sync_resolution as Record<string, IDataObject>).title!.choose = choose;
	return resolution;
}

describe('a field that was changed on both sides', () => {
	test('touches neither side and comes out with all three values', async () => {
		const { account, record } = await torn();
		const { requests, conflicts, hints } = await run(account, [record], WRITE);
		expect(requests).toEqual(['GET /event-types']);
		expect(hints).toEqual(['1 conflict, 1 API call']);
		expect(conflicts[0]).toMatchObject({
			id: 1,
			sync_status: 'conflict',
			sync_error: 'name: changed on both sides: "Ours" in the record, "Theirs" in Cal.com',
			conflicts: [{ field: 'title', recordField: 'name', base: 'Lesson 1', ours: 'Ours', theirs: 'Theirs' }],
		});
		expect(conflicts[0]).not.toHaveProperty('name');
		expect(resolutionOf(conflicts[0])).toMatchObject({
			name: 'Ours',
			price: '45.00',
			sync_resolution: { title: { choose: '', ours: 'Ours', theirs: 'Theirs' } },
		});
	});

	test('stays a conflict, with the same base, until someone decides', async () => {
		const { account, record } = await torn();
		const first = await run(account, [record], WRITE);
		const second = await run(account, [patched(record, first.conflicts[0])], WRITE);
		expect(second.conflicts[0]).toEqual({ ...first.conflicts[0], resolution: expect.anything() });
		const third = await run(account, [resolutionOf(first.conflicts[0])], WRITE);
		expect(third.conflicts).toHaveLength(1);
	});

	test.each([
		['ours', { title: 'Ours' }, undefined],
		['theirs', undefined, 'Theirs'],
	])('is settled by feeding the decision back: %s', async (choose, body, name) => {
		const { account, record } = await torn();
		const { conflicts } = await run(account, [record], WRITE);
		const settled = await run(account, [decided(conflicts[0], choose)], WRITE);
		expect(settled.bodies[1]).toEqual(body);
		expect(settled.changed[0]).toMatchObject({
			id: 1,
			sync_status: 'synced',
			sync_error: null,
			sync_resolution: null,
		});
		expect(settled.changed[0]?.name).toBe(name);
		const after = await run(account, [patched(record, settled.changed[0])], WRITE);
		expect(after.unchanged).toHaveLength(1);
	});

	test('is settled by a word in the column of the record', async () => {
		const { account, record } = await torn();
		const { bodies, changed } = await run(account, [{ ...record, sync_resolution: '{"title":"ours"}' }], WRITE);
		expect(bodies[1]).toEqual({ title: 'Ours' });
		expect(changed[0]).toMatchObject({ sync_resolution: null });
	});

	test('is not settled by a decision about values that are gone', async () => {
		const { account, record } = await torn();
		const { conflicts } = await run(account, [record], WRITE);
		account.edit(1, { title: 'Theirs again' });
		const late = await run(account, [decided(conflicts[0], 'ours')], WRITE);
		expect(late.requests).toEqual(['GET /event-types']);
		expect(late.conflicts[0]).toMatchObject({
			sync_error: expect.stringContaining('your choice was not applied'),
			sync_resolution: null,
			conflicts: [{ theirs: 'Theirs again' }],
		});
		expect(resolutionOf(late.conflicts[0])).toMatchObject({
			sync_resolution: { title: { choose: '', theirs: 'Theirs again' } },
		});
	});

	test.each([
		['calcom', undefined, 'Theirs'],
		['record', { title: 'Ours' }, undefined],
	])('goes to the side that the policy names: %s', async (conflictPolicy, body, name) => {
		const { account, record } = await torn();
		const { bodies, changed } = await run(account, [record], { ...WRITE, conflictPolicy });
		expect(bodies[1]).toEqual(body);
		expect(changed[0]?.name).toBe(name);
	});

	test('does not hold the other fields up', async () => {
		const { account, record } = await torn();
		account.edit(1, { description: 'Theirs' });
		const edited = { ...record, duration_minutes: 45 };
		const { bodies, conflicts } = await run(account, [edited], WRITE);
		expect(bodies[1]).toEqual({ lengthInMinutes: 45 });
		expect(conflicts[0]).toMatchObject({ description: 'Theirs', conflicts: [{ field: 'title' }] });
		const after = await run(account, [patched(edited, conflicts[0])], WRITE);
		expect(after.requests).toEqual(['GET /event-types']);
		expect(after.conflicts[0]).not.toHaveProperty('description');
	});

	test('comes out as a conflict also when another field failed, which is told with it', async () => {
		const { account, record } = await torn();
		account.ignored.add('lengthInMinutes');
		const { conflicts } = await run(account, [{ ...record, duration_minutes: 45 }], WRITE);
		expect(conflicts[0]).toMatchObject({
			sync_status: 'conflict',
			sync_error: expect.stringMatching(
				/^name: changed on both sides.*duration_minutes: Cal\.com answered without an error/,
			),
		});
	});

	test('is one too when the sides never agreed', async () => {
		const account = new Account([eventType(1, { title: 'Theirs' })]);
		const { conflicts } = await run(account, [service(1, { name: 'Ours' })], WRITE);
		expect(conflicts[0]).toMatchObject({ calcom_event_type_id: 1, conflicts: [{ field: 'title', base: null }] });
	});

	test('is told when what was remembered cannot be read', async () => {
		const { account, record } = await torn();
		const { conflicts } = await run(account, [{ ...record, sync_state: '{broken' }], WRITE);
		expect(conflicts[0]).toMatchObject({ sync_error: expect.stringContaining('sync_state is no JSON object') });
	});

	test('what was agreed with another event type does not count', async () => {
		const account = new Account([eventType(1), eventType(2, { title: 'Theirs' })]);
		const [record] = await inStep(account, [service(1)]);
		const { conflicts } = await run(account, [{ ...record, calcom_event_type_id: 2, name: 'Ours' }], WRITE);
		expect(conflicts[0]?.conflicts).toContainEqual(expect.objectContaining({ field: 'title', base: null }));
	});
});

describe('a week of edits on both sides', () => {
	const edits = fc.record({
		ours: fc.record(
			{
				name: fc.constantFrom('Cut', 'Colour', 'Wash', ' Cut '),
				description: fc.constantFrom(null, '', 'Short', 'Long\r\ntext'),
				duration_minutes: fc.constantFrom(30, '30', 45, '45.0'),
				active: fc.constantFrom(true, false, 'f', 1),
			},
			{ requiredKeys: [] },
		),
		theirs: fc.record(
			{
				title: fc.constantFrom('Cut', 'Colour', 'Shave'),
				description: fc.constantFrom('', 'Short', 'Long\ntext'),
				lengthInMinutes: fc.constantFrom(30, 45, 60),
				hidden: fc.boolean(),
			},
			{ requiredKeys: [] },
		),
	});
	const policies = fc.constantFrom('flag', 'calcom', 'record');

	test('ends with both sides the same, and a second run has nothing to do', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(edits, { maxLength: 4 }), policies, async (week, conflictPolicy) => {
				const account = new Account([eventType(1)]);
				const stored = { ...WRITE, conflictPolicy };
				let [record = {}] = await inStep(account, [service(1)], stored);
				for (const { ours, theirs } of week) {
					record = { ...record, ...ours };
					account.edit(1, theirs);
					const { changed, conflicts, unchanged, failed } = await run(account, [record], stored);
					expect(failed).toEqual([]);
					record = patched(record, [...changed, ...conflicts, ...unchanged][0]);

					const again = await run(account, [record], stored);
					expect(again.requests).toEqual(['GET /event-types']);
					expect(again.changed).toEqual([]);
					if (conflictPolicy !== 'flag') expect(again.unchanged).toHaveLength(1);
					const torn = (again.conflicts[0]?.conflicts ?? []) as Array<{ field: string }>;
					const theirsNow = account.eventTypes.get('1') ?? {};
					if (!torn.some(({ field }) => field === 'title'))
						expect(String(record.name).trim()).toBe(theirsNow.title);
					if (!torn.some(({ field }) => field === 'lengthInMinutes')) {
						expect(Number(record.duration_minutes)).toBe(theirsNow.lengthInMinutes);
					}
					expect(record).toMatchObject({ price: '45.00', company_id: 'school-1' });
				}
			}),
		);
	});
});
