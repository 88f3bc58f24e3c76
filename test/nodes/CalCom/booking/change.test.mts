import type { IDataObject } from 'n8n-workflow';
import { addAttendee } from '../../../../nodes/CalCom/actions/booking/addAttendee.operation.ts';
import { addGuests } from '../../../../nodes/CalCom/actions/booking/addGuests.operation.ts';
import { cancel } from '../../../../nodes/CalCom/actions/booking/cancel.operation.ts';
import { confirm } from '../../../../nodes/CalCom/actions/booking/confirm.operation.ts';
import { decline } from '../../../../nodes/CalCom/actions/booking/decline.operation.ts';
import { markAbsent } from '../../../../nodes/CalCom/actions/booking/markAbsent.operation.ts';
import { reassign } from '../../../../nodes/CalCom/actions/booking/reassign.operation.ts';
import { removeAttendee } from '../../../../nodes/CalCom/actions/booking/removeAttendee.operation.ts';
import { reschedule } from '../../../../nodes/CalCom/actions/booking/reschedule.operation.ts';
import { updateLocation } from '../../../../nodes/CalCom/actions/booking/updateLocation.operation.ts';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import { exchange } from '../../shared/api/recorded-exchanges.mts';
import type { AnswerOrFault } from '../support/fake-execute.mts';
import { act, data, failure, fault, replay, UID } from './support.mts';

const SEAT = 'e6f70a3a-34a1-4696-9a92-faeac554cee5';

/** Operation, recording, what the panel says; the body expected when it is not the recorded one. */
const RECORDED: Array<[Operation, string, Record<string, unknown>, IDataObject?]> = [
	[
		reschedule,
		'305',
		{ start: '2026-12-02T15:00', additionalFields: { reschedulingReason: 'host moves' } },
		{ start: '2026-12-02T14:00:00.000Z', reschedulingReason: 'host moves' },
	],
	[
		reschedule,
		'310',
		{ start: '2026-12-03T08:00:00Z', additionalFields: { rescheduledBy: 'owner@school.example' } },
		{ start: '2026-12-03T08:00:00.000Z', rescheduledBy: 'owner@school.example' },
	],
	[cancel, '142', { cancellationReason: 'changed my mind' }],
	[cancel, '157', {}],
	[cancel, '205', { cancel: 'booking', cancellationReason: 'one off' }],
	[cancel, '220', { cancel: 'seat', seatUid: SEAT, cancellationReason: 'cem cannot come' }],
	[confirm, '182', {}],
	[confirm, '209', {}],
	[decline, '211', { reason: 'full' }],
	[markAbsent, '191', { host: 'unchanged', absentAttendees: 'ada@student.example' }],
	[markAbsent, '193', { host: 'absent' }],
	[markAbsent, '194', { host: 'present' }],
	[reassign, '179', { to: 'automatic' }],
	[reassign, '232', { to: 'user', userId: '2', reason: 'holiday cover' }],
	[
		addGuests,
		'170',
		{
			guests: { guest: [{ email: 'late1@student.example', name: 'Late One', timeZone: 'Europe/Amsterdam' }] },
			guestEmails: 'late2@student.example',
		},
	],
	[addAttendee, '172', { name: 'Late Four', email: 'late4@student.example', timeZone: 'Europe/Amsterdam' }],
];

describe('the request that is recorded', () => {
	const rows = RECORDED.map(([operation, start, parameters, body]) => ({
		start,
		operation,
		parameters,
		body,
		name: operation.option.name,
	}));

	test.each(rows)('$name, $start', async ({ operation, start, parameters, body }) => {
		const recorded = exchange(start);
		const uid = recorded.path.split('/')[3] ?? '';
		const answers = operation === reschedule ? [replay(start), replay(start)] : [replay(start)];
		const { requests, items } = await act(operation, { bookingUid: uid, ...parameters }, answers);
		const [request, ...more] = requests;
		// A moved booking is compared with the one before.
		expect(more).toHaveLength(operation === reschedule ? 1 : 0);
		expect(request).toMatchObject({
			method: recorded.method,
			path: recorded.path.replace('/v2', ''),
			version: '2024-08-13',
		});
		expect(request?.body ?? null).toEqual(body ?? recorded.requestBody);
		expect(items.length).toBeGreaterThan(0);
	});
});

describe('cancel', () => {
	test('the following ones', async () => {
		const parameters = { bookingUid: UID, cancel: 'following', cancellationReason: 'quit' };
		const { request, items } = await act(cancel, parameters, [replay('206')]);
		expect(request?.body).toEqual({ cancellationReason: 'quit', cancelSubsequentBookings: true });
		expect(items.length).toBeGreaterThan(1);
	});

	test('the whole series, from any of its bookings', async () => {
		const [first] = (exchange('203').body as { data: IDataObject[] }).data;
		const parameters = { bookingUid: UID, cancel: 'series', cancellationReason: 'quit' };
		const { requests, items } = await act(cancel, parameters, [{ data: first }, replay('206')]);
		expect(requests[1]).toMatchObject({
			method: 'POST',
			path: '/bookings/e39b9c12-0ee7-4aac-8506-6390b83fa415/cancel',
			body: { cancellationReason: 'quit' },
		});
		expect(items.every(({ status }) => status === 'cancelled')).toBe(true);
	});

	test('the series of a booking that has none', async () => {
		const told = await failure(cancel, { bookingUid: UID, cancel: 'series' }, [replay('098')]);
		expect(told.message).toBe('This booking is not part of a recurring series');
		expect(told.requests).toBe(1);
	});

	test('one that is cancelled already can be fine', async () => {
		const parameters = { bookingUid: UID, acceptCancelled: true };
		const { item, requests } = await act(cancel, parameters, [replay('142')]);
		expect(requests.map(({ method }) => method)).toEqual(['GET']);
		expect(item).toMatchObject({ status: 'cancelled', alreadyCancelled: true });
		const other = await act(cancel, parameters, [replay('098'), replay('142')]);
		expect(other.item.alreadyCancelled).toBe(false);
	});

	test('one that was moved is not cancelled', async () => {
		const moved = { ...data('142'), rescheduledToUid: 'next' };
		const parameters = { bookingUid: UID, acceptCancelled: true };
		const { requests } = await act(cancel, parameters, [{ data: moved }, replay('142')]);
		expect(requests).toHaveLength(2);
	});

	test('a seat that is gone already', async () => {
		const parameters = { bookingUid: UID, cancel: 'seat', seatUid: SEAT, acceptCancelled: true };
		const { item, requests } = await act(cancel, parameters, [replay('220')]);
		expect(requests).toHaveLength(1);
		expect(item).toMatchObject({ status: 'accepted', alreadyCancelled: true });
	});

	test('a seat that Cal.com stumbles over is read: one that is gone is given up', async () => {
		const parameters = { bookingUid: UID, cancel: 'seat', seatUid: SEAT };
		const { items, requests, notes } = await act(cancel, parameters, [replay('450'), replay('220')]);
		expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
		expect(items).toMatchObject([{ status: 'accepted' }]);
		expect(notes.join()).toContain('no webhook');
	});

	test('a seat that is still there after that is not', async () => {
		const still = { ...data('220'), attendees: [{ email: 'cem@student.example', seatUid: SEAT }] };
		const parameters = { bookingUid: UID, cancel: 'seat', seatUid: SEAT };
		const told = await failure(cancel, parameters, [replay('450'), { data: still }]);
		expect(told.requests).toBe(2);
		expect(`${told.message} ${told.description}`).toContain('not found');
	});

	test('a booking that Cal.com does not know is not read again', async () => {
		expect((await failure(cancel, { bookingUid: UID }, [replay('450')])).requests).toBe(1);
		const seat = { bookingUid: UID, cancel: 'seat', seatUid: SEAT };
		expect((await failure(cancel, seat, [replay('410')])).requests).toBe(1);
	});
});

describe('reschedule to another length', () => {
	const parameters = { bookingUid: UID, start: '2026-12-15T09:00:00Z' };
	const answer = (uid: string, duration: number) => ({ data: { ...data('305'), uid, duration } });

	test('is told: Cal.com takes that of the event type without a word', async () => {
		const { requests, notes } = await act(reschedule, parameters, [answer('uid2', 30), answer('uid1', 60)]);
		expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /bookings/uid1/reschedule',
			'GET /bookings/uid1',
		]);
		expect(notes.join()).toContain('A booking took 60 minutes and takes 30 now');
	});

	test.each<[string, AnswerOrFault[]]>([
		['the same length', [answer('uid2', 30), answer('uid1', 30)]],
		['a booking before that cannot be read', [answer('uid2', 30), replay('410')]],
		['seats that were moved together: they keep their uid', [answer('uid1', 30)]],
	])('is not made up: %s', async (_what, answers) => {
		const { items, notes } = await act(reschedule, parameters, answers);
		expect(items).toHaveLength(1);
		expect(notes).toEqual([]);
	});
});

describe('reschedule of one seat', () => {
	test('goes without the reason, which Cal.com refuses there, and says so', async () => {
		const additionalFields = { seatUid: SEAT, reschedulingReason: 'ill', rescheduledBy: 'ada@student.example' };
		const parameters = { bookingUid: UID, start: '2026-12-02T14:00:00Z', additionalFields };
		const { requests, notes } = await act(reschedule, parameters, [replay('305'), replay('305')]);
		expect(requests[0]?.body).toEqual({
			start: '2026-12-02T14:00:00.000Z',
			seatUid: SEAT,
			rescheduledBy: 'ada@student.example',
		});
		expect(notes.join()).toContain('The reason was left out');
	});
});

describe('when nobody knows whether it happened', () => {
	const moved = { ...data('305'), uid: 'uid2', rescheduledFromUid: 'uid1' };
	const old = { ...data('305'), uid: 'uid1', status: 'cancelled', rescheduledToUid: 'uid2' };
	const guests = (emails: string[]) => ({ ...data('098'), attendees: emails.map((email) => ({ email })) });
	const start = '2026-12-02T14:00:00Z';

	test.each<[string, Operation, Record<string, unknown>, AnswerOrFault[]]>([
		['reschedule', reschedule, { start }, [{ data: old }, { data: moved }]],
		['reschedule of all seats', reschedule, { start }, [{ data: { ...moved, uid: 'uid1' } }]],
		['reschedule of one seat', reschedule, { start, additionalFields: { seatUid: SEAT } }, [{ data: moved }]],
		['cancel', cancel, {}, [replay('142')]],
		['cancel of a seat', cancel, { cancel: 'seat', seatUid: SEAT }, [replay('220')]],
		['confirm', confirm, {}, [replay('182')]],
		['decline', decline, {}, [replay('211')]],
		['add guests', addGuests, { guestEmails: 'A@x.example' }, [{ data: guests(['a@x.example']) }]],
		['add attendee', addAttendee, { name: 'L', email: 'late4@student.example' }, [replay('173')]],
		['remove attendee', removeAttendee, { attendee: '999' }, [replay('173')]],
	])('%s is read, not asked again', async (_what, operation, parameters, answers) => {
		const { requests, items, notes } = await act(operation, { bookingUid: UID, ...parameters }, [
			fault('ETIMEDOUT'),
			...answers,
		]);
		expect(requests.slice(1).every(({ method }) => method === 'GET')).toBe(true);
		expect(items).toHaveLength(1);
		expect(notes.join()).toContain('had carried it out');
	});

	test.each<[string, Operation, Record<string, unknown>, AnswerOrFault[]]>([
		['reschedule', reschedule, { start }, [replay('098')]],
		['reschedule to another time', reschedule, { start: '2026-12-09T14:00:00Z' }, [{ data: old }, { data: moved }]],
		['cancel', cancel, {}, [replay('098')]],
		['confirm', confirm, {}, [replay('128')]],
		['decline', decline, {}, [replay('128')]],
		['add guests', addGuests, { guestEmails: 'a@x.example' }, [replay('098')]],
		['add attendee', addAttendee, { name: 'L', email: 'l@x.example' }, [replay('173')]],
		['remove attendee', removeAttendee, { attendee: '33' }, [replay('173')]],
	])('%s that did not happen fails', async (_what, operation, parameters, answers) => {
		const told = await failure(operation, { bookingUid: UID, ...parameters }, [fault('ETIMEDOUT'), ...answers]);
		expect(told.message).toContain('did not answer in time');
		expect(told.requests).toBe(1 + answers.length);
	});
});

describe('guests and attendees', () => {
	test('more guests than Cal.com takes at once go in several requests', async () => {
		const emails = Array.from({ length: 23 }, (_, index) => `g${index}@x.example`);
		const { requests, items } = await act(addGuests, { bookingUid: UID, guestEmails: emails.join(',') }, [
			replay('170'),
			replay('170'),
			replay('170'),
		]);
		const sizes = requests.map(({ body }) => (body?.guests as unknown[]).length);
		expect(sizes).toEqual([10, 10, 3]);
		expect(items).toHaveLength(1);
	});

	test('an attendee is removed by email', async () => {
		const { requests, item } = await act(removeAttendee, { bookingUid: UID, attendee: 'late4@student.example' }, [
			replay('173'),
			replay('371'),
		]);
		expect(requests[1]).toMatchObject({ method: 'DELETE', path: '/bookings/uid1/attendees/36' });
		expect(item).toEqual({ deleted: true });
	});
});

describe('update location', () => {
	const before = (location: string) => ({ data: { ...data('175'), location } });

	test.each<[string, Record<string, unknown>, IDataObject, string]>([
		[
			'a link',
			{ location: 'link', locationLink: 'https://x.example/1' },
			{ link: 'https://x.example/1' },
			'https://x.example/1',
		],
		['an address', { location: 'address', locationAddress: 'Dam 1' }, { address: 'Dam 1' }, 'Dam 1'],
		['a number', { location: 'phone', locationPhone: '+31612345678' }, { phone: '+31612345678' }, '+31612345678'],
		['a place', { location: 'attendeeDefined', locationText: 'Café' }, { location: 'Café' }, 'Café'],
	])('%s is sent when it differs, and only then', async (_what, parameters, detail, shown) => {
		const all = { bookingUid: UID, ...parameters };
		const sent = await act(updateLocation, all, [before('Elsewhere'), before(shown)]);
		expect(sent.request).toMatchObject({
			method: 'PATCH',
			path: '/bookings/uid1/location',
			body: { location: { type: parameters.location, ...detail } },
		});
		expect(sent.item.update).toEqual({
			sent: true,
			fields: { location: 'changed' },
			changes: { location: { from: 'Elsewhere', to: shown } },
		});
		const equal = await act(updateLocation, all, [before(shown)]);
		expect(equal.requests).toHaveLength(1);
		expect(equal.item.update).toEqual({ sent: false, fields: { location: 'unchanged' }, changes: {} });
	});

	test('a video app, as recorded', async () => {
		const parameters = { bookingUid: UID, location: 'integration', locationApp: 'jitsi' };
		const answers = [before('http://localhost:3000/video/uid1'), replay('175')];
		const { request, item } = await act(updateLocation, parameters, answers);
		expect(request?.body).toEqual(exchange('175').requestBody);
		expect(item.update).toMatchObject({ sent: true, fields: { location: 'changed' } });
	});

	test('a protected one is never sent', async () => {
		const parameters = {
			bookingUid: UID,
			location: 'link',
			locationLink: 'https://x.example/1',
			protectedFields: ['location'],
		};
		const { requests, item } = await act(updateLocation, parameters, [before('Elsewhere')]);
		expect(requests).toHaveLength(1);
		expect(item.update).toMatchObject({ fields: { location: 'protected' } });
	});

	test('one that Cal.com did not take is told', async () => {
		const parameters = { bookingUid: UID, location: 'address', locationAddress: 'Dam 1' };
		const answers = [before('Elsewhere'), before('Elsewhere'), before('Elsewhere')];
		const { item, notes } = await act(updateLocation, parameters, answers);
		expect(item.update).toMatchObject({ fields: { location: 'notTaken' } });
		expect(notes.join()).toContain('location');
	});
});

describe('what the panel refuses before asking', () => {
	test.each<[Operation, Record<string, unknown>, string]>([
		[reschedule, { start: '' }, 'New Start is empty'],
		[
			reschedule,
			{ start: '2027-03-14T02:30', timeZone: 'America/New_York' },
			'New Start 2027-03-14T02:30 never comes in America/New_York: the clocks go forward over it',
		],
		[cancel, { bookingUid: '' }, 'Booking is not chosen'],
		[cancel, { cancel: 'seat' }, 'Seat UID is empty'],
		[markAbsent, { host: 'unchanged' }, 'Nobody is named'],
		[reassign, { to: 'user', userId: 'anna' }, 'User ID "anna" is not a number'],
		[addGuests, {}, 'There is no guest to add'],
		[addAttendee, { name: '', email: 'x@x.example' }, 'Name is empty'],
		[addAttendee, { name: 'X', email: '' }, 'Email is empty'],
		[updateLocation, { location: 'link', locationLink: '' }, 'Link is empty'],
		[updateLocation, { location: 'eventType' }, 'Location is not chosen'],
	])('%#', async (operation, parameters, message) => {
		const told = await failure(operation, { bookingUid: UID, ...parameters });
		expect(told).toMatchObject({ message, itemIndex: 0, requests: 0 });
		expect(told.description).not.toBe('');
	});
});
