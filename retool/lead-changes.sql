-- Query getLeadChanges, for the table "leadChanges": what bookings changed about people who were known before.
SELECT c.lead_id, c.booking_uid, calcom.spreadsheet_safe(c.email) AS email, c.field, calcom.spreadsheet_safe(c.before) AS before,
	calcom.spreadsheet_safe(c.value) AS value, calcom.spreadsheet_safe(c.shown) AS shown_now, c.standing, c.told_at,
	calcom.spreadsheet_safe(c.title) AS title, c.start_time, c.decided_by
FROM calcom.lead_changes AS c
WHERE concat_ws(' ', c.email, c.before, c.value) ILIKE '%' || coalesce({{ search.value }}::text, '') || '%'
ORDER BY c.standing = 'waits' DESC, c.told_at DESC NULLS LAST
LIMIT 500;
