import type { IDataObject, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { z } from 'zod';
import type { Edition } from './edition';
import type { DataSchema, Read } from './answer';
import { readAnswer } from './answer';
import type { ApiRequest, ApiResult } from './client';
import { ask, connection } from './client';
import { explain, toNodeError } from './errors';
import type { ApiFailure } from './failure';
import { knownLimit } from './knownLimit';
import { createAnswerCache } from './answerCache';
import { operationError } from './nodeErrors';
import type { Clock } from './pacing';
import { createPacing } from './pacing';
import type { ReadPage } from './pages';
import { pagesByCursor, pagesBySkip, totalsHold } from './pages';
import { inClear, sendsInClear } from './plainHttp';
import type { RateLimit } from './rateLimit';
import { listsByCursor } from './versions';

/** One execution's or poll's talk with Cal.com: where it is, how fast it may go, and what is known already. */
export interface Session {
	readonly edition: Edition;
	/** Which Cal.com it is, see `Connection`. */
	readonly instance: string;
	/** Without a trailing slash: `https://api.cal.com/v2`. */
	readonly baseUrl: string;
	readonly host: string;
	/** What Cal.com last said about the rate limit; null before the first answer. */
	readonly rateLimit: RateLimit | null;
	/** How many requests were made so far, those that were repeated included. */
	readonly calls: number;
	/** Asks, paced and, for reads, retried. @throws NodeApiError with the item's index */
	request<T>(itemIndex: number, request: ApiRequest, schema: DataSchema<T>): Promise<T>;
	/**
	 * The same, a failure as a value. Its `unknownOutcome` says that a write may have happened all the same.
	 * @throws TooLate when it was not sent because it had to wait for longer than its `until`
	 */
	send<T>(itemIndex: number, request: ApiRequest, schema: DataSchema<T>): Promise<ApiResult<T>>;
	/** The NodeApiError for a failure that `send` gave. */
	error(itemIndex: number, failure: ApiFailure): Error;
	/** The pages of a list, at most `limit` items in all (null: everything). @throws NodeApiError */
	pages<T>(itemIndex: number, request: ApiRequest, item: DataSchema<T>, limit: number | null): AsyncGenerator<T[]>;
	/** @throws NodeOperationError, before anything is asked, when this Cal.com is self-hosted */
	requireHosted(itemIndex: number, what: string): void;
	/** Reads once and keeps it for this execution, for at most so many seconds (null: as long as it runs). */
	remember<T>(key: string, maxAgeSeconds: number | null, read: () => Promise<T>): Promise<T>;
	/** A line for the user, shown once with the output. */
	note(text: string): void;
}

export interface OpenSession extends Session {
	/** What there is to tell about this execution, each line once. */
	notes(): string[];
}

const SYSTEM_CLOCK: Clock = { now: () => Date.now(), sleep, random: () => Math.random() };

/**
 * Opens the session of an execution, or of a poll, with the credential that the node has chosen.
 *
 * @param clock time and chance, for tests
 * @throws NodeOperationError when the credential's base URL is no web address
 */
export async function openSession(
	ctx: IExecuteFunctions | IPollFunctions,
	clock: Clock = SYSTEM_CLOCK,
): Promise<OpenSession> {
	const to = await connection(ctx);
	const { baseUrl, host, edition, instance, credential } = to;
	// Nobody can stop a poll: n8n gives it no signal.
	const isStopped = (): boolean =>
		'getExecutionCancelSignal' in ctx && ctx.getExecutionCancelSignal()?.aborted === true;
	const pacing = createPacing(clock, isStopped, knownLimit(ctx.getNode().credentials?.[credential]?.id, baseUrl));
	const memory = createAnswerCache(clock.now);
	const notes = new Set<string>(sendsInClear(baseUrl) ? [inClear(host)] : []);
	let calls = 0;

	async function read<T>(request: ApiRequest, schema: DataSchema<T>): Promise<Read<T>> {
		return await pacing.run(request, async () => {
			calls++;
			const answer = await ask(ctx, to, request);
			if (!('statusCode' in answer)) return { ok: false, failure: answer };
			pacing.learn(answer.headers);
			return readAnswer(answer, request, schema);
		});
	}

	const error = (itemIndex: number, failure: ApiFailure): Error =>
		toNodeError(ctx.getNode(), failure, explain(failure, host), itemIndex);

	async function send<T>(_itemIndex: number, request: ApiRequest, schema: DataSchema<T>): Promise<ApiResult<T>> {
		const result = await read(request, schema);
		return result.ok ? { ok: true, data: result.data } : { ...result, host };
	}

	function pages<T>(
		itemIndex: number,
		request: ApiRequest,
		item: DataSchema<T>,
		limit: number | null,
	): AsyncGenerator<T[]> {
		const list = z.array(item);
		const readPage: ReadPage<T> = async (paging: IDataObject) => {
			const page = await read({ ...request, query: { ...request.query, ...paging } }, list);
			if (!page.ok) throw error(itemIndex, page.failure);
			return { ...page, isLast: page.hasNextPage === false && totalsHold(request.query) };
		};
		if (!listsByCursor(request.version)) return pagesBySkip(readPage, limit);
		return pagesByCursor(readPage, limit, () =>
			operationError(ctx.getNode(), 'LIST_CHANGED', 'Cal.com gave the same page of the list twice', {
				itemIndex,
				description: 'The list changed while it was read. Run the node again, or narrow the filters.',
			}),
		);
	}

	return {
		baseUrl,
		host,
		edition,
		instance,
		get rateLimit() {
			return pacing.rateLimit();
		},
		get calls() {
			return calls;
		},
		send,
		error,
		pages,
		async request(itemIndex, request, schema) {
			const result = await read(request, schema);
			if (!result.ok) throw error(itemIndex, result.failure);
			return result.data;
		},
		requireHosted(itemIndex, what) {
			if (edition === 'hosted') return;
			throw operationError(ctx.getNode(), 'HOSTED_ONLY', `${what}: this exists only on hosted Cal.com`, {
				itemIndex,
				description: `The credential leads to a self-hosted Cal.com (${host}), which does not have it. If yours is a licensed installation, set Edition in the credential to Hosted.`,
			});
		},
		remember: memory.remember,
		note: (text) => void notes.add(text),
		notes: () => [...notes, ...pacing.notes()],
	};
}
