import type { EventLocation } from '../../../../nodes/shared/booking/model.ts';
import { videoAppLabel } from '../../../../nodes/shared/booking/videoApps.ts';
import { delivery, normalize } from '../events/support.mts';

type Payload = Record<string, unknown>;

const place = (value: unknown, optionValue: unknown = '') => ({
	responses: { location: { label: 'location', value: { value, optionValue }, isHidden: false } },
});
const at = (given: Partial<EventLocation> & Pick<EventLocation, 'type' | 'label'>): EventLocation => ({
	url: null,
	phone: null,
	address: null,
	...given,
});

const CAL_VIDEO = 'https://cal.example/video/uid1';
const DAILY = { type: 'daily_video', url: 'https://meetco.daily.co/room' };
const ZOOM = { type: 'zoom_video', url: 'https://zoom.us/j/1' };
const JITSI = 'https://meet.jit.si/cal/1';

describe('location', () => {
	test.each<[string, Payload, EventLocation | null]>([
		['nothing', {}, null],
		['blank', { location: ' ' }, null],
		[
			'Cal Video, resolved',
			{ location: CAL_VIDEO, videoCallData: DAILY, ...place('integrations:daily') },
			at({ type: 'video', label: 'Cal Video', url: CAL_VIDEO }),
		],
		[
			'Cal Video by its address alone',
			{ location: CAL_VIDEO },
			at({ type: 'video', label: 'Cal Video', url: CAL_VIDEO }),
		],
		[
			'Cal Video, raw, with its link in metadata',
			{ location: 'integrations:daily', metadata: { videoCallUrl: CAL_VIDEO }, videoCallData: DAILY },
			at({ type: 'video', label: 'Cal Video', url: CAL_VIDEO }),
		],
		[
			"Cal Video, raw: the provider's room is not for people",
			{ location: 'integrations:daily', videoCallData: DAILY },
			at({ type: 'video', label: 'Cal Video' }),
		],
		[
			'Cal Video, raw, with a link that the booker sent as metadata',
			{ location: 'integrations:daily', metadata: { videoCallUrl: 'https://evil.example/video/uid1' } },
			at({ type: 'video', label: 'Cal Video' }),
		],
		[
			'the same with the call data',
			{
				location: 'integrations:daily',
				metadata: { videoCallUrl: 'https://cal.example.evil.example/video/uid1' },
				videoCallData: DAILY,
			},
			at({ type: 'video', label: 'Cal Video' }),
		],
		[
			'Zoom, raw, with the call data and another link in metadata',
			{
				location: 'integrations:zoom',
				videoCallData: ZOOM,
				metadata: { videoCallUrl: 'https://evil.example/j/1' },
			},
			at({ type: 'video', label: 'Zoom', url: ZOOM.url }),
		],
		[
			'Zoom, raw, with its link in metadata alone',
			{ location: 'integrations:zoom', metadata: { videoCallUrl: ZOOM.url } },
			at({ type: 'video', label: 'Zoom', url: ZOOM.url }),
		],
		[
			'Zoom, raw, with the call data',
			{ location: 'integrations:zoom', videoCallData: ZOOM },
			at({ type: 'video', label: 'Zoom', url: ZOOM.url }),
		],
		[
			'Jitsi, resolved',
			{ location: JITSI, ...place('integrations:jitsi') },
			at({ type: 'video', label: 'Jitsi Meet', url: JITSI }),
		],
		[
			'a call whose app only the call data tell',
			{ location: ZOOM.url, videoCallData: ZOOM },
			at({ type: 'video', label: 'Zoom', url: ZOOM.url }),
		],
		['chosen and not resolved', place('integrations:google:meet'), at({ type: 'video', label: 'Google Meet' })],
		[
			'a link',
			{ location: 'https://meet.school.example/room1', ...place('https://meet.school.example/room1') },
			at({ type: 'link', label: 'https://meet.school.example/room1', url: 'https://meet.school.example/room1' }),
		],
		['a number', { location: '+31612345678' }, at({ type: 'phone', label: '+31612345678', phone: '+31612345678' })],
		[
			'a national number',
			{ location: '06-12345678' },
			at({ type: 'phone', label: '06-12345678', phone: '+31612345678' }),
		],
		[
			'a number nobody can tell',
			{ location: '555 1234' },
			at({ type: 'phone', label: '555 1234', phone: '555 1234' }),
		],
		[
			'a tel: link',
			{ location: 'tel:+31612345678' },
			at({ type: 'phone', label: '+31612345678', phone: '+31612345678' }),
		],
		[
			"the attendee's number, chosen",
			{ location: 'phone', ...place('phone', '+31612345678') },
			at({ type: 'phone', label: '+31612345678', phone: '+31612345678' }),
		],
		[
			"the host's number",
			{ location: '+31201234567', ...place('userPhone', '') },
			at({ type: 'phone', label: '+31201234567', phone: '+31201234567' }),
		],
		[
			'an address',
			{ location: 'Keizersgracht 1, Amsterdam' },
			at({ type: 'inPerson', label: 'Keizersgracht 1, Amsterdam', address: 'Keizersgracht 1, Amsterdam' }),
		],
		[
			"the attendee's address",
			{ location: 'attendeeInPerson', ...place('attendeeInPerson', 'Student street 5') },
			at({ type: 'inPerson', label: 'Student street 5', address: 'Student street 5' }),
		],
		[
			'a place of their own',
			{ location: 'The café', ...place('somewhereElse', 'The café') },
			at({ type: 'other', label: 'The café', address: 'The café' }),
		],
		[
			'a place of their own, unnamed',
			{ location: 'somewhereElse' },
			at({ type: 'other', label: 'Somewhere else' }),
		],
		['a call to come', { location: 'phone' }, at({ type: 'phone', label: 'Phone' })],
		["a call by the host's number to come", { location: 'userPhone' }, at({ type: 'phone', label: 'Phone' })],
		['a place to come', { location: 'inPerson' }, at({ type: 'inPerson', label: 'In person' })],
		[
			"the attendee's place to come",
			{ location: 'attendeeInPerson' },
			at({ type: 'inPerson', label: 'In person' }),
		],
		['a link to come', { location: 'link' }, at({ type: 'link', label: 'Link' })],
		['a video call to come', { location: 'conferencing' }, at({ type: 'video', label: 'Video call' })],
		[
			'a place changed later is not what was chosen at first',
			{ location: 'https://meet.school.example/room1', ...place('phone', '+31612345678') },
			at({ type: 'link', label: 'https://meet.school.example/room1', url: 'https://meet.school.example/room1' }),
		],
		[
			'a word of JavaScript',
			{ location: 'constructor' },
			at({ type: 'inPerson', label: 'constructor', address: 'constructor' }),
		],
		['no text', { location: 7 }, null],
	])('%s', (_name, payload, expected) => {
		expect(normalize(delivery('BOOKING_CREATED', payload)).booking.location).toEqual(expected);
	});
});

/** To people and phones these lead elsewhere than to a program, or say more than where. */
const NO_LINKS = [
	'https://evil.example".zoom.us/',
	"https://evil.example'.zoom.us/",
	'https://evil.example\\.zoom.us/',
	'https://evil.example@zoom.us/j/1',
	'https://evil.example<zoom.us/j/1',
	'https://ev\u0456l.example/j/1',
	'https://zoom.us/\u202ej/1',
	`https://zoom.us/j/1?${'your+account+is+locked+'.repeat(30)}`,
	'https://cal.example/video/../mallory/pay',
	'https://cal.example/video/uid1/..',
	'https://cal.example/./video/uid1',
	'https://cal.example/video/%2e%2e/mallory/pay',
	'https://cal.example/video/.%2E/mallory/pay',
	'https://cal.example/video/..?x',
];

describe.each(NO_LINKS)('%s is no link', (address) => {
	test('as the place: it is the text that somebody typed', () => {
		const { location } = normalize(delivery('BOOKING_CREATED', { location: address })).booking;
		expect(location).toMatchObject({ url: null, label: address });
	});

	test('in the metadata: there is no link to the call yet', () => {
		const { location } = normalize(
			delivery('BOOKING_REQUESTED', { location: 'integrations:zoom', metadata: { videoCallUrl: address } }),
		).booking;
		expect(location).toMatchObject({ type: 'video', label: 'Zoom', url: null });
	});
});

describe('Cal Video', () => {
	test.each([
		['cal.com', 'https://app.cal.com/video/uid1', 'https://cal.com'],
		['an organization of cal.com', 'https://app.cal.com/video/uid1', 'https://school.cal.com'],
		['a port of its own', 'http://localhost:3000/video/uid1', 'http://localhost:3000/'],
	])('at %s is known by the page of this booking', (_, url, bookerUrl) => {
		for (const payload of [{ location: url }, { location: 'integrations:daily', metadata: { videoCallUrl: url } }])
			expect(normalize(delivery('BOOKING_CREATED', { ...payload, bookerUrl })).booking.location).toEqual(
				at({ type: 'video', label: 'Cal Video', url }),
			);
	});

	test.each([
		'https://cal.example/mallory/verify',
		'https://cal.example/video/uid1/verify',
		'https://cal.example/video/uid1?next=evil.example',
		'https://cal.example/mallory/video/uid1',
		'https://cal.example.evil.example/video/uid1',
		'https://evil.example/video/uid1',
	])('is not %s', (url) => {
		expect(normalize(delivery('BOOKING_CREATED', { location: url })).booking.location).toEqual(
			at({ type: 'link', label: url, url }),
		);
		const raw = { location: 'integrations:daily', metadata: { videoCallUrl: url } };
		expect(normalize(delivery('BOOKING_CREATED', raw)).booking.location).toEqual(
			at({ type: 'video', label: 'Cal Video' }),
		);
	});

	test('where its pages are not known, counts by the uid alone', () => {
		const known = (metadata: Payload) =>
			normalize(delivery('BOOKING_CREATED', { bookerUrl: undefined, location: 'integrations:daily', metadata }))
				.booking.location?.url;
		expect(known({ videoCallUrl: 'https://cal.example/video/uid1' })).toBe('https://cal.example/video/uid1');
		expect(known({ videoCallUrl: 'https://evil.example/room' })).toBeNull();
		expect(known({ videoCallUrl: 'https://evil.example/video/uid2' })).toBeNull();
	});
});

describe('after a reschedule', () => {
	const old = 'https://cal.example/video/uid0';
	const moved = { rescheduleUid: 'uid0', metadata: { videoCallUrl: old, source: 'n8n' } };

	test('the new link replaces the old one', () => {
		const event = normalize(
			delivery('BOOKING_RESCHEDULED', { ...moved, location: CAL_VIDEO, videoCallData: DAILY }),
		);
		expect(event.booking.location?.url).toBe(CAL_VIDEO);
		expect(event.metadata).toEqual({ source: 'n8n', videoCallUrl: CAL_VIDEO });
	});

	test('an old link is taken away where there is no new one', () => {
		const event = normalize(delivery('BOOKING_RESCHEDULED', { ...moved, location: 'integrations:daily' }));
		expect(event.booking.location).toEqual(at({ type: 'video', label: 'Cal Video' }));
		expect(event.metadata).toEqual({ source: 'n8n' });
	});

	test('a booking that keeps its uid keeps its link', () => {
		const payload = {
			rescheduleUid: 'uid1',
			location: 'integrations:daily',
			metadata: { videoCallUrl: CAL_VIDEO },
		};
		const event = normalize(delivery('BOOKING_RESCHEDULED', payload));
		expect(event.booking.location?.url).toBe(CAL_VIDEO);
		expect(event.metadata).toEqual({ videoCallUrl: CAL_VIDEO });
	});

	test('a link that names the new booking is the new link', () => {
		const payload = { ...moved, location: 'integrations:daily', metadata: { videoCallUrl: CAL_VIDEO } };
		expect(normalize(delivery('BOOKING_RESCHEDULED', payload)).booking.location?.url).toBe(CAL_VIDEO);
	});
});

test.each([
	['daily', 'Cal Video'],
	['daily_video', 'Cal Video'],
	['google:meet', 'Google Meet'],
	['office365_video', 'Microsoft Teams'],
	['whereby_video', 'Whereby'],
	['campfire_video', 'Campfire'],
	['acme:big_room', 'Acme Big Room'],
	['', 'Video call'],
])('the app %p is called %p', (app, label) => {
	expect(videoAppLabel(app)).toBe(label);
});
