import { withoutSecretParameters } from '../../../../nodes/shared/events/secrets.ts';
import { delivery, isFields, normalize, recorded } from './support.mts';

const ada = { email: 'ada@student.example', name: 'Ada' };
const bob = { email: 'bob@student.example', name: 'Bob' };

describe('no-shows', () => {
	const base = { bookingUid: 'u', uid: undefined };

	test.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
		[
			'of attendees, both ways',
			'BOOKING_NO_SHOW_UPDATED',
			{
				message: 'm',
				attendees: [
					{ ...ada, noShow: true },
					{ ...bob, noShow: false },
				],
			},
			{ who: 'attendee', absent: [ada.email], present: [bob.email], hostEmail: null, message: 'm' },
		],
		[
			'of the host',
			'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
			{ hostEmail: 'owner@school.example', attendees: [{ ...ada, noShow: false }] },
			{
				who: 'host',
				absent: ['owner@school.example'],
				present: [],
				hostEmail: 'owner@school.example',
				message: null,
			},
		],
		[
			'of guests who are marked',
			'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
			{
				guests: [
					{ ...ada, noShow: true },
					{ ...bob, noShow: false },
				],
				attendees: [ada, bob],
			},
			{ who: 'attendee', absent: [ada.email], present: [], hostEmail: null, message: null },
		],
		[
			'of guests who are only listed',
			'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
			{ guests: [ada, bob] },
			{ who: 'attendee', absent: [ada.email, bob.email], present: [], hostEmail: null, message: null },
		],
		[
			'of the attendees where no guests are sent',
			'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
			{ attendees: [ada] },
			{ who: 'attendee', absent: [ada.email], present: [], hostEmail: null, message: null },
		],
	])('%s', (_name, event, payload, expected) => {
		const actual = normalize(delivery(event, { ...base, ...payload }));
		expect(actual.noShow).toEqual(expected);
		expect(actual.booking.uid).toBe('u');
	});
});

describe('recordings', () => {
	const transcription = [
		{ format: 'txt', link: 'https://s3.example/t.txt?X-Amz-Signature=abc&X-Amz-Expires=600&part=1' },
		{ format: 'vtt', url: 'https://s3.example/t.vtt?Signature=abc' },
		'https://s3.example/t.srt',
		{ format: 'none' },
		null,
	];
	const body = delivery('RECORDING_TRANSCRIPTION_GENERATED', {
		downloadLinks: { transcription, recording: 'https://app.cal.com/api/video/recording?token=abc' },
	});

	test('come without what opens them', () => {
		expect(normalize(body).recording).toEqual({
			downloadUrl: 'https://app.cal.com/api/video/recording',
			transcriptUrls: ['https://s3.example/t.txt?part=1', 'https://s3.example/t.vtt', 'https://s3.example/t.srt'],
		});
	});

	test('unless secrets are asked for', () => {
		const { recording } = normalize(body, { includeSecrets: true });
		expect(recording?.downloadUrl).toBe('https://app.cal.com/api/video/recording?token=abc');
		expect(recording?.transcriptUrls[0]).toContain('X-Amz-Signature=abc');
	});

	test.each([
		['https://x.example/a', 'https://x.example/a'],
		['https://x.example/a?b=1', 'https://x.example/a?b=1'],
		['https://x.example/a?TOKEN=1&b=2#c', 'https://x.example/a?b=2#c'],
		['https://x.example/a?b=1&Key-Pair-Id=2&Policy=3', 'https://x.example/a?b=1'],
		['https://x.example/a?access_token', 'https://x.example/a'],
		['https://x.example/a?tokens=1', 'https://x.example/a?tokens=1'],
		['https://x.example/#a?token=1', 'https://x.example/#a'],
	])('%s becomes %s', (url, expected) => {
		expect(withoutSecretParameters(url)).toBe(expected);
	});
});

describe('forms', () => {
	const form = (responses: unknown, more = {}) =>
		normalize({
			triggerEvent: 'FORM_SUBMITTED_NO_EVENT',
			createdAt: '2026-11-20T09:13:17.941Z',
			payload: { formId: 'f1', formName: 'Intake', teamId: 5, responses, ...more },
		});

	test('answers are what people chose, not its ids', () => {
		const event = form(
			{
				name: { value: 'Ada Lovelace', response: 'Ada Lovelace' },
				email: { value: 'ada@student.example', response: 'ada@student.example' },
				instrument: { value: ['Piano'], response: [{ label: 'Piano', id: 'x' }] },
				level: { value: { id: 'y' }, response: { label: 'Beginner', id: 'y' } },
				days: { response: [{ label: 'Mon', id: 'z' }, 'Tue'] },
				open: { value: '', response: '' },
			},
			{ responseId: 100 },
		);
		expect(event.form).toEqual({
			id: 'f1',
			name: 'Intake',
			teamId: 5,
			responseId: 100,
			answers: {
				name: 'Ada Lovelace',
				email: 'ada@student.example',
				instrument: ['Piano'],
				level: 'Beginner',
				days: ['Mon', 'Tue'],
				open: null,
			},
		});
		expect(event.attendee).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', email: 'ada@student.example' });
		expect(event.eventKey).toBe('FORM_SUBMITTED_NO_EVENT:f1:100');
	});

	test('a form without a name or an email has no attendee', () => {
		expect(form({ x: { value: '1', response: '1' } })).toMatchObject({ attendees: [], attendeeCount: 0 });
	});
});

test('an absence, with its replacement', () => {
	const user = { name: 'School', email: 'owner@school.example' };
	const oooEntry = {
		id: 1,
		uuid: 'o1',
		start: '2026-12-24T00:00:00+01:00',
		end: '2026-12-26T23:59:59+01:00',
		updatedAt: '2026-11-20T09:06:35.832Z',
		notes: '',
		reason: { emoji: '🏝️', reason: 'ooo_reasons_vacation' },
		user,
		toUser: { name: 'Anna', email: 'anna@school.example' },
	};
	expect(normalize({ triggerEvent: 'OOO_CREATED', payload: { oooEntry } }).outOfOffice).toEqual({
		uuid: 'o1',
		start: '2026-12-23T23:00:00.000Z',
		end: '2026-12-26T22:59:59.000Z',
		reason: 'ooo_reasons_vacation',
		notes: null,
		userEmail: user.email,
		userName: user.name,
		replacementEmail: 'anna@school.example',
		replacementName: 'Anna',
		updatedAt: '2026-11-20T09:06:35.832Z',
	});
});

test('payments, instant meetings, reports and changes', () => {
	expect(normalize(delivery('BOOKING_PAID', { paymentId: 500, price: 1000, currency: 'usd' })).payment).toEqual({
		id: '500',
		status: 'paid',
		amount: 1000,
		currency: 'USD',
	});
	const joinUrl = 'https://cal.example/connect-and-join?token=1';
	const instant = { connectAndJoinUrl: joinUrl, teamId: '7' };
	expect(normalize(delivery('INSTANT_MEETING', instant)).instantMeeting).toEqual({ joinUrl, teamId: 7 });
	expect(
		normalize(delivery('BOOKING_LOCATION_UPDATED', { location: 'Dam 1', previousLocation: 'Dam 2' })).changes,
	).toEqual({ location: { old: 'Dam 2', new: 'Dam 1' } });
	expect(
		normalize(delivery('BOOKING_REASSIGNED', { addedHostUserIds: [2, '3', 'x'], removedHostUserIds: [1] })).changes,
	).toEqual({ hosts: { addedUserIds: [2, 3], removedUserIds: [1] } });
});

test('a report of a wrong assignment has its booking one level down', () => {
	const event = normalize({
		triggerEvent: 'WRONG_ASSIGNMENT_REPORT',
		createdAt: '2025-01-15T10:30:00.000Z',
		payload: {
			booking: {
				uid: 'abc',
				id: 12345,
				title: 'Sales Call',
				startTime: '2025-01-15T14:00:00.000Z',
				status: 'ACCEPTED',
				eventType: { id: 100, title: 'Sales Call', slug: 'sales-call', teamId: 50 },
			},
			report: { guest: 'lead@company.example', correctAssignee: null },
		},
	});
	expect(event.booking).toMatchObject({
		uid: 'abc',
		id: 12345,
		status: 'accepted',
		start: '2025-01-15T14:00:00.000Z',
	});
	expect(event.eventType).toMatchObject({ id: 100, title: 'Sales Call', slug: 'sales-call' });
	expect(event.report).toEqual({ guest: 'lead@company.example', correctAssignee: null });
	expect(event.eventKey).toBe('WRONG_ASSIGNMENT_REPORT:abc');
});

describe('raw', () => {
	const secret = {
		oneTimePassword: 'one-time',
		videoCallData: { type: 'daily_video', password: 'room-pass', url: 'https://meetco.daily.co/room' },
		webhook: { id: 'w', secret: 'whsec' },
		downloadLink: 'https://app.cal.com/api/video/recording?token=abc&v=1',
		responses: { password: { label: 'Password hint', value: 'blue' } },
	};

	test('is only there when asked for, and without secrets', () => {
		const body = delivery('BOOKING_CREATED', secret);
		expect(normalize(body).raw).toBeNull();
		const { raw } = normalize(body, { includeRaw: true });
		expect(raw).toMatchObject({
			payload: {
				videoCallData: { type: 'daily_video', url: 'https://meetco.daily.co/room' },
				webhook: { id: 'w' },
				downloadLink: 'https://app.cal.com/api/video/recording?v=1',
				responses: { password: { label: 'Password hint', value: 'blue' } },
			},
		});
		for (const hidden of ['one-time', 'room-pass', 'whsec', 'token=abc']) {
			expect(JSON.stringify(raw)).not.toContain(hidden);
		}
	});

	test('has the secrets when they are asked for', () => {
		const body = delivery('BOOKING_CREATED', secret);
		expect(normalize(body, { includeRaw: true, includeSecrets: true }).raw).toEqual(body);
	});

	test('hides no secret in a payload that came as text', () => {
		const body = delivery('BOOKING_CREATED', secret);
		const text = JSON.stringify(
			normalize({ ...body, payload: JSON.stringify(body.payload) }, { includeRaw: true }),
		);
		expect(text).not.toContain('one-time');
		expect(text).not.toContain('room-pass');
	});

	test.each(['SOMETHING_NEW', 'DELEGATION_CREDENTIAL_ERROR'])(
		'is always there for %s, which has no shape',
		(event) => {
			const { raw, category, booking } = normalize(delivery(event, { ...secret, extra: 1 }));
			expect(category).toBe('system');
			expect(isFields(raw) && isFields(raw.payload) && raw.payload.extra).toBe(1);
			expect(booking.uid).toBe('uid1');
			expect(JSON.stringify(raw)).not.toContain('one-time');
		},
	);

	test('leaves the delivery it was made of as it was', () => {
		const body = recorded('001-BOOKING_CREATED-plain-calvideo');
		const before = JSON.stringify(body);
		normalize(body, { includeRaw: true });
		expect(JSON.stringify(body)).toBe(before);
	});
});
