// Bookings so near that a reminder is due at once: nobody wants to wait a day to see one.
import { DateTime } from 'luxon';
import type { CalCom } from 'stand-ins/calcom';

/** The school's own calendar, in which the desk books. */
const OWNER = 1;
/** A reminder whose time has just come is sent; one whose time is more than ten minutes gone is not. */
const GONE = { minutes: 2 };

/** A start that is this long from now, less two minutes, on the full minute. @returns ISO 8601 in UTC */
export function startIn(hours: number, now: Date): string {
	return DateTime.fromJSDate(now, { zone: 'utc' })
		.plus({ hours })
		.minus(GONE)
		.startOf('minute')
		.toJSDate()
		.toISOString();
}

/** What the desk books, and how soon it may begin then. */
const EVENT_TYPE = 'level-check';
const NOTICE_MINUTES = 60;

/** Keeps the school open around a start, whatever its hours say: into the night, if need be, and at short notice. */
export function keepOpen({ state }: Pick<CalCom, 'state'>, start: string): void {
	const owner = state.users.find(({ id }) => id === OWNER);
	const schedule = state.schedules.find(({ id }) => id === owner?.scheduleId);
	if (!schedule) throw new Error('The school has no opening hours.');
	const date = DateTime.fromISO(start, { zone: schedule.timeZone }).toISODate() ?? '';
	// Until two in the next morning, for a lesson that goes over midnight.
	const open = { date, startTime: '00:00', endTime: '26:00' };
	schedule.overrides = [...schedule.overrides.filter((override) => override.date !== date), open];
	for (const eventType of state.eventTypes.filter(({ slug }) => slug === EVENT_TYPE)) {
		eventType.minimumBookingNotice = NOTICE_MINUTES;
	}
}
