/** Whose bookings a webhook is about. The last two exist on hosted Cal.com only. */
export type WebhookScope = 'account' | 'eventType' | 'teamEventType' | 'organization';

/** The field of the panel that names a part of a scope. */
export type ScopePart = 'eventTypeId' | 'teamId' | 'teamEventTypeId' | 'organizationId';

/** What an address leads through, from the left: a word of Cal.com's, and the id behind it. */
const ROUTES: Record<WebhookScope, ReadonlyArray<readonly [word: string, part: ScopePart]>> = {
	account: [],
	eventType: [['event-types', 'eventTypeId']],
	teamEventType: [
		['teams', 'teamId'],
		['event-types', 'teamEventTypeId'],
	],
	organization: [['organizations', 'organizationId']],
};

/** Where webhooks of the account itself live. */
export const ACCOUNT_WEBHOOKS = '/webhooks';

/** What the panel holds as a scope; what is none is the account. */
export function toWebhookScope(value: unknown): WebhookScope {
	const name = String(value);
	return isWebhookScope(name) ? name : 'account';
}

const isWebhookScope = (name: string): name is WebhookScope => Object.hasOwn(ROUTES, name);

/**
 * Where the webhooks of a scope live, below the base URL: `/event-types/3/webhooks`.
 *
 * @param idOf the id of a part; what it throws is thrown
 */
export async function webhooksPath(
	scope: WebhookScope,
	idOf: (part: ScopePart) => string | Promise<string>,
): Promise<string> {
	let path = '';
	for (const [word, part] of ROUTES[scope]) path += `/${word}/${encodeURIComponent(await idOf(part))}`;
	return `${path}${ACCOUNT_WEBHOOKS}`;
}
