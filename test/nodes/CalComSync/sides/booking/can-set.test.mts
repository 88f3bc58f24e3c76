import type { Json } from '../../../../../nodes/shared/values/json.ts';
import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import { bookings } from '../../../../../nodes/CalComSync/sides/booking/index.ts';
import { booking, NOW, seen } from './support.mts';

const past = { start: '2026-11-19T09:00:00.000Z', end: '2026-11-19T09:30:00.000Z' };
const cancelled = { status: 'cancelled' };

function verdict(name: string, from: Json, to: Json, object: Fields, mayMarkAbsent = true): true | string {
	const field = bookings.fields.find((one) => one.name === name);
	if (field === undefined) throw new Error(`No field ${name}`);
	return bookings.canSet(field, from, to, seen(booking('u', object), { mayMarkAbsent }));
}

test.each<[string, string, Json, Json, Fields]>([
	['another start', 'start', '2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z', {}],
	['cancelling', 'appointmentStatus', 'scheduled', 'cancelled', {}],
	['cancelling by a flag', 'cancelled', false, true, {}],
	['cancelling what nobody came to', 'appointmentStatus', 'no_show', 'cancelled', past],
	['a no-show, once begun', 'appointmentStatus', 'scheduled', 'no_show', past],
	['a no-show at the very start', 'appointmentStatus', 'scheduled', 'no_show', { start: NOW }],
	['taking a no-show back', 'appointmentStatus', 'no_show', 'scheduled', past],
	['an address', 'location', 'http://x', 'Keizersgracht 1, Amsterdam', {}],
	['a link', 'location', null, 'https://meet.school.example/room1', {}],
	['more guests', 'guests', ['a@x.example'], ['a@x.example', 'b@x.example'], {}],
	['the first guest', 'guests', null, ['b@x.example'], {}],
	['a host who did not come', 'hostAbsent', false, true, past],
	['an attendee who did not come', 'absentAttendees', null, ['ada@student.example'], past],
])('%s can be set', (_name, field, from, to, object) => {
	expect(verdict(field, from, to, object)).toBe(true);
});

test.each<[string, string, Json, Json, Fields, RegExp]>([
	['no start', 'start', '2026-11-23T09:00:00.000Z', null, {}, /has no start/],
	['moving what is cancelled', 'start', NOW, '2026-12-01T09:00:00.000Z', cancelled, /is cancelled in Cal\.com/],
	['reviving', 'appointmentStatus', 'cancelled', 'scheduled', cancelled, /does not bring a cancelled booking back/],
	['reviving by a flag', 'cancelled', true, false, cancelled, /does not bring a cancelled booking back/],
	['a no-show of a cancelled one', 'appointmentStatus', 'cancelled', 'no_show', cancelled, /does not bring/],
	['a no-show before it begins', 'appointmentStatus', 'scheduled', 'no_show', {}, /once the booking has begun/],
	[
		'a no-show without people',
		'appointmentStatus',
		'scheduled',
		'no_show',
		{ ...past, attendees: [] },
		/no attendee/,
	],
	['a word of their own', 'appointmentStatus', 'scheduled', 'on hold', {}, /"on hold" is none of the words/],
	['no word', 'appointmentStatus', 'scheduled', null, {}, /An empty status/],
	['no location', 'location', 'Dam 1', null, {}, /does not let one be removed/],
	['a video app', 'location', 'http://x', 'Zoom', {}, /rooms of video apps itself/],
	["Cal.com's word for an app", 'location', 'http://x', 'integrations:daily', {}, /rooms of video apps itself/],
	['fewer guests', 'guests', ['a@x.example', 'b@x.example'], ['b@x.example'], {}, /not removed: a@x\.example/],
	['no guests', 'guests', ['a@x.example'], null, {}, /not removed: a@x\.example/],
	['the booker as a guest', 'guests', null, ['ada@student.example', 'b@x.example'], {}, /not as guests: ada@student/],
	['a guest without an address', 'guests', null, ['Bob'], {}, /"Bob" is not an email address/],
	['an absence before it begins', 'hostAbsent', false, true, {}, /once the booking has begun/],
	['an absence of a stranger', 'absentAttendees', null, ['x@x.example'], past, /Not in the booking.*x@x\.example/],
	['what cannot be set at all', 'title', 'A', 'B', {}, /event type/],
])('%s cannot, and the reason is told', (_name, field, from, to, object, reason) => {
	expect(verdict(field, from, to, object)).toMatch(reason);
});

test('who came is not touched while marking absences is off', () => {
	expect(verdict('appointmentStatus', 'scheduled', 'no_show', past, false)).toMatch(
		/marking absences is switched on/,
	);
	expect(verdict('appointmentStatus', 'no_show', 'scheduled', past, false)).toMatch(
		/marking absences is switched on/,
	);
	expect(verdict('appointmentStatus', 'scheduled', 'cancelled', past, false)).toBe(true);
});
