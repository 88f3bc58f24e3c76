import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Account, eventType, inStep, run, service, WRITE } from './support.mts';

describe('the outputs', () => {
	const record = fc.record({
		id: fc.integer({ min: 1, max: 12 }),
		name: fc.constantFrom('Lesson 1', 'Lesson 2', 'Piano', '', 'Yoga'),
		slug: fc.constantFrom('lesson-1', 'lesson-2', 'lesson-3', null),
		duration_minutes: fc.constantFrom(30, '30', 45, 'odd', null),
		active: fc.constantFrom(true, 'f', null),
		calcom_event_type_id: fc.constantFrom(null, 1, '2', 99),
		sync_state: fc.constantFrom(null, '{"v":1,"id":"1","base":{"title":"Old"}}', '{broken'),
		sync_resolution: fc.constantFrom(null, '{"title":"ours"}', { title: { choose: 'theirs', ours: 'gone' } }),
	});
	const parameters = fc.record({
		apply: fc.constantFrom('dryRun', 'links', 'write', 'writeAndCreate'),
		conflictPolicy: fc.constantFrom('flag', 'calcom', 'record'),
	});

	test('every record comes out once, whatever it holds', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(record, { maxLength: 12 }), parameters, async (records, stored) => {
				const account = new Account([eventType(1), eventType(2), eventType(3)]);
				const { all } = await run(account, records, stored);
				const items = all.flatMap((items) =>
					items.flatMap(({ pairedItem }) => (pairedItem === undefined ? [] : [pairedItem])),
				);
				expect(items.map((paired) => (paired as { item: number }).item).sort((a, b) => a - b)).toEqual(
					records.map((_, index) => index),
				);
			}),
		);
	});

	test('an empty item is no record', async () => {
		const { all, onlyInCalCom } = await run(new Account([eventType(1)]), [{}], WRITE);
		expect(all.flat()).toHaveLength(1);
		expect(onlyInCalCom).toHaveLength(1);
	});

	test('an event type without a record comes out ready to import, in step at once', async () => {
		const account = new Account([eventType(7)]);
		const { onlyInCalCom } = await run(account, [], WRITE);
		expect(onlyInCalCom).toEqual([
			{
				name: 'Lesson 7',
				slug: 'lesson-7',
				description: 'A first lesson',
				duration_minutes: 30,
				active: true,
				sync_status: 'synced',
				last_calcom_sync: '2026-11-20T09:00:00.000Z',
				sync_error: null,
				calcom_event_type_id: 7,
				sync_state: expect.any(String),
			},
		]);
		const { unchanged, requests } = await run(account, [{ id: 1, ...onlyInCalCom[0] }], WRITE);
		expect(requests).toEqual(['GET /event-types']);
		expect(unchanged).toHaveLength(1);
	});

	test.each([
		['without a key', [service(1, { id: null })], /has no "id"/],
		['with the key of another', [service(1), service(1, { slug: 'lesson-2' })], /^Several records have "1"/],
		[
			'linked to one event type twice',
			[service(1, { calcom_event_type_id: 1 }), service(2, { calcom_event_type_id: '1' })],
			/./,
		],
	])('records %s are told, not guessed', async (_what, records, words) => {
		const { failed, requests, onlyInCalCom } = await run(new Account([eventType(1)]), records, WRITE);
		expect(failed).toHaveLength(records.length);
		expect(failed[0]).toMatchObject({ sync_status: 'error', sync_error: expect.stringMatching(words) });
		expect(requests).toEqual(['GET /event-types']);
		expect(onlyInCalCom).toEqual([]);
	});

	test.each([
		['is shown', {}, true, null],
		['is hidden', { hidden: true }, false, /hidden/],
	])('what %s can be booked accordingly', async (_what, edit, can, why) => {
		const account = new Account([eventType(1, edit)]);
		const stored = { ...WRITE, options: { includeReport: true } };
		const { changed } = await run(account, [service(1, { active: !('hidden' in edit) })], stored);
		const report = changed[0]?.sync_report as { can_be_booked: boolean; can_be_booked_reason: string | null };
		expect(report.can_be_booked).toBe(can);
		if (why === null) expect(report.can_be_booked_reason).toBeNull();
		else expect(report.can_be_booked_reason).toMatch(why);
	});

	test('what is not in Cal.com, or not in step, cannot be booked', async () => {
		const account = new Account([eventType(1)]);
		const stored = { ...WRITE, options: { includeReport: true } };
		const records = [service(1, { name: 'Other' }), service(2, { name: 'Yoga', slug: 'yoga' })];
		const { conflicts, onlyInRecords } = await run(account, records, stored);
		expect(conflicts[0]?.sync_report).toMatchObject({
			can_be_booked: false,
			can_be_booked_reason: 'It is not in step with Cal.com',
		});
		expect(onlyInRecords[0]?.sync_report).toMatchObject({
			can_be_booked: false,
			can_be_booked_reason: 'It is not in Cal.com',
		});
	});

	test('a record has the code of its error if it has a column for it, and no column more than it had', async () => {
		const [plain, coded] = await inStep(new Account([eventType(1), eventType(2)]), [
			service(1),
			{ ...service(2), sync_error_code: null },
		]);
		const unreadable = { duration_minutes: 'half an hour' };
		const account = (): Account => new Account([eventType(1), eventType(2)]);
		const { failed } = await run(
			account(),
			[
				{ ...plain, ...unreadable },
				{ ...coded, ...unreadable },
			],
			WRITE,
		);
		expect(failed).toHaveLength(2);
		expect(failed.map((item) => item?.sync_error_code)).toEqual([undefined, 'COLUMN_UNREADABLE']);
		const mended = { ...failed[1], ...service(2, { name: 'Ours' }), sync_state: coded?.sync_state };
		const { changed } = await run(account(), [mended], WRITE);
		expect(changed).toEqual([expect.objectContaining({ sync_error: null, sync_error_code: null })]);
	});
});
