import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { CREDENTIAL } from '../shared/api/client';
import { operationError } from '../shared/api/nodeErrors';
import { removeFormer } from './lifecycle';

const secrets = z.object({
	webhookSecret: z.string().catch(''),
	previousWebhookSecret: z.string().catch(''),
});

/** The secrets of a webhook that was registered by hand: the current and the one before, as far as given. Blank is none. */
export async function secretsByHand(ctx: IHookFunctions | IWebhookFunctions): Promise<string[]> {
	const { webhookSecret, previousWebhookSecret } = secrets.parse(await ctx.getCredentials(CREDENTIAL));
	return [webhookSecret, previousWebhookSecret].filter((secret) => secret.trim() !== '');
}

/**
 * What activation does for a webhook that the user made: it checks that deliveries can be verified,
 * and removes the webhook that this node had made itself before. The user's own is never touched.
 *
 * @throws NodeOperationError when nothing could be verified
 */
export async function prepareByHand(ctx: IHookFunctions): Promise<void> {
	const unsigned = ctx.getNodeParameter('acceptUnsigned', false) === true;
	if (!unsigned && (await secretsByHand(ctx)).length === 0) {
		throw operationError(ctx.getNode(), 'WEBHOOK_SECRET_MISSING', 'The credential has no webhook secret', {
			description:
				'Give the webhook a secret in Cal.com (Settings > Developer > Webhooks). In the credential, switch on Webhooks Registered by Hand and put the same text into Webhook Secret. Without it anyone who knows the URL could send bookings.',
		});
	}
	await removeFormer(ctx);
}
