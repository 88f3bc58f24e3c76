import type { JsonObject } from '../json.mts';
import { userById } from '../store.mts';
import type { State } from '../store.mts';
import type { EventType } from '../types.mts';

function ownerView(state: State, id: number): JsonObject {
	const { name, username, weekStart } = userById(state, id);
	return { id, name, username, avatarUrl: null, brandColor: null, darkBrandColor: null, weekStart, metadata: {} };
}

const SCHEDULING = { ROUND_ROBIN: 'roundRobin', COLLECTIVE: 'collective' } as const;

function shared(eventType: EventType): JsonObject {
	const { recurrence, seats, lengthInMinutesOptions } = eventType;
	return {
		id: eventType.id,
		lengthInMinutes: eventType.lengthInMinutes,
		...(lengthInMinutesOptions.length > 0 ? { lengthInMinutesOptions } : {}),
		title: eventType.title,
		slug: eventType.slug,
		description: eventType.description,
		locations: eventType.locations,
		bookingFields: eventType.bookingFields,
		recurrence: recurrence ? { disabled: false, ...recurrence } : null,
		minimumBookingNotice: eventType.minimumBookingNotice,
		price: eventType.price,
		currency: eventType.currency,
		confirmationPolicy: eventType.confirmationPolicy ?? { disabled: true },
		seats: seats ? { disabled: false, ...seats } : { disabled: true },
		...eventType.settings,
	};
}

function teamPart(state: State, eventType: EventType): JsonObject {
	return {
		hosts: eventType.hostIds.map((userId) => {
			const { name, username } = userById(state, userId);
			return {
				mandatory: eventType.schedulingType === 'COLLECTIVE',
				priority: 'medium',
				userId,
				name,
				username,
				avatarUrl: null,
			};
		}),
		teamId: eventType.teamId,
		ownerId: null,
		parentEventTypeId: null,
		schedulingType: eventType.schedulingType ? SCHEDULING[eventType.schedulingType] : null,
		assignAllTeamMembers: false,
		team: { id: eventType.teamId },
		rescheduleWithSameRoundRobinHost: false,
		rrHostSubsetEnabled: false,
		bookingUrl: '',
	};
}

/** In lists, hidden questions are not shown. */
export function eventTypeListItem(state: State, eventType: EventType): JsonObject {
	const bookingFields = eventType.bookingFields.filter((field) => field['hidden'] !== true);
	return eventTypeView(state, { ...eventType, bookingFields });
}

/** An event type in API version 2024-06-14. */
export function eventTypeView(state: State, eventType: EventType): JsonObject {
	const { ownerId } = eventType;
	if (ownerId === null) return structuredClone({ ...shared(eventType), ...teamPart(state, eventType) });
	const owner = userById(state, ownerId);
	return structuredClone({
		...shared(eventType),
		ownerId,
		users: [ownerView(state, ownerId)],
		bookingUrl: `${state.bookerUrl}/${owner.username}/${eventType.slug}`,
	});
}
