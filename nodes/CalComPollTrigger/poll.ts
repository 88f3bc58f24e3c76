import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Clock } from '../shared/api/pacing';
import { codeOf, operationError } from '../shared/api/nodeErrors';
import { openSession } from '../shared/api/session';
import { assertDefaultCountry } from '../shared/events/defaultCountry';
import { readFilters } from '../shared/events/filters';
import { toItem } from '../shared/events/item';
import { readSettings } from '../shared/events/settings';
import type { CalComEvent } from '../shared/events/event';
import { bookings } from './bookings';
import { eventTypes } from './eventTypes';
import { warnInClearOnce } from './inClearOnce';
import type { Subject } from './parameters';
import { readParameters, readSubject } from './parameters';
import { upcoming } from './upcoming';
import type { Poll, Watch } from './watch';

const WATCHES: Record<Subject, Watch> = { bookings, eventTypes, upcoming };

/** Static data of the polls that are under way: n8n starts the next poll whether the last one has ended or not. */
const underWay = new WeakSet<object>();

/** The part of the time which n8n gives a poll that may pass before the last request is made. */
const SHARE = 0.5;

/** Milliseconds for a poll where n8n does not say: versions before its polls had a budget. */
const GRANTED_BY_OLDER = 300_000;

async function prepare(ctx: IPollFunctions, subject: Subject, clock: Clock | undefined): Promise<Poll> {
	const nowOf = (): number => clock?.now() ?? Date.now();
	const now = nowOf();
	const granted = 'getPollBudgetMs' in ctx ? ctx.getPollBudgetMs() : GRANTED_BY_OLDER;
	const budget = granted * SHARE;
	const session = await openSession(ctx, clock);
	warnInClearOnce(ctx, session);
	return {
		session,
		now,
		hasTime: () => nowOf() - now < budget,
		settings: readSettings(ctx, 'poll'),
		filters: readFilters(ctx.getNodeParameter('filters', {}), []),
		parameters: readParameters(ctx, subject),
	};
}

function toItems({ settings }: Poll, events: readonly CalComEvent[]): INodeExecutionData[][] {
	return [events.map((event) => ({ json: toItem(event, settings.output) }))];
}

/** An execution by hand: a few examples, and nothing is remembered. */
async function show(ctx: IPollFunctions, poll: Poll, watch: Watch): Promise<INodeExecutionData[][]> {
	const events = await watch.samples(poll);
	if (events.length > 0) return toItems(poll, events);
	throw operationError(ctx.getNode(), 'NOTHING_TO_SHOW', 'There is nothing to show yet', {
		description: `${watch.nothing}. Publish the workflow all the same: what comes will start it.`,
	});
}

/** Whether somebody is there who sees an error at once: not when n8n starts anew, nor later on. */
function isWatched(ctx: IPollFunctions): boolean {
	return ctx.getMode() === 'manual' || ['activate', 'create', 'update'].includes(ctx.getActivationMode());
}

/** n8n shows an error of its own kinds with the words of the node panel. */
function asNodeError(ctx: IPollFunctions, error: unknown): Error {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.code = codeOf(error);
		return error;
	}
	return operationError(ctx.getNode(), codeOf(error), error instanceof Error ? error : String(error), {
		description: 'Nothing is lost: the next poll starts where the last one ended.',
	});
}

/**
 * One poll. What is remembered for the next one is written at its end only: after an error the next poll
 * asks for the same again.
 *
 * @param clock time and chance, for tests
 * @returns null when there is nothing new
 * @throws NodeApiError or NodeOperationError
 */
export async function poll(ctx: IPollFunctions, clock?: Clock): Promise<INodeExecutionData[][] | null> {
	const subject = readSubject(ctx);
	const watch = WATCHES[subject];
	try {
		if (isWatched(ctx)) assertDefaultCountry(ctx);
		if (ctx.getMode() === 'manual') return await show(ctx, await prepare(ctx, subject, clock), watch);
		const staticData = ctx.getWorkflowStaticData('node');
		if (underWay.has(staticData)) return null;
		underWay.add(staticData);
		try {
			const prepared = await prepare(ctx, subject, clock);
			// What is watched has a place of its own: who switches back goes on where they were.
			const { events, state } = await watch.poll(prepared, staticData[subject]);
			staticData[subject] = state;
			return events.length === 0 ? null : toItems(prepared, events);
		} finally {
			underWay.delete(staticData);
		}
	} catch (error) {
		throw asNodeError(ctx, error);
	}
}
