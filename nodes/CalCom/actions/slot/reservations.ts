import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';

/** As Cal.com answers it; `reservationDuration` (minutes) only when it was just made. */
export const reservation = z
	.object({
		reservationUid: z.string(),
		eventTypeId: z.number(),
		slotStart: z.string(),
		slotEnd: z.string(),
		slotDuration: z.number().nullish(),
		reservationDuration: z.number().nullish(),
		reservationUntil: z.string().nullish(),
	})
	.transform((found): IDataObject & { eventTypeId: number; slotStart: string } => ({
		reservationUid: found.reservationUid,
		eventTypeId: found.eventTypeId,
		slotStart: found.slotStart,
		slotEnd: found.slotEnd,
		slotDuration: found.slotDuration ?? null,
		reservationDuration: found.reservationDuration ?? null,
		reservationUntil: found.reservationUntil ?? null,
	}));

export const reservationUidField: INodeProperties = {
	displayName: 'Reservation UID',
	name: 'reservationUid',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 75a5b18e-711d-42c2-984b-2ead46bf2a79',
	description: 'As reserving the slot gave it',
};

export const reservationDurationField: INodeProperties = {
	displayName: 'Reserve for (Minutes)',
	name: 'reservationDuration',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 5,
	description: 'How long this time is left out of the free slots',
};

export const slotDurationField: INodeProperties = {
	displayName: 'Slot Duration (Minutes)',
	name: 'slotDuration',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description: 'For event types that offer several lengths. Cal.com takes the default length without it.',
};

/** The requests about reservations; `uid` names one that exists. */
export function reservationRequest(
	session: Session,
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
	more: { uid?: string; body?: IDataObject } = {},
): ApiRequest {
	const { uid, body } = more;
	return {
		method,
		path: uid === undefined ? '/slots/reservations' : `/slots/reservations/${encodeURIComponent(uid)}`,
		version: versionFor('slots', session.edition),
		...(body === undefined ? {} : { body }),
	};
}
