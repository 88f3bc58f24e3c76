import type { IWebhookFunctions } from 'n8n-workflow';
import { calComSend } from '../shared/api/client';
import { createAnswerCache } from '../shared/api/answerCache';
import { webhookRequest } from '../shared/webhooks/request';
import { counterAt, deriveSecret, pathOf, secretsSince } from './derivedSecret';
import { remoteWebhook } from '../shared/webhooks/remoteWebhook';
import { readSigningKey } from './signingKey';
import type { OwnWebhook, StoredWebhook } from './staticData';
import type { Refusal, Verification } from './verification';
import { verifySignature } from './verification';

/** Seconds that secrets are kept in memory, and until Cal.com is asked for one again. */
const KEEP = 60;
/** Milliseconds: a booking waits for the answer. */
const PATIENCE = 5_000;

interface Known {
	at: number;
	secrets: readonly string[];
}

/** In this process only: never written anywhere. */
const known = new Map<string, Known>();
const asked = createAnswerCache(() => Date.now());

/** A webhook as it was published: what is in memory counts for this one alone. */
const nameOf = ({ id, url, counter, fingerprint }: OwnWebhook): string =>
	JSON.stringify([id, url, counter, fingerprint]);

/** Refusals that no other secret would change. */
const FINAL: ReadonlySet<Refusal> = new Set<Refusal>(['unsigned', 'doubled', 'malformed']);
const isFinal = (result: Verification): boolean => !result.accepted && FINAL.has(result.refusal);

function sayPublishAgain(ctx: IWebhookFunctions): void {
	ctx.logger.warn(
		`"${ctx.getNode().name}": the API key in the credential was changed since the workflow was published. Publish it again: until then deliveries are checked with the secret that Cal.com tells.`,
		{ workflowId: ctx.getWorkflow().id },
	);
}

/** The secret that Cal.com signs with, as its API tells it; null when it does not, or the webhook is not ours. */
async function askCalCom(ctx: IWebhookFunctions, { id, collection, url }: OwnWebhook): Promise<string | null> {
	sayPublishAgain(ctx);
	const request = webhookRequest('GET', collection, { id, timeout: PATIENCE });
	try {
		const found = await calComSend(ctx, request, remoteWebhook);
		if (found.ok && found.data.subscriberUrl === url) return found.data.secret ?? null;
	} catch {
		// What cannot be asked for is not known; the delivery is refused, and the refusal is logged.
	}
	return null;
}

/** What a delivery was signed with before the secret was derived, or is signed with from the next publishing on. */
async function verifyStored(
	ctx: IWebhookFunctions,
	own: StoredWebhook,
	body: Uint8Array,
	header: string | string[] | undefined,
): Promise<Verification> {
	const first = verifySignature(body, header, [own.secret], false);
	if (first.accepted || isFinal(first)) return first;
	const key = await readSigningKey(ctx);
	if (key === null) return first;
	return verifySignature(body, header, [deriveSecret(key, pathOf(own.url), counterAt(Date.now()))], false);
}

/**
 * Decides whether a delivery to a webhook that this trigger has registered came from Cal.com. Asks Cal.com only when the
 * API key is another than the one the secret was made from, and then at most once a minute.
 *
 * @param own what static data remembers; null when there is nothing, and then nothing is accepted
 */
export async function verifyRegistered(
	ctx: IWebhookFunctions,
	own: OwnWebhook | StoredWebhook | null,
	body: Uint8Array,
	header: string | string[] | undefined,
): Promise<Verification> {
	if (own === null) return verifySignature(body, header, [], false);
	if ('secret' in own) return await verifyStored(ctx, own, body, header);

	const now = Date.now();
	const name = nameOf(own);
	const before = known.get(name);
	const first = verifySignature(body, header, before?.secrets ?? [], false);
	if (isFinal(first)) return first;
	if (first.accepted && before !== undefined && now - before.at < KEEP * 1000) return first;

	const derived = secretsSince(await readSigningKey(ctx), pathOf(own.url), own, now);
	if (derived !== null) {
		known.set(name, { at: now, secrets: derived });
		const isSame = before?.secrets.join() === derived.join();
		return isSame ? first : verifySignature(body, header, derived, false);
	}
	if (first.accepted && before !== undefined) {
		known.set(name, { ...before, at: now });
		sayPublishAgain(ctx);
		return first;
	}
	const told = await asked.remember(name, KEEP, async () => await askCalCom(ctx, own));
	if (told === null || told.trim() === '') return { accepted: false, refusal: 'keyChanged' };
	const result = verifySignature(body, header, [told], false);
	if (result.accepted) known.set(name, { at: now, secrets: [told] });
	return result;
}
