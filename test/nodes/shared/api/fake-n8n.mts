import type { IDataObject, IHookFunctions, IHttpRequestOptions, INode, Logger } from 'n8n-workflow';

export interface SentRequest {
	method: string;
	url: string;
	/** Below the base URL. */
	path: string;
	query: IDataObject;
	body: IDataObject | undefined;
	headers: Record<string, unknown>;
}

export interface Reply {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** Answers a request, or throws what n8n would throw when no answer comes. */
export type Responder = (request: SentRequest) => Reply;

export interface FakeOptions {
	parameters?: Record<string, unknown>;
	credential?: IDataObject;
	staticData?: IDataObject;
	webhookUrl?: string;
	respond?: Responder;
}

export const NODE: INode = {
	id: '1',
	name: 'Cal.com Trigger',
	type: 'n8n-nodes-calcom-sync.calComTrigger',
	typeVersion: 2,
	position: [0, 0],
	parameters: {},
};

export const WEBHOOK_URL = 'https://n8n.school.example/webhook/0a1b/calcom';

function valueOf(stored: unknown, extract: boolean): unknown {
	const isLocator = typeof stored === 'object' && stored !== null && '__rl' in stored && 'value' in stored;
	return extract && isLocator ? stored.value : stored;
}

/** The part of n8n that lifecycle hooks and list searches use, with the network replaced by `respond`. */
export function fakeN8n(options: FakeOptions = {}) {
	const sent: SentRequest[] = [];
	const warnings: string[] = [];
	const credential = {
		apiKey: 'cal_test',
		baseUrl: 'https://api.cal.com/v2',
		edition: 'detect',
		...options.credential,
	};
	const staticData = options.staticData ?? {};
	const logger = { warn: (message: string) => warnings.push(message) } as unknown as Logger;

	async function httpRequestWithAuthentication(this: unknown, type: string, request: IHttpRequestOptions) {
		if (request.disableFollowRedirect !== true)
			throw new Error('This request would follow a redirect, with its key');
		if (type !== 'calComApi') throw new Error(`Unexpected credential ${type}`);
		const path = request.url.replace(/^https?:\/\/[^/]+(\/api)?\/v2/, '');
		const one: SentRequest = {
			method: request.method ?? 'GET',
			url: request.url,
			path,
			query: request.qs ?? {},
			body: request.body as IDataObject | undefined,
			headers: request.headers ?? {},
		};
		sent.push(one);
		if (options.respond === undefined) throw new Error(`Unexpected request ${one.method} ${path}`);
		const { status, headers = {}, body } = options.respond(one);
		return { statusCode: status, headers, body };
	}

	const ctx = {
		getNode: () => NODE,
		getCredentials: async () => credential,
		getNodeParameter: (name: string, fallback?: unknown, how?: { extractValue?: boolean }) =>
			valueOf(options.parameters?.[name] ?? fallback, how?.extractValue === true),
		getCurrentNodeParameter: (name: string, how?: { extractValue?: boolean }) =>
			valueOf(options.parameters?.[name], how?.extractValue === true),
		getNodeWebhookUrl: () => options.webhookUrl ?? WEBHOOK_URL,
		getWorkflowStaticData: () => staticData,
		getWorkflow: () => ({ id: 'w1', active: true }),
		logger,
		helpers: { httpRequestWithAuthentication },
	} as unknown as IHookFunctions;
	return { ctx, sent, warnings, staticData };
}
