import { NO_REGION, toE164 } from '../../nodes/shared/values/phone.ts';
import { PEOPLE, somebody, somewhen } from '../../playground/src/people.mts';

describe('made-up people and times', () => {
	test('the first, the last, and nobody twice', () => {
		expect(somebody(() => 0)).toBe(PEOPLE[0]);
		expect(somebody(() => 0.999999)).toBe(PEOPLE.at(-1));
		expect(new Set(PEOPLE.map(({ email }) => email)).size).toBe(PEOPLE.length);
	});

	test.each(PEOPLE)('$name has a number that counts as one: without it nobody is sent an SMS', ({ phoneNumber }) => {
		expect(toE164(phoneNumber, NO_REGION)).toBe(phoneNumber);
	});

	test.each([0, 0.1, 0.25, 0.5, 0.75, 0.999999])(
		'a time to book is in the future, on a weekday, within school hours (%p)',
		(chance) => {
			for (let day = 1; day <= 31; day += 1) {
				const now = new Date(Date.UTC(2026, 9, day, 23, 59));
				const time = new Date(somewhen(now, () => chance));
				expect(time.getTime()).toBeGreaterThan(now.getTime());
				expect([1, 2, 3, 4, 5]).toContain(time.getUTCDay());
				expect(time.getUTCHours()).toBeGreaterThanOrEqual(9);
				expect(time.getUTCHours() + time.getUTCMinutes() / 60).toBeLessThanOrEqual(15.5);
				expect(time.getTime() % 1_800_000).toBe(0);
			}
		},
	);
});
