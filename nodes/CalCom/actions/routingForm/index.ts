import type { Resource } from '../operation';
import { calculateSlots } from './calculateSlots.operation';
import { getMany } from './getMany.operation';
import { getResponses } from './getResponses.operation';

/** Routing forms: hosted Cal.com only. */
export const routingForm: Resource = {
	option: { name: 'Routing Form', value: 'routingForm' },
	operations: [getMany, getResponses, calculateSlots],
	hostedOnly: true,
};
