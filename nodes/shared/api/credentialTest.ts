import type { ICredentialDataDecryptedObject, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { z } from 'zod';
import { baseUrlCandidates } from './baseUrl';
import { editionOf } from './edition';
import { codeOfFailure, explain } from './errors';
import type { ApiFailure } from './failure';
import { readFailure, readThrown } from './failure';
import { answerWithout, hideKeys } from './keys';
import { inClear, sendsInClear } from './plainHttp';
import { explainRedirect, readRedirect } from './redirect';

/** What n8n lends a credential test: its own request function, nothing else. */
type TestHelpers = Pick<ICredentialTestFunctions['helpers'], 'request'>;

const credentialSchema = z.object({
	apiKey: z.string().trim().catch(''),
	baseUrl: z.string().catch(''),
	edition: z.enum(['detect', 'hosted', 'selfHosted']).catch('detect'),
});
const me = z.object({ status: z.literal('success'), data: z.object({ email: z.string().nullish() }) });
const answerSchema = z.object({ statusCode: z.number(), headers: z.record(z.unknown()).catch({}), body: z.unknown() });

type Probe = { ok: true; email: string | null } | { ok: false; failure: ApiFailure };

const ME = '/me';
/** Milliseconds: someone is watching the dialog. */
const TIMEOUT = 15_000;

async function probe(http: TestHelpers, baseUrl: string, apiKey: string): Promise<Probe> {
	const hide = hideKeys([apiKey]);
	let reply: unknown;
	try {
		reply = await http.request({
			method: 'GET',
			uri: `${baseUrl}${ME}`,
			headers: { Authorization: `Bearer ${apiKey}`, Accept: 'application/json' },
			json: true,
			simple: false,
			// n8n would send the key along to wherever a server leads it.
			followRedirect: false,
			resolveWithFullResponse: true,
			timeout: TIMEOUT,
		});
	} catch (error) {
		return { ok: false, failure: readThrown(error, hide) };
	}
	const answer = answerWithout(hide, { body: undefined, ...answerSchema.parse(reply) });
	const redirect = readRedirect(answer, baseUrl, ME);
	if (redirect !== null) return { ok: false, failure: redirect };
	const found = me.safeParse(answer.body);
	if (answer.statusCode < 300 && found.success) return { ok: true, email: found.data.data.email ?? null };
	return { ok: false, failure: readFailure(answer) };
}

/** True when no Cal.com API answers at this address, so another form of it may be the right one. */
function wrongPlace(failure: ApiFailure): boolean {
	return failure.status !== null && (failure.notTheApi || codeOfFailure(failure) === 'ROUTE_UNKNOWN');
}

/**
 * The test of the Cal.com credential: `GET /me`, and for each way it can fail the words that say
 * what to check. The key's form is not judged: prefixes differ between installations.
 */
export async function testCalComCredential(
	http: TestHelpers,
	data: ICredentialDataDecryptedObject | undefined,
): Promise<INodeCredentialTestResult> {
	const { apiKey, baseUrl: typed, edition } = credentialSchema.parse(data ?? {});
	const [baseUrl, ...others] = baseUrlCandidates(typed);
	if (baseUrl === undefined) {
		return {
			status: 'Error',
			message: `The base URL "${typed}" is not a web address. Use https://api.cal.com/v2, or the address of your own Cal.com.`,
		};
	}
	if (apiKey === '') {
		return {
			status: 'Error',
			message: 'The API key is empty. Make one in Cal.com under Settings > Developer > API keys.',
		};
	}
	const { host } = new URL(baseUrl);
	const result = await probe(http, baseUrl, apiKey);
	if (result.ok) {
		const kind = editionOf(baseUrl, edition) === 'hosted' ? 'hosted Cal.com' : 'self-hosted Cal.com';
		const warning = sendsInClear(baseUrl) ? `. ${inClear(host)}` : '';
		return { status: 'OK', message: `Connected to ${kind} as ${result.email ?? 'a user without email'}${warning}` };
	}
	const redirect = explainRedirect(result.failure, host);
	if (wrongPlace(result.failure)) {
		for (const other of others) {
			const second = await probe(http, other, apiKey);
			if (second.ok || !wrongPlace(second.failure)) {
				if (!second.ok && second.failure.status === null) continue;
				return {
					status: 'Error',
					message: `The API of this Cal.com answers at ${other}: put that into Base URL.`,
				};
			}
		}
		if (redirect !== null) return { status: 'Error', message: `${redirect.message}. ${redirect.description}` };
		return {
			status: 'Error',
			message: `No Cal.com API answers at ${baseUrl}. Check the base URL: https://api.cal.com/v2 for Cal.com in the cloud, https://api.cal.eu/v2 for its European region, for your own Cal.com its address followed by /api/v2 or /v2.`,
		};
	}
	const { message, description } = explain(result.failure, host);
	return { status: 'Error', message: `${message}. ${description}` };
}
