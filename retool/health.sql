-- Query getHealth, for the statistics at the top of the page "Health": one row.
SELECT h.deliveries, h.processed, h.failed, h.stuck, h.last_24_hours, h.last_received, h.average_seconds,
	s.linked AS linked_services, s.conflicts AS services_in_conflict, s.errors AS services_with_errors, s.last_sync,
	(SELECT count(*)::int FROM calcom.health_problems) AS problems
FROM calcom.sync_health AS h
CROSS JOIN calcom.service_sync_health AS s;
