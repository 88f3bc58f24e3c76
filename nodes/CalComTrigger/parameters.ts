import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { catalogEntry } from '../shared/events/catalog';

/** Who makes the webhook in Cal.com: this node, or the user. */
export type Registration = 'automatic' | 'byHand';

export interface Delay {
	time: number;
	timeUnit: 'MINUTE' | 'HOUR' | 'DAY';
}

const registration = z.enum(['automatic', 'byHand']);
const isEvent = (value: unknown): value is string => typeof value === 'string';
const timeUnit = z.enum(['MINUTE', 'HOUR', 'DAY']);
const time = z.coerce.number().int().min(1).catch(5);

type Context = IHookFunctions | IWebhookFunctions;

export function readRegistration(ctx: Context): Registration {
	return registration.parse(ctx.getNodeParameter('registration', 'automatic'));
}

export function readEvents(ctx: Context): string[] {
	const chosen: unknown = ctx.getNodeParameter('events', []);
	return Array.isArray(chosen) ? chosen.filter(isEvent) : [];
}

/** Whether one of the events asks how long after the start it is to be sent. */
export function hasDelay(chosen: readonly string[]): boolean {
	return chosen.some((event) => catalogEntry(event)?.needsDelay === true);
}

export function readDelay(ctx: IHookFunctions): Delay {
	return {
		time: time.parse(ctx.getNodeParameter('delayTime', 5)),
		timeUnit: timeUnit.parse(ctx.getNodeParameter('delayUnit', 'MINUTE')),
	};
}
