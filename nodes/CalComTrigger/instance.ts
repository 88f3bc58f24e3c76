import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { connection } from '../shared/api/client';
import { text } from '../shared/values/readers';

const KEY = 'instance';

/**
 * Remembers which Cal.com this workflow is published for, so that no delivery has to wait for the credential.
 *
 * @throws NodeOperationError when the credential's base URL is no web address
 */
export async function rememberInstance(ctx: IHookFunctions): Promise<void> {
	ctx.getWorkflowStaticData('node')[KEY] = (await connection(ctx)).instance;
}

export function forgetInstance(ctx: IHookFunctions): void {
	delete ctx.getWorkflowStaticData('node')[KEY];
}

/** Null for a workflow that was last published by a version that did not remember it. */
export function readInstance(ctx: IWebhookFunctions): string | null {
	return text(ctx.getWorkflowStaticData('node')[KEY]);
}
