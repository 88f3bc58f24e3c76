-- Query getLeads, for the table "leads", with the last thing that happened and the next booking.
SELECT l.id, calcom.spreadsheet_safe(l.name) AS name, calcom.spreadsheet_safe(l.email) AS email, calcom.spreadsheet_safe(l.phone) AS phone,
	l.status, l.assigned_teacher, l.source, l.tag, l.internal_note, l.created_at,
	last.title AS last_activity, last.occurred_at AS last_activity_at, next.start_time AS next_start, next.uid AS next_booking_uid
FROM calcom.leads AS l
LEFT JOIN LATERAL (
	SELECT a.title, a.occurred_at FROM calcom.lead_activities AS a WHERE a.lead_id = l.id ORDER BY a.occurred_at DESC NULLS LAST LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
	SELECT b.start_time, b.uid FROM calcom.bookings AS b WHERE b.lead_id = l.id AND b.status = 'scheduled' AND b.start_time > now() ORDER BY b.start_time LIMIT 1
) AS next ON true
WHERE (nullif({{ leadStatusFilter.value }}::text, '') IS NULL OR l.status = {{ leadStatusFilter.value }}::text)
	AND concat_ws(' ', l.name, l.email, l.phone) ILIKE '%' || coalesce({{ search.value }}::text, '') || '%'
ORDER BY coalesce(last.occurred_at, l.created_at) DESC
LIMIT 500;
