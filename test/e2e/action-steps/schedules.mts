// The steps of schedules.
import type { CalCom } from 'stand-ins/calcom';
import { byId, fresh, made, type Step } from './step.mts';

const newSchedule = (cal: CalCom) =>
	made(cal, '/schedules', { name: fresh('Evenings'), timeZone: 'Europe/Amsterdam', isDefault: false });

export const SCHEDULES: Step[] = [
	{ resource: 'schedule', operation: 'getMany', calls: ['GET /schedules'], gives: { id: 1 } },
	{
		resource: 'schedule',
		operation: 'create',
		prepare: () => ({ name: 'Mornings', timeZone: 'Europe/Amsterdam' }),
		calls: ['POST /schedules'],
		gives: { name: 'Mornings', timeZone: 'Europe/Amsterdam' },
	},
	{
		resource: 'schedule',
		operation: 'get',
		prepare: () => ({ scheduleId: byId(1) }),
		calls: ['GET /schedules/:id'],
		gives: { id: 1 },
	},
	{ resource: 'schedule', operation: 'getDefault', calls: ['GET /schedules/default'], gives: { isDefault: true } },
	{
		resource: 'schedule',
		operation: 'update',
		prepare: async (cal) => ({
			scheduleId: byId((await newSchedule(cal))['id']),
			updateFields: { name: 'Late evenings' },
		}),
		calls: ['PATCH /schedules/:id'],
		gives: { name: 'Late evenings' },
	},
	{
		resource: 'schedule',
		operation: 'delete',
		prepare: async (cal) => ({ scheduleId: byId((await newSchedule(cal))['id']) }),
		calls: ['DELETE /schedules/:id'],
		gives: { deleted: true },
	},
];
