import { addMinutes, isFree, seed } from 'stand-ins/calcom';
import { keepOpen, startIn } from '../../playground/src/soon.mts';

const OWNER = 1;

describe('bookings whose reminder is due at once', () => {
	test.each([
		[24, '2026-03-28T12:00:30.500Z', '2026-03-29T11:58:00.000Z'],
		[2, '2026-12-31T23:59:59.999Z', '2027-01-01T01:57:00.000Z'],
	])('%p hours from %s less two minutes is %s', (hours, now, start) => {
		expect(startIn(hours, new Date(now))).toBe(start);
	});

	// A Sunday, a night, over midnight, and the nights in which Amsterdam loses and gains an hour.
	test.each([
		'2026-11-22T12:00:00.000Z',
		'2026-11-23T02:13:00.000Z',
		'2026-11-23T22:45:00.000Z',
		'2026-03-29T00:45:00.000Z',
		'2026-10-25T00:45:00.000Z',
	])('the school is open at %s, when it is closed otherwise', (start) => {
		const state = seed('selfHosted', 'http://localhost:3000');
		const wish = { start, end: addMinutes(start, 30) };
		expect(isFree(state, OWNER, wish)).toBe(false);
		keepOpen({ state }, start);
		keepOpen({ state }, start);
		expect(isFree(state, OWNER, wish)).toBe(true);
		expect(state.schedules.find(({ id }) => id === OWNER)?.overrides).toHaveLength(1);
	});

	test('a Level Check can be booked less than two hours ahead, other lessons as before', () => {
		const state = seed('selfHosted', 'http://localhost:3000');
		const notice = (slug: string) => state.eventTypes.find((one) => one.slug === slug)?.minimumBookingNotice;
		const before = notice('trial-lesson');
		keepOpen({ state }, '2026-11-23T12:00:00.000Z');
		expect(notice('level-check')).toBe(60);
		expect(notice('trial-lesson')).toBe(before);
	});
});
