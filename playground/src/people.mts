// Made-up people who book, and the times they pick.

export interface Person {
	name: string;
	email: string;
	/** E.164 */
	phoneNumber: string;
	/** IANA */
	timeZone: string;
	language: string;
}

const person = (name: string, mailbox: string, phoneNumber: string, timeZone: string, language = 'en'): Person => ({
	name,
	email: `${mailbox}@student.example`,
	phoneNumber,
	timeZone,
	language,
});

// The numbers are from ranges that are kept free for such use, or cannot be in use.
export const PEOPLE: Person[] = [
	person('Ada Lovelace', 'ada', '+442079460101', 'Europe/London'),
	person('Jan van der Berg', 'jan', '+31600000001', 'Europe/Amsterdam', 'nl'),
	person("Siobhán O'Neill", 'siobhan', '+353200000001', 'Europe/Dublin'),
	person('Mary Jane Smith', 'mary', '+12025550143', 'America/New_York'),
	person('Björn Åkesson', 'bjorn', '+46700000001', 'Europe/Stockholm', 'sv'),
	person('山田 花子', 'hanako', '+81300000001', 'Asia/Tokyo', 'ja'),
	person('Priya Nair', 'priya', '+911100000001', 'Asia/Kolkata'),
	person('Noor el Amrani', 'noor', '+31600000002', 'Europe/Amsterdam', 'nl'),
];

/** One of them by chance; `random` gives 0 to 1. */
export function somebody(random: () => number = Math.random): Person {
	const found = PEOPLE[Math.floor(random() * PEOPLE.length)];
	if (!found) throw new Error('There is nobody.');
	return found;
}

const HALF_HOUR_MS = 30 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * A time when the school is open: a weekday of the next four weeks, 09:00 to 15:30 UTC, on the half hour.
 * @returns ISO 8601 in UTC
 */
export function somewhen(now: Date, random: () => number = Math.random): string {
	const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
	const days = Array.from({ length: 28 }, (_, index) => today + (index + 1) * DAY_MS).filter((day) => {
		const weekday = new Date(day).getUTCDay();
		return weekday !== 0 && weekday !== 6;
	});
	const day = days[Math.floor(random() * days.length)] ?? today + DAY_MS;
	return new Date(day + 18 * HALF_HOUR_MS + Math.floor(random() * 14) * HALF_HOUR_MS).toISOString();
}
