import { cancel } from '../bookings/cancel.mts';
import { createBooking } from '../bookings/create.mts';
import { findBookings, mine } from '../bookings/list.mts';
import { invalid } from '../errors.mts';
import type { Issue } from '../errors.mts';
import { applyInput, blankEventType } from '../event-types.mts';
import { callerOf, created, objectBody, ok, textIn } from '../http.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import { without } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { bookingRow } from '../payloads/meeting.mts';
import { factsOf } from '../payloads/parts.mts';
import { nextId } from '../store.mts';
import { isTimeZone } from '../time.mts';
import { legacyBooking, legacyListItem, recurringInfo } from '../views/legacy-booking.mts';
import { legacyEventTypeView, legacyGroups } from '../views/legacy-event-type.mts';
import { nowIso } from '../world.mts';
import { BOOKING_VERSIONS, bookingIn } from './bookings.mts';
import {
	EVENT_TYPE_VERSIONS,
	assertFreeSlug,
	removableEventType,
	removeEventType,
	visibleEventType,
} from './event-types.mts';

/** Members of a body that a validator knows; it repeats only those. */
function known(body: JsonObject, ...names: string[]): JsonObject {
	return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
}

/** The old list shows ten upcoming bookings unless told otherwise; newer filters mean nothing to it. */
function listBookings(request: ApiRequest): Reply {
	const { world, query } = request;
	const limit = Number(query.get('limit') ?? 10);
	const from = Number(query.get('cursor') ?? 0);
	const status = new URLSearchParams({ status: query.get('filters[status]') ?? 'upcoming' });
	const visible = mine(world.state, callerOf(request));
	const found = findBookings(world.state, visible, status, nowIso(world));
	const all = findBookings(world.state, visible, new URLSearchParams(), nowIso(world));
	const shown = found.slice(from, from + limit);
	const next = from + shown.length;
	return ok({
		bookings: shown.map((booking) => legacyListItem(world.state, booking)),
		recurringInfo: recurringInfo(world.state, all),
		totalCount: found.length,
		nextCursor: next < found.length ? next : null,
	});
}

async function createOld(request: ApiRequest): Promise<Reply> {
	const { world, body } = request;
	const issues: Issue[] = [];
	const { timeZone, language, metadata, responses } = body;
	if (!isTimeZone(timeZone))
		issues.push({ property: 'timeZone', constraints: { isTimeZone: 'timeZone must be a valid IANA time-zone' } });
	if (typeof language !== 'string')
		issues.push({ property: 'language', constraints: { isString: 'language must be a string' } });
	if (typeof metadata !== 'object')
		issues.push({ property: 'metadata', constraints: { isObject: 'metadata must be an object' } });
	if (issues.length > 0)
		throw invalid(
			known(body, 'start', 'end', 'eventTypeId', 'timeZone', 'language', 'metadata', 'responses'),
			issues,
		);
	const { name, email, ...others } = objectBody(responses);
	const answers = without(others, 'location');
	const { bookings } = await createBooking(world, {
		start: new Date(String(body['start'])).toISOString(),
		attendee: {
			name: String(name),
			email: typeof email === 'string' ? email : null,
			phoneNumber: null,
			timeZone: String(timeZone),
			locale: String(language),
		},
		eventTypeId: Number(body['eventTypeId']),
		eventTypeSlug: null,
		username: null,
		teamSlug: null,
		guests: [],
		answers,
		metadata: objectBody(metadata),
		location: undefined,
		lengthInMinutes: null,
		recurrenceCount: null,
	});
	const [booking] = bookings;
	if (!booking) return created(null);
	const row = bookingRow(factsOf(world.state, booking, world.now()), objectBody(responses));
	return created({
		...row,
		user: { ...objectBody(row['user']), email: null },
		paymentRequired: booking.paymentId !== null,
		luckyUsers: [],
		isDryRun: false,
		previousBooking: null,
	});
}

async function cancelOld(request: ApiRequest): Promise<Reply> {
	const booking = bookingIn(request);
	const reason = textIn(request.body, 'cancellationReason');
	await cancel(request.world, booking, { reason, cancelledBy: null, seatUid: null, userId: request.userId });
	return created({ bookingId: booking.id, bookingUid: booking.uid, onlyRemovedAttendee: false });
}

function createEventType(request: ApiRequest): Reply {
	const { body, world } = request;
	const length = body['length'];
	if (typeof length !== 'number' || length < 1)
		throw invalid(known(body, 'title', 'slug', 'length', 'description', 'hidden', 'locations'), [
			{
				property: 'length',
				constraints: {
					min: 'length must not be less than 1',
					isNumber: 'length must be a number conforming to the specified constraints',
				},
			},
		]);
	const ownerId = callerOf(request);
	assertFreeSlug(world.state, ownerId, body['slug']);
	const input = { ...known(body, 'title', 'slug', 'description', 'hidden'), lengthInMinutes: length };
	const eventType = applyInput(blankEventType(nextId(world.state, 'eventType'), ownerId), input);
	world.state.eventTypes.push(eventType);
	return created(legacyEventTypeView(world.state, eventType));
}

const bookings = { versions: 'old', except: BOOKING_VERSIONS } as const;
const eventTypes = { versions: 'old', except: EVENT_TYPE_VERSIONS } as const;

/** Version 2024-04-15: what anyone gets who sends no cal-api-version, or one that does not exist. */
export const legacyRoutes: Route[] = [
	{ ...bookings, method: 'GET', path: '/bookings', access: 'permission', handle: listBookings },
	{ ...bookings, method: 'POST', path: '/bookings', access: 'public', handle: createOld },
	{
		...bookings,
		method: 'GET',
		path: '/bookings/:uid',
		access: 'public',
		handle: (request) => ok(legacyBooking(request.world.state, bookingIn(request))),
	},
	{ ...bookings, method: 'POST', path: '/bookings/:uid/cancel', access: 'public', handle: cancelOld },
	{
		...eventTypes,
		method: 'GET',
		path: '/event-types',
		access: 'permission',
		handle: (request) => ok(legacyGroups(request.world.state, callerOf(request))),
	},
	{ ...eventTypes, method: 'POST', path: '/event-types', access: 'permission', handle: createEventType },
	{
		...eventTypes,
		method: 'GET',
		path: '/event-types/:eventTypeId',
		access: 'permission',
		handle: (request) => ok({ eventType: legacyEventTypeView(request.world.state, visibleEventType(request)) }),
	},
	{
		...eventTypes,
		method: 'PATCH',
		path: '/event-types/:eventTypeId',
		access: 'permission',
		handle(request) {
			const eventType = removableEventType(request);
			applyInput(eventType, known(request.body, 'title', 'slug', 'description', 'hidden'));
			return ok(legacyEventTypeView(request.world.state, eventType));
		},
	},
	{
		...eventTypes,
		method: 'DELETE',
		path: '/event-types/:eventTypeId',
		access: 'permission',
		handle(request) {
			const eventType = removableEventType(request);
			removeEventType(request, eventType);
			const { id, lengthInMinutes: length, slug, title } = eventType;
			return ok({ id, length, slug, title });
		},
	},
];
