-- Views of what to look at, for the digest and for Retool. Safe to run again.

-- Per day and kind: how many reminders were due, and what became of them.
CREATE OR REPLACE VIEW calcom.reminder_health_by_day AS
SELECT (r.due_at AT TIME ZONE coalesce(here.zone, 'UTC'))::date AS day, r.kind, count(*) AS due,
	count(*) FILTER (WHERE r.status IN ('sent', 'delivered')) AS sent,
	count(*) FILTER (WHERE r.status = 'delivered') AS delivered,
	count(*) FILTER (WHERE r.status = 'failed') AS failed,
	count(*) FILTER (WHERE r.status = 'skipped') AS skipped,
	count(*) FILTER (WHERE r.status = 'silenced') AS silenced,
	round(100.0 * count(*) FILTER (WHERE r.status IN ('sent', 'delivered')) / nullif(count(*) FILTER (WHERE r.status IN ('sent', 'delivered', 'failed')), 0), 1) AS success_percent
FROM calcom.reminders AS r
CROSS JOIN (SELECT calcom.business_zone() AS zone) AS here
WHERE r.due_at <= now()
GROUP BY 1, 2
ORDER BY 1 DESC, 2;

-- One row: how the services stand with Cal.com.
CREATE OR REPLACE VIEW calcom.service_sync_health AS
SELECT count(*) AS services,
	count(calcom_event_type_id) AS linked,
	count(*) FILTER (WHERE sync_status = 'synced') AS synced,
	count(*) FILTER (WHERE sync_status = 'pending') AS pending,
	count(*) FILTER (WHERE sync_status = 'conflict') AS conflicts,
	count(*) FILTER (WHERE sync_status = 'error') AS errors,
	-- A service in which nothing changed is not written, so the run tells when it was looked at last.
	(SELECT max(run.started_at) FROM calcom.service_sync_runs AS run WHERE run.status = 'done' AND NOT run.dry_run) AS last_sync
FROM calcom.services
WHERE active;

-- What is known of the bookings since thirty days ago and of those to come, field by field.
CREATE OR REPLACE VIEW calcom.booking_completeness AS
SELECT field, count(*) AS bookings, count(*) FILTER (WHERE filled) AS filled, round(100.0 * count(*) FILTER (WHERE filled) / count(*), 1) AS percent
FROM calcom.bookings AS b
CROSS JOIN LATERAL (VALUES
	(1, 'start', b.start_time IS NOT NULL),
	(2, 'event type', b.event_type_id IS NOT NULL),
	(3, 'host', coalesce(b.organizer_email, b.organizer_name) IS NOT NULL),
	(4, 'attendees', b.attendee_count > 0),
	(5, 'email', b.attendee_email <> ''),
	(6, 'phone', b.attendee_phone <> ''),
	(7, 'location', b.location_type IS NOT NULL),
	(8, 'answers', b.responses <> '{}')
) AS known (place, field, filled)
WHERE b.status <> 'cancelled' AND coalesce(b.start_time, b.created_at) > now() - interval '30 days'
GROUP BY place, field
ORDER BY place;

-- All there is to look at, the most urgent first: 1 costs a customer, 2 will if nobody looks, 3 is good to know.
CREATE OR REPLACE VIEW calcom.health_problems AS
SELECT 1 AS urgency, 'events' AS area, concat_ws(' ', claim.event, 'of booking ' || claim.booking_uid, '(' || claim.consumer || ')') AS what,
	claim.error AS why, claim.claimed_at AS since, claim.event_key AS key
FROM calcom.failed_events AS claim
UNION ALL
SELECT 2, 'events', concat_ws(' ', claim.event, 'of booking ' || claim.booking_uid, '(' || claim.consumer || ')'), 'the run ended without a word', claim.claimed_at, claim.event_key
FROM calcom.stuck_claims AS claim
UNION ALL
SELECT 1, 'reminders', concat_ws(' ', r.kind, 'to', coalesce(r.attendee_name, r.recipient)), concat_ws(': ', r.status, r.reason), r.due_at, r.booking_uid
FROM calcom.reminders_to_look_at AS r
UNION ALL
SELECT 1, 'messages', 'from ' || coalesce(m.name, m.phone), left(m.body, 200), m.received_at, m.message_id::text
FROM calcom.messages_for_team AS m
UNION ALL
SELECT CASE s.sync_status WHEN 'conflict' THEN 2 ELSE 1 END, 'services', s.name,
	coalesce(s.sync_error, CASE s.sync_status WHEN 'conflict' THEN 'changed on both sides' ELSE 'not synced' END), coalesce(s.last_calcom_sync, s.updated_at), s.id::text
FROM calcom.services AS s
WHERE s.active AND s.sync_status IN ('conflict', 'error')
UNION ALL
SELECT 2, 'services', 'the service sync', 'has not run for more than ' || hours.most || ' hours', health.last_sync, NULL
FROM calcom.service_sync_health AS health
CROSS JOIN (SELECT calcom.setting('sync-health', 'syncOverdueHours', '26')::numeric AS most) AS hours
WHERE health.linked > 0 AND health.last_sync < now() - make_interval(hours => hours.most::int)
UNION ALL
SELECT 1, 'services', 'the service sync', 'the last run failed', run.finished_at, run.execution_id
FROM (SELECT * FROM calcom.service_sync_runs ORDER BY id DESC LIMIT 1) AS run
WHERE run.status = 'failed'
UNION ALL
SELECT 1, 'requests', concat_ws(' for ', coalesce(r.service_name, 'a booking'), r.attendee_name), coalesce(r.reason, 'to be booked by hand'), r.created_at, r.id::text
FROM calcom.requests_to_book_by_hand AS r
UNION ALL
SELECT 2, 'leads', c.email, 'a booking says otherwise: ' || string_agg(DISTINCT c.field, ', ' ORDER BY c.field) || '. It waits for a person, in the view calcom.lead_changes',
	max(c.told_at), c.lead_id::text
FROM (SELECT lead_id FROM calcom.lead_answers GROUP BY lead_id HAVING count(*) > 1 AND bool_or(counts IS NULL)) AS waiting
CROSS JOIN LATERAL (SELECT * FROM calcom.lead_changes AS of WHERE of.lead_id = waiting.lead_id) AS c
WHERE c.standing = 'waits'
GROUP BY c.lead_id, c.email
UNION ALL
SELECT 2, 'actions', log.action || ' of ' || log.target, 'the run ended without a word', log.claimed_at, log.action_id
FROM calcom.action_log AS log
WHERE log.status = 'processing' AND log.claimed_at < now() - interval '2 minutes'
UNION ALL
SELECT 2, 'workflows', concat_ws(': ', e.workflow, e.node), e.message || CASE WHEN count(*) > 1 THEN ' (' || count(*) || ' times)' ELSE '' END, max(e.occurred_at), max(e.execution_url)
FROM calcom.workflow_errors AS e
WHERE e.settled_at IS NULL AND e.occurred_at > now() - interval '7 days'
GROUP BY e.workflow, e.node, e.message
UNION ALL
SELECT 3, 'bookings', 'no ' || c.field || ' known', (c.bookings - c.filled) || ' of ' || c.bookings || ' bookings', NULL, NULL
FROM calcom.booking_completeness AS c
WHERE c.field IN ('start', 'attendees') AND c.filled < c.bookings
ORDER BY urgency, since DESC NULLS LAST;

-- The last 24 hours and all that is to look at, as a message. Counts are of what came in these hours.
CREATE OR REPLACE FUNCTION calcom.health_digest(settings jsonb DEFAULT '{}')
RETURNS TABLE (subject text, text text, problems int, send boolean) LANGUAGE plpgsql AS $$
DECLARE
	zone text;
	most int := 20;
	events text;
	todo text;
BEGIN
	PERFORM calcom.keep_settings('sync-health', settings);
	zone := coalesce(calcom.business_zone(), 'UTC');
	problems := (SELECT count(*) FROM calcom.health_problems);
	send := problems > 0 OR coalesce((settings->>'alwaysSend')::boolean, true);
	subject := concat_ws(' ', 'Cal.com:', CASE problems WHEN 0 THEN 'all is well' WHEN 1 THEN '1 thing to look at' ELSE problems || ' things to look at' END);

	SELECT string_agg(format('- %s: %s', event, line), E'\n' ORDER BY event) INTO events
	FROM (
		SELECT inbox.event, concat_ws(', ',
			count(*) || ' received',
			count(*) FILTER (WHERE inbox.status IN ('processed', 'skipped')) || ' applied',
			nullif(count(*) FILTER (WHERE inbox.status = 'failed'), 0) || ' failed',
			round(100.0 * count(*) FILTER (WHERE inbox.status IN ('processed', 'skipped')) / nullif(count(*) FILTER (WHERE inbox.status <> 'processing'), 0), 1) || ' %') AS line
		FROM calcom.webhook_events AS inbox
		WHERE inbox.received_at > now() - interval '24 hours'
		GROUP BY inbox.event
	) AS by_event;
	SELECT string_agg(line, E'\n' ORDER BY place) INTO todo
	FROM (
		SELECT row_number() OVER () AS place, concat_ws(' ', '-', p.area || ':',
			-- Names and messages of attendees are among it. What comes from the own tables may name a host.
			CASE WHEN p.area IN ('services', 'actions', 'bookings') THEN left(regexp_replace(p.what || coalesce(': ' || p.why, ''), '\s+', ' ', 'g'), 300)
				ELSE calcom.line_for_team(p.what || coalesce(': ' || p.why, ''), 300) END,
			'(' || to_char(p.since AT TIME ZONE zone, 'DD Mon HH24:MI') || ')') AS line
		FROM calcom.health_problems AS p LIMIT most
	) AS listed;

	text := concat_ws(E'\n',
		to_char(now() AT TIME ZONE zone, 'FMDay, DD Mon YYYY HH24:MI') || ' (' || zone || ')',
		'',
		'To look at',
		coalesce(todo, '- nothing'),
		CASE WHEN problems > most THEN format('- and %s more, in the view calcom.health_problems', problems - most) END,
		'',
		'Events of the last 24 hours',
		coalesce(events, '- none'),
		'',
		'Reminders of the last 24 hours',
		(SELECT format('- %s sent, %s delivered, %s failed, %s skipped', count(*) FILTER (WHERE status IN ('sent', 'delivered')), count(*) FILTER (WHERE status = 'delivered'),
			count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'skipped'))
		FROM calcom.reminders WHERE due_at BETWEEN now() - interval '24 hours' AND now()),
		'',
		'Services',
		(SELECT format('- %s of %s linked to Cal.com, %s synced, %s pending, %s in conflict, %s with an error; last sync %s', linked, services, synced, pending, conflicts, errors,
			coalesce(to_char(last_sync AT TIME ZONE zone, 'DD Mon HH24:MI'), 'never'))
		FROM calcom.service_sync_health),
		'',
		'What is known of the bookings',
		coalesce((SELECT '- ' || string_agg(field || ' ' || percent || ' %', ', ') FROM calcom.booking_completeness), '- there are none')
	);
	RETURN NEXT;
END $$;
