-- Query getBookingPayloads: every event of the selected booking as it came, the newest first, with what became of it.
SELECT inbox.received_at, inbox.event, inbox.status, inbox.error, inbox.attempts, inbox.source, inbox.event_key, inbox.payload
FROM calcom.bookings AS b
JOIN calcom.webhook_events AS inbox ON inbox.booking_uid = ANY (b.uids)
WHERE b.uids @> ARRAY[{{ selected.value }}::text]
ORDER BY inbox.occurred_at DESC NULLS LAST, inbox.received_at DESC;
