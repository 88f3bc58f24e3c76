// The steps of free times and reservations.
import type { CalCom } from 'stand-ins/calcom';
import { byId, made, type Step } from './step.mts';

const newReservation = async (cal: CalCom) => {
	const reservation = await made(cal, '/slots/reservations', {
		eventTypeId: 23,
		slotStart: cal.freeSlots('level-check', 1)[0],
	});
	return { reservationUid: reservation['reservationUid'] };
};

export const SLOTS: Step[] = [
	{
		resource: 'slot',
		operation: 'getAvailable',
		prepare: () => ({ eventTypeId: byId(3), timeZone: 'Europe/Amsterdam' }),
		calls: ['GET /slots'],
		gives: { start: expect.any(String), startLocal: expect.any(String) },
	},
	{
		resource: 'slot',
		operation: 'findNext',
		prepare: () => ({ eventTypeId: byId(3), count: 2, hoursFrom: '10:00', hoursUntil: '16:00' }),
		calls: ['GET /slots'],
		gives: { start: expect.any(String) },
	},
	{
		resource: 'slot',
		operation: 'reserve',
		prepare: (cal) => ({ eventTypeId: byId(4), slotStart: cal.freeSlots('online-lesson', 1)[0] }),
		calls: ['POST /slots/reservations'],
		gives: { reservationUid: expect.any(String) },
	},
	{
		resource: 'slot',
		operation: 'getReservation',
		prepare: newReservation,
		calls: ['GET /slots/reservations/:id'],
		gives: { eventTypeId: 23 },
	},
	{
		resource: 'slot',
		operation: 'updateReservation',
		prepare: async (cal) => ({ ...(await newReservation(cal)), updateFields: { reservationDuration: 9 } }),
		calls: ['PATCH /slots/reservations/:id', 'DELETE /slots/reservations/:id', 'POST /slots/reservations'],
		gives: { eventTypeId: 23 },
	},
	{
		resource: 'slot',
		operation: 'releaseReservation',
		prepare: newReservation,
		calls: ['DELETE /slots/reservations/:id'],
		gives: { deleted: true },
	},
];
