-- Query getBookingTimeline: what happened to the selected booking, actions of the team among it.
SELECT a.occurred_at, a.title, calcom.spreadsheet_safe(a.details) AS details, a.type
FROM calcom.bookings AS b
JOIN calcom.lead_activities AS a ON a.booking_id = b.id
WHERE b.uids @> ARRAY[{{ selected.value }}::text]
ORDER BY a.occurred_at DESC NULLS LAST, a.id DESC;
