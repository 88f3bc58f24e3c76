-- Query getHealthByDay, for the chart "healthByDay": the last thirty days.
SELECT d.day, d.event, sum(d.received)::int AS received, sum(d.processed)::int AS processed, sum(d.failed)::int AS failed,
	round(100.0 * sum(d.processed) / nullif(sum(d.processed) + sum(d.failed), 0), 1) AS success_percent
FROM calcom.sync_health_by_day AS d
WHERE d.day > current_date - 30
GROUP BY d.day, d.event
ORDER BY d.day DESC, d.event;
