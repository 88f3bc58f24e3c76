import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Account, eventType, inStep, run, service, WRITE } from './support.mts';

const pairs = (...rows: IDataObject[]): INodeParameters => ({
	...WRITE,
	preset: 'custom',
	fields: { pairs: rows as INodeParameters[] },
});
const name = (mode: string): INodeParameters => pairs({ recordField: 'name', calcomField: 'title', mode });

describe('who owns a field', () => {
	test.each<[string, string, IDataObject, IDataObject, IDataObject | undefined, unknown]>([
		['Cal.com', 'calcom', { name: 'Ours' }, {}, undefined, 'Lesson 1'],
		['the record', 'record', {}, { title: 'Theirs' }, { title: 'Lesson 1' }, undefined],
		['Cal.com, which has one', 'calcomFillBlanks', { name: '' }, { title: 'Theirs' }, undefined, 'Theirs'],
		['the record, which has none', 'recordFillBlanks', { name: '' }, { title: 'Theirs' }, undefined, 'Theirs'],
	])('%s', async (_who, mode, ours, theirs, body, after) => {
		const account = new Account([eventType(1)]);
		const [record] = await inStep(account, [service(1)], name(mode));
		account.edit(1, theirs);
		const { bodies, changed } = await run(account, [{ ...record, ...ours }], name(mode));
		expect(bodies[1]).toEqual(body);
		expect(changed[0]?.name).toBe(after);
	});

	test('the columns paired with slug and title are those that records are linked by', async () => {
		const account = new Account([eventType(1, { slug: 'trial' }), eventType(2, { title: 'Piano for beginners' })]);
		const stored = pairs(
			{ recordField: 'label', calcomField: 'title', mode: 'calcom' },
			{ recordField: 'address', calcomField: 'slug', mode: 'calcom' },
		);
		const records = [
			{ id: 1, label: null, address: 'trial' },
			{ id: 2, label: 'Piano for Beginners', address: null },
		];
		const { changed } = await run(account, records, stored);
		expect(changed.map(({ calcom_event_type_id }) => calcom_event_type_id)).toEqual([1, 2]);
	});

	test('an ignored field leaves no trace', async () => {
		const account = new Account([eventType(1)]);
		const records = await inStep(account, [service(1)]);
		const stored = pairs(
			{ recordField: 'name', calcomField: 'title', mode: 'ignore' },
			{ recordField: 'slug', calcomField: 'slug', mode: 'twoWay' },
		);
		account.edit(1, { title: 'Theirs' });
		const { requests, changed } = await run(account, records, { ...stored, options: { includeReport: true } });
		expect(requests).toEqual(['GET /event-types']);
		expect(JSON.parse(String(changed[0]?.sync_state)).base).toEqual({ slug: 'lesson-1' });
		expect(Object.keys((changed[0]?.sync_report as { fields: object }).fields)).toEqual(['slug']);
	});

	test('what cannot be set in Cal.com is followed, also below the surface', async () => {
		const account = new Account([eventType(1, { metadata: { level: 'A1' }, price: 25 })]);
		const stored = pairs(
			{ recordField: 'calcom_price', calcomField: 'price' },
			{ recordField: 'level', calcomField: 'path', path: 'metadata.level' },
			{ recordField: 'booking_url', calcomField: 'bookingUrl' },
		);
		const { changed } = await run(account, [service(1)], stored);
		expect(changed[0]).toMatchObject({
			calcom_price: 25,
			level: 'A1',
			booking_url: eventType(1).bookingUrl,
		});
	});

	test('objects are compared by what they mean, and sent whole', async () => {
		const account = new Account([eventType(1)]);
		const stored = pairs(
			{ recordField: 'places', calcomField: 'locations', mode: 'record' },
			{ recordField: 'seats', calcomField: 'seats', mode: 'record' },
		);
		const places = '[{"type":"integration","integration":"cal-video"}]';
		const same = await run(account, [service(1, { places, seats: null })], stored);
		expect(same.requests).toEqual(['GET /event-types']);
		const moved = [{ type: 'address', address: 'Keizersgracht 1', public: true }];
		const { bodies } = await run(account, [service(1, { places: moved, seats: { seatsPerTimeSlot: 3 } })], stored);
		expect(bodies[1]).toEqual({ locations: moved, seats: { seatsPerTimeSlot: 3 } });
		const off = await run(account, [service(1, { places: moved, seats: null })], stored);
		expect(off.bodies[1]).toEqual({ seats: { disabled: true } });
	});

	test.each([
		['a scheduling type', 'schedulingType', 'collective', /hosts/],
		['hosts of an event type of one person', 'hosts', [{ userId: 3 }], /only event types of a team/],
		['no notice at all', 'minimumBookingNotice', null, /cannot empty it/],
	])('%s is not sent', async (_what, calcomField, value, words) => {
		const account = new Account([eventType(1)]);
		const stored = pairs({ recordField: 'value', calcomField, mode: 'record' });
		const { requests, failed } = await run(account, [service(1, { value })], stored);
		expect(requests).toEqual(['GET /event-types']);
		expect(failed[0]).toMatchObject({ sync_error: expect.stringMatching(words) });
	});

	test('the event types of a team are asked where the team is', async () => {
		const account = new Account([]);
		account.fault = () => ({ data: [eventType(1, { teamId: 42 })] });
		const stored = { ...WRITE, belongsTo: 'team', teamId: { __rl: true, mode: 'id', value: '42' } };
		const { requests, changed } = await run(account, [service(1)], stored);
		expect(requests).toEqual(['GET /teams/42/event-types']);
		expect(changed[0]).toMatchObject({ calcom_event_type_id: 1 });
	});
});
