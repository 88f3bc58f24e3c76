import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { COUNTER } from './derivedSecret';

const place = z.object({
	id: z.string(),
	/** Where it was made, below the base URL: `/webhooks`, `/event-types/5/webhooks` … */
	collection: z.string(),
	url: z.string(),
	/** `time unit` of the AFTER_* events, which Cal.com's list does not show; null without them. */
	delay: z.string().nullable(),
});
const derived = place.extend({ counter: z.string().regex(COUNTER), fingerprint: z.string().min(1) });
/** As versions before wrote it: counts until the workflow is published again. */
const stored = place.extend({ secret: z.string().refine((secret) => secret.trim() !== '') });

/**
 * What the trigger remembers of the webhook it registered: no secret, but what it was made from. n8n keeps one such
 * record for production and a separate, short-lived one for "Listen for test event".
 */
export type OwnWebhook = z.infer<typeof derived>;
export type StoredWebhook = z.infer<typeof stored>;

const KEY = 'webhook';

/** The webhook this trigger registered, or null. */
export function readOwnWebhook(staticData: IDataObject): OwnWebhook | StoredWebhook | null {
	const found = z.union([derived, stored]).safeParse(staticData[KEY]);
	return found.success ? found.data : null;
}

/** For lifecycle hooks only: n8n writes static data whole, and the last writer wins. */
export function writeOwnWebhook(staticData: IDataObject, webhook: OwnWebhook | null): void {
	if (webhook === null) delete staticData[KEY];
	else staticData[KEY] = { ...webhook };
}
