import { readDelivery } from '../../../../nodes/shared/booking/schema.ts';
import fc from 'fast-check';
import { filterReason, isGuestCopy, readFilters } from '../../../../nodes/shared/events/filters.ts';
import type { DeliveryFilters } from '../../../../nodes/shared/events/filters.ts';
import { normalizeDelivery } from '../../../../nodes/shared/events/normalize.ts';
import { readRecordings } from './recordings.mts';

const recordings = readRecordings().filter(({ number }) => number !== '005' && number !== '051');
const all: DeliveryFilters = readFilters({}, []);

function delivery(number: string) {
	const recording = recordings.find((one) => one.number === number);
	if (recording === undefined) throw new Error(`No recording ${number}`);
	return JSON.parse(recording.bytes.toString());
}

function normalized(body: unknown) {
	return normalizeDelivery(body, {
		source: 'webhook',
		verified: true,
		tag: null,
		instance: null,
		receivedAt: '2026-11-20T09:00:00.000Z',
		includeSecrets: false,
		includeRaw: false,
		defaultCountry: null,
		bookingTypeRules: [],
		defaultBookingType: null,
	});
}

const reason = (body: unknown, filters: Partial<DeliveryFilters>) =>
	filterReason(normalized(body), readDelivery(body), { ...all, ...filters });
const created = delivery('001');
const { attendees, organizer, eventTypeId } = created.payload;

describe('filters', () => {
	test('nothing chosen lets every recorded delivery through', () => {
		for (const { bytes } of recordings) expect(reason(JSON.parse(bytes.toString()), {})).toBeNull();
	});

	test.each<[string, Partial<DeliveryFilters>, string | null]>([
		['the event is chosen', { events: ['BOOKING_CREATED'] }, null],
		['the event is not chosen', { events: ['BOOKING_CANCELLED'] }, 'event not chosen'],
		['its event type', { eventTypeIds: [99, eventTypeId] }, null],
		['another event type', { eventTypeIds: [99] }, 'other event type'],
		['its attendee, in capitals', { attendeeEmails: [attendees[0].email.toUpperCase()] }, null],
		['another attendee', { attendeeEmails: ['no@one.example'] }, 'other attendee'],
		['its organizer', { organizerEmails: ['x@y.example', organizer.email] }, null],
		['another organizer', { organizerEmails: ['no@one.example'] }, 'other organizer'],
		['not a guest’s copy', { ignoreGuestCopies: true }, null],
	])('%s', (_name, filters, expected) => {
		expect(reason(created, filters)).toBe(expected);
	});

	test('a guest counts as attendee', () => {
		expect(reason(delivery('007'), { attendeeEmails: ['carol@student.example'] })).toBeNull();
	});

	test('what a delivery does not name cannot stop it', () => {
		const noShow = delivery('057');
		expect(normalized(noShow).eventType.id).toBeNull();
		expect(reason(noShow, { eventTypeIds: [99], organizerEmails: ['no@one.example'] })).toBeNull();
		expect(reason(delivery('117'), { attendeeEmails: ['no@one.example'] })).toBeNull();
	});

	test('events that Cal.com adds pass the choice of events', () => {
		const future = { ...created, triggerEvent: 'BOOKING_TELEPORTED' };
		expect(reason(future, { events: ['BOOKING_CANCELLED'] })).toBeNull();
	});
});

describe('copies for guests', () => {
	const guestsOnly = structuredClone(delivery('007'));
	guestsOnly.payload.attendees = guestsOnly.payload.attendees.slice(1);

	test('list only people whom the booker brought along', () => {
		expect(guestsOnly.payload.attendees.length).toBeGreaterThan(0);
		expect(reason(guestsOnly, { ignoreGuestCopies: true })).toBe('copy for a guest');
		expect(reason(guestsOnly, {})).toBeNull();
	});

	test('no recorded delivery is one', () => {
		for (const { bytes, stem } of recordings) {
			const body = JSON.parse(bytes.toString());
			expect([stem, isGuestCopy(readDelivery(body), normalized(body))]).toEqual([stem, false]);
		}
	});
});

describe('the panel’s filters', () => {
	test('are read tolerantly', () => {
		const parameter = {
			attendeeEmails: ['a@x.example, b@x.example', ' '],
			organizerEmails: ['c@x.example'],
			eventTypes: { values: [{ eventTypeId: { __rl: true, mode: 'list', value: '7' } }] },
			ignoreGuestCopies: true,
		};
		expect(readFilters(parameter, ['A'])).toEqual({
			events: ['A'],
			attendeeEmails: ['a@x.example', 'b@x.example'],
			organizerEmails: ['c@x.example'],
			eventTypeIds: [7],
			ignoreGuestCopies: true,
		});
	});

	test('an event type that was added and not chosen filters nothing', () => {
		const unset = { eventTypes: { values: [{ eventTypeId: { __rl: true, mode: 'list', value: '' } }] } };
		expect(readFilters(unset, []).eventTypeIds).toEqual([]);
	});

	test('whatever they are, no error', () => {
		fc.assert(fc.property(fc.object(), (parameter) => Array.isArray(readFilters(parameter, []).attendeeEmails)));
	});
});
