// Never booked twice: looked for before, and looked up when the answer got lost.
import type { IDataObject } from 'n8n-workflow';
import { create } from '../../../../nodes/CalCom/actions/booking/create.operation.ts';
import { exchange } from '../../shared/api/recorded-exchanges.mts';
import { act, ADA, chosen, data, failure, fault, replay } from './support.mts';

describe('only if not booked yet', () => {
	const parameters = { start: '2026-11-23T10:00', eventTypeId: chosen(3), ...ADA, onlyIfNotBooked: true };
	const booked = data('098');

	test('books when there is nothing, and says so', async () => {
		const { item, requests } = await act(create, parameters, [{ data: [] }, replay('098')]);
		expect(requests[0]).toMatchObject({
			method: 'GET',
			path: '/bookings',
			query: {
				eventTypeId: 3,
				afterStart: '2026-11-23T08:59:00.000Z',
				beforeEnd: '2026-11-25T09:00:00.000Z',
				sortStart: 'asc',
			},
		});
		expect(item).toMatchObject({ uid: booked.uid, alreadyBooked: false });
	});

	test('gives the one that is there, whatever the letter case of the email', async () => {
		const loud = { ...parameters, attendeeEmail: 'ADA@student.example' };
		const { item, requests } = await act(create, loud, [{ data: [booked] }]);
		expect(requests).toHaveLength(1);
		expect(item).toMatchObject({ uid: booked.uid, alreadyBooked: true });
	});

	test.each<[string, IDataObject]>([
		['cancelled', { status: 'cancelled' }],
		['rejected', { status: 'rejected' }],
		['at another time', { start: '2026-11-23T09:30:00.000Z' }],
		['of another event type', { eventTypeId: 4 }],
		["someone else's", { attendees: [{ name: 'Bob', email: 'bob@student.example', absent: false }] }],
	])('books when the other one is %s', async (_what, change) => {
		const answers = [{ data: [{ ...booked, ...change }] }, replay('098')];
		const { item, requests } = await act(create, parameters, answers);
		expect(requests).toHaveLength(2);
		expect(item.alreadyBooked).toBe(false);
	});

	test('gives the whole series', async () => {
		const series = exchange('203').body as { data: IDataObject[] };
		const first = { ...parameters, start: '2026-12-14T10:00', eventTypeId: chosen(13) };
		const { items, requests } = await act(create, first, [{ data: [series.data[0]] }, replay('203')]);
		expect(requests[1]?.path).toBe('/bookings/e39b9c12-0ee7-4aac-8506-6390b83fa415');
		expect(items).toHaveLength(4);
		expect(items.every(({ alreadyBooked }) => alreadyBooked === true)).toBe(true);
	});

	test("gives the attendee's own seat", async () => {
		const seat = {
			...parameters,
			start: '2026-11-30T15:00',
			eventTypeId: chosen(14),
			attendeeName: 'Bob Stone',
			attendeeEmail: 'bob@student.example',
		};
		const { item } = await act(create, seat, [{ data: [data('217')] }]);
		expect(item).toMatchObject({ seatUid: '5d93781c-3012-448a-ad6b-b438f773e96c', alreadyBooked: true });
	});

	test('by slug it looks for the slug and its owner', async () => {
		const bySlug = {
			...parameters,
			eventTypeFrom: 'slug',
			eventTypeSlug: 'trial-lesson',
			username: 'yourschool',
		};
		const found = await act(create, bySlug, [{ data: [booked] }]);
		expect(found.item.alreadyBooked).toBe(true);
		expect(found.requests[0]?.query).not.toHaveProperty('eventTypeId');
		const other = await act(create, { ...bySlug, username: 'someone' }, [{ data: [booked] }, replay('098')]);
		expect(other.item.alreadyBooked).toBe(false);
	});

	test('needs an email', async () => {
		const phoneOnly = { ...parameters, attendeeEmail: '', additionalFields: { phoneNumber: '+31687654321' } };
		expect((await failure(create, phoneOnly)).message).toBe(
			'"Only if Not Booked Yet" needs the email of the attendee',
		);
	});
});

describe('when nobody knows whether it was made', () => {
	const parameters = { start: '2026-11-23T10:00', eventTypeId: chosen(3), ...ADA };
	const unknown = [
		['a timeout', fault('ETIMEDOUT')],
		['a cut connection', fault('ECONNRESET')],
		['a 502 of a proxy', { status: 502, body: 'Bad Gateway' }],
		['a 500', { status: 500, body: { status: 'error', error: { code: 'X', message: 'Internal server error' } } }],
	] as const;

	test.each(unknown)('after %s the booking is read, not made again', async (_what, answer) => {
		const { item, requests, notes } = await act(create, parameters, [answer, { data: [data('098')] }]);
		expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
		expect(item.uid).toBe('2yxmF8gNq8Lo3RuwBJcdF2');
		expect(notes.join()).toContain('had carried it out');
	});

	test.each(unknown)('after %s that made none it fails, and still asks once only', async (_what, answer) => {
		const n8n = await failure(create, parameters, [answer, { data: [] }]);
		expect(n8n.requests).toBe(2);
		expect(n8n.itemIndex).toBe(0);
	});

	test('the failure told is that of the booking, also when looking fails', async () => {
		const told = await failure(create, parameters, [fault('ETIMEDOUT'), replay('005')]);
		expect(told.message).toContain('did not answer in time');
	});

	test('what was never sent is not looked for', async () => {
		expect((await failure(create, parameters, [fault('ECONNREFUSED')])).requests).toBe(1);
	});
});
