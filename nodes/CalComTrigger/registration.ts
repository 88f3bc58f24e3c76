import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { operationError } from '../shared/api/nodeErrors';
import { explain } from '../shared/api/errors';
import { inClear, sendsInClear } from '../shared/api/plainHttp';
import { catalogEntry } from '../shared/events/catalog';
import { assertDefaultCountry } from '../shared/events/defaultCountry';
import { lostDelay } from '../shared/webhooks/lostDelay';
import { counterAt, deriveSecret, fingerprintOf, pathOf } from './derivedSecret';
import type { RegistrationContext } from './lifecycle';
import { begin, originOf, removeOrphans, wantedBy } from './lifecycle';
import { isOutOfReach } from './reach';
import { ACCOUNT_WEBHOOKS } from '../shared/webhooks/scope';
import type { OrphanedWebhook, Plan } from './registrationPlan';
import type { RemoteWebhook } from '../shared/webhooks/remoteWebhook';
import { planRegistration } from './registrationPlan';
import { readOwnWebhook, writeOwnWebhook } from './staticData';
import { webhookApi } from './webhookApi';

/**
 * An activation that failed after its webhook was made forgets the id. When the scope was changed
 * since, that webhook lies among those of the account: it has this trigger's own URL, and every
 * delivery of it would be refused.
 */
async function lostInAccount({ api, collection, url }: RegistrationContext): Promise<OrphanedWebhook[]> {
	if (collection === ACCOUNT_WEBHOOKS) return [];
	const found = await api.list(ACCOUNT_WEBHOOKS);
	return found
		.filter(({ subscriberUrl }) => subscriberUrl === url)
		.map(({ id }) => ({ id, collection: ACCOUNT_WEBHOOKS }));
}

async function makePlan(life: RegistrationContext): Promise<Plan> {
	const own = readOwnWebhook(life.ctx.getWorkflowStaticData('node'));
	return planRegistration(await life.api.list(life.collection), wantedBy(life, own), own);
}

/** True when the webhook in Cal.com is already as the node wants it. Changes nothing. */
export async function isRegistered(ctx: IHookFunctions): Promise<boolean> {
	const plan = await makePlan(await begin(ctx));
	return plan.action === 'keep' && plan.orphans.length === 0;
}

/** Cal.com drops what it does not take without a word, so its answer is held against the request. */
function assertTaken({ ctx, events }: RegistrationContext, secret: string, made: RemoteWebhook): void {
	const missing = events.filter((event) => !made.triggers.includes(event));
	if (missing.length > 0) {
		const names = missing.map((event) => catalogEntry(event)?.name ?? event).join(', ');
		throw operationError(ctx.getNode(), 'EVENTS_NOT_OFFERED', `Cal.com did not take these events: ${names}`, {
			description: 'Take them out of Events, then publish again.',
		});
	}
	if (made.active && (made.secret === undefined || made.secret === secret)) return;
	throw operationError(
		ctx.getNode(),
		'WEBHOOK_NOT_SWITCHED_ON',
		'Cal.com did not switch the webhook on with its secret',
		{
			description: `Delete the webhook for ${made.subscriberUrl} in Cal.com under Settings > Developer > Webhooks, then publish again.`,
		},
	);
}

async function carryOut(
	{ api, collection }: RegistrationContext,
	plan: Plan,
	body: IDataObject,
): Promise<RemoteWebhook> {
	if (plan.action === 'create') return await api.create(collection, body);
	if (plan.action === 'recreate') {
		await api.remove(collection, plan.id);
		return await api.create(collection, body);
	}
	return await api.update(collection, plan.id, body);
}

/**
 * Makes the webhook in Cal.com what the node wants: creates it, or repairs the one it finds by id or
 * by URL, then removes its own former ones. Remembers its id in static data, and what its secret was made from.
 *
 * @throws NodeApiError or NodeOperationError that names the cause; never ends without a webhook
 */
export async function register(ctx: IHookFunctions): Promise<void> {
	assertDefaultCountry(ctx);
	const life = await begin(ctx);
	if (life.events.length === 0) {
		throw operationError(ctx.getNode(), 'NOTHING_CHOSEN', 'No events are chosen', {
			description:
				'Choose at least one under Events: Cal.com takes a webhook without events, and never calls it.',
		});
	}
	const staticData = ctx.getWorkflowStaticData('node');
	const own = readOwnWebhook(staticData);
	const wanted = wantedBy(life, own);
	const plan = await makePlan(life);
	// A secret that can still be made is put back rather than replaced: deliveries under way stay valid.
	const path = pathOf(life.url);
	const counter = originOf(life, own)?.counter ?? counterAt(Date.now());
	const secret = deriveSecret(life.signingKey, path, counter);
	const body: IDataObject = {
		active: true,
		subscriberUrl: life.url,
		triggers: life.events,
		secret,
		...(life.delay === null ? {} : { time: life.delay.time, timeUnit: life.delay.timeUnit }),
	};
	let taken: RemoteWebhook | null = null;
	if (plan.action !== 'keep') {
		const made = await carryOut(life, plan, body);
		writeOwnWebhook(staticData, {
			id: made.id,
			collection: wanted.collection,
			url: wanted.url,
			delay: wanted.delay,
			counter,
			fingerprint: fingerprintOf(life.signingKey, path),
		});
		assertTaken(life, secret, made);
		taken = made;
	}
	const left = await lostInAccount(life);
	const known = new Set(plan.orphans.map(({ id }) => id));
	await removeOrphans(ctx, life.api, [...plan.orphans, ...left.filter(({ id }) => !known.has(id))]);
	const lost = lostDelay(life.events, life.place.edition, taken?.time);
	if (lost !== null) ctx.logger.warn(lost);
	if (sendsInClear(life.place.baseUrl)) ctx.logger.warn(inClear(life.place.host));
	if (life.place.edition === 'hosted' && isOutOfReach(life.url)) {
		ctx.logger.warn(
			`Cal.com cannot reach ${life.url}: no delivery will arrive until n8n has a public address (WEBHOOK_URL)`,
		);
	}
}

/** Removes whatever has this trigger's URL: n8n forgets the ids of activations that failed half way. */
async function removeByUrl(ctx: IHookFunctions): Promise<void> {
	const { api, collection, url } = await begin(ctx);
	for (const { id, subscriberUrl } of await api.list(collection)) {
		if (subscriberUrl === url) await api.remove(collection, id);
	}
}

/**
 * Removes the webhook from Cal.com; one that is already gone is as good.
 *
 * @throws NodeApiError when a webhook that this trigger made could not be removed
 */
export async function unregister(ctx: IHookFunctions): Promise<void> {
	const staticData = ctx.getWorkflowStaticData('node');
	const own = readOwnWebhook(staticData);
	const removed = own !== null && (await webhookApi(ctx, explain).remove(own.collection, own.id));
	if (!removed) {
		try {
			await removeByUrl(ctx);
		} catch (error) {
			// n8n calls this after an activation that failed, most likely for the same cause. Failing again would
			// make it believe that the webhook is still there, and the next try would look published without one.
			const reason = error instanceof Error ? error.message : String(error);
			ctx.logger.warn(`Cal.com Trigger could not look for a webhook left behind in Cal.com: ${reason}`);
		}
	}
	writeOwnWebhook(staticData, null);
}
