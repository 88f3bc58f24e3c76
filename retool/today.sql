-- Query getToday, for the table "today". Which day it is says the time zone in the settings of template 02.
SELECT t.uid, t.local_start, calcom.spreadsheet_safe(t.title) AS title, calcom.spreadsheet_safe(t.attendee_name) AS attendee_name,
	calcom.spreadsheet_safe(t.attendee_phone) AS attendee_phone, t.attendee_count, t.status, t.lifecycle, t.location_type,
	calcom.spreadsheet_safe(t.location_label) AS location_label, t.meeting_url, coalesce(t.assigned_teacher, t.staff_name, t.organizer_name) AS teacher, t.internal_note,
	c.confirmed, c.reminders
FROM calcom.todays_appointments AS t
LEFT JOIN calcom.upcoming_confirmations AS c ON c.booking_id = t.booking_id
ORDER BY t.start_time;
