import type { IDataObject, IHttpRequestOptions, INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { poll } from '../../../../nodes/CalComPollTrigger/poll.ts';
import type { Clock } from '../../../../nodes/shared/api/pacing.ts';

export interface Asked {
	path: string;
	query: Record<string, string>;
	version: string | undefined;
}

export interface Reply {
	status: number;
	body: unknown;
}

/** Answers a request for a path below the base URL, or throws what n8n would throw without an answer. */
export type Answering = (asked: Asked) => Reply | Promise<Reply>;

export interface FakePollOptions {
	answer: Answering;
	parameters?: IDataObject;
	credential?: IDataObject;
	/** Milliseconds since 1970. */
	now?: number;
	staticData?: IDataObject;
	mode?: 'trigger' | 'manual';
	/** Why the workflow is active: n8n began anew, unless a test says otherwise. */
	activation?: 'init' | 'activate' | 'update';
	/** Milliseconds that n8n grants a poll; null where n8n is too old to say. */
	budget?: number | null;
}

export interface FakePoll {
	asked: Asked[];
	/** What n8n's log got as a warning. */
	warnings: string[];
	parameters: IDataObject;
	credential: IDataObject;
	staticData: IDataObject;
	/** The fake clock; moves only when someone sleeps, or when it is set. */
	time: { now: number };
	mode: 'trigger' | 'manual';
	/** The `json` of what one poll hands over; null when that is nothing. */
	poll(): Promise<IDataObject[] | null>;
	ctx: IPollFunctions;
}

const extract = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && '__rl' in value && 'value' in value ? value.value : value;

let workflows = 0;

/** The part of n8n that a poll uses; each is in a workflow of its own. Static data is kept as n8n keeps it: as JSON, between polls. */
export function fakePoll(options: FakePollOptions): FakePoll {
	const time = { now: options.now ?? Date.parse('2026-11-20T09:00:00.000Z') };
	const parameters: IDataObject = { authentication: 'apiKey', watch: 'bookings', ...options.parameters };
	const credential: IDataObject = {
		apiKey: 'cal_test',
		baseUrl: 'https://cal.school.example/api/v2',
		edition: 'selfHosted',
		...options.credential,
	};
	const asked: Asked[] = [];
	const warnings: string[] = [];
	workflows += 1;
	const workflow = { id: `w${workflows}`, name: 'Polls', active: true };
	const node = (): INode => ({
		id: 'n1',
		name: 'Cal.com Poll Trigger',
		type: 'n8n-nodes-calcom-sync.calComPollTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
	});
	async function httpRequestWithAuthentication(this: unknown, _type: string, request: IHttpRequestOptions) {
		if (request.disableFollowRedirect !== true)
			throw new Error('This request would follow a redirect, with its key');
		const path = request.url.replace(String(credential['baseUrl']), '');
		const query = Object.fromEntries(Object.entries(request.qs ?? {}).map(([key, value]) => [key, String(value)]));
		const one: Asked = { path, query, version: String(request.headers?.['cal-api-version'] ?? '') };
		asked.push(one);
		const { status, body } = await options.answer(one);
		return { statusCode: status, headers: {}, body };
	}
	const fake: FakePoll = {
		asked,
		warnings,
		parameters,
		credential,
		time,
		staticData: options.staticData ?? {},
		mode: options.mode ?? 'trigger',
		ctx: {} as IPollFunctions,
		async poll() {
			const result: INodeExecutionData[][] | null = await poll(fake.ctx, clock);
			return result === null ? null : (result[0] ?? []).map(({ json }) => json);
		},
	};
	fake.ctx = {
		getNode: node,
		getWorkflow: () => workflow,
		logger: { warn: (message: string) => void warnings.push(message) },
		getMode: () => fake.mode,
		getActivationMode: () => options.activation ?? 'init',
		getCredentials: async () => credential,
		getNodeParameter: (name: string, fallback?: unknown, how?: { extractValue?: boolean }) => {
			const found = parameters[name] ?? fallback;
			return how?.extractValue === true ? extract(found) : found;
		},
		getWorkflowStaticData: () => fake.staticData,
		...(options.budget === null ? {} : { getPollBudgetMs: () => options.budget ?? 300_000 }),
		helpers: { httpRequestWithAuthentication },
	} as unknown as IPollFunctions;
	const clock: Clock = {
		now: () => time.now,
		sleep: async (milliseconds) => {
			time.now += milliseconds;
		},
		random: () => 0.5,
	};
	return fake;
}

/** Static data as it is after n8n was started again: what was written last, read from its database. */
export function restart(fake: FakePoll, saved: string): void {
	fake.staticData = JSON.parse(saved) as IDataObject;
}
