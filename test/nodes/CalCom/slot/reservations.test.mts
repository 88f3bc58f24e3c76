import { describe, expect, test } from '@jest/globals';
import { getReservation } from '../../../../nodes/CalCom/actions/slot/getReservation.operation.ts';
import { releaseReservation } from '../../../../nodes/CalCom/actions/slot/releaseReservation.operation.ts';
import { reserve } from '../../../../nodes/CalCom/actions/slot/reserve.operation.ts';
import { updateReservation } from '../../../../nodes/CalCom/actions/slot/updateReservation.operation.ts';
import { fakeExecute, run } from '../support/fake-execute.mts';
import { dataOf, locatorOf, recorded, requestBodyOf } from './support.mts';

const UID = '75a5b18e-711d-42c2-984b-2ead46bf2a79';
const RESERVE = {
	eventTypeId: locatorOf('3'),
	slotStart: '2026-12-10T10:00:00',
	options: { reservationDuration: 5 },
};
const TAKEN = {
	status: 422,
	body: {
		status: 'error',
		error: {
			code: 'UnprocessableEntityException',
			message: "Can't reserve a slot if the event is booked.",
			details: {},
		},
	},
};

describe('reserve', () => {
	test('sends what was recorded, the start in UTC', async () => {
		const fake = fakeExecute({ parameters: RESERVE, answers: [recorded('274')] });
		await expect(run(reserve, fake)).resolves.toEqual(dataOf('274'));
		const body = requestBodyOf('274');
		expect(fake.requests).toMatchObject([{ method: 'POST', path: '/slots/reservations', version: '2024-09-04' }]);
		expect(fake.requests[0]?.body).toEqual({ ...body, slotStart: '2026-12-10T09:00:00.000Z' });
	});

	test('a slot that is gone is said to be, and not asked for again', async () => {
		const fake = fakeExecute({ parameters: RESERVE, answers: [TAKEN] });
		await expect(run(reserve, fake)).rejects.toMatchObject({ httpCode: '422', context: { itemIndex: 0 } });
		expect(fake.requests).toHaveLength(1);
	});

	test.each([
		[{ eventTypeId: locatorOf('') }, 'Event Type is not chosen'],
		[{ slotStart: '' }, 'Start is empty'],
		[
			{ slotStart: '2026-03-29T02:30:00' },
			'Start 2026-03-29T02:30:00 never comes in Europe/Amsterdam: the clocks go forward over it',
		],
	])('%j: %s', async (parameters, message) => {
		const fake = fakeExecute({ parameters: { ...RESERVE, ...parameters } });
		await expect(run(reserve, fake)).rejects.toMatchObject({ message });
		expect(fake.requests).toEqual([]);
	});
});

describe('get', () => {
	test('a reservation that holds', async () => {
		const fake = fakeExecute({ parameters: { reservationUid: UID }, answers: [recorded('275')] });
		await expect(run(getReservation, fake)).resolves.toEqual({ ...dataOf('275'), reservationDuration: null });
		expect(fake.requests).toMatchObject([
			{ method: 'GET', path: `/slots/reservations/${UID}`, version: '2024-09-04' },
		]);
	});

	test('one that has run out', async () => {
		const fake = fakeExecute({ parameters: { reservationUid: UID }, answers: [{ data: null }] });
		await expect(run(getReservation, fake)).rejects.toMatchObject({
			message: `There is no reservation "${UID}"`,
			description: expect.stringContaining('run out'),
		});
	});

	test('none named', async () => {
		await expect(run(getReservation, fakeExecute())).rejects.toMatchObject({ message: 'Reservation UID is empty' });
	});
});

describe('update', () => {
	test.each([
		[
			{ reservationDuration: 10 },
			{ eventTypeId: 3, slotStart: '2026-12-10T09:00:00.000Z', reservationDuration: 10 },
		],
		[{ slotStart: '2026-12-10T11:00:00' }, { eventTypeId: 3, slotStart: '2026-12-10T10:00:00.000Z' }],
		[
			{ slotStart: '2026-12-10T11:00:00', timeZone: 'UTC', eventTypeId: locatorOf('4') },
			{ eventTypeId: 4, slotStart: '2026-12-10T11:00:00.000Z' },
		],
	])('%j: the rest stays as it is reserved', async (updateFields, body) => {
		const parameters = { reservationUid: UID, updateFields };
		const fake = fakeExecute({ parameters, answers: [recorded('275'), recorded('274')] });
		await expect(run(updateReservation, fake)).resolves.toEqual(dataOf('274'));
		expect(fake.requests).toMatchObject([
			{ method: 'GET', path: `/slots/reservations/${UID}` },
			{ method: 'PATCH', path: `/slots/reservations/${UID}`, version: '2024-09-04' },
		]);
		expect(fake.requests[1]?.body).toEqual(body);
		// The recorded answer is the one at 9:00.
		const moved = body.slotStart !== '2026-12-10T09:00:00.000Z';
		const left = 'Cal.com answered without an error but left the reservation at 2026-12-10T09:00:00.000Z.';
		expect((await fake.session()).notes()).toEqual(moved ? [left] : []);
	});
});

describe('hold for longer', () => {
	const DEAD = '0e661aed-aaaa-460e-8a9c-36d9ca2f1b5a';
	const held = { data: { ...dataOf('275'), eventTypeId: 23, slotStart: '2026-12-19T06:30:00.000Z' } };
	const parameters = { reservationUid: DEAD, updateFields: { reservationDuration: 9 } };
	const RELEASED = { body: { status: 'success' } };

	test('Cal.com counts a reservation against itself: it is released and made anew, and the new uid is told', async () => {
		const fake = fakeExecute({ parameters, answers: [held, recorded('443'), RELEASED, recorded('274')] });
		await expect(run(updateReservation, fake)).resolves.toEqual(dataOf('274'));
		expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			`GET /slots/reservations/${DEAD}`,
			`PATCH /slots/reservations/${DEAD}`,
			`DELETE /slots/reservations/${DEAD}`,
			'POST /slots/reservations',
		]);
		expect(fake.requests[3]?.body).toEqual(requestBodyOf('443'));
		const notes = (await fake.session()).notes().join();
		expect(notes).toContain(`${DEAD} is ${String(dataOf('274').reservationUid)} now`);
	});

	test('a new one that is refused is asked for once more', async () => {
		const answers = [held, recorded('443'), RELEASED, { status: 500, body: {} }, recorded('274')];
		await expect(run(updateReservation, fakeExecute({ parameters, answers }))).resolves.toEqual(dataOf('274'));
	});

	test('when none can be had, that is said', async () => {
		const answers = [held, recorded('443'), RELEASED, recorded('466'), recorded('465')];
		await expect(run(updateReservation, fakeExecute({ parameters, answers }))).rejects.toMatchObject({
			message: 'The slot is not reserved any more: This time is not free',
			description: expect.stringContaining('Reserve the slot again'),
			context: { itemIndex: 0, code: 'RESERVATION_LOST' },
		});
	});

	test.each([
		['another time', { slotStart: '2026-12-19T07:00:00Z' }, '443'],
		['another event type', { eventTypeId: locatorOf('4') }, '443'],
		['anything but a reservation in the way', { reservationDuration: 9 }, '410'],
	])('a reservation is not given up for %s', async (_what, updateFields, refusal) => {
		const fake = fakeExecute({
			parameters: { reservationUid: DEAD, updateFields },
			answers: [held, recorded(refusal)],
		});
		await expect(run(updateReservation, fake)).rejects.toMatchObject({ context: { itemIndex: 0 } });
		expect(fake.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
	});
});

test('release', async () => {
	const fake = fakeExecute({ parameters: { reservationUid: UID }, answers: [{ body: { status: 'success' } }] });
	await expect(run(releaseReservation, fake)).resolves.toEqual({ deleted: true });
	expect(fake.requests).toMatchObject([
		{ method: 'DELETE', path: `/slots/reservations/${UID}`, version: '2024-09-04' },
	]);
});
