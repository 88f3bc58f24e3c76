import type { Resource } from '../operation';
import { addAttendee } from './addAttendee.operation';
import { addGuests } from './addGuests.operation';
import { cancel } from './cancel.operation';
import { confirm } from './confirm.operation';
import { create } from './create.operation';
import { decline } from './decline.operation';
import { get } from './get.operation';
import { getAttendee } from './getAttendee.operation';
import { getAttendees } from './getAttendees.operation';
import { getCalendarLinks } from './getCalendarLinks.operation';
import { getConferencingSessions } from './getConferencingSessions.operation';
import { getMany } from './getMany.operation';
import { getRecordings } from './getRecordings.operation';
import { getReferences } from './getReferences.operation';
import { getTranscripts } from './getTranscripts.operation';
import { markAbsent } from './markAbsent.operation';
import { reassign } from './reassign.operation';
import { removeAttendee } from './removeAttendee.operation';
import { reschedule } from './reschedule.operation';
import { updateLocation } from './updateLocation.operation';

/** Bookings: the appointments that people made, and everything that can become of them. */
export const booking: Resource = {
	option: { name: 'Booking', value: 'booking' },
	operations: [
		getMany,
		addAttendee,
		addGuests,
		cancel,
		confirm,
		create,
		decline,
		get,
		getAttendee,
		getAttendees,
		getCalendarLinks,
		getConferencingSessions,
		getRecordings,
		getReferences,
		getTranscripts,
		markAbsent,
		reassign,
		removeAttendee,
		reschedule,
		updateLocation,
	],
};
