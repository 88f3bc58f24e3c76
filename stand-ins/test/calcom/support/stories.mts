import type { Json, JsonObject } from '../../../src/calcom/json.mts';
import { ADA, ANNA_KEY, BOB, CEM, LATER, SLOT, post, uidOf } from '../../../src/calcom/session.mts';
import type { Session } from '../../../src/calcom/session.mts';

const WEEK = 7 * 24 * 60 * 60_000;

/** What someone does so that deliveries are sent. */
export type Story = (session: Session) => Promise<unknown>;

export const book =
	(eventTypeId: number, extra: JsonObject = {}): Story =>
	(session) =>
		session.book(eventTypeId, SLOT, extra);

export const bookThen =
	(eventTypeId: number, action: string, body: Json, extra: JsonObject = {}, key?: string | null): Story =>
	async (session) =>
		await post(session, await session.book(eventTypeId, SLOT, extra), action, body, key);

const GUEST = { guests: ['guest1@student.example'] };
const PHONE = { location: { type: 'attendeePhone', phone: '+31612345678' } };
const ANSWERS = {
	goals: 'Play Bach',
	level: 'beginner',
	instruments: ['piano', 'voice'],
	adult: true,
	days: ['mon'],
	mode: 'online',
	site: 'https://ada.example',
	cc: ['cc1@student.example'],
	home: 'Dam 1',
	notes: 'Please call first',
};
const TEMPLATE_JSON =
	'{"content":"A new event has been scheduled","type":"{{type}}","name":"{{title}}","organizer":"{{organizer.name}}","booker":"{{attendees.0.name}}","trigger":"{{triggerEvent}}"}';
const TEMPLATE_TEXT = 'trigger={{triggerEvent}}&title={{title}}&booker={{attendees.0.name}}';

export const seats = async (session: Session, ...attendees: JsonObject[]): Promise<JsonObject> => {
	let booking: JsonObject = {};
	for (const [index, attendee] of attendees.entries())
		booking = await session.book(14, SLOT, { attendee, ...(index === 0 ? { metadata: { source: 'n8n' } } : {}) });
	return booking;
};

const meeting =
	(event: 'MEETING_STARTED' | 'MEETING_ENDED'): Story =>
	async (session) => {
		const extra = {
			...GUEST,
			bookingFieldsResponses: { goals: 'Play Bach', notes: 'hi' },
			metadata: { source: 'n8n' },
		};
		await session.cal.fireMeeting(event, uidOf(await session.book(3, SLOT, extra)));
	};

const past: Story = async (session) => {
	const booking = await session.book(3, SLOT, GUEST);
	await session.cal.advance(3 * WEEK);
	return await post(session, booking, 'reschedule', { start: '2027-01-04T13:00:00Z' });
};

export const absent: Story = async (session) => {
	const booking = await session.book(3, SLOT, GUEST);
	await session.cal.advance(3 * WEEK);
	await post(session, booking, 'mark-absent', {
		attendees: [
			{ email: 'ada@student.example', absent: false },
			{ email: 'guest1@student.example', absent: true },
		],
	});
};

const PHONE_NUMBER = '+31612345678';
const adaWith = (extra: JsonObject): JsonObject => ({ attendee: { ...ADA, ...extra } });

/** From half past nine in the second recording on, the owner's clock had twelve hours. */
const withTwelveHours =
	(story: Story): Story =>
	async (session) => {
		await session.data('PATCH', '/me', { body: { timeFormat: 12 } });
		return await story(session);
	};

const quiet =
	(event: 'MEETING_STARTED' | 'MEETING_ENDED'): Story =>
	async (session) => {
		await session.cal.fireMeeting(event, uidOf(await session.book(23, SLOT)));
	};

export interface Case {
	story: Story;
	/** Which delivery of its event is meant, when the story sends several. */
	index?: number;
	subscriber?: JsonObject;
	/** A webhook elsewhere than at the owner's account. */
	subscribe?: (session: Session) => Promise<void>;
}

const approval = book(12);

/** How each recorded delivery came about. */
export const CASES: Record<string, Case> = {
	'001': { story: book(3) },
	'002': { story: book(3), subscriber: { secret: '' } },
	'004': { story: book(3), subscriber: { payloadTemplate: TEMPLATE_JSON } },
	'005': { story: book(3), subscriber: { payloadTemplate: TEMPLATE_TEXT } },
	'007': { story: book(3, { guests: ['bob@student.example', 'carol@student.example'] }) },
	'008': { story: book(3, { metadata: { source: 'n8n', leadId: '42' } }) },
	'009': {
		story: book(3, {
			attendee: { ...ADA, timeZone: 'America/New_York', language: 'nl', phoneNumber: '+31612345678' },
		}),
	},
	'010': { story: book(5) },
	'011': {
		story: book(5),
		async subscribe(session) {
			await session.data('POST', '/event-types/5/webhooks', {
				body: {
					active: true,
					subscriberUrl: `${session.receiver}/et-jitsi`,
					triggers: ['BOOKING_CREATED'],
					secret: 'whsec-et',
				},
			});
		},
	},
	'012': { story: book(6) },
	'013': { story: book(7) },
	'014': { story: book(8, PHONE) },
	'016': { story: book(10, { location: { type: 'attendeeAddress', address: 'Student street 5, Utrecht' } }) },
	'017': { story: book(11, PHONE) },
	'019': { story: book(16, { lengthInMinutes: 60 }) },
	'021': { story: book(12, { bookingFieldsResponses: { notes: 'hello' } }) },
	'022': { story: approval },
	'023': { story: bookThen(12, 'decline', { reason: 'Teacher is ill' }) },
	'025': { story: approval },
	'026': { story: bookThen(12, 'decline', {}) },
	'027': { story: approval },
	'029': { story: approval },
	'031': { story: book(4) },
	'032': { story: bookThen(4, 'reschedule', { start: LATER }) },
	'035': { story: book(6, GUEST) },
	'037': { story: book(6) },
	'038': { story: book(3, GUEST) },
	'039': { story: book(3) },
	'040': {
		story: book(3, { guests: ['g@student.example'], bookingFieldsResponses: ANSWERS, metadata: { source: 'n8n' } }),
	},
	'041': { story: book(12, { bookingFieldsResponses: { notes: 'hello' }, metadata: { leadId: '7' } }) },
	'042': {
		story: bookThen(12, 'confirm', {}, { bookingFieldsResponses: { notes: 'hello' }, metadata: { leadId: '7' } }),
	},
	'046': { story: approval },
	'047': { story: book(4, { metadata: { source: 'n8n' } }) },
	'048': { story: bookThen(4, 'cancel', { cancellationReason: 'Teacher has flu' }, { metadata: { source: 'n8n' } }) },
	'049': { story: bookThen(4, 'cancel', { cancellationReason: 'Teacher has flu' }), subscriber: { secret: '' } },
	'050': {
		story: bookThen(4, 'cancel', { cancellationReason: 'Teacher has flu' }),
		subscriber: { payloadTemplate: TEMPLATE_JSON },
		index: 1,
	},
	'051': {
		story: bookThen(4, 'cancel', { cancellationReason: 'Teacher has flu' }),
		subscriber: { payloadTemplate: TEMPLATE_TEXT },
		index: 1,
	},
	'053': { story: bookThen(6, 'cancel', { cancellationReason: 'by anna' }, {}, ANNA_KEY) },
	'054': { story: book(3, GUEST) },
	'057': { story: absent },
	'059': { story: past },
	'060': { story: book(13, { bookingFieldsResponses: { notes: 'weekly' } }), index: 0 },
	'061': { story: book(13, { bookingFieldsResponses: { notes: 'weekly' } }), index: 1 },
	'064': { story: book(13, { recurrenceCount: 2 }), index: 0 },
	'066': {
		story: bookThen(
			13,
			'reschedule',
			{ start: LATER, reschedulingReason: 'holiday' },
			{ bookingFieldsResponses: { notes: 'weekly' } },
		),
	},
	'068': {
		async story(session) {
			const booking = await session.book(13, SLOT, { bookingFieldsResponses: { notes: 'weekly' } });
			await session.data('POST', `/bookings/${String(booking['recurringBookingUid'])}/cancel`, {
				body: { cancellationReason: 'quit' },
			});
		},
	},
	'070': { story: book(18), index: 0 },
	'071': { story: book(18), index: 1 },
	'072': { story: book(18), index: 2 },
	'078': { story: (session) => seats(session, ADA) },
	'079': { story: (session) => seats(session, ADA, BOB), index: 1 },
	'082': {
		async story(session) {
			const booking = await seats(session, ADA, CEM);
			await post(session, booking, 'cancel', {
				seatUid: booking['seatUid'] ?? '',
				cancellationReason: 'cem cannot come',
			});
		},
	},
	'083': {
		async story(session) {
			await post(session, await seats(session, ADA), 'reschedule', { start: LATER });
		},
	},
	'089': {
		story: book(1),
		async subscribe(session) {
			await session.data('POST', '/webhooks', {
				key: ANNA_KEY,
				body: {
					active: true,
					subscriberUrl: `${session.receiver}/anna`,
					triggers: ['BOOKING_CREATED'],
					secret: 'whsec-anna',
				},
			});
		},
	},
	'090': {
		story: book(1),
		async subscribe(session) {
			await session.subscribe('/et-rr');
			const [webhook] = session.cal.state.webhooks;
			// A team's event type takes no webhook over the API: in the recording it was made in the web app.
			if (webhook) Object.assign(webhook, { userId: null, eventTypeId: 1 });
		},
	},
	'098': {
		async story(session) {
			const [webhook] = session.cal.state.webhooks;
			await session.cal.ping(webhook?.id ?? '');
		},
	},
	'101': {
		story: book(3, {
			...GUEST,
			bookingFieldsResponses: { goals: 'Play Bach', notes: 'hi' },
			metadata: { source: 'n8n' },
		}),
	},
	'102': { story: meeting('MEETING_STARTED'), subscriber: { secret: '' } },
	'103': {
		story: meeting('MEETING_STARTED'),
		subscriber: { payloadTemplate: TEMPLATE_JSON, triggers: ['MEETING_STARTED'] },
	},
	'104': { story: meeting('MEETING_ENDED') },
	'105': { story: meeting('MEETING_STARTED') },
	'117': {
		story: (session) =>
			session.cal.outOfOffice('2026-12-24T00:00:00+01:00', '2026-12-26T23:59:59+01:00', 'Christmas'),
	},
	'121': {
		async story(session) {
			await session.cal.recordingReady(
				uidOf(await session.book(3, SLOT, { ...GUEST, bookingFieldsResponses: { notes: 'hi' } })),
			);
		},
	},
	'123': {
		async story(session) {
			session.cal.waitForMissing(5, 'MINUTE');
			await session.cal.nobodyCame('hosts', uidOf(await session.book(3, SLOT, GUEST)));
		},
	},
	'126': { story: book(21) },
	'145': {
		story: book(6),
		async subscribe(session) {
			await session.subscribe('/status/301/x', { triggers: ['BOOKING_CREATED'] });
			await session.subscribe('/all');
			const refused = { subscriberUrl: 'http://127.0.0.1:9/closed', triggers: ['BOOKING_CREATED'] };
			await session.subscribe('/closed', refused);
		},
	},
	'148': {
		story: (session) =>
			session.cal.submitForm('Intake form', {
				name: 'Ada Lovelace',
				email: 'ada@student.example',
				instrument: ['Piano'],
				age: '41',
			}),
	},
	'200': { story: bookThen(23, 'cancel', { cancellationReason: 'Ill' }) },
	'201': {
		async story(session) {
			const attendee = { name: 'Person 03', email: 'p03@student.example', phoneNumber: PHONE_NUMBER };
			const booking = await session.book(23, SLOT, adaWith(attendee));
			await session.cal.requestReschedule(uidOf(booking), 'The teacher is ill');
		},
	},
	'204': { story: book(23, adaWith({ timeZone: 'Europe/London', phoneNumber: '+447700900101' })) },
	'205': {
		story: book(3, {
			guests: ['bob@student.example'],
			bookingFieldsResponses: { goals: 'Play Bach', level: 'beginner' },
			metadata: { leadId: '7' },
		}),
	},
	'206': {
		story: withTwelveHours(
			book(23, {
				...adaWith({ phoneNumber: PHONE_NUMBER }),
				metadata: { clientId: '1', requestId: '1', bookedBy: 'voice' },
			}),
		),
	},
	'207': {
		story: withTwelveHours(
			book(23, { ...adaWith({ phoneNumber: PHONE_NUMBER }), metadata: { requestId: '1', bookedBy: 'voice' } }),
		),
	},
	'210': {
		story: withTwelveHours(async (session) => {
			await session.book(14, SLOT);
			const attendee = { ...BOB, name: 'Bob Martin', language: 'de', phoneNumber: '+12125550123' };
			await session.book(14, SLOT, { attendee });
		}),
	},
	'211': {
		story: withTwelveHours(
			book(23, { ...adaWith({ phoneNumber: PHONE_NUMBER }), guests: ['guest@student.example'] }),
		),
	},
	'212': { story: withTwelveHours(book(23, { metadata: { a: 'b' } })) },
	'215': {
		story: withTwelveHours(
			bookThen(
				23,
				'reschedule',
				{ start: LATER, rescheduledBy: 'owner@school.example' },
				adaWith({
					name: 'Noor el Amrani',
					email: 'noor@student.example',
					language: 'nl',
					phoneNumber: '+31600000002',
				}),
			),
		),
	},
	'220': { story: quiet('MEETING_ENDED') },
	'221': { story: quiet('MEETING_STARTED') },
};
