import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { z } from 'zod';
import type { Edition } from './edition';
import type { DataSchema } from './answer';
import { failureOf, readAnswer } from './answer';
import { baseUrlCandidates } from './baseUrl';
import type { CredentialName } from './credential';
import { credentialOf, OAUTH_CREDENTIAL } from './credential';
import { editionOf } from './edition';
import { explain, toNodeError } from './errors';
import { instanceOf } from './instance';
import type { ApiFailure } from './failure';
import type { HttpAnswer } from './httpAnswer';
import { readThrown } from './failure';
import type { Hide } from './keys';
import { answerWithout, hideKeys } from './keys';
import { operationError } from './nodeErrors';
import { readRedirect } from './redirect';
import type { ApiRequest } from './request';
import { httpOptions } from './request';
import { signInFailure } from './signIn';

export { CREDENTIAL } from './credential';
export type { DataSchema } from './answer';
export type { ApiRequest } from './request';

export type ApiContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

export interface Connection {
	/** Without a trailing slash: `https://api.cal.com/v2`. */
	baseUrl: string;
	host: string;
	edition: Edition;
	/** Which Cal.com it is: `cal.com`, `cal.eu`, else the credential's word for it, else the host. */
	instance: string;
	credential: CredentialName;
	/** Leaves the credential's own key out of a text. Holds it where no output or log can show it. */
	hide: Hide;
}

export type ApiResult<T> = { ok: true; data: T } | { ok: false; failure: ApiFailure; host: string };

const credentialSchema = z.object({
	baseUrl: z.string().catch(''),
	edition: z.enum(['detect', 'hosted', 'selfHosted']).catch('detect'),
	instance: z.string().catch(''),
	apiKey: z.unknown(),
	oauthTokenData: z.object({ access_token: z.unknown() }).optional().catch(undefined),
});
const answerSchema = z.object({ statusCode: z.number(), headers: z.record(z.unknown()).catch({}), body: z.unknown() });

/**
 * Where the credential leads to.
 *
 * @throws NodeOperationError when its base URL is no web address
 */
export async function connection(ctx: ApiContext): Promise<Connection> {
	const credential = credentialOf(ctx.getNode().parameters);
	const {
		baseUrl: typed,
		edition,
		instance,
		apiKey,
		oauthTokenData,
	} = credentialSchema.parse(await ctx.getCredentials(credential));
	const [baseUrl] = baseUrlCandidates(typed);
	if (baseUrl === undefined) {
		throw operationError(
			ctx.getNode(),
			'BASE_URL_INVALID',
			`The base URL "${typed}" in the credential is not a web address`,
			{
				description: 'Use https://api.cal.com/v2 for Cal.com in the cloud, or the address of your own Cal.com.',
			},
		);
	}
	return {
		baseUrl,
		host: new URL(baseUrl).host,
		edition: editionOf(baseUrl, edition),
		instance: instanceOf(baseUrl, instance),
		credential,
		hide: hideKeys([apiKey, oauthTokenData?.access_token]),
	};
}

/** An id of dots: addresses are tidied before they are sent, so `/teams/../event-types` would be another list. */
const LEADS_ELSEWHERE = /\/\.{1,2}(?=\/|$)/;
const NOTHING_THERE: ApiFailure = {
	status: 404,
	code: 'NotFoundException',
	text: 'There is nothing with an id of dots',
	constraints: [],
	notTheApi: false,
	retryAfter: null,
};

/**
 * Asks once.
 *
 * @returns the answer, whatever its status; a failure when none came
 */
export async function ask(ctx: ApiContext, to: Connection, request: ApiRequest): Promise<HttpAnswer | ApiFailure> {
	if (LEADS_ELSEWHERE.test(request.path)) return { ...NOTHING_THERE };
	try {
		const reply: unknown = await ctx.helpers.httpRequestWithAuthentication.call(
			ctx,
			to.credential,
			httpOptions(to, request),
		);
		const answer = answerWithout(to.hide, { body: undefined, ...answerSchema.parse(reply) });
		return readRedirect(answer, to.baseUrl, request.path) ?? answer;
	} catch (error) {
		const failure = readThrown(error, to.hide);
		return failureOf(request, to.credential === OAUTH_CREDENTIAL ? signInFailure(failure, error) : failure);
	}
}

/** Asks Cal.com; a failure is a value, for callers that decide by its kind. Never retries. */
export async function calComSend<T>(
	ctx: ApiContext,
	request: ApiRequest,
	schema: DataSchema<T>,
): Promise<ApiResult<T>> {
	const to = await connection(ctx);
	const answer = await ask(ctx, to, request);
	const read = 'statusCode' in answer ? readAnswer(answer, request, schema) : { ok: false as const, failure: answer };
	return read.ok ? { ok: true, data: read.data } : { ...read, host: to.host };
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
