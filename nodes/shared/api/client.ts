import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';
import type { Edition } from '../events/catalog';
import { baseUrlCandidates } from './baseUrl';
import { editionOf } from './edition';
import { explain, toNodeError } from './errors';
import type { ApiFailure, HttpAnswer } from './failure';
import { readFailure, readThrown } from './failure';
import type { ApiVersion } from './versions';

export const CREDENTIAL = 'calComApi';

export type ApiContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Below the base URL, with a leading slash: `/webhooks`. */
	path: string;
	/** From `API_VERSION`; null where the group has none. */
	version: ApiVersion;
	query?: IDataObject;
	body?: IDataObject;
}

export interface Connection {
	/** Without a trailing slash: `https://api.cal.com/v2`. */
	baseUrl: string;
	host: string;
	edition: Edition;
}

export type ApiResult<T> = { ok: true; data: T } | { ok: false; failure: ApiFailure; host: string };

/** Reads the `data` of an answer; tolerant of fields that Cal.com adds. */
export type DataSchema<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** Milliseconds that a request may take: Cal.com calls the webhooks within some requests, so be patient. */
const TIMEOUT = 60_000;

const credentialSchema = z.object({
	baseUrl: z.string().catch(''),
	edition: z.enum(['detect', 'hosted', 'selfHosted']).catch('detect'),
});
const success = z.object({ status: z.literal('success'), data: z.unknown() });
const answerSchema = z.object({ statusCode: z.number(), headers: z.record(z.unknown()).catch({}), body: z.unknown() });

/**
 * Where the credential leads to.
 *
 * @throws NodeOperationError when its base URL is no web address
 */
export async function connection(ctx: ApiContext): Promise<Connection> {
	const { baseUrl: typed, edition } = credentialSchema.parse(await ctx.getCredentials(CREDENTIAL));
	const [baseUrl] = baseUrlCandidates(typed);
	if (baseUrl === undefined) {
		throw new NodeOperationError(ctx.getNode(), `The base URL "${typed}" in the credential is not a web address`, {
			description: 'Use https://api.cal.com/v2 for Cal.com in the cloud, or the address of your own Cal.com.',
		});
	}
	return { baseUrl, host: new URL(baseUrl).host, edition: editionOf(baseUrl, edition) };
}

async function ask(ctx: ApiContext, baseUrl: string, request: ApiRequest): Promise<HttpAnswer> {
	const { method, path, version, query, body } = request;
	const answer: unknown = await ctx.helpers.httpRequestWithAuthentication.call(ctx, CREDENTIAL, {
		method,
		url: `${baseUrl}${path}`,
		headers: { Accept: 'application/json', ...(version === null ? {} : { 'cal-api-version': version }) },
		...(query === undefined ? {} : { qs: query }),
		...(body === undefined ? {} : { body }),
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: TIMEOUT,
	});
	return { body: undefined, ...answerSchema.parse(answer) };
}

/** Asks Cal.com; a failure is a value, for callers that decide by its kind. Never retries. */
export async function calComSend<T>(
	ctx: ApiContext,
	request: ApiRequest,
	schema: DataSchema<T>,
): Promise<ApiResult<T>> {
	const { baseUrl, host } = await connection(ctx);
	let answer: HttpAnswer;
	try {
		answer = await ask(ctx, baseUrl, request);
	} catch (error) {
		return { ok: false, failure: readThrown(error), host };
	}
	const good = answer.statusCode < 300 ? success.safeParse(answer.body) : null;
	const data = good?.success ? schema.safeParse(good.data.data) : null;
	return data?.success ? { ok: true, data: data.data } : { ok: false, failure: readFailure(answer), host };
}

/**
 * Asks Cal.com and gives the `data` of its answer.
 *
 * @throws NodeApiError that says what happened and how to fix it
 */
export async function calComRequest<T>(ctx: ApiContext, request: ApiRequest, schema: DataSchema<T>): Promise<T> {
	const result = await calComSend(ctx, request, schema);
	if (!result.ok) throw toNodeError(ctx.getNode(), result.failure, explain(result.failure, result.host));
	return result.data;
}
