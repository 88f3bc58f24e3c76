import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { CalComSync } from '../../../nodes/CalComSync/CalComSync.node.ts';
import { OUTPUTS } from '../../../nodes/CalComSync/outputNames.ts';
import type { OutputName } from '../../../nodes/CalComSync/outputNames.ts';
import { sync } from '../../../nodes/CalComSync/sync.ts';
import { dataOf } from '../CalCom/eventType/support.mts';
import { fakeExecute } from '../CalCom/support/fake-execute.mts';
import type { AnswerOrFault, FakeExecute, SentRequest } from '../CalCom/support/fake-execute.mts';

export const { description } = new CalComSync();

export const NODE: INode = {
	id: '1',
	name: 'Cal.com Sync',
	type: 'n8n-nodes-calcom-sync.calComSync',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What n8n makes of stored parameters before it runs a node: what was left out is the default of what is shown. */
export function resolved(stored: INodeParameters): INodeParameters {
	return NodeHelpers.getNodeParameters(description.properties, stored, true, false, NODE, description) ?? {};
}

/** The recorded event type, with other values. */
export function eventType(id: number, changes: IDataObject = {}): IDataObject {
	return { ...dataOf('035'), id, title: `Lesson ${id}`, slug: `lesson-${id}`, ...changes };
}

/** A row of the services table that was never synced. */
export function service(id: number, changes: IDataObject = {}): IDataObject {
	return {
		id,
		name: `Lesson ${id}`,
		slug: `lesson-${id}`,
		description: 'A first lesson',
		duration_minutes: 30,
		active: true,
		price: '45.00',
		company_id: 'school-1',
		calcom_event_type_id: null,
		sync_status: 'never',
		last_calcom_sync: null,
		sync_error: null,
		sync_state: null,
		...changes,
	};
}

export type Fault = (request: SentRequest) => AnswerOrFault | undefined;

/** Event types as Cal.com keeps them, over the requests that a sync makes. */
export class Account {
	readonly eventTypes: Map<string, IDataObject>;
	/** Fields that a change drops in silence. */
	readonly ignored = new Set<string>();
	/** Asked first: an answer of its own in place of the account's. */
	fault: Fault = () => undefined;
	private next = 1000;

	constructor(eventTypes: readonly IDataObject[]) {
		this.eventTypes = new Map(eventTypes.map((one) => [String(one.id), structuredClone(one)]));
	}

	/** As a person does it in the web app. */
	edit(id: number, changes: IDataObject): void {
		this.eventTypes.set(String(id), { ...this.eventTypes.get(String(id)), ...changes });
	}

	private take(body: IDataObject): IDataObject {
		return Object.fromEntries(Object.entries(body).filter(([name]) => !this.ignored.has(name)));
	}

	readonly answer = (request: SentRequest): AnswerOrFault => {
		const { method, path, body = {} } = request;
		const instead = this.fault(request);
		if (instead !== undefined) return instead;
		const id = /^\/event-types\/(\d+)$/.exec(path)?.[1];
		if (id === undefined) {
			if (method === 'GET') return { data: structuredClone([...this.eventTypes.values()]) };
			return this.create(body);
		}
		const found = this.eventTypes.get(id);
		if (found === undefined) return notFound(id);
		if (method === 'PATCH') this.eventTypes.set(id, { ...found, ...this.take(body) });
		return { data: structuredClone(this.eventTypes.get(id)) };
	};

	private create(body: IDataObject): AnswerOrFault {
		if ([...this.eventTypes.values()].some(({ slug }) => slug === body.slug)) {
			return refusal(400, 'User already has an event type with this slug.');
		}
		const id = this.next++;
		const made = { ...eventType(id), description: '', ...this.take(body), id };
		this.eventTypes.set(String(id), made);
		return { status: 201, data: structuredClone(made) };
	}
}

export function refusal(status: number, message: string): AnswerOrFault {
	return {
		status,
		body: { status: 'error', path: '', error: { code: 'BadRequestException', message, details: {} } },
	};
}

const notFound = (id: string): AnswerOrFault => refusal(404, `Event type with id ${id} not found`);

export interface Ran extends Record<OutputName, IDataObject[]> {
	all: INodeExecutionData[][];
	/** As `METHOD path`. */
	requests: string[];
	bodies: Array<IDataObject | undefined>;
	hints: string[];
	fake: FakeExecute;
}

/** Runs the node on records, with the parameters of the panel that differ from what a new node has. */
export async function run(
	{ answer: answers, credential }: { answer: (request: SentRequest) => AnswerOrFault; credential?: IDataObject },
	items: IDataObject[],
	stored: INodeParameters = {},
	before: (fake: FakeExecute) => void = () => undefined,
): Promise<Ran> {
	const fake = fakeExecute({ items, parameters: resolved(stored), answers, credential });
	before(fake);
	const all = await sync(fake.ctx, fake.clock);
	const [changed, conflicts, unchanged, onlyInCalCom, onlyInRecords, failed] = OUTPUTS.map((_, index) =>
		(all[index] ?? []).map(({ json }) => json),
	);
	return {
		changed: changed ?? [],
		conflicts: conflicts ?? [],
		unchanged: unchanged ?? [],
		onlyInCalCom: onlyInCalCom ?? [],
		onlyInRecords: onlyInRecords ?? [],
		failed: failed ?? [],
		all,
		requests: fake.requests.map(({ method, path }) => `${method} ${path}`),
		bodies: fake.requests.map(({ body }) => body),
		hints: fake.hints.map(({ message }) => message),
		fake,
	};
}

export const WRITE: INodeParameters = { apply: 'write' };

/** A record after its patch was written to it, as an UPDATE of the columns would. */
export function patched(record: IDataObject, patch: IDataObject | undefined): IDataObject {
	const columns = Object.entries(patch ?? {}).filter(([name]) => name in record || name === 'sync_resolution');
	return { ...record, ...Object.fromEntries(columns) };
}

/** Records and event types that a first sync has brought in step. */
export async function inStep(
	account: Account,
	records: IDataObject[],
	stored: INodeParameters = WRITE,
): Promise<IDataObject[]> {
	const { changed } = await run(account, records, stored);
	return records.map((record) =>
		patched(
			record,
			changed.find(({ id }) => id === record.id),
		),
	);
}
