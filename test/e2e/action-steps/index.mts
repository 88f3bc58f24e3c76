// The steps of all operations.
import { ACCOUNT, CALENDARS } from './account.mts';
import { BOOKING_STEPS } from './bookings.mts';
import { EVENT_TYPES } from './event-types.mts';
import { SCHEDULES } from './schedules.mts';
import { SLOTS } from './slots.mts';
import type { Step } from './step.mts';
import { WEBHOOKS } from './webhooks.mts';

export { HOSTED } from './organizations.mts';

export const SELF_HOSTED: Step[] = [
	...CALENDARS,
	...BOOKING_STEPS,
	...EVENT_TYPES,
	...SLOTS,
	...SCHEDULES,
	...WEBHOOKS,
	...ACCOUNT,
];
