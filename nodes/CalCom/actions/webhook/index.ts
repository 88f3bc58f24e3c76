import type { Resource } from '../operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';

/** The webhooks that Cal.com sends events to. */
export const webhook: Resource = {
	option: { name: 'Webhook', value: 'webhook' },
	operations: [getMany, create, get, update, remove],
};
