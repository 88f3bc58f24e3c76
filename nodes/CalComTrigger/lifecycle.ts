import type { IHookFunctions } from 'n8n-workflow';
import type { Connection } from '../shared/api/client';
import { connection } from '../shared/api/client';
import type { Explanation } from '../shared/api/errors';
import { explain } from '../shared/api/errors';
import { operationError } from '../shared/api/nodeErrors';
import type { SecretOrigin } from './derivedSecret';
import { deriveSecret, fingerprintOf, pathOf } from './derivedSecret';
import type { Delay } from './parameters';
import { hasDelay, readDelay, readEvents } from './parameters';
import { explainRegistration } from './registrationErrors';
import type { OrphanedWebhook, WantedWebhook } from './registrationPlan';
import { collectionOf, readWebhookScope } from './scope';
import { readSigningKey } from './signingKey';
import type { OwnWebhook, StoredWebhook } from './staticData';
import { readOwnWebhook, writeOwnWebhook } from './staticData';
import type { WebhookApi } from './webhookApi';
import { webhookApi } from './webhookApi';

/** What the lifecycle hooks of an automatic registration work with. */
export interface RegistrationContext {
	ctx: IHookFunctions;
	api: WebhookApi;
	place: Connection;
	url: string;
	collection: string;
	events: string[];
	delay: Delay | null;
	/** What the secret of the webhook is made from. */
	signingKey: string;
}

/**
 * Reads the node's parameters and its credential.
 *
 * @throws NodeOperationError when something that is needed is not chosen
 */
export async function begin(ctx: IHookFunctions): Promise<RegistrationContext> {
	const url = ctx.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw operationError(ctx.getNode(), 'WEBHOOK_URL_MISSING', 'n8n gave this trigger no webhook URL', {
			description: 'Save the workflow, then publish it again.',
		});
	}
	const place = await connection(ctx);
	const scope = readWebhookScope(ctx);
	const events = readEvents(ctx);
	const api = webhookApi(ctx, (failure, host) =>
		inOneText(explainRegistration(failure, { scope, events, url, host, edition: place.edition })),
	);
	const signingKey = await readSigningKey(ctx);
	if (signingKey === null) {
		throw operationError(ctx.getNode(), 'API_KEY_MISSING', 'The credential has no API key', {
			description: 'Make one in Cal.com under Settings > Developer > API keys, and put it into the credential.',
		});
	}
	const collection = await collectionOf(ctx, scope);
	return { ctx, api, place, url, collection, events, delay: hasDelay(events) ? readDelay(ctx) : null, signingKey };
}

/** Publishing shows the message of an error and nothing else: how to fix it has to stand there too. */
function inOneText({ code, message, description }: Explanation): Explanation {
	return { code, message: `${message}. ${description}`, description };
}

/** Where the secret of the remembered webhook comes from; null when it is to get a new one. */
export function originOf(
	{ url, signingKey }: RegistrationContext,
	own: OwnWebhook | StoredWebhook | null,
): SecretOrigin | null {
	if (own === null || 'secret' in own) return null;
	return own.fingerprint === fingerprintOf(signingKey, pathOf(url)) ? own : null;
}

export function wantedBy(life: RegistrationContext, own: OwnWebhook | StoredWebhook | null): WantedWebhook {
	const { collection, url, events, delay, signingKey } = life;
	const origin = originOf(life, own);
	return {
		collection,
		url,
		events,
		delay: delay === null ? null : `${delay.time} ${delay.timeUnit}`,
		secret: origin === null ? null : deriveSecret(signingKey, pathOf(url), origin.counter),
	};
}

/** Removes webhooks of this node's own past. A failure is only logged: what stays behind is refused anyway. */
export async function removeOrphans(
	ctx: IHookFunctions,
	api: WebhookApi,
	orphans: readonly OrphanedWebhook[],
): Promise<void> {
	for (const { id, collection } of orphans) {
		try {
			await api.remove(collection, id);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			ctx.logger.warn(`Cal.com Trigger could not remove its former webhook ${id}: ${reason}`);
		}
	}
}

/** Removes the webhook that this node made when it still registered by itself, if there is one. */
export async function removeFormer(ctx: IHookFunctions): Promise<void> {
	const staticData = ctx.getWorkflowStaticData('node');
	const own = readOwnWebhook(staticData);
	if (own === null) return;
	await removeOrphans(ctx, webhookApi(ctx, explain), [own]);
	writeOwnWebhook(staticData, null);
}
