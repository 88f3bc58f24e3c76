import type { JsonObject } from '../json.mts';
import { userById } from '../store.mts';
import type { State } from '../store.mts';
import type { EventType } from '../types.mts';
import { CONSTANT_COLUMNS } from './legacy-columns.mts';
import { legacyForm } from './legacy-form.mts';

const TYPES: Record<string, string> = {
	link: 'link',
	address: 'inPerson',
	phone: 'userPhone',
	attendeePhone: 'phone',
	attendeeAddress: 'attendeeInPerson',
	attendeeDefined: 'somewhereElse',
};

function legacyLocation(location: JsonObject): JsonObject {
	const type = String(location['type']);
	if (type === 'integration')
		return { type: `integrations:${location['integration'] === 'jitsi' ? 'jitsi' : 'daily'}` };
	const { link, address, phone } = location;
	return {
		type: TYPES[type] ?? type,
		...(link === undefined ? {} : { link }),
		...(address === undefined || type !== 'address' ? {} : { address }),
		...(phone === undefined || type !== 'phone' ? {} : { hostPhoneNumber: phone }),
		...(location['public'] === undefined ? {} : { displayLocationPublicly: location['public'] }),
	};
}

const FREQUENCIES: Record<string, number> = { yearly: 0, monthly: 1, weekly: 2, daily: 3 };

export function legacyRecurrence({ recurrence }: EventType): JsonObject | null {
	if (!recurrence) return null;
	return {
		freq: FREQUENCIES[recurrence.frequency] ?? 2,
		count: recurrence.occurrences,
		interval: recurrence.interval,
	};
}

/** A team's hosts as rows. */
function hostsOf(state: State, eventType: EventType): JsonObject[] {
	if (eventType.teamId === null) return [];
	return eventType.hostIds.map((userId) => {
		const { id, name, username, timeZone } = userById(state, userId);
		return {
			userId,
			eventTypeId: eventType.id,
			isFixed: eventType.schedulingType === 'COLLECTIVE',
			priority: 2,
			weight: null,
			weightAdjustment: null,
			scheduleId: null,
			createdAt: '2026-11-20T08:57:40.641Z',
			groupId: null,
			memberId: null,
			user: { name, avatarUrl: null, username, id, timeZone },
		};
	});
}

/** An event type of API version 2024-04-15: its database row. */
export function legacyEventTypeView(state: State, eventType: EventType): JsonObject {
	const { ownerId, teamId, description, seats, confirmationPolicy } = eventType;
	const zone = { timeZone: userById(state, ownerId ?? 1).timeZone };
	return {
		...CONSTANT_COLUMNS,
		id: eventType.id,
		teamId,
		schedulingType: eventType.schedulingType,
		userId: ownerId,
		metadata: teamId === null ? (eventType.settings['metadata'] ?? {}) : null,
		description: description === '' ? null : description,
		slug: eventType.slug,
		length: eventType.lengthInMinutes,
		title: eventType.title,
		requiresConfirmation: confirmationPolicy !== null,
		requiresConfirmationWillBlockSlot: confirmationPolicy?.['blockUnconfirmedBookingsInBooker'] === true,
		owner: ownerId === null ? null : zone,
		minimumBookingNotice: eventType.minimumBookingNotice,
		seatsPerTimeSlot: seats?.seatsPerTimeSlot ?? null,
		seatsShowAttendees: seats?.showAttendeeInfo ?? false,
		price: eventType.price,
		currency: eventType.currency,
		recurringEvent: legacyRecurrence(eventType),
		locations: eventType.locations.map(legacyLocation),
		bookingFields: teamId === null ? legacyForm(eventType.bookingFields) : null,
		hosts: hostsOf(state, eventType),
		team: teamId === null ? null : { id: teamId, members: [{ user: zone }] },
		...(description === '' ? {} : { safeDescription: `<p>${description}</p>\n` }),
		userIds: [...eventType.hostIds],
	};
}

/** The old list: everything the web app's own page needs, in groups. */
export function legacyGroups(state: State, userId: number): JsonObject {
	const user = userById(state, userId);
	const own = state.eventTypes.filter(({ ownerId }) => ownerId === userId);
	const profile = { slug: user.username, name: user.name, image: `${state.bookerUrl}/avatar.svg` };
	const image =
		'https://eu.ui-avatars.com/api/?background=fff&color=f9f9f9&bold=true&background=000000&name=School%20Team';
	const teams = state.teams.filter(({ memberIds }) => memberIds.includes(userId));
	const role = (ownerId: number) => (ownerId === userId ? 'OWNER' : 'MEMBER');
	return {
		eventTypeGroups: [
			{
				teamId: null,
				bookerUrl: state.bookerUrl,
				membershipRole: null,
				profile,
				metadata: { membershipCount: 1, readOnly: false },
				eventTypes: own.map((eventType) => legacyEventTypeView(state, eventType)),
			},
			...teams.map((team) => ({
				teamId: team.id,
				parentId: null,
				bookerUrl: state.bookerUrl,
				membershipRole: role(team.ownerId),
				profile: { image, name: team.name, slug: `team/${team.slug}` },
				metadata: { membershipCount: team.memberIds.length, readOnly: true },
				eventTypes: state.eventTypes
					.filter(({ teamId }) => teamId === team.id)
					.map((eventType) => legacyEventTypeView(state, eventType)),
			})),
		],
		profiles: [
			{ ...profile, membershipCount: 1, readOnly: false, teamId: null, membershipRole: null },
			...teams.map((team) => ({
				image,
				name: team.name,
				slug: `team/${team.slug}`,
				membershipCount: team.memberIds.length,
				readOnly: true,
				teamId: team.id,
				membershipRole: role(team.ownerId),
			})),
		],
		allUsersAcrossAllEventTypes: {},
	};
}
