-- What speaks for and against an action that a person starts in Retool. Safe to run again.

-- What a body says under a name; null when it says nothing or a blank.
CREATE OR REPLACE FUNCTION calcom.said(body jsonb, name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT nullif(trim(body->>name), '')
$$;

-- The actions: on what they work, whether Cal.com has to do them, and the words for the timeline and for the answer.
CREATE OR REPLACE VIEW calcom.known_actions AS
SELECT * FROM (VALUES
	('assign_teacher', 'booking', false, 'teacher_assigned', 'Teacher Assigned', 'The teacher is saved.'),
	('cancel', 'booking', true, 'cancelled_by_team', 'Cancelled by the Team', 'The booking is cancelled.'),
	('complete', 'booking', false, 'completed_by_team', 'Marked as Completed', 'The booking is completed.'),
	('confirm', 'booking', true, 'confirmed_by_team', 'Confirmed by the Team', 'The booking is confirmed.'),
	('decline', 'booking', true, 'declined_by_team', 'Declined by the Team', 'The booking is declined.'),
	('no_show', 'booking', true, 'no_show_by_team', 'Marked as No-Show', 'The absence is noted.'),
	('reschedule', 'booking', true, 'rescheduled_by_team', 'Moved by the Team', 'The booking is moved.'),
	('resolve_conflict', 'service', false, 'conflict_settled', 'Conflict Settled', 'Settled. The next sync carries it out.')
) AS known (action, target, by_calcom, type, words, message);

-- The instant that a text means: one without an offset is local time in the zone. Null when it is no time.
CREATE OR REPLACE FUNCTION calcom.instant_of(value text, zone text) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF value !~ '^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$' THEN
		RETURN NULL;
	END IF;
	RETURN CASE WHEN value ~ '(Z|[+-]\d\d:?\d\d)$' THEN value::timestamptz ELSE value::timestamp AT TIME ZONE zone END;
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END $$;

-- The zone in which a new start is meant: that of the request, else of the booking. Null when there is no such zone.
CREATE OR REPLACE FUNCTION calcom.zone_of_request(body jsonb, b calcom.bookings) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT calcom.known_zone(coalesce(calcom.said(body, 'time_zone'), b.time_zone, 'UTC'))
$$;

-- Who is meant by a no-show: the one named, else the booker. In a group somebody has to be named.
CREATE OR REPLACE FUNCTION calcom.absentee_of(body jsonb, b calcom.bookings) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE
		WHEN calcom.said(body, 'attendee_email') IS NULL THEN CASE WHEN b.seats IS NULL OR b.attendee_count < 2 THEN b.attendee_email END
		-- As Cal.com spells it.
		ELSE (SELECT person->>'email' FROM jsonb_array_elements(b.attendees) AS person WHERE lower(person->>'email') = lower(calcom.said(body, 'attendee_email')) LIMIT 1) END
$$;

-- The teacher that is asked for: a name, or a member of calcom.staff by id.
CREATE OR REPLACE FUNCTION calcom.teacher_of(body jsonb) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE
		WHEN calcom.said(body, 'staff_id') IS NULL THEN calcom.said(body, 'teacher')
		ELSE (SELECT coalesce(name, email) FROM calcom.staff WHERE id::text = calcom.said(body, 'staff_id')) END
$$;

-- What speaks against an action on a booking, or makes it needless (200). No row: nothing does. The first rule counts.
CREATE OR REPLACE FUNCTION calcom.objection_to_booking(action text, body jsonb, b calcom.bookings, at timestamptz)
RETURNS TABLE (code int, message text) LANGUAGE sql STABLE AS $$
	SELECT rule.code, rule.message
	FROM (SELECT
		calcom.zone_of_request(body, b) AS zone,
		calcom.said(body, 'start') AS start,
		coalesce(calcom.said(body, 'scope'), 'booking') AS scope,
		calcom.absentee_of(body, b) AS absentee,
		b.status = 'cancelled' OR b.status_from_calcom IS NOT DISTINCT FROM 'cancelled' AS gone,
		coalesce(b.end_time, b.start_time) <= at AS over,
		b.start_time > at AS ahead
	) AS asked
	CROSS JOIN LATERAL (VALUES
		(1, 'assign_teacher', NOT body ? 'teacher' AND NOT body ? 'staff_id', 400, 'Send "teacher" with a name (blank takes the teacher away), or "staff_id".'),
		(2, 'assign_teacher', calcom.said(body, 'staff_id') IS NOT NULL AND calcom.teacher_of(body) IS NULL, 404, 'There is no member of staff with that id.'),
		(3, 'assign_teacher', b.assigned_teacher IS NOT DISTINCT FROM calcom.teacher_of(body), 200, 'This teacher is assigned already.'),
		(10, 'complete', gone, 409, 'This booking is cancelled, so it cannot be completed.'),
		(11, 'complete', b.status = 'completed', 200, 'This booking is completed already.'),
		(12, 'complete', ahead, 409, 'This booking has not begun yet.'),
		(20, 'no_show', gone, 409, 'This booking is cancelled, so nobody can have missed it.'),
		(21, 'no_show', ahead, 409, 'Nobody can be marked absent before the booking has begun.'),
		(22, 'no_show', calcom.said(body, 'attendee_email') IS NULL AND absentee IS NULL, 400, 'Several people come to this booking: send "attendee_email" of the one who did not.'),
		(23, 'no_show', absentee IS NULL, 404, 'Nobody in this booking has that email address.'),
		(24, 'no_show', b.status = 'no_show' AND b.status_from_calcom = 'no_show' AND lower(absentee) = lower(b.attendee_email), 200, 'This booking is marked as no-show already.'),
		(30, 'confirm', gone, 409, 'This booking is cancelled or declined, so it cannot be confirmed.'),
		(31, 'confirm', b.lifecycle IS DISTINCT FROM 'requested', 200, 'This booking is confirmed already.'),
		(40, 'decline', b.lifecycle = 'rejected', 200, 'This booking is declined already.'),
		(41, 'decline', gone, 409, 'This booking is cancelled, so there is nothing to decline.'),
		(42, 'decline', b.lifecycle IS DISTINCT FROM 'requested', 409, 'This booking is confirmed already. Cancel it instead.'),
		(50, 'cancel', scope NOT IN ('booking', 'following', 'series', 'seat'), 400, '"scope" is one of booking, following, series and seat.'),
		(51, 'cancel', scope = 'seat' AND calcom.said(body, 'seat_uid') IS NULL, 400, 'Send "seat_uid" of the seat to cancel.'),
		(52, 'cancel', scope = 'booking' AND b.status = 'cancelled' AND b.status_from_calcom IS NOT DISTINCT FROM 'cancelled', 200, 'This booking is cancelled already.'),
		(53, 'cancel', scope IN ('booking', 'seat') AND over, 409, 'This booking is over. Mark it as completed or as no-show instead.'),
		(60, 'reschedule', gone, 409, 'This booking is cancelled. Make a new one instead.'),
		(61, 'reschedule', over, 409, 'This booking is over. Make a new one instead.'),
		(62, 'reschedule', zone IS NULL, 400, 'There is no such time zone. Write it like Europe/Amsterdam.'),
		(63, 'reschedule', calcom.instant_of(start, zone) IS NULL, 400, 'Send "start" as a time like 2026-12-01T10:00, or 2026-12-01T09:00:00Z.'),
		(64, 'reschedule', calcom.instant_of(start, zone) <= at, 400, 'The new start is in the past.'),
		(65, 'reschedule', calcom.instant_of(start, zone) = b.start_time AND calcom.said(body, 'seat_uid') IS NULL, 200, 'This booking is at that time already.')
	) AS rule (n, action, applies, code, message)
	WHERE rule.action = objection_to_booking.action AND rule.applies
	ORDER BY n LIMIT 1
$$;

-- The conflicts of a service: [{field, recordField, base, ours, theirs}], empty when there are none.
CREATE OR REPLACE FUNCTION calcom.conflicts_of(s calcom.services) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE jsonb_typeof(s.sync_conflict) WHEN 'array' THEN s.sync_conflict ELSE '[]' END
$$;

-- The choices that a request makes: {field: side}. "choice" alone is meant for every field in conflict.
CREATE OR REPLACE FUNCTION calcom.choices_of(body jsonb, s calcom.services) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT CASE
		WHEN jsonb_typeof(body->'choices') = 'object' THEN body->'choices'
		WHEN calcom.said(body, 'field') IS NOT NULL THEN jsonb_build_object(calcom.said(body, 'field'), calcom.said(body, 'choice'))
		ELSE (SELECT jsonb_object_agg(conflict->>'field', calcom.said(body, 'choice')) FROM jsonb_array_elements(calcom.conflicts_of(s)) AS conflict) END
$$;

-- The choices as the Sync node reads them, with what the person saw: should either side change meanwhile, it asks again.
CREATE OR REPLACE FUNCTION calcom.resolution_of(body jsonb, s calcom.services) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_object_agg(field, jsonb_build_object('choose', choice, 'ours', conflict->'ours', 'theirs', conflict->'theirs'))
	FROM jsonb_each_text(calcom.choices_of(body, s)) AS chosen (field, choice)
	JOIN jsonb_array_elements(calcom.conflicts_of(s)) AS conflict ON conflict->>'field' = field
$$;

-- The same as objection_to_booking, for the conflict of a service.
CREATE OR REPLACE FUNCTION calcom.objection_to_service(body jsonb, s calcom.services) RETURNS TABLE (code int, message text) LANGUAGE sql STABLE AS $$
	SELECT rule.code, rule.message
	FROM (SELECT
		calcom.conflicts_of(s) = '[]' AS agreed,
		calcom.choices_of(body, s) AS choices,
		calcom.resolution_of(body, s) AS resolution
	) AS asked
	CROSS JOIN LATERAL (SELECT
		bool_or(side IS DISTINCT FROM 'ours' AND side IS DISTINCT FROM 'theirs') AS odd,
		string_agg(field, ', ') FILTER (WHERE NOT coalesce(resolution ? field, false)) AS settled
		FROM jsonb_each_text(choices) AS chosen (field, side)
	) AS looked
	CROSS JOIN LATERAL (VALUES
		(1, agreed, 409, 'There is no conflict in this service any more. Reload the table.'),
		(2, coalesce(odd, true), 400, '"choice" is "ours" (your record) or "theirs" (Cal.com).'),
		(3, settled IS NOT NULL, 409, format('There is no conflict in %s any more. Reload the table.', settled)),
		(4, s.sync_status = 'pending' AND s.sync_resolution @> resolution, 200, 'This is settled already. The next sync carries it out.')
	) AS rule (n, applies, code, message)
	WHERE rule.applies
	ORDER BY n LIMIT 1
$$;
