import { readFileSync } from 'node:fs';
import type { CalComEvent } from '../../../../nodes/shared/events/event.ts';
import { normalizeDelivery } from '../../../../nodes/shared/events/normalize.ts';
import type { NormalizeContext } from '../../../../nodes/shared/events/normalize.ts';

export type Fields = Record<string, unknown>;

export const CONTEXT: NormalizeContext = {
	source: 'webhook',
	verified: true,
	tag: null,
	instance: null,
	receivedAt: '2026-11-20T10:00:00.000Z',
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [],
	defaultBookingType: null,
};

export function normalize(body: unknown, context: Partial<NormalizeContext> = {}): CalComEvent {
	return normalizeDelivery(body, { ...CONTEXT, ...context });
}

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A recorded delivery's body by its file name without ".body.json". */
export function recorded(stem: string): Fields {
	const url = new URL(`../../../fixtures/recorded/deliveries/${stem}.body.json`, import.meta.url);
	const body: unknown = JSON.parse(readFileSync(url, 'utf8'));
	if (!isFields(body)) throw new Error(`${stem} is no object`);
	return body;
}

/** A delivery of a plain booking; `payload` replaces single fields (undefined takes one out). */
export function delivery(triggerEvent: string, payload: Fields = {}, createdAt = '2026-11-20T09:01:51.472Z'): Fields {
	return {
		triggerEvent,
		createdAt,
		payload: {
			bookerUrl: 'https://cal.example',
			uid: 'uid1',
			bookingId: 26,
			title: 'Lesson between School and Ada',
			startTime: '2026-11-24T08:00:00Z',
			endTime: '2026-11-24T08:30:00Z',
			type: 'lesson',
			eventTitle: 'Lesson',
			eventTypeId: 3,
			organizer: {
				id: 1,
				name: 'School',
				email: 'owner@school.example',
				username: 'school',
				timeZone: 'Europe/Amsterdam',
				language: { locale: 'en' },
			},
			attendees: [
				{
					name: 'Ada Lovelace',
					email: 'ada@student.example',
					timeZone: 'Europe/Amsterdam',
					language: { locale: 'nl' },
				},
			],
			responses: {},
			metadata: {},
			...payload,
		},
	};
}

/** An event with every part filled: the compiler holds it to the type, the tests hold all events to its keys. */
export const FULL_EVENT: CalComEvent = {
	event: 'X',
	category: 'system',
	eventKey: 'X',
	occurredAt: null,
	source: 'webhook',
	verified: true,
	bookingType: null,
	tag: null,
	instance: null,
	booking: {
		uid: null,
		id: null,
		title: null,
		description: null,
		status: null,
		lifecycle: null,
		start: null,
		end: null,
		durationMinutes: null,
		timeZone: null,
		startLocal: null,
		endLocal: null,
		location: { type: 'other', label: '', url: null, phone: null, address: null },
		previousUid: null,
		previousStart: null,
		previousEnd: null,
		rescheduledBy: null,
		rescheduleReason: null,
		cancelledBy: null,
		cancellationReason: null,
		rejectionReason: null,
		rescheduleRequested: false,
		seatUid: null,
		seats: null,
		seatRemoved: false,
		isRecurring: false,
		recurrence: { frequency: null, interval: null, count: null },
		recurringBookingUid: null,
		price: null,
		currency: null,
		paid: null,
		iCalUid: null,
		bookingUrl: null,
		rescheduleUrl: null,
		cancelUrl: null,
	},
	eventType: { id: null, slug: null, title: null, description: null, lengthMinutes: null, schedulingType: null },
	organizer: { id: null, name: null, email: null, username: null, timeZone: null, locale: null },
	attendee: {
		name: null,
		firstName: null,
		lastName: null,
		email: null,
		phone: null,
		timeZone: null,
		locale: null,
		noShow: null,
	},
	attendees: [],
	attendeeCount: 0,
	guests: [],
	hosts: [],
	responses: {},
	customResponses: {},
	hasCustomResponses: false,
	notes: null,
	metadata: {},
	noShow: { who: null, absent: [], present: [], hostEmail: null, message: null },
	recording: { downloadUrl: null, transcriptUrls: [] },
	form: { id: null, name: null, teamId: null, responseId: null, answers: {} },
	outOfOffice: {
		uuid: null,
		start: null,
		end: null,
		reason: null,
		notes: null,
		userEmail: null,
		userName: null,
		replacementEmail: null,
		replacementName: null,
		updatedAt: null,
	},
	instantMeeting: { joinUrl: null, teamId: null },
	payment: { id: null, status: 'paid', amount: null, currency: null },
	report: {},
	changes: {},
	raw: null,
};
