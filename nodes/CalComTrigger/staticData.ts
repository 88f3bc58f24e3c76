import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/**
 * What the trigger remembers of the webhook it registered. n8n keeps one such record for production
 * and a separate, short-lived one for "Listen for test event".
 */
const ownWebhook = z.object({
	id: z.string(),
	/** Where it was made, below the base URL: `/webhooks`, `/event-types/5/webhooks` … */
	collection: z.string(),
	url: z.string(),
	secret: z.string().min(1),
	/** `time unit` of the AFTER_* events, which Cal.com's list does not show; null without them. */
	delay: z.string().nullable(),
});

export type OwnWebhook = z.infer<typeof ownWebhook>;

const KEY = 'webhook';

/** The webhook this trigger registered, or null. */
export function readOwnWebhook(staticData: IDataObject): OwnWebhook | null {
	const found = ownWebhook.safeParse(staticData[KEY]);
	return found.success ? found.data : null;
}

/** For lifecycle hooks only: n8n writes static data whole, and the last writer wins. */
export function writeOwnWebhook(staticData: IDataObject, webhook: OwnWebhook | null): void {
	if (webhook === null) delete staticData[KEY];
	else staticData[KEY] = { ...webhook };
}
