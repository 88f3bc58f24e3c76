import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Session } from '../../../shared/api/session';
import { dataObject } from '../shared/answer';
import { calendarRequest } from './request';

const calendar = z.object({
	externalId: z.string(),
	credentialId: z.number().nullish(),
	integration: z.string().nullish(),
	name: z.string().nullish(),
	email: z.string().nullish(),
	primary: z.boolean().nullish(),
	readOnly: z.boolean().nullish(),
	isSelected: z.boolean().nullish(),
	delegationCredentialId: z.string().nullish(),
});
const account = z.object({
	credentialId: z.number(),
	delegationCredentialId: z.string().nullish(),
	integration: z
		.object({ type: z.string().nullish(), title: z.string().nullish(), name: z.string().nullish() })
		.nullish(),
	calendars: z.array(calendar).nullish(),
});
const answer = z.object({
	connectedCalendars: z.array(account),
	/** An empty object where there is none. */
	destinationCalendar: z.object({ externalId: z.string().nullish() }).nullish(),
});

/** One calendar, as a name, the account it is in, and how Cal.com uses it. */
export interface ConnectedCalendar extends IDataObject {
	/** As the destination calendar is set with: `google_calendar`. */
	integration: string;
	credentialId: number;
	externalId: string;
	/** Whether bookings are written to it. */
	isDestination: boolean;
	/** Whether its events make times busy. */
	isSelected: boolean;
}

function flatten({ connectedCalendars, destinationCalendar }: z.infer<typeof answer>): ConnectedCalendar[] {
	return connectedCalendars.flatMap(({ credentialId, delegationCredentialId, integration, calendars }) =>
		(calendars ?? []).map((one) => ({
			integration: one.integration ?? integration?.type ?? '',
			provider: integration?.title ?? integration?.name ?? null,
			credentialId: one.credentialId ?? credentialId,
			delegationCredentialId: one.delegationCredentialId ?? delegationCredentialId ?? null,
			externalId: one.externalId,
			name: one.name ?? null,
			email: one.email ?? null,
			primary: one.primary === true,
			readOnly: one.readOnly === true,
			isSelected: one.isSelected === true,
			isDestination: one.externalId === destinationCalendar?.externalId,
		})),
	);
}

/** The calendars of every connected account. @throws NodeApiError */
export async function readCalendars(itemIndex: number, session: Session): Promise<ConnectedCalendar[]> {
	return flatten(await session.request(itemIndex, calendarRequest(session, '/calendars'), answer));
}

/** The same as Cal.com answers it. */
export async function readRawCalendars(itemIndex: number, session: Session): Promise<IDataObject> {
	return await session.request(itemIndex, calendarRequest(session, '/calendars'), dataObject);
}
