import type { Route } from '../http.mts';
import type { Edition } from '../types.mts';
import { hostedBookingRoutes } from './bookings-cursor.mts';
import { bookingDetailRoutes } from './booking-details.mts';
import { bookingPeopleRoutes } from './booking-people.mts';
import { bookingRoutes } from './bookings.mts';
import { calendarRoutes } from './calendars.mts';
import { eventTypeWebhookRoutes } from './event-type-webhooks.mts';
import { eventTypeRoutes } from './event-types.mts';
import { bookingFieldRoutes } from './hosted/booking-fields.mts';
import { organizationRoutes } from './hosted/organizations.mts';
import { outOfOfficeRoutes } from './hosted/out-of-office.mts';
import { routingFormRoutes } from './hosted/routing-forms.mts';
import { teamEventTypeRoutes } from './hosted/team-event-types.mts';
import { teamRoutes } from './hosted/teams.mts';
import { hostedWebhookRoutes } from './hosted/webhooks.mts';
import { legacyRoutes } from './legacy.mts';
import { meRoutes } from './me.mts';
import { miscRoutes } from './misc.mts';
import { privateLinkRoutes } from './private-links.mts';
import { reservationRoutes } from './reservations.mts';
import { scheduleRoutes } from './schedules.mts';
import { slotRoutes } from './slots.mts';
import { webhookRoutes } from './webhooks.mts';

const SHARED: Route[] = [
	...meRoutes,
	...eventTypeRoutes,
	...webhookRoutes,
	...eventTypeWebhookRoutes,
	...bookingRoutes,
	...bookingPeopleRoutes,
	...bookingDetailRoutes,
	...slotRoutes,
	...reservationRoutes,
	...privateLinkRoutes,
	...calendarRoutes,
	...scheduleRoutes,
	...miscRoutes,
	...legacyRoutes,
];

const HOSTED: Route[] = [
	...hostedBookingRoutes,
	...teamRoutes,
	...teamEventTypeRoutes,
	...organizationRoutes,
	...outOfOfficeRoutes,
	...routingFormRoutes,
	...hostedWebhookRoutes,
	...bookingFieldRoutes,
];

const isOfHosted = (version: string): boolean => version.startsWith('2026-');

/** The community edition has never heard of the 2026 versions: there they mean the oldest shapes. */
function withoutHosted(route: Route): Route {
	const { versions, except } = route;
	return {
		...route,
		versions: typeof versions === 'string' ? versions : versions.filter((version) => !isOfHosted(version)),
		...(except ? { except: except.filter((version) => !isOfHosted(version)) } : {}),
	};
}

export function allRoutes(edition: Edition): Route[] {
	return edition === 'hosted' ? [...SHARED, ...HOSTED] : SHARED.map(withoutHosted);
}
