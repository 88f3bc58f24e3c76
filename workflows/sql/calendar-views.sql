-- Views of the calendar. Safe to run again.
-- Days and months are those of the time zone in the Settings node of the calendar template; when that is empty, of the
-- organizer's own zone.

CREATE OR REPLACE FUNCTION calcom.business_zone() RETURNS text LANGUAGE sql STABLE AS $$
	SELECT calcom.known_zone(nullif(calcom.setting('calendar-events', 'timeZone'), ''))
$$;

-- All appointments with names and local time; phase says in one word where each stands:
-- upcoming, held, missed, cancelled, lapsed (never confirmed, and its time is over), unknown (no time told yet).
CREATE OR REPLACE VIEW calcom.appointments AS
WITH here AS MATERIALIZED (SELECT calcom.business_zone() AS zone)
SELECT e.id AS calendar_event_id, e.booking_id, e.booking_uid, e.client_id, e.client_linked_by,
	coalesce(e.client_id, lower(e.attendee_email)) AS client,
	e.subject_id, e.staff_id, s.name AS staff_name, e.service_id, v.name AS service_name, e.branch_id, e.tag,
	e.title, e.booking_type, e.status, e.lifecycle,
	CASE
		WHEN e.status = 'cancelled' THEN 'cancelled'
		WHEN e.status = 'no_show' THEN 'missed'
		WHEN e.status = 'completed' THEN 'held'
		WHEN e.start_time IS NULL THEN 'unknown'
		WHEN coalesce(e.end_time, e.start_time) > now() THEN 'upcoming'
		WHEN e.lifecycle = 'requested' THEN 'lapsed'
		ELSE 'held' END AS phase,
	e.start_time, e.end_time, e.start_time AT TIME ZONE zone.name AS local_start, zone.name AS zone, e.duration_minutes,
	e.location_type, e.location_label, e.meeting_url, e.attendee_name, e.attendee_email, e.attendee_phone, e.attendee_count, e.seats,
	e.host_name, e.host_email, e.is_recurring, e.price, e.currency, e.paid,
	e.price * CASE WHEN e.seats IS NULL THEN 1 ELSE e.attendee_count END AS amount,
	e.previous_start, e.reschedule_count, e.cancellation_reason, e.metadata, e.internal_note
FROM calcom.calendar_events AS e
CROSS JOIN here
CROSS JOIN LATERAL (SELECT coalesce(here.zone, e.time_zone, 'UTC') AS name) AS zone
LEFT JOIN calcom.staff AS s ON s.id::text = e.staff_id
LEFT JOIN calcom.services AS v ON v.id = e.service_id;

-- Today's appointments, those that were cancelled left out. Works with lead capture alone, too.
CREATE OR REPLACE VIEW calcom.todays_appointments AS
WITH here AS MATERIALIZED (SELECT calcom.business_zone() AS zone)
SELECT b.id AS booking_id, b.uid, b.lead_id, b.title, b.attendee_name, b.attendee_email, b.attendee_phone, b.attendee_count, b.start_time, b.end_time,
	b.start_time AT TIME ZONE zone.name AS local_start, b.time_zone, b.status, b.lifecycle, b.location_type, b.location_label,
	b.meeting_url, b.organizer_name, b.assigned_teacher, b.internal_note, b.tag,
	e.id AS calendar_event_id, e.client_id, e.subject_id, e.staff_id, s.name AS staff_name, e.service_id, e.branch_id,
	e.client_linked_by
FROM calcom.bookings AS b
CROSS JOIN here
CROSS JOIN LATERAL (SELECT coalesce(here.zone, b.time_zone, 'UTC') AS name) AS zone
LEFT JOIN calcom.calendar_events AS e ON e.booking_id = b.id
LEFT JOIN calcom.staff AS s ON s.id::text = e.staff_id
WHERE b.status <> 'cancelled'
	-- The index narrows it to three days; the zone then tells which is today.
	AND b.start_time BETWEEN now() - interval '36 hours' AND now() + interval '36 hours'
	AND (b.start_time AT TIME ZONE zone.name)::date = (now() AT TIME ZONE zone.name)::date
ORDER BY b.start_time;

-- Every visit of every client. In a group (seats) each attendee is a client of their own, known by email.
CREATE OR REPLACE VIEW calcom.client_visits AS
SELECT client, client_id, client_name, client_email, calendar_event_id, booking_uid, phase, start_time, local_start, title, subject_id,
	service_id, service_name, staff_id, staff_name, branch_id, price, currency,
	CASE WHEN phase = 'held' THEN count(*) FILTER (WHERE phase = 'held') OVER (PARTITION BY client ORDER BY start_time, calendar_event_id) END AS visit_number,
	client_linked_by
FROM (
	SELECT a.client, a.client_id, a.attendee_name AS client_name, a.attendee_email AS client_email, a.calendar_event_id, a.booking_uid,
		a.phase, a.start_time, a.local_start, a.title, a.subject_id, a.service_id, a.service_name, a.staff_id, a.staff_name, a.branch_id,
		a.price, a.currency, a.client_linked_by
	FROM calcom.appointments AS a
	WHERE a.seats IS NULL
	UNION ALL
	SELECT coalesce(own.client_id, lower(person->>'email')), own.client_id, person->>'name', person->>'email', a.calendar_event_id, a.booking_uid,
		a.phase, a.start_time, a.local_start, a.title, a.subject_id, a.service_id, a.service_name, a.staff_id, a.staff_name, a.branch_id,
		a.price, a.currency, own.linked_by
	FROM calcom.appointments AS a
	JOIN calcom.bookings AS b ON b.id = a.booking_id
	CROSS JOIN jsonb_array_elements(b.attendees) AS person
	LEFT JOIN calcom.leads AS l ON lower(l.email) = lower(person->>'email')
	CROSS JOIN LATERAL (SELECT lower(person->>'email') = lower(a.attendee_email)) AS booker (is_it)
	CROSS JOIN LATERAL (SELECT
		CASE WHEN booker.is_it THEN a.client_id ELSE l.id::text END AS client_id,
		CASE WHEN booker.is_it THEN a.client_linked_by WHEN l.id IS NOT NULL THEN 'email' END AS linked_by
	) AS own
	WHERE a.seats IS NOT NULL
) AS visit
WHERE client IS NOT NULL;

-- One row per client: how many visits, the first, the last and the next.
CREATE OR REPLACE VIEW calcom.visits_per_client AS
SELECT client, max(client_id) AS client_id,
	(array_agg(client_name ORDER BY start_time DESC NULLS LAST) FILTER (WHERE client_name <> ''))[1] AS name,
	(array_agg(client_email ORDER BY start_time DESC NULLS LAST) FILTER (WHERE client_email <> ''))[1] AS email,
	count(*) FILTER (WHERE phase = 'held') AS visits,
	count(*) FILTER (WHERE phase = 'missed') AS missed,
	count(*) FILTER (WHERE phase = 'cancelled') AS cancelled,
	count(*) FILTER (WHERE phase = 'upcoming') AS upcoming,
	min(start_time) FILTER (WHERE phase = 'held') AS first_visit,
	max(start_time) FILTER (WHERE phase = 'held') AS last_visit,
	min(start_time) FILTER (WHERE phase = 'upcoming') AS next_visit,
	string_agg(DISTINCT client_linked_by, ', ' ORDER BY client_linked_by) AS linked_by
FROM calcom.client_visits
GROUP BY client;

-- Money per month, currency and branch: brought in by what was held, expected from what is to come, lost to
-- cancellations and no-shows. A group counts once per attendee. Prices are Cal.com's, else the service's.
CREATE OR REPLACE VIEW calcom.revenue_per_month AS
SELECT date_trunc('month', local_start)::date AS month, currency, branch_id,
	count(*) FILTER (WHERE phase = 'held') AS appointments,
	coalesce(sum(amount) FILTER (WHERE phase = 'held'), 0) AS revenue,
	coalesce(sum(amount) FILTER (WHERE phase = 'held' AND paid), 0) AS paid_in_advance,
	coalesce(sum(amount) FILTER (WHERE phase = 'upcoming'), 0) AS expected,
	coalesce(sum(amount) FILTER (WHERE phase IN ('cancelled', 'missed')), 0) AS lost
FROM calcom.appointments
WHERE amount > 0 AND local_start IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY 1 DESC, 2, 3;

-- Visits per month, and how many of them were made by somebody who had been there before.
CREATE OR REPLACE VIEW calcom.visits_per_month AS
SELECT date_trunc('month', local_start)::date AS month, count(*) AS visits, count(DISTINCT client) AS clients,
	count(*) FILTER (WHERE visit_number = 1) AS first_visits,
	count(*) FILTER (WHERE visit_number > 1) AS repeat_visits,
	round(100.0 * count(*) FILTER (WHERE visit_number > 1) / count(*), 1) AS repeat_percent
FROM calcom.client_visits
WHERE phase = 'held'
GROUP BY 1
ORDER BY 1 DESC;

-- Of the clients who came first in a month (cohort), how many came again so many months later.
CREATE OR REPLACE VIEW calcom.retention AS
WITH visit AS (
	SELECT client, date_trunc('month', local_start) AS month, min(date_trunc('month', local_start)) OVER (PARTITION BY client) AS cohort
	FROM calcom.client_visits
	WHERE phase = 'held'
), size AS (
	SELECT cohort, count(DISTINCT client) AS clients FROM visit GROUP BY cohort
)
SELECT cohort::date, size.clients AS cohort_clients,
	(extract(year FROM month) * 12 + extract(month FROM month) - extract(year FROM cohort) * 12 - extract(month FROM cohort))::int AS months_later,
	count(DISTINCT client) AS clients, round(100.0 * count(DISTINCT client) / size.clients, 1) AS percent
FROM visit JOIN size USING (cohort)
GROUP BY cohort, size.clients, month
ORDER BY cohort DESC, months_later;

-- Appointments whose client nobody knows: set client_id, and it stays.
CREATE OR REPLACE VIEW calcom.unlinked_appointments AS
SELECT calendar_event_id, booking_uid, title, phase, start_time, local_start, attendee_name, attendee_email, attendee_phone, attendee_count,
	subject_id, staff_name, service_name, branch_id, metadata, internal_note
FROM calcom.appointments
WHERE client_id IS NULL AND status <> 'cancelled'
ORDER BY start_time DESC NULLS LAST;
