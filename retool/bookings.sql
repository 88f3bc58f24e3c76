-- Query getBookings, for the table "bookings": all bookings with every filter. A filter that is empty leaves all in.
-- Days are those of the time zone in the settings of template 02.
SELECT b.uid, b.start_time AT TIME ZONE coalesce(calcom.known_zone(b.time_zone), 'UTC') AS local_start, b.time_zone, calcom.spreadsheet_safe(b.title) AS title, b.event_type_title,
	calcom.spreadsheet_safe(b.attendee_name) AS attendee_name, calcom.spreadsheet_safe(b.attendee_email) AS attendee_email,
	calcom.spreadsheet_safe(b.attendee_phone) AS attendee_phone, b.attendee_count, b.seats, b.status, b.lifecycle, b.location_type,
	calcom.spreadsheet_safe(b.location_label) AS location_label,
	b.is_recurring, b.assigned_teacher, e.staff_id, e.branch_id, calcom.spreadsheet_safe(e.client_id) AS client_id, s.sync_status, b.internal_note, b.last_event, b.last_event_at
FROM calcom.bookings AS b
LEFT JOIN calcom.calendar_events AS e ON e.booking_id = b.id
CROSS JOIN (SELECT coalesce(calcom.business_zone(), 'UTC') AS zone) AS here
LEFT JOIN calcom.services AS s ON s.calcom_event_type_id = b.event_type_id
WHERE (nullif({{ statusFilter.value }}::text, '') IS NULL OR b.status = {{ statusFilter.value }}::text)
	AND (nullif({{ locationFilter.value }}::text, '') IS NULL OR b.location_type = {{ locationFilter.value }}::text)
	AND (nullif({{ recurringFilter.value }}::text, '') IS NULL OR b.is_recurring = ({{ recurringFilter.value }}::text = 'yes'))
	AND (nullif({{ attendeesFilter.value }}::text, '') IS NULL OR b.attendee_count >= nullif({{ attendeesFilter.value }}::text, '')::int)
	AND (nullif({{ syncFilter.value }}::text, '') IS NULL OR s.sync_status = {{ syncFilter.value }}::text)
	AND (nullif({{ dateRange.value.start }}::text, '') IS NULL OR b.start_time >= nullif({{ dateRange.value.start }}::text, '')::date::timestamp AT TIME ZONE here.zone)
	AND (nullif({{ dateRange.value.end }}::text, '') IS NULL OR b.start_time < (nullif({{ dateRange.value.end }}::text, '')::date + 1)::timestamp AT TIME ZONE here.zone)
	AND concat_ws(' ', b.title, b.attendee_name, b.attendee_email, b.attendee_phone, b.assigned_teacher) ILIKE '%' || coalesce({{ search.value }}::text, '') || '%'
ORDER BY b.start_time DESC NULLS LAST
LIMIT 500;
