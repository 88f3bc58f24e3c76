import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { filterReason, readFilters } from '../shared/events/filters';
import { toItem } from '../shared/events/item';
import { readSettings } from '../shared/events/settings';
import { eventOfDelivery } from '../shared/events/normalize';
import { readDelivery } from '../shared/booking/schema';
import { openJson } from '../shared/values/openJson';
import { storable } from '../shared/values/storable';
import { secretsByHand } from './byHand';
import { readInstance } from './instance';
import { readEvents, readRegistration } from './parameters';
import { verifyRegistered } from './registeredSecret';
import { readOwnWebhook } from './staticData';
import type { Verification } from './verification';
import { REFUSAL_TEXT, SIGNATURE_HEADER, verifySignature } from './verification';

const NOT_AN_EVENT =
	'the body is not a JSON object; a webhook with a custom payload template sends such bodies: empty the template in Cal.com';

/** Answers at once and starts nothing. The log says it too: only there will the user of n8n see it. */
function refuse(ctx: IWebhookFunctions, status: 400 | 401, reason: string): IWebhookResponseData {
	const { name } = ctx.getNode();
	ctx.logger.warn(`"${name}" refused a delivery: ${reason}`, { workflowId: ctx.getWorkflow().id, status });
	ctx.getResponseObject().status(status).json({ status: 'refused', reason });
	return { noWebhookResponse: true };
}

/** Answers 200 and starts nothing. */
function answer(status: 'pong' | 'filtered', reason: string): IWebhookResponseData {
	return { webhookResponse: { status, reason } };
}

/** The exact bytes received; null for a multipart body, which n8n has already taken apart. */
async function receivedBytes(ctx: IWebhookFunctions): Promise<Buffer | null> {
	const request = ctx.getRequestObject();
	if (request.contentType?.startsWith('multipart/')) return null;
	// Bodies of types that n8n does not parse are read only when asked for.
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

async function verify(ctx: IWebhookFunctions, body: Buffer): Promise<Verification> {
	const header = ctx.getHeaderData()[SIGNATURE_HEADER];
	if (readRegistration(ctx) === 'byHand') {
		const acceptUnsigned = ctx.getNodeParameter('acceptUnsigned', false) === true;
		return verifySignature(body, header, await secretsByHand(ctx), acceptUnsigned);
	}
	return await verifyRegistered(ctx, readOwnWebhook(ctx.getWorkflowStaticData('node')), body, header);
}

/** The delivery as an object, opened when a proxy encoded it again; null when it is anything else. */
function parseBody(bytes: Buffer): object | null {
	let parsed: unknown;
	try {
		parsed = JSON.parse(storable(bytes.toString('utf8')));
	} catch {
		return null;
	}
	const opened = openJson(parsed);
	return typeof opened === 'object' && opened !== null && !Array.isArray(opened) ? opened : null;
}

/**
 * Takes one delivery: verifies it over the exact bytes, normalizes it, filters it, and hands it to the
 * workflow. Cal.com waits for the answer inside the booking request and never sends again, so nothing
 * here calls out, but to ask for a secret that was lost with the API key it was made from.
 */
export async function takeDelivery(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const bytes = await receivedBytes(ctx);
	if (bytes === null) return refuse(ctx, 401, 'multipart bodies cannot be verified');
	const verification = await verify(ctx, bytes);
	if (!verification.accepted) return refuse(ctx, 401, REFUSAL_TEXT[verification.refusal]);
	const body = parseBody(bytes);
	if (body === null) return refuse(ctx, 400, NOT_AN_EVENT);

	const { output, includePings, context } = readSettings(ctx, 'webhook');
	const delivery = readDelivery(body);
	const event = eventOfDelivery(delivery, {
		...context,
		instance: readInstance(ctx),
		verified: verification.verified,
		receivedAt: new Date().toISOString(),
	});
	if (event.category === 'test') {
		if (!includePings) return answer('pong', 'the test button of Cal.com starts nothing');
	} else {
		const reason = filterReason(event, delivery, readFilters(ctx.getNodeParameter('filters', {}), readEvents(ctx)));
		if (reason !== null) return answer('filtered', reason);
	}
	return {
		webhookResponse: { status: 'processed', eventKey: event.eventKey },
		workflowData: [[{ json: toItem(event, output) }]],
	};
}
