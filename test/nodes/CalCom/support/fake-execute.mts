import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import type { Clock } from '../../../../nodes/shared/api/pacing.ts';
import { openSession } from '../../../../nodes/shared/api/session.ts';
import type { OpenSession } from '../../../../nodes/shared/api/session.ts';
import { noteOutput } from './outputs.mts';

/** A request as the node made it. */
export interface SentRequest {
	method: string;
	/** Below the base URL, without the query. */
	path: string;
	url: string;
	/** The `cal-api-version` header; null when there was none. */
	version: string | null;
	query: IDataObject;
	body: IDataObject | undefined;
	/** The credential it was authenticated with. */
	credential: string;
	/** Statuses that n8n throws instead of returning them. */
	throwsOn: number[];
}

export interface Answer {
	/** 200 unless told. */
	status?: number;
	headers?: Record<string, string>;
	/** The whole body; give `data` instead for a success. */
	body?: unknown;
	/** Put into the envelope of a success. */
	data?: unknown;
	/** Beside `data`. */
	pagination?: unknown;
}

/** An answer, or what n8n throws when there is none. */
export type AnswerOrFault = Answer | Error;

export interface FakeExecuteOptions {
	/** By name, dots reach into collections; a function gets the item's index. */
	parameters?: Record<string, unknown> | ((itemIndex: number) => Record<string, unknown>);
	/** The `json` of the input items; one empty item unless told. */
	items?: IDataObject[];
	/** One after the other, or by request. A request too many is an error. */
	answers?: AnswerOrFault[] | ((request: SentRequest, index: number) => AnswerOrFault);
	/** Over the defaults of a hosted API key; `edition: 'selfHosted'` for the other edition. */
	credential?: IDataObject;
	/** n8n's id of the credential; none when absent. */
	credentialId?: string;
	continueOnFail?: boolean;
	/** The node's setting of that name. */
	onError?: INode['onError'];
	/** Fields hold what chance has drawn: nothing that output schemas could learn from. */
	madeUp?: boolean;
}

export interface FakeExecute {
	ctx: IExecuteFunctions;
	madeUp: boolean;
	requests: SentRequest[];
	hints: NodeExecutionHint[];
	/** Milliseconds of each pause; the fake clock moves on by them. */
	pauses: number[];
	clock: Clock;
	session: () => Promise<OpenSession>;
}

/** The morning on which the recordings were made. */
const START = Date.parse('2026-11-20T09:00:00.000Z');

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function reach(parameters: Record<string, unknown>, name: string): unknown {
	if (name in parameters) return parameters[name];
	return name.split('.').reduce<unknown>((level, key) => (isObject(level) ? level[key] : undefined), parameters);
}

function extract(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

function bodyOf(answer: Answer): unknown {
	if ('body' in answer) return answer.body;
	const { data, pagination } = answer;
	return { status: 'success', data, ...(pagination === undefined ? {} : { pagination }) };
}

function thrownStatuses(ignored: IHttpRequestOptions['ignoreHttpStatusErrors']): number[] {
	return typeof ignored === 'object' ? (ignored.except ?? []) : [];
}

/**
 * The part of n8n that operations use, with the network replaced by `answers` and time by a clock
 * that only moves when someone sleeps.
 */
export function fakeExecute(options: FakeExecuteOptions = {}): FakeExecute {
	const requests: SentRequest[] = [];
	const hints: NodeExecutionHint[] = [];
	const pauses: number[] = [];
	let time = START;
	const parametersOf = (itemIndex: number): Record<string, unknown> =>
		typeof options.parameters === 'function' ? options.parameters(itemIndex) : (options.parameters ?? {});

	const node: INode = {
		id: '1',
		name: 'Cal.com',
		type: 'n8n-nodes-calcom-sync.calCom',
		typeVersion: 1,
		position: [0, 0],
		parameters: parametersOf(0) as INode['parameters'],
		...(options.onError ? { onError: options.onError } : {}),
		...(options.credentialId ? { credentials: { calComApi: { id: options.credentialId, name: 'Cal.com' } } } : {}),
	};
	const items: INodeExecutionData[] = (options.items ?? [{}]).map((json) => ({ json }));
	const credential = {
		apiKey: 'cal_test',
		baseUrl: 'https://api.cal.com/v2',
		edition: 'detect',
		...options.credential,
	};

	async function httpRequestWithAuthentication(this: unknown, type: string, request: IHttpRequestOptions) {
		if (request.disableFollowRedirect !== true)
			throw new Error('This request would follow a redirect, with its key');
		const headers = (request.headers ?? {}) as Record<string, string>;
		const sent: SentRequest = {
			method: request.method ?? 'GET',
			path: request.url.replace(/^https?:\/\/[^/]+(\/api)?\/v2/, ''),
			url: request.url,
			version: headers['cal-api-version'] ?? null,
			query: request.qs ?? {},
			body: request.body as IDataObject | undefined,
			credential: type,
			throwsOn: thrownStatuses(request.ignoreHttpStatusErrors),
		};
		const index = requests.push(sent) - 1;
		const { answers = [] } = options;
		const answer = typeof answers === 'function' ? answers(sent, index) : answers[index];
		if (answer === undefined) throw new Error(`Unexpected request ${sent.method} ${sent.path}`);
		if (answer instanceof Error) throw answer;
		return { statusCode: answer.status ?? 200, headers: answer.headers ?? {}, body: bodyOf(answer) };
	}

	const ctx = {
		getNode: () => node,
		getInputData: () => items,
		getCredentials: async () => credential,
		getTimezone: () => 'Europe/Amsterdam',
		getInstanceBaseUrl: () => 'https://n8n.school.example/',
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => options.continueOnFail === true,
		addExecutionHints: (...added: NodeExecutionHint[]) => void hints.push(...added),
		getNodeParameter(
			name: string,
			itemIndex: number,
			...rest: [fallback?: unknown, how?: { extractValue?: boolean }]
		) {
			const found = reach(parametersOf(itemIndex), name);
			if (found === undefined && rest.length === 0) throw new Error(`Could not get parameter "${name}"`);
			const value = found === undefined ? rest[0] : found;
			return rest[1]?.extractValue === true ? extract(value) : value;
		},
		helpers: { httpRequestWithAuthentication },
	} as unknown as IExecuteFunctions;

	const clock: Clock = {
		now: () => time,
		sleep: async (milliseconds) => {
			pauses.push(milliseconds);
			time += milliseconds;
		},
		random: () => 0.5,
	};
	let opened: Promise<OpenSession> | undefined;
	return {
		ctx,
		madeUp: options.madeUp === true,
		requests,
		hints,
		pauses,
		clock,
		session: () => (opened ??= openSession(ctx, clock)),
	};
}

/** Whether the output is as people find it: only that is in the schemas. */
function isUsual({ ctx, madeUp }: FakeExecute, itemIndex: number): boolean {
	if (madeUp) return false;
	const output = ctx.getNodeParameter('output', itemIndex, 'simplified');
	return output === 'simplified' && ctx.getNodeParameter('simplify', itemIndex, true) === true;
}

/** Runs an operation for an item, with the session that the fake keeps. */
export async function run(
	operation: Operation,
	fake: FakeExecute,
	itemIndex = 0,
): Promise<IDataObject | IDataObject[]> {
	const output = await operation.execute.call(fake.ctx, itemIndex, await fake.session());
	noteOutput(operation, fake.requests, isUsual(fake, itemIndex) ? output : null);
	return output;
}

/** The same, always as a list. */
export async function runList(operation: Operation, fake: FakeExecute, itemIndex = 0): Promise<IDataObject[]> {
	const result = await run(operation, fake, itemIndex);
	return Array.isArray(result) ? result : [result];
}
