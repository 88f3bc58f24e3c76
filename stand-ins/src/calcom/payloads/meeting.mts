import type { JsonObject } from '../json.mts';
import { appsOf, freshAnswers } from './parts.mts';
import type { Facts } from './parts.mts';

/** The booking's database row with its people, as MEETING_* send it and the old API returns it. */
export function bookingRow({ booking, organizer }: Facts, responses: JsonObject): JsonObject {
	return {
		id: booking.id,
		uid: booking.uid,
		idempotencyKey: booking.idempotencyKey,
		userId: booking.userId,
		userPrimaryEmail: organizer.email,
		eventTypeId: booking.eventTypeId,
		title: booking.title,
		description: booking.description,
		customInputs: {},
		responses,
		startTime: booking.start,
		endTime: booking.end,
		location: booking.location,
		createdAt: booking.createdAt,
		updatedAt: booking.updatedAt,
		status: booking.status,
		paid: booking.paid,
		destinationCalendarId: null,
		cancellationReason: booking.cancellationReason,
		rejectionReason: booking.rejectionReason,
		reassignReason: null,
		reassignById: null,
		dynamicEventSlugRef: null,
		dynamicGroupSlugRef: null,
		rescheduled: booking.rescheduled ? true : null,
		fromReschedule: booking.fromReschedule,
		recurringEventId: booking.recurringEventId,
		smsReminderNumber: null,
		scheduledJobs: [],
		metadata: { ...booking.metadata },
		isRecorded: false,
		iCalUID: booking.iCalUid,
		iCalSequence: booking.iCalSequence,
		rating: null,
		ratingFeedback: null,
		noShowHost: booking.noShowHost,
		oneTimePassword: booking.oneTimePassword,
		cancelledBy: booking.cancelledBy,
		rescheduledBy: booking.rescheduledBy,
		creationSource: 'API_V2',
		user: {
			uuid: organizer.uuid,
			email: organizer.email,
			name: organizer.name,
			timeZone: organizer.timeZone,
			username: organizer.username,
			isPlatformManaged: false,
		},
		attendees: booking.attendees.map(({ id, email, name, timeZone, phoneNumber, locale, noShow }) => ({
			id,
			email,
			name,
			timeZone,
			phoneNumber,
			locale,
			bookingId: booking.id,
			noShow,
		})),
		payment: [],
		references: [],
		userUuid: organizer.uuid,
	};
}

/** What MEETING_STARTED and MEETING_ENDED carry beside `triggerEvent`: flat, and as it was at booking time. */
export function meetingSnapshot(facts: Facts): JsonObject {
	return {
		...bookingRow(
			facts,
			freshAnswers(facts, facts.booking.responses ?? {}, facts.booking.fromReschedule === null).responses,
		),
		...appsOf(facts.booking),
	};
}
