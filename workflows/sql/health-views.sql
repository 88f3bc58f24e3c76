-- Views of how the templates are doing. Safe to run again.

-- Per day, event and template: what came, how it ended, and the success rate in percent of what has ended.
CREATE OR REPLACE VIEW calcom.sync_health_by_day AS
SELECT (inbox.received_at AT TIME ZONE coalesce(here.zone, 'UTC'))::date AS day, inbox.event, claim.consumer,
	count(*) AS received,
	count(*) FILTER (WHERE claim.status = 'processed') AS processed,
	count(*) FILTER (WHERE claim.status = 'failed') AS failed,
	count(*) FILTER (WHERE claim.status = 'skipped') AS skipped,
	count(*) FILTER (WHERE claim.status = 'processing') AS processing,
	round(100.0 * count(*) FILTER (WHERE claim.status = 'processed')
		/ nullif(count(*) FILTER (WHERE claim.status IN ('processed', 'failed')), 0), 1) AS success_percent
FROM calcom.event_claims AS claim
JOIN calcom.webhook_events AS inbox USING (event_key)
CROSS JOIN (SELECT calcom.business_zone() AS zone) AS here
GROUP BY 1, 2, 3
ORDER BY 1 DESC, 2, 3;

-- What failed, and why: calcom.retry_events() applies it again once the cause is mended.
CREATE OR REPLACE VIEW calcom.failed_events AS
SELECT claim.event_key, claim.consumer, inbox.event, inbox.booking_uid, inbox.tag, claim.error, claim.attempts, inbox.received_at, claim.claimed_at, inbox.payload
FROM calcom.event_claims AS claim
JOIN calcom.webhook_events AS inbox USING (event_key)
WHERE claim.status = 'failed'
ORDER BY claim.claimed_at DESC;

-- Runs that have been silent for two minutes: most likely they died.
CREATE OR REPLACE VIEW calcom.stuck_claims AS
SELECT claim.event_key, claim.consumer, inbox.event, inbox.booking_uid, claim.claimed_by, claim.attempts, inbox.received_at, claim.claimed_at,
	now() - claim.claimed_at AS silent_for
FROM calcom.event_claims AS claim
JOIN calcom.webhook_events AS inbox USING (event_key)
WHERE claim.status = 'processing' AND claim.claimed_at < now() - interval '2 minutes'
ORDER BY claim.claimed_at;
