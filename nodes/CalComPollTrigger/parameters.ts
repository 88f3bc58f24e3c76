import type { IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { EventTypeEvent } from './eventTypeChange';
import type { ErrorCode } from '../shared/api/errorCodes';
import { operationError } from '../shared/api/nodeErrors';
import { list } from '../shared/values/readers';
import { instant } from '../shared/values/time';
import { DEFAULT_FIELDS } from './watchedFields';
import { ACCOUNT_PATH } from './request';
import type { PollParameters } from './watch';

/** What the node can watch. */
export type Subject = 'bookings' | 'eventTypes' | 'upcoming';

export const BOOKING_EVENTS = [
	'BOOKING_CREATED',
	'BOOKING_RESCHEDULED',
	'BOOKING_CANCELLED',
	'BOOKING_REQUESTED',
	'BOOKING_REJECTED',
] as const;
export const EVENT_TYPE_EVENTS = [
	'EVENT_TYPE_CREATED',
	'EVENT_TYPE_UPDATED',
	'EVENT_TYPE_DELETED',
] as const satisfies EventTypeEvent[];

export const DEFAULT_OVERLAP = 10;
export const DEFAULT_MAX = 1_000;
/** Minutes before the start. */
export const DEFAULT_LEADS = [60];

const subject = z.enum(['bookings', 'eventTypes', 'upcoming']);
const eventTypeEvents = z.array(z.enum(EVENT_TYPE_EVENTS)).catch([...EVENT_TYPE_EVENTS]);
const texts = z.array(z.string()).catch([]);
const options = z.object({
	overlapMinutes: z.coerce.number().min(0).catch(DEFAULT_OVERLAP),
	maxPerPoll: z.coerce.number().int().min(1).catch(DEFAULT_MAX),
});
const lead = z.coerce.number().finite().min(0);

export function readSubject(ctx: IPollFunctions): Subject {
	return subject.parse(ctx.getNodeParameter('watch', 'bookings'));
}

function refuse(ctx: IPollFunctions, code: ErrorCode, message: string, description: string): never {
	throw operationError(ctx.getNode(), code, message, { description });
}

function readStartDate(ctx: IPollFunctions): string | null {
	if (ctx.getNodeParameter('startFrom', 'now') !== 'date') return null;
	const typed = ctx.getNodeParameter('startDate', '');
	return (
		instant(typed) ??
		refuse(
			ctx,
			'INVALID_TIME',
			'The start date is not a date',
			'Choose it in Start Date, e.g. 2026-11-20T00:00:00Z, or start from now.',
		)
	);
}

function readLeads(ctx: IPollFunctions): number[] {
	const given = list(ctx.getNodeParameter('minutesBefore', DEFAULT_LEADS));
	const leads = given.flatMap((value) => {
		const read = lead.safeParse(value);
		return read.success ? [Math.round(read.data)] : [];
	});
	if (leads.length === 0) {
		refuse(
			ctx,
			'NOTHING_CHOSEN',
			'No lead time is given',
			'Add at least one number under Minutes Before, e.g. 60 for an hour.',
		);
	}
	return [...new Set(leads)].sort((one, other) => one - other);
}

function readEventTypesPath(ctx: IPollFunctions): string {
	if (ctx.getNodeParameter('eventTypesOf', 'account') !== 'team') return ACCOUNT_PATH;
	const id = String(ctx.getNodeParameter('teamId', '', { extractValue: true }) ?? '').trim();
	if (/^\d+$/.test(id)) return `/teams/${id}/event-types`;
	return refuse(
		ctx,
		'FIELD_EMPTY',
		'Team is not chosen',
		'Choose it in this node under Team, from the list or by its ID.',
	);
}

/** Nothing chosen means everything: a node that never starts helps nobody. */
function orAll<T extends string>(chosen: readonly T[], all: readonly T[]): ReadonlySet<T> {
	return new Set(chosen.length === 0 ? all : chosen);
}

/**
 * Reads what the panel says, as far as it counts for what is watched.
 *
 * @throws NodeOperationError when something that is needed is not filled in
 */
export function readParameters(ctx: IPollFunctions, watched: Subject): PollParameters {
	const { overlapMinutes, maxPerPoll } = options.parse(ctx.getNodeParameter('options', {}));
	const chosenFields = texts.parse(ctx.getNodeParameter('watchedFields', DEFAULT_FIELDS));
	return {
		bookingEvents: orAll<string>(texts.parse(ctx.getNodeParameter('events', [...BOOKING_EVENTS])), BOOKING_EVENTS),
		startDate: watched === 'bookings' ? readStartDate(ctx) : null,
		eventTypeEvents: orAll(
			eventTypeEvents.parse(ctx.getNodeParameter('eventTypeEvents', [...EVENT_TYPE_EVENTS])),
			EVENT_TYPE_EVENTS,
		),
		watchedFields: chosenFields.length === 0 ? DEFAULT_FIELDS : chosenFields,
		eventTypesPath: watched === 'eventTypes' ? readEventTypesPath(ctx) : ACCOUNT_PATH,
		leads: watched === 'upcoming' ? readLeads(ctx) : DEFAULT_LEADS,
		includeUnconfirmed: ctx.getNodeParameter('includeUnconfirmed', false) === true,
		overlapMinutes,
		maxPerPoll,
	};
}
