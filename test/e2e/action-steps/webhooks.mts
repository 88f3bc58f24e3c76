// The steps of webhooks.
import type { CalCom } from 'stand-ins/calcom';
import { byId, fresh, made, type Step } from './step.mts';

type Fields = Record<string, unknown>;

export const newWebhook = (cal: CalCom, base = '') =>
	made(cal, `${base}/webhooks`, {
		active: true,
		subscriberUrl: `http://127.0.0.1:9/${fresh('hook')}`,
		triggers: ['BOOKING_CREATED'],
		secret: 'whsec-action',
	});

const webhook = async (cal: CalCom, more: Fields = {}) => ({ webhookId: byId((await newWebhook(cal))['id']), ...more });

export const WEBHOOKS: Step[] = [
	{
		resource: 'webhook',
		operation: 'getMany',
		prepare: webhook,
		calls: ['GET /webhooks'],
		gives: { subscriberUrl: expect.any(String) },
	},
	{
		resource: 'webhook',
		operation: 'create',
		prepare: () => ({ subscriberUrl: `http://127.0.0.1:9/${fresh('made')}`, triggers: ['BOOKING_CREATED'] }),
		calls: ['POST /webhooks'],
		gives: { active: true, triggers: ['BOOKING_CREATED'] },
	},
	{ resource: 'webhook', operation: 'get', prepare: webhook, calls: ['GET /webhooks/:id'], gives: { active: true } },
	{
		resource: 'webhook',
		operation: 'update',
		prepare: (cal) => webhook(cal, { updateFields: { active: false } }),
		calls: ['PATCH /webhooks/:id'],
		gives: { active: false },
	},
	{
		resource: 'webhook',
		operation: 'delete',
		prepare: webhook,
		calls: ['DELETE /webhooks/:id'],
		gives: { deleted: true },
	},
	{
		resource: 'webhook',
		operation: 'getMany',
		as: ' of an event type',
		prepare: async (cal) => {
			await newWebhook(cal, '/event-types/5');
			return { scope: 'eventType', eventTypeId: byId(5) };
		},
		calls: ['GET /event-types/:id/webhooks'],
		gives: { eventTypeId: 5 },
	},
];
