-- Views of the service sync. Safe to run again.

-- One row per field on which people on both sides disagree. To settle one, run
--   UPDATE calcom.services SET sync_resolution = '{"title": "ours"}' WHERE id = 7;
-- with "ours" (your table) or "theirs" (Cal.com); the sync starts by itself.
CREATE OR REPLACE VIEW calcom.service_conflicts AS
SELECT s.id AS service_id, s.name AS service, s.calcom_event_type_id,
	conflict->>'field' AS field, conflict->>'recordField' AS column_name,
	conflict->>'base' AS agreed_last, conflict->>'ours' AS ours, conflict->>'theirs' AS theirs,
	coalesce(s.sync_resolution->(conflict->>'field')->>'choose', s.sync_resolution->>(conflict->>'field')) AS chosen,
	s.last_calcom_sync AS seen_at
FROM calcom.services AS s
CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(s.sync_conflict) WHEN 'array' THEN s.sync_conflict ELSE '[]' END) AS conflict
ORDER BY s.name, field;

-- Every service and how it stands, and every event type of Cal.com that no service stands for.
CREATE OR REPLACE VIEW calcom.service_sync AS
SELECT s.id AS service_id, s.calcom_event_type_id, s.name, s.slug, s.active, s.sync_status,
	CASE
		WHEN s.can_be_booked_reason LIKE '%deleted in Cal.com%' THEN 'deleted in Cal.com'
		WHEN s.calcom_event_type_id IS NULL THEN 'only in your records'
		WHEN s.sync_status = 'synced' THEN 'in step'
		WHEN s.sync_status = 'pending' THEN 'waiting'
		WHEN s.sync_status = 'conflict' THEN 'conflict'
		ELSE 'not in step' END AS stands,
	coalesce(s.can_be_booked, false) AND s.sync_status = 'synced' AS can_be_booked,
	CASE WHEN s.sync_status = 'pending' THEN 'It was edited and waits for the sync' ELSE s.can_be_booked_reason END AS why_not,
	CASE jsonb_typeof(s.sync_conflict) WHEN 'array' THEN jsonb_array_length(s.sync_conflict) ELSE 0 END AS conflicts,
	s.sync_error, s.last_calcom_sync AS last_changed_by_sync,
	CASE WHEN s.sync_status = 'synced' THEN greatest(s.last_calcom_sync, run.last_run) ELSE s.last_calcom_sync END AS last_sync
FROM calcom.services AS s
CROSS JOIN (SELECT max(started_at) AS last_run FROM calcom.service_sync_runs WHERE status = 'done' AND NOT dry_run) AS run
UNION ALL
SELECT NULL, e.calcom_event_type_id, e.name, e.slug, NULL, NULL, 'only in Cal.com', NULL, NULL, 0, NULL, NULL, e.found_at
FROM calcom.unlinked_event_types AS e
ORDER BY 3;
