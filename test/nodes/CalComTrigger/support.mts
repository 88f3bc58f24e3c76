// The trigger's webhook function, called as n8n calls it.
import { createHmac } from 'node:crypto';
import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { CalComTrigger } from '../../../nodes/CalComTrigger/CalComTrigger.node.ts';
import { deriveSecret, fingerprintOf } from '../../../nodes/CalComTrigger/derivedSecret.ts';
import { fakeN8n, NODE } from '../shared/api/fake-n8n.mts';
import type { Responder } from '../shared/api/fake-n8n.mts';

const { webhook } = new CalComTrigger();
export const KEY = 'cal_test';
export const PATH = '/webhook/0a1b/calcom';
export const URL_HERE = `https://n8n.school.example${PATH}`;
/** What the webhook that the trigger has registered signs with. */
export const SECRET = deriveSecret(KEY, PATH, '2026-11');

/** What the trigger remembers of the webhook it has registered. */
export const published = (key = KEY, counter = '2026-11', id = 'w') => ({
	webhook: {
		id,
		collection: '/webhooks',
		url: URL_HERE,
		delay: null,
		counter,
		fingerprint: fingerprintOf(key, PATH),
	},
});

const DEFAULTS = {
	registration: 'automatic',
	events: ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'],
};

export interface Request {
	body: Buffer | string;
	/** Undefined signs with SECRET; null sends none. */
	signature?: string | null;
	contentType?: string;
	parameters?: IDataObject;
	credential?: IDataObject;
	staticData?: IDataObject;
	/** Cal.com's answers to what the trigger asks; it is to ask nothing when absent. */
	respond?: Responder;
	/** Called whenever the credential is read. */
	onCredential?: () => void;
	/** n8n reads some bodies only when asked for. */
	unread?: boolean;
}

export const signature = (body: Buffer | string, secret = SECRET) =>
	createHmac('sha256', secret).update(body).digest('hex');

/** Sends a delivery to the node, and tells what the caller saw and what was started. */
export async function deliver({ body, parameters, credential, staticData, unread, ...rest }: Request) {
	const bytes = Buffer.from(body);
	const header = rest.signature === undefined ? signature(bytes) : rest.signature;
	const sent: { status: number | null; json: unknown } = { status: null, json: null };
	const warnings: string[] = [];
	const request: { contentType: string; rawBody: Buffer | undefined; readRawBody(): Promise<void> } = {
		contentType: rest.contentType ?? 'application/json',
		rawBody: unread ? undefined : bytes,
		async readRawBody() {
			request.rawBody = bytes;
		},
	};
	const response = {
		status(code: number) {
			sent.status = code;
			return response;
		},
		json(answer: unknown) {
			sent.json = answer;
		},
	};
	const settings: IDataObject = { ...DEFAULTS, ...parameters };
	const ctx = {
		getNode: () => NODE,
		getWorkflow: () => ({ id: 'w1' }),
		getNodeParameter: (name: string, fallback: unknown) => settings[name] ?? fallback,
		getWorkflowStaticData: () => staticData ?? published(),
		getCredentials: async () => {
			rest.onCredential?.();
			return { apiKey: KEY, baseUrl: 'https://api.cal.com/v2', ...credential };
		},
		helpers: fakeN8n(rest.respond === undefined ? {} : { respond: rest.respond }).ctx.helpers,
		getHeaderData: () => (header === null ? {} : { 'x-cal-signature-256': header }),
		getRequestObject: () => request,
		getResponseObject: () => response,
		// n8n's own reading of the body, which must never be used.
		getBodyData: () => {
			throw new Error('parsed body used');
		},
		logger: { warn: (message: string) => warnings.push(message) },
	} as unknown as IWebhookFunctions;

	const result = await webhook.call(ctx);
	const items: INodeExecutionData[] | undefined = result.workflowData?.[0];
	return { ended: sent, result, warnings, started: items !== undefined, json: items?.[0]?.json };
}
