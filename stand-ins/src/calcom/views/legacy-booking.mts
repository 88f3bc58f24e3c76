import type { JsonObject } from '../json.mts';
import { storedAnswers } from '../payloads/parts.mts';
import { eventTypeOf, seriesOf, userById } from '../store.mts';
import type { State } from '../store.mts';
import type { Booking } from '../types.mts';
import { legacyRecurrence } from './legacy-event-type.mts';
import { legacyForm } from './legacy-form.mts';

/** Answers as stored: without what newer versions add for display. */
function answersOf(booking: Booking): JsonObject {
	return booking.responses ? { ...booking.responses } : storedAnswers(booking);
}

const metadataOf = (booking: Booking): JsonObject => ({
	...booking.metadata,
	...(booking.videoCallUrl === null ? {} : { videoCallUrl: booking.videoCallUrl }),
});

function hostOf(state: State, booking: Booking): JsonObject {
	const { id, name, email, username, timeZone } = userById(state, booking.userId);
	return { id, name, email, avatarUrl: null, username, timeZone };
}

function shared(state: State, booking: Booking): JsonObject {
	return {
		id: booking.id,
		title: booking.title,
		userPrimaryEmail: userById(state, booking.userId).email,
		description: booking.description,
		customInputs: {},
		startTime: booking.start,
		endTime: booking.end,
		metadata: metadataOf(booking),
		uid: booking.uid,
		responses: answersOf(booking),
		recurringEventId: booking.recurringEventId,
		location: booking.location,
		status: booking.status,
		fromReschedule: booking.fromReschedule,
		rescheduled: booking.rescheduled ? true : null,
		rescheduledBy: booking.rescheduledBy,
		cancelledBy: booking.cancelledBy,
		cancellationReason: booking.cancellationReason,
		rejectionReason: booking.rejectionReason,
		user: hostOf(state, booking),
		seatsReferences: [],
	};
}

function eventTypePart(state: State, booking: Booking): JsonObject {
	const eventType = eventTypeOf(state, booking);
	return {
		slug: eventType.slug,
		id: eventType.id,
		title: eventType.title,
		eventName: null,
		price: eventType.price,
		recurringEvent: legacyRecurrence(eventType),
		currency: eventType.currency,
		metadata: eventType.settings['metadata'] ?? {},
		disableGuests: false,
		bookingFields: legacyForm(eventType.bookingFields),
		seatsPerTimeSlot: eventType.seats?.seatsPerTimeSlot ?? null,
		seatsShowAttendees: eventType.seats?.showAttendeeInfo ?? false,
		seatsShowAvailabilityCount: true,
		eventTypeColor: null,
		customReplyToEmail: null,
		allowReschedulingPastBookings: false,
		hideOrganizerEmail: false,
		disableCancelling: false,
		disableRescheduling: false,
		minimumRescheduleNotice: null,
		teamId: eventType.teamId,
		parentId: null,
		schedulingType: eventType.schedulingType,
		hosts: [],
		length: eventType.lengthInMinutes,
		team: null,
		hostGroups: [],
	};
}

function referencesOf({ id, video }: Booking): JsonObject[] {
	if (!video) return [];
	return [
		{
			id,
			type: video.type,
			uid: video.id,
			bookingId: id,
			meetingId: video.id,
			meetingPassword: video.password,
			meetingUrl: video.url,
			deleted: null,
			externalCalendarId: null,
			credentialId: video.type === 'jitsi_video' ? 1 : null,
			thirdPartyRecurringEventId: null,
			delegationCredentialId: null,
		},
	];
}

/** One booking of the old list. */
export function legacyListItem(state: State, booking: Booking): JsonObject {
	return {
		...shared(state, booking),
		createdAt: booking.createdAt,
		updatedAt: booking.updatedAt,
		paid: booking.paid,
		isRecorded: false,
		eventType: eventTypePart(state, booking),
		references: referencesOf(booking),
		payment: [],
		attendees: booking.attendees.map(({ id, email, name, timeZone, locale, phoneNumber, noShow }) => ({
			id,
			email,
			name,
			timeZone,
			bookingId: booking.id,
			locale,
			phoneNumber,
			noShow,
			user: { name: null, email, avatarUrl: null, username: null },
		})),
		assignmentReasonSortedByCreatedAt: [],
		report: null,
		rescheduler: null,
	};
}

/** One booking asked for in the old way. */
export function legacyBooking(state: State, booking: Booking): JsonObject {
	const { slug, schedulingType } = eventTypeOf(state, booking);
	return {
		...shared(state, booking),
		smsReminderNumber: null,
		attendees: booking.attendees.map(({ name, email, timeZone, phoneNumber }) => ({
			name,
			email,
			timeZone,
			phoneNumber,
		})),
		eventTypeId: booking.eventTypeId,
		eventType: { eventName: null, slug, timeZone: null, schedulingType, hideOrganizerEmail: false },
		tracking: null,
		assignmentReason: [],
	};
}

/** Every series of these bookings, with the starts of its occurrences by status. */
export function recurringInfo(state: State, bookings: Booking[]): JsonObject[] {
	const ids = new Set(bookings.flatMap(({ recurringEventId }) => recurringEventId ?? []));
	return [...ids].map((recurringEventId) => {
		const series = seriesOf(state, recurringEventId);
		const of = (wanted: string) => series.filter(({ status }) => status === wanted).map(({ start }) => start);
		return {
			recurringEventId,
			count: series.length,
			firstDate: series[0]?.start ?? null,
			bookings: {
				ACCEPTED: of('ACCEPTED'),
				CANCELLED: of('CANCELLED'),
				REJECTED: of('REJECTED'),
				PENDING: of('PENDING'),
				AWAITING_HOST: [],
			},
		};
	});
}
