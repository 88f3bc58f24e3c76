// A few services and event types in memory, people who edit both, runs of the sync that overlap, and all that can go
// wrong between them. Time is a number here, and what happens next only the seed decides.
import type { IDataObject } from 'n8n-workflow';
import { sync } from '../../../nodes/CalComSync/sync.ts';
import type { Clock } from '../../../nodes/shared/api/pacing.ts';
import { seededRandom } from 'stand-ins/random';
import type { Edit, Side, Typed } from '../../support/edit-history.mts';
import { newTurns } from './turns.mts';
import { fakeExecute } from '../CalCom/support/fake-execute.mts';
import type { SentRequest } from '../CalCom/support/fake-execute.mts';
import { openStormyCalCom } from './storm-calcom.mts';
import { save } from './storm-table.mts';
import { Account, eventType, resolved, service } from './support.mts';

/** Columns of the record, and what Cal.com calls them. */
export const NAMES = { name: 'title', slug: 'slug', description: 'description', duration_minutes: 'lengthInMinutes' };
export type Column = keyof typeof NAMES;
export const COLUMNS: readonly Column[] = ['name', 'slug', 'description', 'duration_minutes'];
export type Owners = Partial<Record<Column, Side>>;

/** Milliseconds that Cal.com's side may be old when it is written: within them nothing is promised. */
const UNPROMISED = 5_000;
const START = Date.parse('2026-11-20T09:00:00.000Z');
const SERVICES = 3;

export interface Weather {
	/** The share of requests that go wrong. */
	trouble: number;
	/** The share of steps at which a run ends without another word. */
	deaths: number;
	edits: number;
	/** How many runs there are at the same time, and how many after each other. */
	lanes: number;
	runs: number;
}

export interface Calm {
	rows: IDataObject[];
	account: Account;
	/** By service and column, e.g. `2 name`. */
	edits: Map<string, Edit[]>;
	unpromised: Set<Typed>;
	/** One more run, with nothing going wrong. What it asked of Cal.com, as `METHOD path`. */
	run(): Promise<string[]>;
	counts: { faults: number; deaths: number; failedRuns: number };
}

/** The table of fields with owners for some; two-way without one. */
const fieldsOf = (owners: Owners) => ({
	pairs: COLUMNS.map((column) => ({
		recordField: column,
		calcomField: NAMES[column],
		mode: owners[column] === undefined ? 'twoWay' : owners[column] === 'ours' ? 'record' : 'calcom',
		transform: 'none',
	})),
});

/** Lets the storm pass over services that are in step, until all runs and all people are done. */
export async function storm(seed: number, owners: Owners, weather: Weather): Promise<Calm> {
	const random = seededRandom(seed);
	const chance = (share: number) => random() < share;
	const upTo = (limit: number) => Math.floor(random() * limit);
	const turns = newTurns(random);
	const account = new Account(Array.from({ length: SERVICES }, (_, at) => eventType(at + 1)));
	const rows = Array.from({ length: SERVICES }, (_, at) => service(at + 1));
	const edits = new Map<string, Edit[]>();
	const unpromised = new Set<Typed>();
	const typedAtCalCom = new Set<Typed>();
	const counts = { deaths: 0, failedRuns: 0 };
	const parameters = resolved({ apply: 'write', servicesFields: fieldsOf(owners), options: { includeReport: true } });
	let time = START;
	let typed = 100;
	let isStormy = false;
	const calcom = openStormyCalCom(account, random);

	/**
	 * What Cal.com has had since the run looked last, and is gone with this write: typed there, or put there by another
	 * run at the same time.
	 */
	function noteUnpromised({ path, body }: SentRequest, looked: Map<string, IDataObject>, isYoung: boolean): void {
		const id = path.split('/').at(-1) ?? '';
		const now = account.eventTypes.get(id);
		for (const name of Object.keys(body ?? {})) {
			const value = now?.[name] as Typed;
			const isNews = value !== looked.get(id)?.[name] && value !== body?.[name];
			if (isYoung && isNews && (weather.lanes > 1 || typedAtCalCom.has(value))) unpromised.add(value);
		}
	}

	async function run(): Promise<string[]> {
		await turns.wait();
		const seen = structuredClone(rows);
		const clock: Clock = {
			now: () => time,
			random: () => 0.5,
			async sleep(milliseconds) {
				const until = time + milliseconds;
				await turns.wait();
				time = Math.max(time, until);
			},
		};
		/** What this run last saw of each event type, and when it asked. */
		const looked = new Map<string, IDataObject>();
		const lookedAt = new Map<string, number>();
		const asked: number[] = [];
		const fake = fakeExecute({
			items: structuredClone(seen),
			parameters,
			answers(request, index) {
				const at = asked[index] ?? time;
				if (request.method === 'PATCH') {
					const id = request.path.split('/').at(-1) ?? '';
					noteUnpromised(request, looked, at - (lookedAt.get(id) ?? 0) <= UNPROMISED);
				}
				const answered = calcom.answer(request);
				if (!(answered instanceof Error) && 'data' in answered) {
					for (const shown of [answered.data].flat() as IDataObject[]) {
						looked.set(String(shown['id']), shown);
						// A list may be as old as the asking for it; one that is read alone is written at once.
						lookedAt.set(String(shown['id']), Array.isArray(answered.data) ? at : time);
					}
				}
				return answered;
			},
		});
		const { helpers } = fake.ctx;
		const send = helpers.httpRequestWithAuthentication;
		helpers.httpRequestWithAuthentication = async function (...args) {
			asked.push(time);
			await turns.wait();
			if (isStormy && chance(weather.deaths)) {
				counts.deaths += 1;
				// It was on its way already, or not; nobody is left to hear of it.
				if (chance(0.5)) await send.apply(this, args).catch(() => undefined);
				died();
				return await new Promise(() => undefined);
			}
			return await send.apply(this, args);
		};
		let died = (): void => undefined;
		const death = new Promise<'dead'>((resolve) => (died = () => resolve('dead')));
		const ended = await Promise.race([sync(fake.ctx, clock).catch(() => 'failed' as const), death]);
		if (typeof ended === 'string') {
			if (ended === 'failed') counts.failedRuns += 1;
			return fake.requests.map(({ method, path }) => `${method} ${path}`);
		}
		for (const { json } of ended.flat()) {
			await turns.wait();
			if (isStormy && chance(weather.deaths)) {
				counts.deaths += 1;
				break;
			}
			const at = rows.findIndex(({ id }) => id === json['id']);
			const [row, before] = [rows[at], seen[at]];
			if (row !== undefined && before !== undefined) rows[at] = save(row, before, json);
		}
		return fake.requests.map(({ method, path }) => `${method} ${path}`);
	}

	function type(side: Side): void {
		const at = upTo(SERVICES);
		const [row, object] = [rows[at], account.eventTypes.get(String(at + 1))];
		const column = COLUMNS[upTo(COLUMNS.length)] ?? 'name';
		if (row === undefined || (side === 'theirs' && object === undefined)) return;
		typed += 1;
		const to = column === 'duration_minutes' ? typed : `${column}-${typed}`;
		const from = (side === 'ours' ? row[column] : object?.[NAMES[column]]) as Typed;
		if (side === 'ours') row[column] = to;
		else {
			account.edit(at + 1, { [NAMES[column]]: to });
			typedAtCalCom.add(to);
		}
		const key = `${at + 1} ${column}`;
		edits.set(key, [...(edits.get(key) ?? []), { side, from, to }]);
	}

	async function person(side: Side): Promise<void> {
		for (let left = weather.edits; left > 0; left -= 1) {
			for (let pause = upTo(6); pause > 0; pause -= 1) await turns.wait();
			await turns.wait();
			type(side);
		}
	}
	async function lane(): Promise<void> {
		for (let left = weather.runs; left > 0; left -= 1) await run();
	}
	async function nature(): Promise<void> {
		for (let left = 30; left > 0; left -= 1) {
			await turns.wait();
			time += upTo(4_000);
			if (chance(weather.trouble / 3)) calcom.isDown = !calcom.isDown;
		}
		calcom.isDown = false;
	}
	async function vandal(): Promise<void> {
		for (let left = upTo(10); left > 0; left -= 1) await turns.wait();
		const id = String(1 + upTo(SERVICES));
		const gone = account.eventTypes.get(id);
		account.eventTypes.delete(id);
		for (let left = upTo(30); left > 0; left -= 1) await turns.wait();
		if (gone !== undefined) account.eventTypes.set(id, gone);
	}
	async function all(...actors: readonly Promise<unknown>[]): Promise<void> {
		await turns.drive();
		await Promise.all(actors);
	}

	await all(run());
	isStormy = true;
	calcom.trouble = weather.trouble;
	await all(
		...Array.from({ length: weather.lanes }, lane),
		person('ours'),
		person('theirs'),
		nature(),
		...(weather.deaths > 0 ? [vandal()] : []),
	);
	isStormy = false;
	calcom.trouble = 0;
	return {
		rows,
		account,
		edits,
		unpromised,
		counts: { ...counts, faults: calcom.faults },
		async run() {
			const running = run();
			await turns.drive();
			return await running;
		},
	};
}
