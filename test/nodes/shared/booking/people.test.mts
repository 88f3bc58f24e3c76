import { personName } from '../../../../nodes/shared/booking/people.ts';
import { delivery, normalize, recorded } from '../events/support.mts';

describe('personName', () => {
	test.each<[unknown, string | null, string | null, [string | null, string | null, string | null]]>([
		['Ada Lovelace', null, null, ['Ada Lovelace', 'Ada', 'Lovelace']],
		['Mary Jane Smith', null, null, ['Mary Jane Smith', 'Mary', 'Jane Smith']],
		['  Ada   Lovelace ', null, null, ['Ada   Lovelace', 'Ada', 'Lovelace']],
		['Plato', null, null, ['Plato', 'Plato', null]],
		['李 小龍', null, null, ['李 小龍', '李', '小龍']],
		['', null, null, [null, null, null]],
		['   ', null, null, [null, null, null]],
		[null, null, null, [null, null, null]],
		[42, null, null, [null, null, null]],
		['Mary Jane Smith', 'Mary Jane', 'Smith', ['Mary Jane Smith', 'Mary Jane', 'Smith']],
		['Mary Jane Smith', 'Mary Jane', null, ['Mary Jane Smith', 'Mary Jane', 'Smith']],
		['Mary Jane', 'Mary Jane', null, ['Mary Jane', 'Mary Jane', null]],
		['Mary Smith', null, 'Smith', ['Mary Smith', 'Mary', 'Smith']],
		['Dr Mary Smith', 'Mary', null, ['Dr Mary Smith', 'Mary', 'Mary Smith']],
		[{ firstName: 'Ada', lastName: 'Lovelace' }, null, null, ['Ada Lovelace', 'Ada', 'Lovelace']],
		[{ firstName: 'Ada', lastName: '' }, null, null, ['Ada', 'Ada', null]],
		[{}, null, null, [null, null, null]],
		[null, 'Ada', 'Lovelace', ['Ada Lovelace', 'Ada', 'Lovelace']],
	])('%p with own parts %p and %p', (name, first, last, [full, firstName, lastName]) => {
		expect(personName(name, first, last)).toEqual({ name: full, firstName, lastName });
	});
});

describe('guests', () => {
	const booker = { name: 'Ada', email: 'ada@student.example' };
	const guests = (value: unknown) => ({ guests: { label: 'additional_guests', value, isHidden: false } });

	test.each<[string, Record<string, unknown>, string[]]>([
		['nobody', { attendees: [booker] }, []],
		['the other attendees', { attendees: [booker, { email: 'b@x.example' }] }, ['b@x.example']],
		[
			'and those only named, once',
			{
				attendees: [booker, { email: 'b@x.example' }],
				responses: guests(['B@X.example', 'c@x.example', ' c@x.example ', '', null, 4]),
			},
			['b@x.example', 'c@x.example'],
		],
		['named as objects', { attendees: [booker], responses: guests([{ email: 'd@x.example' }]) }, ['d@x.example']],
		['never the booker', { attendees: [booker], responses: guests(['ADA@student.example']) }, []],
		['not with seats', { attendees: [booker, { email: 'b@x.example' }], seatsPerTimeSlot: 3 }, []],
	])('%s', (_name, payload, expected) => {
		expect(normalize(delivery('BOOKING_CREATED', payload)).guests).toEqual(expected);
	});

	test.each(['BOOKING_NO_SHOW_UPDATED', 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW', 'FORM_SUBMITTED'])(
		'not with %s',
		(event) => {
			const body = delivery(event, { attendees: [booker, { email: 'b@x.example' }] });
			expect(normalize(body).guests).toEqual([]);
		},
	);
});

describe('hosts', () => {
	const anna = { id: 2, name: 'Anna', email: 'anna@school.example', timeZone: 'Europe/Amsterdam' };
	const own = { id: 1, name: 'School', email: 'Owner@school.example' };
	const person = { username: null, locale: null };

	test("are the team's members without the organizer", () => {
		const event = normalize(delivery('BOOKING_CREATED', { team: { members: [own, anna] } }));
		expect(event.hosts).toEqual([{ ...person, ...anna }]);
	});

	test('else those named as hosts', () => {
		const event = normalize(delivery('BOOKING_CREATED', { team: { members: [] }, hosts: [anna, 'nobody', null] }));
		expect(event.hosts).toEqual([{ ...person, ...anna }]);
	});
});

test('the organizer of a flat delivery is its user', () => {
	expect(normalize(recorded('105-MEETING_STARTED-meeting-triggers')).organizer).toEqual({
		id: 1,
		name: 'Your School',
		email: 'owner@school.example',
		username: 'yourschool',
		timeZone: 'Europe/Amsterdam',
		locale: null,
	});
});

test('a zone that does not exist is none, and the next known one counts', () => {
	const { booking, organizer } = normalize(
		delivery('BOOKING_CREATED', { organizer: { name: 'School', timeZone: 'Europe/Atlantis' } }),
	);
	expect(organizer.timeZone).toBeNull();
	expect(booking.timeZone).toBe('Europe/Amsterdam');
	expect(booking.startLocal).toBe('2026-11-24T09:00:00.000+01:00');
});
