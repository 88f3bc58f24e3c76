-- How complete the bookings are, and why something is missing. Safe to run again.

-- One row per booking and thing that is missing of it.
CREATE OR REPLACE VIEW calcom.backfill_gaps AS
SELECT b.id AS booking_id, b.uid, b.start_time, b.status, gap.missing, gap.why
FROM calcom.bookings AS b
CROSS JOIN LATERAL (
	SELECT b.title IS NULL AND b.event_type_slug IS NULL AS hardly_known,
		b.status = 'cancelled' AS gone,
		'Only deliveries that say nothing of the booking itself have come: run the backfill for it' AS run_it
) AS known
CROSS JOIN LATERAL (VALUES
	('attendees', b.attendee_count = 0, CASE WHEN hardly_known THEN run_it WHEN b.seats IS NOT NULL THEN 'Every seat was given up' ELSE 'Cal.com names nobody: they were removed' END),
	('phone', b.attendee_count > 0 AND b.attendee_phone IS NULL, 'The booking form does not ask for a number, or it was not an international one'),
	('location', b.location_type IS NULL, CASE WHEN hardly_known THEN run_it WHEN gone THEN 'It was cancelled before a place was set' ELSE 'The event type has no location' END),
	('responses', b.responses = '{}', CASE WHEN hardly_known THEN run_it ELSE 'The booking form has no questions of its own, or none was answered' END),
	('start', b.start_time IS NULL, run_it),
	('event type', b.event_type_id IS NULL, CASE WHEN hardly_known THEN run_it ELSE 'The event type was deleted' END),
	('lead', b.lead_id IS NULL, CASE WHEN b.attendee_email IS NULL THEN 'No email is known' ELSE 'Lead capture has not seen it' END),
	('reason of the cancellation', gone AND coalesce(b.cancellation_reason, b.rejection_reason) IS NULL, 'Nobody gave one')
) AS gap (missing, applies, why)
WHERE gap.applies;

-- How many bookings have what, in per cent, and why the others do not.
CREATE OR REPLACE VIEW calcom.backfill_report AS
SELECT part.name AS what, part.bookings, part.bookings - coalesce(gaps.missing, 0) AS have, coalesce(gaps.missing, 0) AS missing,
	round(100.0 * (part.bookings - coalesce(gaps.missing, 0)) / nullif(part.bookings, 0), 1) AS percent, gaps.why
FROM (
	SELECT name, n, (SELECT count(*) FROM calcom.bookings WHERE name <> 'reason of the cancellation' OR status = 'cancelled') AS bookings
	FROM unnest(ARRAY['attendees', 'location', 'responses', 'start', 'event type', 'lead', 'phone', 'reason of the cancellation']) WITH ORDINALITY AS names (name, n)
) AS part
LEFT JOIN (
	SELECT name, sum(many)::bigint AS missing, string_agg(format('%s: %s', why, many), '; ' ORDER BY many DESC, why) AS why
	FROM (SELECT missing AS name, why, count(*) AS many FROM calcom.backfill_gaps GROUP BY 1, 2) AS reasons
	GROUP BY 1
) AS gaps ON gaps.name = part.name
UNION ALL
SELECT 'events that could not be applied', count(*), count(*) FILTER (WHERE status <> 'failed'), count(*) FILTER (WHERE status = 'failed'),
	round(100.0 * count(*) FILTER (WHERE status <> 'failed') / nullif(count(*), 0), 1), string_agg(DISTINCT left(error, 200), '; ')
FROM calcom.event_claims;
