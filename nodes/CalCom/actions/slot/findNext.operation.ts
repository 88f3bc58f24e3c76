import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Session } from '../../../shared/api/session';
import type { Fields } from '../../../shared/values/readers';
import { identifier, list, number, fields as readFields } from '../../../shared/values/readers';
import type { SearchResult } from './find';
import { findSlots } from './find';
import { slotsOf, toLocal } from './slot';
import type { SlotTarget } from './target';
import { targetOutput, targetQuery } from './target';
import type { Wanted } from './wanted';
import { minutesOf } from './wanted';
import { windows } from './windows';
import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import { readZone } from '../shared/timeFields';
import { toInstant } from '../../../shared/panel/instant';
import { askSlots, slotQuery, toReuseSeconds } from './askSlots';
import { findFields } from './findFields';
import { readTarget, toTarget } from './targetFields';

function readMinutes(ctx: IExecuteFunctions, itemIndex: number, name: string, label: string, empty: string): number {
	const written = identifier(ctx.getNodeParameter(name, itemIndex, '')) ?? empty;
	const minutes = minutesOf(written);
	if (minutes !== null) return minutes;
	throw invalid(
		ctx,
		itemIndex,
		'INVALID_TIME',
		`${label} "${written}" is not a time of day`,
		'Write it with 24 hours, such as 9:00 or 17:30; 24:00 is the end of the day.',
	);
}

function readWanted(ctx: IExecuteFunctions, itemIndex: number): Wanted {
	const days = list(ctx.getNodeParameter('weekdays', itemIndex, []));
	return {
		zone: readZone(ctx, itemIndex),
		weekdays: days.map((day) => number(day) ?? 0).filter((day) => day >= 1 && day <= 7),
		from: readMinutes(ctx, itemIndex, 'hoursFrom', 'Hours From', '00:00'),
		until: readMinutes(ctx, itemIndex, 'hoursUntil', 'Hours Until', '24:00'),
	};
}

/** The target of the panel and those added below it, each once. */
function readTargets(ctx: IExecuteFunctions, itemIndex: number): SlotTarget[] {
	const more = list(readFields(ctx.getNodeParameter('moreEventTypes', itemIndex, {}))?.eventTypes);
	const all = [readTarget(ctx, itemIndex), ...more.map((one) => toTarget(ctx, itemIndex, readFields(one) ?? {}))];
	return [...new Map(all.map((target) => [JSON.stringify(target), target])).values()];
}

const atLeastOne = (value: unknown, otherwise: number): number => Math.max(1, Math.trunc(number(value) ?? otherwise));

/** Tells why there are fewer than asked for: an empty output does not say it. */
function tell(session: Session, { found, searchedUntil, exhausted }: SearchResult<SlotTarget>, zone: string): void {
	if (!exhausted || searchedUntil === null) return;
	const until = DateTime.fromISO(searchedUntil, { zone }).toFormat('yyyy-MM-dd HH:mm');
	session.note(
		`Only ${found.length} suitable slots are free until ${until} (${zone}). Raise Days Ahead, or allow more hours or weekdays.`,
	);
}

function readStart(ctx: IExecuteFunctions, itemIndex: number, zone: string, options: Fields): string {
	const { searchFrom } = options;
	const isEmpty = searchFrom === undefined || searchFrom === null || searchFrom === '';
	return toInstant(ctx, itemIndex, { value: isEmpty ? new Date() : searchFrom, label: 'Search From', zone });
}

export const findNext: Operation = {
	option: {
		name: 'Find Next Available',
		value: 'findNext',
		action: 'Find the next available slots',
		description: 'Find the first free times that suit, over several days, event types or people',
	},
	fields: findFields,
	async execute(itemIndex, session): Promise<IDataObject[]> {
		const options = readFields(this.getNodeParameter('options', itemIndex, {})) ?? {};
		const wanted = readWanted(this, itemIndex);
		const daysAhead = atLeastOne(this.getNodeParameter('daysAhead', itemIndex, 30), 30);
		const start = readStart(this, itemIndex, wanted.zone, options);
		const reuseSeconds = toReuseSeconds(options.reuseSeconds);
		const common = {
			timeZone: wanted.zone,
			format: 'range',
			duration: number(options.duration),
			bookingUidToReschedule: identifier(options.bookingUidToReschedule),
		};
		const perDay = number(options.slotsPerDay) ?? 0;
		const result = await findSlots<SlotTarget>({
			sources: readTargets(this, itemIndex),
			windows: windows(start, daysAhead, wanted.zone),
			wanted,
			count: atLeastOne(this.getNodeParameter('count', itemIndex, 3), 3),
			perDay: perDay >= 1 ? Math.trunc(perDay) : null,
			async ask(target, window) {
				const query = slotQuery({ ...targetQuery(target), ...window, ...common });
				return slotsOf(await askSlots(itemIndex, session, { query, reuseSeconds }));
			},
		});
		tell(session, result, wanted.zone);
		return result.found.map(({ slot, source }) => ({ ...toLocal(slot, wanted.zone), ...targetOutput(source) }));
	},
};
