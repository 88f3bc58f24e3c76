// The steps of event types and their private links.
import type { CalCom } from 'stand-ins/calcom';
import { byId, fresh, made, type Step } from './step.mts';

const newEventType = (cal: CalCom) =>
	made(cal, '/event-types', { title: 'Choir', slug: fresh('choir'), lengthInMinutes: 60 });

const newLink = async (cal: CalCom) => {
	const link = await made(cal, '/event-types/3/private-links', { maxUsageCount: 2 });
	return { eventTypeId: byId(3), linkId: link['linkId'] };
};

export const EVENT_TYPES: Step[] = [
	{
		resource: 'eventType',
		operation: 'getMany',
		prepare: () => ({ returnAll: true }),
		calls: ['GET /event-types'],
		gives: { id: 3 },
	},
	{
		resource: 'eventType',
		operation: 'get',
		prepare: () => ({ eventTypeId: byId(3) }),
		calls: ['GET /event-types/:id'],
		gives: { id: 3, slug: 'trial-lesson' },
	},
	{
		resource: 'eventType',
		operation: 'create',
		prepare: () => ({
			title: 'Masterclass',
			slug: fresh('masterclass'),
			lengthInMinutes: 90,
			basics: { description: 'For the advanced' },
		}),
		calls: ['POST /event-types'],
		gives: { title: 'Masterclass', lengthInMinutes: 90, description: 'For the advanced' },
	},
	{
		resource: 'eventType',
		operation: 'update',
		prepare: async (cal) => ({
			eventTypeId: byId((await newEventType(cal))['id']),
			basics: { title: 'Big choir', lengthInMinutes: 60 },
			protectedFields: [],
		}),
		calls: ['GET /event-types/:id', 'PATCH /event-types/:id'],
		gives: { title: 'Big choir' },
	},
	{
		resource: 'eventType',
		operation: 'duplicate',
		prepare: () => ({ eventTypeId: byId(3), title: 'Trial lesson (copy)', slug: fresh('trial-copy') }),
		calls: ['GET /event-types/:id', 'POST /event-types'],
		gives: { title: 'Trial lesson (copy)', lengthInMinutes: 30 },
	},
	{
		resource: 'eventType',
		operation: 'delete',
		prepare: async (cal) => ({ eventTypeId: byId((await newEventType(cal))['id']) }),
		calls: ['DELETE /event-types/:id'],
		gives: { deleted: true },
	},
	{
		resource: 'eventType',
		operation: 'createPrivateLink',
		prepare: () => ({ eventTypeId: byId(3), expires: 'afterUses', maxUsageCount: 3 }),
		calls: ['POST /event-types/:id/private-links'],
		gives: { eventTypeId: 3, maxUsageCount: 3 },
	},
	{
		resource: 'eventType',
		operation: 'getPrivateLinks',
		prepare: newLink,
		calls: ['GET /event-types/:id/private-links'],
		gives: { eventTypeId: 3 },
	},
	{
		resource: 'eventType',
		operation: 'updatePrivateLink',
		prepare: async (cal) => ({ ...(await newLink(cal)), expires: 'afterUses', maxUsageCount: 7 }),
		calls: ['PATCH /event-types/:id/private-links/:id'],
		gives: { maxUsageCount: 7 },
	},
	{
		resource: 'eventType',
		operation: 'deletePrivateLink',
		prepare: newLink,
		calls: ['DELETE /event-types/:id/private-links/:id'],
		gives: { deleted: true },
	},
];
