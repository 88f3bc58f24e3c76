import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { number } from '../../../shared/values/readers';
import type { SlotsAnswer } from './slot';
import { slotsAnswer } from './slot';

export const durationField: INodeProperties = {
	displayName: 'Duration (Minutes)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description:
		'For event types that offer several lengths, and for several people. Cal.com takes the default length without it.',
};

export const rescheduleField: INodeProperties = {
	displayName: 'Booking UID to Reschedule',
	name: 'bookingUidToReschedule',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8j9u7aXYZ',
	description: 'The times of this booking count as free',
};

export const reuseField: INodeProperties = {
	displayName: 'Reuse Slots Younger Than (Seconds)',
	name: 'reuseSeconds',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Within one execution, items that ask the same question share an answer that is younger than this. With 0 every item asks anew. A reused slot may have been booked meanwhile.',
};

export interface SlotQuestion {
	query: IDataObject;
	/** How old an answer may be, in seconds; 0 asks anew. */
	reuseSeconds: number;
}

/** The seconds that the panel allows an answer to be old. */
export function toReuseSeconds(value: unknown): number {
	return Math.max(0, number(value) ?? 0);
}

/** A query without the parts that were left out, and a duration of at least a minute. */
export function slotQuery(parts: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(parts).filter(
			([, value]) => value !== '' && value !== null && value !== undefined && value !== 0,
		),
	);
}

/**
 * Asks for free times.
 *
 * @throws NodeApiError
 */
export async function askSlots(itemIndex: number, session: Session, question: SlotQuestion): Promise<SlotsAnswer> {
	const { query, reuseSeconds } = question;
	const request: ApiRequest = { method: 'GET', path: '/slots', version: versionFor('slots', session.edition), query };
	const ask = async (): Promise<SlotsAnswer> => await session.request(itemIndex, request, slotsAnswer);
	if (reuseSeconds === 0) return await ask();
	return await session.remember(`slots ${JSON.stringify(query)}`, reuseSeconds, ask);
}
