-- Query getBookingDetail: everything about the selected booking.
SELECT b.uid, b.uids, b.title, b.description, b.status, b.status_from_calcom, b.status_by_hand, b.lifecycle,
	b.start_time, b.end_time, b.duration_minutes, b.time_zone, b.previous_start, b.reschedule_count, b.reschedule_requested,
	b.location_type, b.location_label, b.meeting_url, b.organizer_name, b.organizer_email,
	b.cancellation_reason, b.cancelled_by, b.rejection_reason, b.reschedule_reason,
	b.is_recurring, b.price, b.currency, b.paid, b.notes, b.metadata,
	b.assigned_teacher, b.internal_note, b.confirmed_at IS NOT NULL AND b.confirmed_start = b.start_time AS confirmed_by_sms,
	b.booking_url, b.reschedule_url, b.cancel_url,
	l.id AS lead_id, l.status AS lead_status, l.phone AS lead_phone
FROM calcom.bookings AS b
LEFT JOIN calcom.leads AS l ON l.id = b.lead_id
WHERE b.uids @> ARRAY[{{ selected.value }}::text]
LIMIT 1;
