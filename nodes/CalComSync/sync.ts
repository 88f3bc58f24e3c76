import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { operationError } from '../shared/api/nodeErrors';
import type { Clock } from '../shared/api/pacing';
import type { OpenSession } from '../shared/api/session';
import { openSession } from '../shared/api/session';
import type { Fields } from '../shared/values/readers';
import type { Link, Linking } from './link/linking';
import { linkRecords } from './link/link';
import type { Carrying } from './carryOut';
import { bringInStep, createFor } from './carryOut';
import { hintOf } from './hint';
import type { OutputName } from './outputNames';
import { OUTPUTS } from './outputNames';
import type { RecordOutput } from './outputs';
import { importOf, outputOf } from './outputs';
import { readSettings } from './parameters';
import type { SyncRecord } from './records';
import { readRecords } from './records';
import type { Settings } from './settings';
import { isDry } from './settings';
import type { LinkCandidate, Settled } from './settled';

const SYSTEM_CLOCK: Clock = { now: () => Date.now(), sleep, random: () => Math.random() };

/** Links records and objects. Also records that cannot be told apart: an object of theirs is not to be imported. */
function linksOf(records: readonly SyncRecord[], objects: readonly Fields[], { entry, linking }: Settings): Linking {
	return linkRecords(
		records.map(({ calcomId, slug, title }) => ({ id: calcomId, slug, title })),
		objects.map((object) => entry.resource.identity(object)),
		linking,
	);
}

interface Listed {
	objects: readonly Fields[];
	/** Milliseconds since 1970. */
	at: number;
}

function candidatesOf(link: Link, { objects }: Listed, { entry }: Settings): LinkCandidate[] {
	const found = link.state === 'tie' ? link.candidates : link.state === 'double' ? [link] : [];
	return found.flatMap(({ object, score }) => {
		const shown = objects[object];
		if (shown === undefined) return [];
		const { id, slug, title } = entry.resource.identity(shown);
		return [{ id, slug, title, score }];
	});
}

/** Deals with one record. What goes wrong is told with it: a failure of one never stops the rest. */
async function settle(
	record: SyncRecord,
	link: Link,
	listed: Listed,
	known: Set<string>,
	carrying: Carrying,
): Promise<Settled> {
	const { settings, side } = carrying;
	const unclear = (reason: string): Settled => ({
		kind: 'unclear',
		record,
		reason,
		candidates: candidatesOf(link, listed, settings),
	});
	if (record.keyProblem !== null) return unclear(record.keyProblem);
	if (link.state === 'double' || link.state === 'tie') return unclear(link.reason);
	if (link.state === 'linked') {
		const object = listed.objects[link.object];
		if (object === undefined) return { kind: 'orphan', record, orphan: 'neverCreated', error: null };
		const { by, score } = link;
		return await bringInStep(record, { object, at: listed.at }, { by, score }, carrying);
	}
	if (link.state === 'neverCreated' && settings.apply === 'writeAndCreate' && side.create !== undefined) {
		return await createFor(record, side.create, known, carrying);
	}
	return { kind: 'orphan', record, orphan: link.state, error: null };
}

/** An account without anything is more often the wrong account than one in which all was deleted. */
function warnOfEmptiness(objects: readonly Fields[], links: Linking, session: OpenSession, { entry }: Settings): void {
	const lost = links.records.filter(({ state }) => state === 'deletedInCalCom').length;
	if (objects.length > 0 || lost === 0) return;
	session.note(
		`Cal.com has no ${entry.noun.many} at all here, but ${lost} of your records are linked to one. Check the credential and whose ${entry.noun.many} are chosen.`,
	);
}

function tell(ctx: IExecuteFunctions, messages: readonly string[]): void {
	ctx.addExecutionHints(...messages.map((message) => ({ message, location: 'outputPane' as const })));
}

/**
 * Keeps records and Cal.com in step: reads Cal.com's side once, links, merges, writes what belongs there
 * and gives out what belongs to the records. Every record comes out of exactly one output.
 *
 * @param clock for tests
 * @returns the items of the six outputs, in the order of `OUTPUTS`
 * @throws NodeOperationError for a panel that cannot be used, before anything is asked
 * @throws NodeApiError when Cal.com's side cannot be read: then nothing can be decided
 */
export async function sync(ctx: IExecuteFunctions, clock: Clock = SYSTEM_CLOCK): Promise<INodeExecutionData[][]> {
	const settings = readSettings(ctx);
	const { entry } = settings;
	const records = readRecords(ctx.getInputData(), settings);
	const session = await openSession(ctx, clock);
	const side = await entry.resource.open(ctx, session);
	const asked = clock.now();
	const objects = await side.list(records.flatMap(({ calcomId }) => calcomId ?? []));
	// The age of a list counts from when it was asked for: it may be as old as that.
	const listed: Listed = { objects, at: asked };
	const links = linksOf(records, objects, settings);
	warnOfEmptiness(objects, links, session, settings);

	const items: Record<OutputName, INodeExecutionData[]> = {
		changed: [],
		conflicts: [],
		unchanged: [],
		onlyInCalCom: [],
		onlyInRecords: [],
		failed: [],
	};
	const put = ({ output, item }: RecordOutput): void => void items[output].push(item);
	const known = new Set(objects.map((object) => entry.resource.identity(object).id));
	const carrying: Carrying = { side, settings, now: clock.now };
	const time = (): string => new Date(clock.now()).toISOString();

	for (const [index, record] of records.entries()) {
		if (ctx.getExecutionCancelSignal()?.aborted === true) {
			throw operationError(
				ctx.getNode(),
				'STOPPED',
				'The execution was stopped: the rest was not sent to Cal.com',
			);
		}
		const link = links.records[index] ?? { state: 'neverCreated' };
		put(outputOf(await settle(record, link, listed, known, carrying), settings, time()));
	}
	for (const index of links.onlyInCalCom) {
		const object = objects[index];
		if (object !== undefined) put(importOf(object, settings, time()));
	}
	const count = (name: OutputName): number => items[name].length;
	tell(ctx, [hintOf(count, session.calls, isDry(settings)), ...session.notes()]);
	return OUTPUTS.map(({ name }) => items[name]);
}
