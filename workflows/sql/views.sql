-- Views for Retool. Safe to run again.

CREATE OR REPLACE VIEW calcom.upcoming_level_checks AS
SELECT b.id AS booking_id, b.uid, b.lead_id, b.attendee_name, b.attendee_email, b.attendee_phone, b.start_time, b.end_time,
	b.start_time AT TIME ZONE coalesce(b.time_zone, 'UTC') AS local_start, b.time_zone, b.lifecycle, b.location_label, b.meeting_url,
	coalesce(b.assigned_teacher, l.assigned_teacher) AS assigned_teacher, b.responses, b.notes, b.internal_note, b.reschedule_url, b.cancel_url
FROM calcom.bookings b
LEFT JOIN calcom.leads l ON l.id = b.lead_id
WHERE b.status = 'scheduled' AND b.start_time > now()
	AND concat_ws(' ', b.booking_type, b.event_type_title, replace(b.event_type_slug, '-', ' ')) ILIKE '%level check%'
ORDER BY b.start_time;

CREATE OR REPLACE VIEW calcom.lead_timeline AS
SELECT a.lead_id, l.name, l.email, a.occurred_at, a.type, a.title, a.details, a.booking_id, b.status AS booking_status, b.start_time
FROM calcom.lead_activities a
LEFT JOIN calcom.leads l ON l.id = a.lead_id
LEFT JOIN calcom.bookings b ON b.id = a.booking_id
ORDER BY a.occurred_at DESC;

CREATE OR REPLACE VIEW calcom.sync_health AS
SELECT count(*) AS deliveries,
	count(*) FILTER (WHERE status = 'processed') AS processed,
	count(*) FILTER (WHERE status = 'skipped') AS skipped,
	count(*) FILTER (WHERE status = 'failed') AS failed,
	count(*) FILTER (WHERE status = 'processing' AND claimed_at < now() - interval '2 minutes') AS stuck,
	count(*) FILTER (WHERE received_at > now() - interval '24 hours') AS last_24_hours,
	max(received_at) AS last_received,
	max(processed_at) AS last_processed,
	round((extract(epoch FROM avg(processed_at - received_at) FILTER (WHERE status = 'processed')))::numeric, 3) AS average_seconds
FROM calcom.webhook_events;

CREATE OR REPLACE VIEW calcom.deliveries_to_look_at AS
SELECT event_key, event, booking_uid, status, error, attempts, received_at, claimed_at
FROM calcom.webhook_events
WHERE status = 'failed' OR (status = 'processing' AND claimed_at < now() - interval '2 minutes')
ORDER BY received_at DESC;
