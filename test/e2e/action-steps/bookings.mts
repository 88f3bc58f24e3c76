// The steps of the operations on bookings.
import type { CalCom } from 'stand-ins/calcom';
import { byId, made, type Step } from './step.mts';

type Fields = Record<string, unknown>;

const DAYS = 24 * 60 * 60_000;
const ADA = { name: 'Ada Lovelace', email: 'ada@student.example', timeZone: 'Europe/Amsterdam', language: 'en' };

const slotOf = (cal: CalCom, slug: string): string => cal.freeSlots(slug, 1)[0] ?? '';
const later = (cal: CalCom, slug: string): string => cal.freeSlots(slug, 12).at(-1) ?? '';

/** Books without the node, and names the booking as the node wants it. */
const booked =
	(eventTypeId: number, slug: string, more: Fields = {}, body: Fields = {}) =>
	async (cal: CalCom): Promise<Fields> => {
		const booking = await made(cal, '/bookings', {
			eventTypeId,
			start: slotOf(cal, slug),
			attendee: ADA,
			...body,
		});
		return { bookingUid: { __rl: true, mode: 'uid', value: String(booking['uid']) }, ...more };
	};

const trial = (more: Fields = {}) => booked(23, 'level-check', more);
const request = (more: Fields = {}) => booked(12, 'intake-approval', more);

const uidOf = ({ bookingUid }: Fields): string => (bookingUid as { value: string }).value;

/** A lesson that was recorded. */
async function recorded(cal: CalCom): Promise<Fields> {
	const parameters = await trial()(cal);
	cal.record(uidOf(parameters), 'https://transcripts.example/1.txt');
	return parameters;
}

async function withGuest(cal: CalCom): Promise<Fields> {
	const parameters = await trial()(cal);
	const guest = { name: 'Bob', email: 'bob@student.example', timeZone: 'Europe/Amsterdam' };
	const attendee = await made(cal, `/bookings/${uidOf(parameters)}/attendees`, guest);
	return { ...parameters, attendee: String(attendee['id']) };
}

/** A lesson that has begun: the stand-in's clock moves on, and stays ahead. */
async function begun(cal: CalCom): Promise<Fields> {
	const parameters = await trial({ host: 'absent', output: 'raw' })(cal);
	await cal.advance(4 * DAYS);
	return parameters;
}

const step = (operation: string, prepare: Step['prepare'], calls: string[], gives: Fields, as?: string): Step => ({
	resource: 'booking',
	operation,
	prepare,
	calls,
	gives,
	...(as === undefined ? {} : { as }),
});

const attendee = { attendeeName: ADA.name, attendeeEmail: ADA.email, timeZone: ADA.timeZone };

export const BOOKING_STEPS: Step[] = [
	step(
		'create',
		(cal) => ({ eventTypeId: byId(3), start: slotOf(cal, 'trial-lesson'), ...attendee }),
		['POST /bookings'],
		{ status: 'accepted', uid: expect.any(String) },
	),
	step(
		'create',
		(cal) => ({
			eventTypeFrom: 'slug',
			eventTypeSlug: 'trial-lesson',
			username: 'yourschool',
			start: slotOf(cal, 'trial-lesson'),
			...attendee,
			answers: 'json',
			answersJson: JSON.stringify({ goals: 'Play Bach', level: 'beginner' }),
			additionalFields: {
				guests: 'bob@student.example',
				metadata: { pair: [{ key: 'leadId', value: '7' }] },
			},
			output: 'normalized',
		}),
		['POST /bookings'],
		{
			category: 'booking',
			metadata: { leadId: '7' },
			guests: ['bob@student.example'],
			customResponses: expect.objectContaining({ goals: 'Play Bach' }),
		},
		' by slug, with answers, normalized',
	),
	step(
		'create',
		(cal) => ({ eventTypeId: byId(13), start: slotOf(cal, 'weekly-piano'), ...attendee }),
		['POST /bookings'],
		{ status: 'accepted' },
		' a series',
	),
	step(
		'create',
		(cal) => ({ eventTypeId: byId(14), start: slotOf(cal, 'group-class'), ...attendee }),
		['POST /bookings'],
		{ status: 'accepted' },
		' a seat',
	),
	step('get', trial(), ['GET /bookings/:id'], { status: 'accepted' }),
	step('get', trial({ output: 'raw' }), ['GET /bookings/:id'], { eventTypeId: 23, hosts: expect.any(Array) }, ' raw'),
	step('getMany', trial({ returnAll: false, limit: 3 }), ['GET /bookings'], { uid: expect.any(String) }),
	step(
		'reschedule',
		async (cal) => ({ ...(await trial()(cal)), start: later(cal, 'level-check'), timeZone: ADA.timeZone }),
		['POST /bookings/:id/reschedule', 'GET /bookings/:id'],
		{ status: 'accepted' },
	),
	step('cancel', trial({ cancellationReason: 'Ill' }), ['POST /bookings/:id/cancel'], { status: 'cancelled' }),
	step('confirm', request(), ['POST /bookings/:id/confirm'], { status: 'accepted' }),
	step('decline', request({ reason: 'Full' }), ['POST /bookings/:id/decline'], { status: 'rejected' }),
	step('addGuests', trial({ guestEmails: 'bob@student.example' }), ['POST /bookings/:id/guests'], {
		attendees: [expect.anything(), expect.objectContaining({ email: 'bob@student.example' })],
	}),
	step('getAttendees', trial(), ['GET /bookings/:id/attendees'], { email: ADA.email }),
	step(
		'addAttendee',
		trial({ name: 'Bob', email: 'bob@student.example', timeZone: ADA.timeZone }),
		['POST /bookings/:id/attendees'],
		{ email: 'bob@student.example' },
	),
	step('getAttendee', withGuest, ['GET /bookings/:id/attendees/:id'], { email: 'bob@student.example' }),
	step('removeAttendee', withGuest, ['DELETE /bookings/:id/attendees/:id'], { deleted: true }),
	step(
		'updateLocation',
		booked(11, 'choose-place', { location: 'link', locationLink: 'https://meet.school.example/x' }),
		['PATCH /bookings/:id/location'],
		{ location: 'https://meet.school.example/x' },
	),
	step('reassign', booked(1, 'intake-rr'), ['POST /bookings/:id/reassign'], { reassignedTo: expect.any(Object) }),
	step('getRecordings', recorded, ['GET /bookings/:id/recordings'], { duration: expect.any(Number) }),
	step('getTranscripts', recorded, ['GET /bookings/:id/transcripts'], {}),
	step('getReferences', trial(), ['GET /bookings/:id/references'], { type: 'daily_video' }),
	step('getConferencingSessions', recorded, ['GET /bookings/:id/conferencing-sessions'], { ongoing: false }),
	step('getCalendarLinks', trial(), ['GET /bookings/:id/calendar-links'], {}),
	step('markAbsent', begun, ['POST /bookings/:id/mark-absent'], { absentHost: true }),
];
