-- Query getBookingAttendees: who comes to the selected booking, the booker first, then the guests.
-- The email stays as it is: the button "No-show" sends it.
SELECT person.place, calcom.spreadsheet_safe(person.said->>'name') AS name, person.said->>'email' AS email, calcom.spreadsheet_safe(person.said->>'phone') AS phone,
	calcom.spreadsheet_safe(person.said->>'timeZone') AS time_zone, calcom.spreadsheet_safe(person.said->>'locale') AS locale,
	calcom.spreadsheet_safe(person.said->>'seatUid') AS seat_uid, 'attendee' AS role
FROM calcom.bookings AS b
CROSS JOIN LATERAL jsonb_array_elements(b.attendees) WITH ORDINALITY AS person (said, place)
WHERE b.uids @> ARRAY[{{ selected.value }}::text]
UNION ALL
SELECT 1000 + guest.place, NULL, guest.email, NULL, NULL, NULL, NULL, 'guest'
FROM calcom.bookings AS b
CROSS JOIN LATERAL jsonb_array_elements_text(b.guests) WITH ORDINALITY AS guest (email, place)
WHERE b.uids @> ARRAY[{{ selected.value }}::text]
ORDER BY place;
