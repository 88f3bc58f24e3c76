import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Session } from '../../../shared/api/session';
import type { JsonObject } from '../../../shared/values/json';
import { invalid } from '../../../shared/panel/invalid';
import { aList, bookingPath, bookingRequest } from '../../../shared/api/bookings';
import { readText } from './parameters';

/** Which attendee: by the id that Cal.com gives, or by email. */
export const attendeeField: INodeProperties = {
	displayName: 'Attendee',
	name: 'attendee',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. ada@student.example',
	description: 'The email address of the attendee, or the ID that Get Attendees gives',
};

/** The attendees of a booking. @throws NodeApiError */
export async function fetchAttendees(session: Session, itemIndex: number, uid: string): Promise<JsonObject[]> {
	return await session.request(itemIndex, bookingRequest(session, 'GET', bookingPath(uid, '/attendees')), aList);
}

const identified = z.object({ id: z.number(), email: z.string() });

/** The one with this email, as Cal.com lists them; letter case does not matter. */
export function byEmail(attendees: readonly JsonObject[], email: string): JsonObject | null {
	return (
		attendees.find((attendee) => {
			const read = identified.safeParse(attendee);
			return read.success && read.data.email.toLowerCase() === email.toLowerCase();
		}) ?? null
	);
}

/**
 * The id of the attendee that the panel names.
 *
 * @throws NodeOperationError when the field is empty, or nobody in the booking has that email
 */
export async function readAttendeeId(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	uid: string,
): Promise<number> {
	const named = readText(ctx, 'attendee', itemIndex);
	if (/^\d+$/.test(named)) return Number(named);
	if (!named.includes('@')) {
		throw invalid(
			ctx,
			itemIndex,
			named === '' ? 'FIELD_EMPTY' : 'NOT_AN_ATTENDEE',
			named === '' ? 'Attendee is empty' : `Attendee "${named}" is neither an email address nor an ID`,
			'Give the email address, or the ID that Get Attendees gives.',
		);
	}
	const found = identified.safeParse(byEmail(await fetchAttendees(session, itemIndex, uid), named));
	if (found.success) return found.data.id;
	throw invalid(
		ctx,
		itemIndex,
		'ATTENDEE_NOT_FOUND',
		`Nobody in this booking has the email address ${named}`,
		'Get the attendees of the booking to see who is in it.',
	);
}
