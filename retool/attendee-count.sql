-- Query getAttendeeCount, for the table "groups": how full the group bookings to come are.
SELECT b.uid, b.start_time AT TIME ZONE coalesce(calcom.known_zone(b.time_zone), 'UTC') AS local_start, calcom.spreadsheet_safe(b.title) AS title, b.attendee_count, b.seats,
	greatest(b.seats - b.attendee_count, 0) AS free_seats,
	calcom.spreadsheet_safe((SELECT string_agg(coalesce(person->>'name', person->>'email'), ', ') FROM jsonb_array_elements(b.attendees) AS person)) AS attendees
FROM calcom.bookings AS b
WHERE b.status = 'scheduled' AND b.start_time > now() AND (b.seats IS NOT NULL OR b.attendee_count > 1)
ORDER BY b.start_time
LIMIT 500;
