// Bookings through the whole node: linking by uid, what the switches let through, and a new uid after a move.
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import type { SentRequest } from '../../../CalCom/support/fake-execute.mts';
import { patched, run } from '../../support.mts';
import { booking, calCom } from './support.mts';

const AGREED = '2026-12-01T09:00:00.000Z';
const OURS = '2026-12-01T11:00:00.000Z';
const THEIRS = '2026-12-01T15:00:00.000Z';
const credential = { baseUrl: 'https://cal.school.example/api/v2', edition: 'selfHosted' };

const PAIRS = { pairs: [{ recordField: 'start_time', calcomField: 'start', mode: 'twoWay' }] };
const ALLOWED: INodeParameters = { allow: { reschedule: true } };

/** The node on one appointment and the bookings that Cal.com has. */
async function sync(record: IDataObject, bookings: Fields[], stored: INodeParameters = {}) {
	const account = calCom(bookings);
	const answer = (request: SentRequest) =>
		request.method === 'POST'
			? { data: booking('uid2', { start: request.body?.start, rescheduledFromUid: 'uid1' }) }
			: account(request);
	const panel = { resource: 'booking', preset: 'custom', bookingFields: PAIRS, apply: 'write', ...stored };
	return await run({ answer, credential }, [record], panel);
}

const record = (start_time: string, more: IDataObject = {}): IDataObject => ({
	id: 5,
	start_time,
	booking_uid: 'uid1',
	sync_status: 'synced',
	sync_error: null,
	last_calcom_sync: null,
	sync_state: JSON.stringify({ v: 1, id: 'uid1', base: { start: AGREED } }),
	...more,
});

const posts = (requests: readonly string[]): string[] => requests.filter((request) => request.startsWith('POST'));

describe('an appointment and its booking', () => {
	test('in step cost the list alone', async () => {
		const { requests, unchanged } = await sync(record('2026-12-01T10:00:00+01:00'), [
			booking('uid1', { start: AGREED }),
		]);
		expect(requests).toEqual(['GET /bookings']);
		expect(unchanged).toHaveLength(1);
	});

	test('that was moved in Cal.com is moved in the record, whatever is allowed', async () => {
		const { requests, changed } = await sync(record(AGREED), [booking('uid1', { start: THEIRS })]);
		expect(posts(requests)).toEqual([]);
		expect(changed[0]).toMatchObject({ id: 5, start_time: THEIRS, booking_uid: 'uid1' });
	});

	test('that was moved in the record is not moved in Cal.com unless that is allowed', async () => {
		const waiting = record(OURS);
		const { requests, changed } = await sync(waiting, [booking('uid1', { start: AGREED })]);
		expect(posts(requests)).toEqual([]);
		expect(changed[0]).toMatchObject({
			id: 5,
			sync_status: 'pending',
			sync_error: 'start_time: switch "Reschedule" on under Allow to write it',
		});
		expect(changed[0]).not.toHaveProperty('start_time');
		const again = await sync(patched(waiting, changed[0]), [booking('uid1', { start: AGREED })]);
		expect(again.unchanged).toHaveLength(1);
	});

	test('that was moved in the record is moved in Cal.com, and follows its new uid', async () => {
		const { requests, changed } = await sync(record(OURS), [booking('uid1', { start: AGREED })], ALLOWED);
		expect(posts(requests)).toEqual(['POST /bookings/uid1/reschedule']);
		expect(changed[0]).toMatchObject({ id: 5, booking_uid: 'uid2', sync_status: 'synced' });
		const moved = [
			booking('uid1', { start: AGREED, status: 'cancelled', rescheduledToUid: 'uid2' }),
			booking('uid2', { start: OURS, rescheduledFromUid: 'uid1' }),
		];
		const again = await sync(patched(record(OURS), changed[0]), moved, ALLOWED);
		expect(posts(again.requests)).toEqual([]);
		expect(again.unchanged).toHaveLength(1);
	});

	test('that was moved in Cal.com is found by the uid that it had', async () => {
		const moved = [
			booking('uid1', { start: AGREED, status: 'cancelled', rescheduledToUid: 'uid2' }),
			booking('uid2', { start: THEIRS, rescheduledFromUid: 'uid1' }),
		];
		const { changed } = await sync(record(AGREED), moved);
		expect(changed[0]).toMatchObject({ id: 5, start_time: THEIRS, booking_uid: 'uid2' });
	});

	test.each([
		['the record', '2026-11-20T08:30:00.000Z', OURS, undefined],
		['Cal.com', '2026-11-20T07:30:00Z', undefined, THEIRS],
	])('moved by both: the later one wins, %s', async (_who, updated_at, sent, start_time) => {
		const theirs = booking('uid1', { start: THEIRS, updatedAt: '2026-11-20T08:00:00.000Z' });
		const ours = record(OURS, { updated_at });
		const { bodies, changed } = await sync(ours, [theirs], { ...ALLOWED, conflictPolicy: 'recent' });
		expect(bodies.find((body) => body !== undefined)?.start).toBe(sent);
		expect(changed[0]?.start_time).toBe(start_time);
	});

	test('moved by both, and nobody knows when: a conflict', async () => {
		const theirs = booking('uid1', { start: THEIRS, updatedAt: null });
		const { conflicts } = await sync(record(OURS), [theirs], { ...ALLOWED, conflictPolicy: 'recent' });
		expect(conflicts[0]).toMatchObject({
			conflicts: [{ field: 'start', base: AGREED, ours: OURS, theirs: THEIRS }],
		});
	});
});
