import { isObject } from '../../../src/calcom/json.mts';
import type { JsonObject } from '../../../src/calcom/json.mts';
import type { Exchange } from './recordings.mts';
import { ADA, BOB, CEM, uidOf } from '../../../src/calcom/session.mts';
import type { Session } from '../../../src/calcom/session.mts';

/** Ids of the recording -> ids of this run. */
export type Ids = Map<string, string>;
/** Brings a fresh stand-in into the state in which the exchange was recorded. */
export type Arrange = (session: Session, exchange: Exchange) => Promise<Ids>;

const DAY = 24 * 60 * 60_000;
const SLOT = '2026-11-23T09:00:00Z';
const LATER = '2026-11-23T13:00:00Z';

export const nothing: Arrange = () => Promise.resolve(new Map());

/** The id that stands in the recorded path, e.g. the uid of /bookings/<uid>/cancel. */
function idInPath({ path }: Exchange): string {
	return (
		/^\/v2\/(?:bookings(?!\/by-seat)|webhooks|event-types|schedules|slots\/reservations)\/([^/?]+)/.exec(
			path,
		)?.[1] ?? ''
	);
}

const instead = (exchange: Exchange, ours: unknown): Ids => new Map([[idInPath(exchange), String(ours)]]);

const act = async (
	session: Session,
	booking: JsonObject,
	action: string,
	body: JsonObject = {},
): Promise<JsonObject> => {
	const data = await session.data('POST', `/bookings/${uidOf(booking)}/${action}`, { body });
	return isObject(data) ? data : {};
};

export interface Before {
	start?: string;
	extra?: JsonObject;
	/** Actions on the booking that came before the recorded one. */
	then?: [action: string, body?: JsonObject][];
	/** Days that pass before the recorded request. */
	days?: number;
	/** What was marked absent after that. */
	late?: JsonObject[];
}

/** The booking that the recorded request is about. */
export const booked =
	(eventTypeId: number, { start = SLOT, extra = {}, then = [], days = 0, late = [] }: Before = {}): Arrange =>
	async (session, exchange) => {
		const booking = await session.book(eventTypeId, start, extra);
		for (const [action, body] of then) await act(session, booking, action, body);
		if (days > 0) await session.cal.advance(days * DAY);
		for (const body of late) await act(session, booking, 'mark-absent', body);
		return instead(exchange, uidOf(booking));
	};

export const slotTaken: Arrange = async (session, { body }) => {
	await session.book(3, isObject(body) ? String(body['start']) : SLOT);
	return new Map();
};

/** Booked and moved on; both uids appear in the answer. */
export const moved: Arrange = async (session, exchange) => {
	const old = await session.book(4, SLOT);
	const next = await act(session, old, 'reschedule', { start: LATER });
	const recorded = /booking with uid=(\w{22})\. You/.exec(JSON.stringify(exchange.answer))?.[1] ?? '';
	return new Map([
		[idInPath(exchange), uidOf(old)],
		[recorded, uidOf(next)],
	]);
};

/** Moved twice: the recorded uid is the one in the middle, moved here and moved on. */
export const movedOn: Arrange = async (session, exchange) => {
	const first = await session.book(4, SLOT);
	const second = await act(session, first, 'reschedule', { start: LATER, reschedulingReason: 'Exam' });
	await act(session, second, 'reschedule', { start: '2026-11-24T13:00:00Z' });
	return instead(exchange, uidOf(second));
};

export const series =
	(eventTypeId: number, extra: JsonObject = {}, moveOne = false): Arrange =>
	async (session, exchange) => {
		const first = await session.book(eventTypeId, '2026-12-14T09:00:00Z', extra);
		const second = session.cal.state.bookings[1];
		if (moveOne && second)
			await act(session, { uid: second.uid }, 'reschedule', {
				start: '2026-12-22T10:00:00Z',
				reschedulingReason: 'holiday',
			});
		const isSeries = idInPath(exchange).includes('-');
		return instead(exchange, isSeries ? first['recurringBookingUid'] : uidOf(first));
	};

/** Seats taken by these people, and perhaps the whole class called off. */
export const seats =
	(eventTypeId: number, people: JsonObject[], { calledOff = false, seat: index = people.length - 1 } = {}): Arrange =>
	async (session, exchange) => {
		const start =
			isObject(exchange.body) && typeof exchange.body['start'] === 'string' ? exchange.body['start'] : SLOT;
		let booking: JsonObject = {};
		for (const [order, attendee] of people.entries())
			booking = await session.book(eventTypeId, start, {
				attendee,
				...(order === 0 && eventTypeId === 14 ? { metadata: { source: 'n8n' } } : {}),
			});
		if (calledOff) await act(session, booking, 'cancel', { cancellationReason: 'class cancelled' });
		const ids = instead(exchange, uidOf(booking));
		const seat = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(exchange.path + JSON.stringify(exchange.body))?.[0];
		const row = session.cal.state.bookings.at(-1);
		if (seat) ids.set(seat, row?.attendees[index]?.seat?.uid ?? '');
		return ids;
	};

export const reservation: Arrange = async (session, exchange) => {
	const body = { eventTypeId: 3, slotStart: '2026-12-10T09:00:00Z', reservationDuration: 5 };
	const data = await session.data('POST', '/slots/reservations', { body });
	return instead(exchange, isObject(data) ? data['reservationUid'] : '');
};

/** The owner's event types, gone: the recorded ones can be made again. */
export const noEventTypes: Arrange = (session) => {
	session.cal.state.eventTypes = session.cal.state.eventTypes.filter(({ ownerId }) => ownerId === null);
	return Promise.resolve(new Map());
};

/** Only the event types that existed when the list was recorded. */
export const recordedEventTypes: Arrange = (session, { answer }) => {
	const known = JSON.stringify(answer);
	session.cal.state.eventTypes = session.cal.state.eventTypes.filter(({ slug }) =>
		known.includes(`"slug":"${slug}"`),
	);
	return Promise.resolve(new Map());
};

export const temporaryEventType =
	(title: string, slug: string): Arrange =>
	async (session, exchange) => {
		const data = await session.data('POST', '/event-types', { body: { title, slug, lengthInMinutes: 30 } });
		return instead(exchange, isObject(data) ? data['id'] : '');
	};

/** Webhooks of the account; the recorded id stands for the first. */
export const webhooks = (...urls: string[]): Arrange =>
	webhooksWith({ triggers: ['BOOKING_CREATED'], secret: 's' }, ...urls);

export const webhooksWith =
	(extra: JsonObject, ...urls: string[]): Arrange =>
	async (session, exchange) => {
		const made: JsonObject[] = [];
		for (const subscriberUrl of urls) {
			const template = subscriberUrl.endsWith('tpl-text') ? { payloadTemplate: 'trigger={{triggerEvent}}' } : {};
			made.push(await session.subscribe('', { subscriberUrl, ...extra, ...template }));
		}
		return instead(exchange, made[0]?.['id']);
	};

export const secretless: Arrange = async (session, exchange) => {
	const body = { active: true, subscriberUrl: 'http://127.0.0.1:5601/patchdup', triggers: ['BOOKING_CREATED'] };
	const data = await session.data('POST', '/webhooks', { body });
	return instead(exchange, isObject(data) ? data['id'] : '');
};

export const removedWebhook: Arrange = async (session, exchange) => {
	const ids = await webhooks('http://127.0.0.1:5601/inactive')(session, exchange);
	await session.data('DELETE', `/webhooks/${[...ids.values()][0] ?? ''}`);
	return ids;
};

export const eventTypeWebhook =
	(eventTypeId: number): Arrange =>
	async (session) => {
		const body = {
			active: true,
			subscriberUrl: 'http://127.0.0.1:5601/et-jitsi',
			triggers: ['BOOKING_CREATED'],
			secret: 's',
		};
		await session.data('POST', `/event-types/${eventTypeId}/webhooks`, { body });
		return new Map();
	};

export const schedule: Arrange = async (session, exchange) => {
	const body = {
		name: 'Evening lessons',
		timeZone: 'Europe/Amsterdam',
		isDefault: false,
		availability: [{ days: ['Monday', 'Wednesday'], startTime: '18:00', endTime: '21:00' }],
		overrides: [{ date: '2026-12-24', startTime: '10:00', endTime: '12:00' }],
	};
	const data = await session.data('POST', '/schedules', { body });
	return instead(exchange, isObject(data) ? data['id'] : '');
};

/** A little of everything that a list can hold. */
export const calendar: Arrange = async (session, exchange) => {
	await session.book(3, '2026-11-23T09:00:00Z');
	await session.book(5, '2026-11-23T10:00:00Z');
	await session.book(3, '2026-11-24T09:00:00Z', { guests: ['bob@student.example', 'carol@student.example'] });
	const old = await session.book(4, '2026-11-24T11:00:00Z');
	await act(session, old, 'reschedule', { start: '2026-11-24T13:00:00Z' });
	await act(session, await session.book(6, '2026-11-24T15:00:00Z'), 'cancel', { cancellationReason: 'x' });
	const request = await session.book(12, '2026-11-26T15:00:00Z');
	const body = {
		start: '2026-11-26T16:00:00Z',
		rescheduledBy: 'ada@student.example',
		reschedulingReason: 'later please',
	};
	await session.data('POST', `/bookings/${uidOf(request)}/reschedule`, { key: null, body });
	const recurring = await session.book(18, '2027-01-11T09:00:00Z');
	await act(session, recurring, 'confirm');
	const uid = new URLSearchParams(exchange.path.split('?')[1]).get('bookingUid');
	return uid === null ? new Map() : new Map([[uid, uidOf(recurring)]]);
};

/** Plain upcoming meetings, as the first page of the old list held them. */
export const upcoming: Arrange = async (session) => {
	await session.book(3, '2026-11-23T09:00:00Z');
	await session.book(3, '2026-11-23T10:00:00Z');
	await session.book(5, '2026-11-23T11:00:00Z');
	await session.book(6, '2026-11-23T12:00:00Z');
	await session.book(3, '2026-11-24T09:00:00Z', { guests: ['bob@student.example', 'carol@student.example'] });
	return new Map();
};

export const requests =
	(count: number): Arrange =>
	async (session, { headers, path }) => {
		for (let index = 0; index < count; index += 1)
			await session.ask('GET', path.replace('/v2', ''), { key: null, headers });
		return new Map();
	};

/** A booking with an attendee added later, whose id the recorded path names. */
export const withAttendee: Arrange = async (session, exchange) => {
	const booking = await session.book(6, SLOT);
	const body = { name: 'X Y', email: 'xy@student.example', timeZone: 'Europe/Amsterdam' };
	const data = await session.data('POST', `/bookings/${uidOf(booking)}/attendees`, { body });
	const ids = instead(exchange, uidOf(booking));
	const id = /attendees\/(\d+)/.exec(exchange.path)?.[1];
	if (id && isObject(data)) ids.set(`/attendees/${id}`, `/attendees/${String(data['id'])}`);
	return ids;
};

export const teamBookings: Arrange = async (session) => {
	const booking = await session.book(1, '2026-12-01T09:00:00Z');
	await act(session, booking, 'reschedule', { start: '2026-12-01T10:00:00Z' });
	await act(session, await session.book(2, '2026-12-01T11:00:00Z'), 'cancel', { cancellationReason: 'team closed' });
	return new Map();
};

/** An account that never connected one. */
export const noCalendars: Arrange = ({ cal }) => {
	cal.state.calendars = [];
	cal.state.destinations = {};
	return Promise.resolve(new Map());
};

/** The calendar that the query names, connected, and kept on a machine that does not answer. */
export const unreachableCalendar: Arrange = ({ cal }, { path }) => {
	const query = new URLSearchParams(path.split('?')[1]);
	cal.state.calendars.push({
		userId: 1,
		credentialId: Number(query.get('calendarsToLoad[0][credentialId]')),
		integration: 'ics-feed_calendar',
		externalId: query.get('calendarsToLoad[0][externalId]') ?? '',
		name: 'Feed',
		email: '',
		primary: false,
		readOnly: true,
		isSelected: true,
		unreachable: true,
	});
	return Promise.resolve(new Map());
};

/** A booking that is whole, and one without its room yet, at the time of the recording. */
export const halfMade: Arrange = async (session, exchange) => {
	const since = new URLSearchParams(exchange.path.split('?')[1]).get('afterUpdatedAt') ?? '';
	await session.cal.advance(Date.parse(since) - Date.parse('2026-11-20T08:58:00.000Z') + 60_000);
	await session.book(23, '2026-12-21T13:30:00Z', { attendee: { ...ADA, phoneNumber: '+31612345678' } });
	session.cal.holdRooms();
	void session
		.book(23, '2026-12-02T14:30:00Z', { attendee: { ...BOB, phoneNumber: '+31612345678' } })
		.catch(() => undefined);
	while (session.cal.state.bookings.length < 2) await new Promise((resolve) => setImmediate(resolve));
	return new Map();
};

/** A booking, and the id of the one who booked it in the recorded path. */
export const withFirstAttendee: Arrange = async (session, exchange) => {
	const ids = await booked(23)(session, exchange);
	const id = /attendees\/(\d+)/.exec(exchange.path)?.[1] ?? '';
	const [attendee] = session.cal.state.bookings[0]?.attendees ?? [];
	return ids.set(`/attendees/${id}`, `/attendees/${attendee?.id ?? ''}`);
};

/** The event type that the recorded one stands for. */
export const eventTypeInstead =
	(eventTypeId: number): Arrange =>
	(_session, exchange) =>
		Promise.resolve(new Map([[`/event-types/${idInPath(exchange)}`, `/event-types/${eventTypeId}`]]));

/** A link of an event type that has the recorded id. */
export const privateLink: Arrange = async (session, exchange) => {
	const id = Number(idInPath(exchange));
	const { eventTypes } = session.cal.state;
	const like = eventTypes.find((eventType) => eventType.id === 3);
	if (like && id !== 3) eventTypes.push({ ...structuredClone(like), id, slug: 'private' });
	const data = await session.data('POST', `/event-types/${id}/private-links`, { body: { maxUsageCount: 2 } });
	const recorded = /private-links\/(\w+)/.exec(exchange.path)?.[1];
	return new Map(recorded !== undefined && isObject(data) ? [[recorded, String(data['linkId'])]] : []);
};

export const removedPrivateLink: Arrange = async (session, exchange) => {
	const ids = await privateLink(session, exchange);
	session.cal.state.privateLinks = [];
	return ids;
};

/** The webhook of an event type that the recorded path names. */
export const webhookOfEventType =
	(eventTypeId: number): Arrange =>
	async (session, exchange) => {
		await eventTypeWebhook(eventTypeId)(session, exchange);
		const [webhook] = session.cal.state.webhooks;
		if (webhook) Object.assign(webhook, recordedWebhook(exchange));
		const recorded = /webhooks\/([\w-]+)/.exec(exchange.path)?.[1] ?? '';
		return new Map([[recorded, webhook?.id ?? '']]);
	};

/** What the recorded answer says of the webhook. */
function recordedWebhook({ answer }: Exchange): JsonObject {
	const data = isObject(answer) && isObject(answer['data']) ? answer['data'] : {};
	const { triggers = [], secret = null } = data;
	return { triggers, secret };
}

/** Teachers who work around the clock: recorded times were chosen for other hours. */
function workAlways({ cal }: Session): void {
	const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
	for (const schedule of cal.state.schedules)
		schedule.availability = [{ days, startTime: '00:00', endTime: '23:59' }];
}

const askedSlot = ({ body }: Exchange): string => (isObject(body) ? String(body['slotStart']) : '');

/** The time that is asked for is reserved already; in the recorded path, by whom. */
export const reservedAsAsked: Arrange = async (session, exchange) => {
	workAlways(session);
	const body = { eventTypeId: 23, slotStart: askedSlot(exchange) };
	const data = await session.data('POST', '/slots/reservations', { body });
	return instead(exchange, isObject(data) ? data['reservationUid'] : '');
};

export const bookedAsAsked: Arrange = async (session, exchange) => {
	workAlways(session);
	await session.book(23, askedSlot(exchange));
	return new Map();
};

/** Seats of which one is gone, but Cal.com stumbles when it is given up. */
export const stumblingSeats =
	(eventTypeId: number, people: JsonObject[]): Arrange =>
	async (session, exchange) => {
		const ids = await seats(eventTypeId, people)(session, exchange);
		session.cal.stumbleOverSeats(1);
		return ids;
	};

/** The host asked for another time: cancelled, and called rescheduled, though there is no booking after it. */
export const askedForAnotherTime: Arrange = async (session, exchange) => {
	const booking = await session.book(23, SLOT);
	await session.cal.requestReschedule(uidOf(booking), 'ill');
	return instead(exchange, uidOf(booking));
};

export const withoutJitsi: Arrange = ({ cal }) => {
	cal.state.conferencingApps = [];
	return Promise.resolve(new Map());
};

export const people = { ADA, BOB, CEM };
