-- Query getLeadActivities: the timeline of the lead that is selected in the table "leads".
SELECT t.occurred_at, t.title, calcom.spreadsheet_safe(t.details) AS details, t.type, t.booking_status, t.start_time
FROM calcom.lead_timeline AS t
WHERE t.lead_id = {{ leads.selectedRow.id }}::bigint
ORDER BY t.occurred_at DESC NULLS LAST;
