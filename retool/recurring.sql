-- Query getRecurring, for the table "regulars": who comes regularly, how often, and when next.
SELECT calcom.spreadsheet_safe(b.attendee_email) AS attendee_email, calcom.spreadsheet_safe(max(b.attendee_name)) AS attendee_name, b.event_type_title,
	count(*) FILTER (WHERE b.status = 'scheduled' AND b.start_time > now())::int AS to_come,
	count(*) FILTER (WHERE b.status = 'completed')::int AS completed,
	count(*) FILTER (WHERE b.status = 'cancelled')::int AS cancelled,
	count(*) FILTER (WHERE b.status = 'no_show')::int AS missed,
	min(b.start_time) FILTER (WHERE b.status = 'scheduled' AND b.start_time > now()) AS next_start
FROM calcom.bookings AS b
WHERE b.is_recurring
GROUP BY b.attendee_email, b.event_type_title
ORDER BY next_start NULLS LAST, b.attendee_email;
