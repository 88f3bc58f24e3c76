-- Query getUpcomingLevelChecks, for the table "upcomingLevelChecks".
-- Which bookings are level checks says the view calcom.upcoming_level_checks.
SELECT b.uid, b.start_time, b.local_start, b.time_zone, calcom.spreadsheet_safe(b.attendee_name) AS attendee_name,
	calcom.spreadsheet_safe(b.attendee_email) AS attendee_email, calcom.spreadsheet_safe(b.attendee_phone) AS attendee_phone,
	b.assigned_teacher, b.lifecycle, calcom.spreadsheet_safe(b.location_label) AS location_label, b.meeting_url,
	calcom.spreadsheet_safe(b.notes) AS notes, b.internal_note, b.reschedule_url, b.cancel_url
FROM calcom.upcoming_level_checks AS b
WHERE concat_ws(' ', b.attendee_name, b.attendee_email, b.attendee_phone, b.assigned_teacher) ILIKE '%' || coalesce({{ search.value }}::text, '') || '%'
ORDER BY b.start_time
LIMIT 500;
