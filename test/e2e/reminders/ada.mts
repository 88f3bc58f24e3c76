// The one that most tests of reminders are about, and the time before her appointment.

export const ADA = {
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	phoneNumber: '+31612345678',
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};

const MINUTE = 60_000;
/** So many hours before a start, and so many minutes later; ISO 8601. */
export const before = (start: string, hours: number, minutes = 0) =>
	new Date(Date.parse(start) - hours * 60 * MINUTE + minutes * MINUTE).toISOString();
