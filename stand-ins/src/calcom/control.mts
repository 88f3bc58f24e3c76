import { freeSlots } from './bookings/availability.mts';
import { requestReschedule } from './bookings/cancel.mts';
import { pay } from './bookings/decide.mts';
import { seedBookings } from './bookings/seed-bookings.mts';
import type { Clock } from './clock.mts';
import { subscribersOf, subscribersOfUser } from './deliver.mts';
import type { Gust, Storm } from '../faults.mts';
import { newUuid } from './ids.mts';
import type { JsonObject } from './json.mts';
import type { Losses } from './losses.mts';
import { meetingSnapshot } from './payloads/meeting.mts';
import { noShowAfterPayload, outOfOfficePayload, pingPayload, recordingPayload } from './payloads/others.mts';
import { factsOf } from './payloads/parts.mts';
import { newKey } from './seed.mts';
import { findBooking, userById } from './store.mts';
import { minutesBetween } from './time.mts';
import type { Booking } from './types.mts';
import { eventTypeNamed, newWebApp } from './web-app.mts';
import type { WebApp } from './web-app.mts';
import { announce, nowIso } from './world.mts';
import type { World } from './world.mts';

export type MeetingEvent = 'MEETING_STARTED' | 'MEETING_ENDED';

/** What happens at Cal.com without an API call: its clock, its web app, its payment provider. */
export interface Control extends WebApp {
	/** Moves the clock on and sends the meetings that start or end meanwhile. */
	advance(milliseconds: number): Promise<void>;
	/** Sends a meeting's start or end now, as Cal.com's cron would. */
	fireMeeting(event: MeetingEvent, uid: string): Promise<void>;
	/** The test button beside a webhook. */
	ping(webhookId: string): Promise<void>;
	/** The host asks the attendee to choose another time. */
	requestReschedule(uid: string, reason: string): Promise<void>;
	/** The booker of a paid event type pays. */
	pay(uid: string): Promise<void>;
	/** The owner makes another API key. The ones before go on working. */
	makeKey(): string;
	/** The owner is away. Dates with offset, as typed. */
	outOfOffice(start: string, end: string, notes: string): Promise<void>;
	recordingReady(uid: string): Promise<void>;
	transcriptReady(uid: string): Promise<void>;
	/** Nobody of them came within the webhook's delay. Webhooks without one never hear of it. */
	nobodyCame(who: 'hosts' | 'guests', uid: string): Promise<void>;
	/** A routing form without a meeting at its end. */
	submitForm(formName: string, answers: Record<string, string | string[]>): Promise<void>;
	/** What Cal Video left behind of a meeting, as the API lists it from now on. */
	record(uid: string, transcript?: string): void;
	/** The owner has something else in a connected calendar. Instants. */
	busy(start: string, end: string, externalId?: string): void;
	/** Fills the past with this many lessons, at once and without a delivery. */
	seedBookings(count: number): void;
	/** The next bookings find that somebody else took their time since it was listed. */
	stealNextSlots(count: number): void;
	/** The next seats that are given up are gone, but nobody is told, and who asked hears that there is no such record. */
	stumbleOverSeats(count: number): void;
	/**
	 * From now on a booking is in lists before it has its room, as at Cal.com: accepted, with the bare name of the app
	 * as its place. The room is there after so many milliseconds, and only then the webhook is sent and the booker
	 * answered; 0 ends it.
	 */
	slowRooms(milliseconds: number): void;
	/** The same until what it returns is called. */
	holdRooms(): () => void;
	/** Requests that are refused, lost or cut off, in this order; an empty plan ends it. */
	storm(plan: Gust[]): void;
	/** From now on this share (0 to 1) of the deliveries never arrives; the same ones for the same seed. */
	loseDeliveries(share: number, seed: number): void;
	/** From now on every PATCH drops this body field in silence; an empty name ends it. */
	ignoreField(name: string): void;
	/** The first free starts of an event type, ISO UTC, from now on. */
	freeSlots(slug: string, count: number): string[];
}

const chosen = (label: string): JsonObject => ({ label, id: newUuid() });

const DAY = 24 * 60 * 60_000;

export function newControl(world: World, clock: Clock, storm: Storm, losses: Losses): Control {
	const { state, courier } = world;

	const booked = (uid: string): Booking => {
		const booking = findBooking(state, uid);
		if (!booking) throw new Error(`No booking has the uid ${uid}`);
		return booking;
	};

	const sendMeeting = async (event: MeetingEvent, booking: Booking): Promise<void> => {
		booking.fired.push(event);
		const snapshot = booking.snapshot ?? meetingSnapshot(factsOf(state, booking, world.now()));
		await courier.send(subscribersOf(state, event, booking), {
			event,
			uid: booking.uid,
			payload: () => snapshot,
			shape: 'flat',
		});
	};

	const dueBetween = (from: string, to: string): { at: string; event: MeetingEvent; booking: Booking }[] =>
		state.bookings
			.filter(({ status }) => status === 'ACCEPTED')
			.flatMap((booking) => [
				{ at: booking.start, event: 'MEETING_STARTED' as const, booking },
				{ at: booking.end, event: 'MEETING_ENDED' as const, booking },
			])
			.filter(({ at, event, booking }) => from < at && at <= to && !booking.fired.includes(event))
			.sort((a, b) => a.at.localeCompare(b.at));

	const recorded = async (event: string, uid: string, links: JsonObject): Promise<void> =>
		await announce(world, event, booked(uid), (facts) => recordingPayload(facts, links));

	return {
		...newWebApp(world),
		makeKey() {
			const key = newKey();
			world.state.apiKeys.push({ key, userId: 1, expired: false, limit: null });
			return key;
		},
		async advance(milliseconds) {
			const from = nowIso(world);
			clock.advance(milliseconds);
			for (const { event, booking } of dueBetween(from, nowIso(world))) await sendMeeting(event, booking);
		},
		async fireMeeting(event, uid) {
			await sendMeeting(event, booked(uid));
		},
		async ping(webhookId) {
			const webhook = state.webhooks.find(({ id }) => id === webhookId);
			if (!webhook) throw new Error(`No webhook has the id ${webhookId}`);
			await courier.send([webhook], { event: 'PING', uid: null, payload: pingPayload });
		},
		async requestReschedule(uid, reason) {
			await requestReschedule(world, booked(uid), reason);
		},
		async pay(uid) {
			await pay(world, booked(uid));
		},
		async outOfOffice(start, end, notes) {
			const at = nowIso(world);
			const absence = { id: 1, uuid: newUuid(), start, end, notes, createdAt: at, updatedAt: at };
			const owner = userById(state, 1);
			await courier.send(subscribersOfUser(state, 'OOO_CREATED', owner.id), {
				event: 'OOO_CREATED',
				uid: null,
				payload: () => outOfOfficePayload(absence, owner),
			});
		},
		async recordingReady(uid) {
			await recorded('RECORDING_READY', uid, {
				downloadLink: 'https://app.cal.com/api/video/recording?token=abc',
			});
		},
		async transcriptReady(uid) {
			const transcription = [{ format: 'vtt', link: 'https://transcripts.example/1.vtt' }];
			const recording = 'https://app.cal.com/api/video/recording?token=abc';
			await recorded('RECORDING_TRANSCRIPTION_GENERATED', uid, { downloadLinks: { transcription, recording } });
		},
		async nobodyCame(who, uid) {
			const booking = booked(uid);
			const event = who === 'hosts' ? 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW' : 'AFTER_GUESTS_CAL_VIDEO_NO_SHOW';
			const waiting = subscribersOf(state, event, booking).filter(({ time }) => time !== null);
			await courier.send(waiting, {
				event,
				uid,
				payload: (at, webhook) => noShowAfterPayload(factsOf(state, booking, at), who, webhook),
			});
		},
		async submitForm(formName, answers) {
			const responses: JsonObject = {};
			for (const [field, value] of Object.entries(answers))
				responses[field] = { value, response: Array.isArray(value) ? value.map(chosen) : value };
			await courier.send(subscribersOfUser(state, 'FORM_SUBMITTED', 1), {
				event: 'FORM_SUBMITTED',
				uid: null,
				beside: { ...answers },
				payload: () => ({ formId: newUuid(), formName, teamId: null, responses }),
			});
		},
		record(uid, transcript) {
			const { start, end } = booked(uid);
			const id = newUuid();
			const duration = minutesBetween(start, end) * 60;
			state.recordings.push({ bookingUid: uid, id, startedAt: start, duration, transcript: transcript ?? null });
		},
		busy(start, end, externalId = 'owner@school.example') {
			const instant = (text: string) => new Date(text).toISOString();
			state.busy.push({ userId: 1, externalId, start: instant(start), end: instant(end) });
		},
		seedBookings(count) {
			seedBookings(world, count);
		},
		stealNextSlots(count) {
			world.thefts = count;
		},
		stumbleOverSeats(count) {
			world.seatRaces = count;
		},
		slowRooms(milliseconds) {
			world.rooms.slow(milliseconds);
		},
		holdRooms: () => world.rooms.hold(),
		storm(plan) {
			storm.plan(plan);
		},
		loseDeliveries(share, seed) {
			losses.plan(share, seed);
		},
		ignoreField(name) {
			world.ignoredField = name;
		},
		freeSlots(slug, count) {
			const eventType = eventTypeNamed(state.eventTypes, slug);
			const now = world.now();
			const found: string[] = [];
			for (let day = 0; found.length < count && day < 365; day += 7) {
				const from = new Date(now.getTime() + day * DAY);
				const to = new Date(from.getTime() + 7 * DAY - 1);
				found.push(...freeSlots(state, eventType, { from, to, now, minutes: eventType.lengthInMinutes }));
			}
			return found.slice(0, count);
		},
	};
}
