import { sameSite } from '../../../../nodes/shared/values/hosts.ts';

test.each([
	['cal.com', 'cal.com'],
	['app.cal.com', 'cal.com'],
	['app.cal.com', 'school.cal.com'],
	['Cal.School.Example', 'api.cal.school.example'],
	['cal.school.co.uk', 'api.school.co.uk'],
	['localhost', 'localhost'],
	['192.168.1.7', '192.168.1.7'],
	['[::1]', '[::1]'],
])('%s and %s are of one owner', (one, other) => {
	expect([sameSite(one, other), sameSite(other, one)]).toEqual([true, true]);
});

test.each([
	['cal.com', 'evilcal.com'],
	['cal.com', 'cal.com.evil.example'],
	['cal.school.example', 'cal.mallory.example'],
	['cal-school.co.uk', 'mallory.co.uk'],
	['cal-school.com.au', 'mallory.com.au'],
	['localhost', 'evil.localhost.example'],
	['192.168.1.7', '10.0.1.7'],
	['calcom', 'mallory'],
])('%s and %s are not', (one, other) => {
	expect([sameSite(one, other), sameSite(other, one)]).toEqual([false, false]);
});
