-- Query getServices, for the table "services": how each service stands with Cal.com, and whether it can be booked.
SELECT y.service_id, y.calcom_event_type_id, y.name, y.slug, s.duration_minutes, s.price, s.currency, y.active, y.sync_status, y.stands,
	y.can_be_booked, y.why_not, y.conflicts, y.sync_error, y.last_sync, s.branch_id, s.internal_note
FROM calcom.service_sync AS y
LEFT JOIN calcom.services AS s ON s.id = y.service_id
WHERE (nullif({{ syncFilter.value }}::text, '') IS NULL OR y.sync_status = {{ syncFilter.value }}::text)
	AND (nullif({{ bookableFilter.value }}::text, '') IS NULL OR coalesce(y.can_be_booked, false) = ({{ bookableFilter.value }}::text = 'yes'))
ORDER BY y.name;
