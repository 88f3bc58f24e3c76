import type { z } from 'zod';
import { withoutEndSlash } from '../../../shared/values/links';
import { remoteWebhook } from '../../../shared/webhooks/remoteWebhook';

/** What is told of a webhook; its secret is not. */
export const listedWebhook = remoteWebhook.pick({ id: true, subscriberUrl: true, active: true, triggers: true });
export type ListedWebhook = z.infer<typeof listedWebhook>;

/** Where n8n can be reached: a host, and the folder it lives in there. */
interface Place {
	origin: string;
	folder: string;
}

function placeOf(address: string): Place | null {
	if (!URL.canParse(address)) return null;
	const { origin, pathname } = new URL(address);
	return { origin, folder: withoutEndSlash(pathname) };
}

/** `https://n8n.example/base/webhook-waiting/7` is n8n's address with two more steps. */
const STEPS_OF_RESUME_URL = 2;

/**
 * The addresses of this n8n: the editor's, and the one that webhooks come in at, which may differ.
 *
 * @param instanceUrl the address of the editor
 * @param resumeUrl where this execution could be resumed; it lies below the address for webhooks
 */
export function addressesOf(instanceUrl: string, resumeUrl: string | null): string[] {
	const waiting = resumeUrl === null ? null : placeOf(resumeUrl);
	const places = [
		placeOf(instanceUrl),
		waiting === null
			? null
			: { ...waiting, folder: waiting.folder.split('/').slice(0, -STEPS_OF_RESUME_URL).join('/') },
	];
	return [...new Set(places.flatMap((place) => (place === null ? [] : [`${place.origin}${place.folder}`])))];
}

/** Whether a webhook sends to one of these addresses. */
export function pointsAt(webhook: ListedWebhook, addresses: readonly string[]): boolean {
	const target = placeOf(webhook.subscriberUrl);
	if (target === null) return false;
	const full = `${target.origin}${target.folder}/`;
	return addresses.some((address) => full.startsWith(`${address}/`));
}
