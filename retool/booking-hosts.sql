-- Query getBookingHosts: who gives the selected booking, with the person of your staff where known.
SELECT host.name, host.email, host.role, s.id AS staff_id, s.name AS staff_name, s.branch_id
FROM calcom.bookings AS b
CROSS JOIN LATERAL (
	SELECT 0 AS place, b.organizer_name AS name, b.organizer_email AS email, 'organizer' AS role
	WHERE coalesce(b.organizer_name, b.organizer_email) IS NOT NULL
	UNION ALL
	SELECT listed.place::int, listed.said->>'name', listed.said->>'email', 'host'
	FROM jsonb_array_elements(b.hosts) WITH ORDINALITY AS listed (said, place)
) AS host
LEFT JOIN calcom.staff AS s ON lower(s.email) = lower(host.email)
WHERE b.uids @> ARRAY[{{ selected.value }}::text]
ORDER BY host.place;
