import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { credentialOf } from '../shared/api/credential';

const text = z.string().trim().catch('');
/** An OAuth2 credential has no key; its access tokens change by the hour, its client secret does not. */
const keys = z.object({ apiKey: text, clientSecret: text });

/** What the secret of a webhook is made from: the API key, as it is sent; null when the credential holds none. */
export async function readSigningKey(ctx: IHookFunctions | IWebhookFunctions): Promise<string | null> {
	const { apiKey, clientSecret } = keys.parse(await ctx.getCredentials(credentialOf(ctx.getNode().parameters)));
	return [apiKey, clientSecret].find((key) => key !== '') ?? null;
}
