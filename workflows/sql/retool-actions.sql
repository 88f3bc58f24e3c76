-- Actions that people start in Retool: checked and claimed, carried out, logged. Safe to run again.

-- A booking as an answer shows it.
CREATE OR REPLACE FUNCTION calcom.booking_card(b calcom.bookings) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object(
		'uid', b.uid, 'title', b.title, 'status', b.status, 'lifecycle', b.lifecycle,
		'start', to_char(b.start_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'end', to_char(b.end_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'local_start', to_char(b.start_time AT TIME ZONE coalesce(b.time_zone, 'UTC'), 'YYYY-MM-DD HH24:MI'),
		'time_zone', b.time_zone, 'attendee_name', b.attendee_name, 'attendee_email', b.attendee_email, 'attendee_count', b.attendee_count,
		'assigned_teacher', b.assigned_teacher, 'cancellation_reason', b.cancellation_reason, 'rejection_reason', b.rejection_reason
	)
	WHERE b.id IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION calcom.action_answer(code int, message text, action text DEFAULT NULL, action_id text DEFAULT NULL, booking jsonb DEFAULT NULL, more jsonb DEFAULT '{}')
RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_build_object('ok', code = 200, 'message', message, 'action', action, 'action_id', action_id, 'booking', booking) || more
$$;

-- The booking that a request is about, by any uid it ever had.
CREATE OR REPLACE FUNCTION calcom.booking_of_request(body jsonb) RETURNS calcom.bookings LANGUAGE sql STABLE AS $$
	SELECT * FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(ARRAY[calcom.said(body, 'booking_uid')])) ORDER BY id LIMIT 1
$$;

CREATE OR REPLACE FUNCTION calcom.service_of_request(body jsonb) RETURNS calcom.services LANGUAGE sql STABLE AS $$
	SELECT * FROM calcom.services WHERE id::text = calcom.said(body, 'service_id')
$$;

-- The row of check_action when there is nothing to do but to answer.
CREATE OR REPLACE FUNCTION calcom.only_answer(status int, message text, action text DEFAULT NULL, id text DEFAULT NULL, booking jsonb DEFAULT NULL, more jsonb DEFAULT '{}')
RETURNS TABLE (go text, code int, answer jsonb, action_id text, booking_uid text, start text, time_zone text, reason text, absentee text, scope text, seat_uid text, moved_by text)
LANGUAGE sql IMMUTABLE AS $$
	SELECT 'answer', status, calcom.action_answer(status, message, action, id, booking, more), id,
		NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text
$$;

-- Checks a request and claims it. Always one row: go says what is to be done ("answer": nothing but to answer;
-- "table": apply_action alone; the name of an action: Cal.com first), the rest is what Cal.com has to be told.
-- A second click on the same thing gets the answer of the first; one that failed, or has been silent for two minutes,
-- may be tried again.
CREATE OR REPLACE FUNCTION calcom.check_action(body jsonb, claimant text DEFAULT '', settings jsonb DEFAULT '{}', at timestamptz DEFAULT now())
RETURNS TABLE (go text, code int, answer jsonb, action_id text, booking_uid text, start text, time_zone text, reason text, absentee text, scope text, seat_uid text, moved_by text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	known calcom.known_actions;
	b calcom.bookings;
	s calcom.services;
	about text;
	hash text;
	id text;
	earlier calcom.action_log;
	no_code int;
	no_message text;
BEGIN
	IF jsonb_typeof(body) IS DISTINCT FROM 'object' THEN
		RETURN QUERY SELECT * FROM calcom.only_answer(400, 'Send a JSON object like {"action": "cancel", "booking_uid": "…"}.');
		RETURN;
	END IF;
	SELECT * INTO known FROM calcom.known_actions AS k WHERE k.action = calcom.said(body, 'action');
	IF known.action IS NULL THEN
		RETURN QUERY SELECT * FROM calcom.only_answer(400, 'Send "action": one of ' || (SELECT string_agg(k.action, ', ' ORDER BY k.action) FROM calcom.known_actions AS k) || '.');
		RETURN;
	END IF;
	-- Two clicks must see each other.
	PERFORM pg_advisory_xact_lock(hashtext('calcom.check_action'));
	IF known.target = 'booking' THEN
		b := calcom.booking_of_request(body);
	ELSE
		s := calcom.service_of_request(body);
	END IF;
	IF coalesce(b.id, s.id) IS NULL THEN
		about := CASE known.target WHEN 'booking' THEN 'booking_uid' ELSE 'service_id' END;
		RETURN QUERY SELECT answered.* FROM (VALUES
			(calcom.said(body, about) IS NULL, 400, format('Send "%s".', about)),
			(true, 404, format('There is no %s "%s". Reload the table.', known.target, calcom.said(body, about)))
		) AS rule (applies, code, message)
		CROSS JOIN LATERAL calcom.only_answer(rule.code, rule.message, known.action) AS answered
		WHERE rule.applies LIMIT 1;
		RETURN;
	END IF;

	about := known.target || ' ' || coalesce(b.id, s.id);
	-- By the row: a booking that was moved goes by another uid.
	hash := md5((body - 'action_id' - 'booking_uid')::text || about);
	SELECT last.action_id INTO id
	FROM (SELECT * FROM calcom.action_log WHERE target = about ORDER BY claimed_at DESC LIMIT 1) AS last
	WHERE last.digest = hash AND last.claimed_at > at - make_interval(secs => coalesce((settings->>'doubleClickSeconds')::numeric, 10)::float);
	id := coalesce(calcom.key_text(calcom.said(body, 'action_id')), id, left(hash, 12) || '-' || (extract(epoch FROM at) * 1000)::bigint);
	SELECT * INTO earlier FROM calcom.action_log AS log WHERE log.action_id = id;
	IF earlier.digest <> hash THEN
		RETURN QUERY SELECT * FROM calcom.only_answer(409, 'This action_id was used for something else. Leave it out, or send a new one.', known.action, id);
		RETURN;
	ELSIF earlier.status = 'done' THEN
		RETURN QUERY SELECT * FROM calcom.only_answer(200, earlier.answer->>'message', known.action, id, calcom.booking_card(b), '{"repeated": true}');
		RETURN;
	ELSIF earlier.status = 'processing' AND earlier.claimed_at > at - interval '2 minutes' THEN
		RETURN QUERY SELECT * FROM calcom.only_answer(409, 'This is being done right now. Reload the table in a moment.', known.action, id, calcom.booking_card(b));
		RETURN;
	END IF;

	SELECT o.code, o.message INTO no_code, no_message
	FROM calcom.objection_to_booking(known.action, body, b, at) AS o
	WHERE known.target = 'booking'
	UNION ALL
	SELECT o.code, o.message FROM calcom.objection_to_service(body, s) AS o WHERE known.target = 'service';
	IF no_code IS NOT NULL THEN
		RETURN QUERY SELECT * FROM calcom.only_answer(no_code, no_message, known.action, id, calcom.booking_card(b));
		RETURN;
	END IF;

	INSERT INTO calcom.action_log AS log (action_id, action, target, digest, body, asked_by, claimed_by, claimed_at)
	VALUES (id, known.action, about, hash, check_action.body, calcom.said(body, 'by'), claimant, at)
	ON CONFLICT (action_id) DO UPDATE SET status = 'processing', attempts = log.attempts + 1, claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at, answer = NULL, finished_at = NULL;
	RETURN QUERY SELECT
		CASE WHEN known.by_calcom THEN known.action ELSE 'table' END, 200, NULL::jsonb, id, b.uid,
		calcom.said(body, 'start'), calcom.zone_of_request(body, b),
		coalesce(calcom.said(body, 'reason'), nullif(trim(settings->>(known.action || 'Reason')), ''), ''),
		calcom.absentee_of(body, b), coalesce(calcom.said(body, 'scope'), 'booking'), coalesce(calcom.said(body, 'seat_uid'), ''),
		-- Moved in the host's name, a booking that was confirmed stays confirmed.
		coalesce(b.organizer_email, '');
END $$;


-- What an activity says beside its title: what was chosen, why, and by whom.
CREATE OR REPLACE FUNCTION calcom.action_details(log calcom.action_log, before calcom.bookings) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT nullif(concat_ws(' · ',
		CASE log.action
			WHEN 'assign_teacher' THEN coalesce(calcom.teacher_of(log.body), 'nobody') || coalesce(' (before: ' || before.assigned_teacher || ')', '')
			WHEN 'reschedule' THEN 'to ' || to_char(calcom.instant_of(calcom.said(log.body, 'start'), zone) AT TIME ZONE zone, 'Dy DD Mon YYYY HH24:MI') || ' (' || zone || ')'
			WHEN 'no_show' THEN 'absent: ' || calcom.absentee_of(log.body, before)
			WHEN 'resolve_conflict' THEN (SELECT string_agg(field || ': ' || side, ', ' ORDER BY field)
				FROM jsonb_each_text(calcom.choices_of(log.body, calcom.service_of_request(log.body))) AS chosen (field, side)) END,
		'reason: ' || calcom.said(log.body, 'reason'),
		'by ' || log.asked_by
	), '')
	FROM (SELECT calcom.zone_of_request(log.body, before) AS zone) AS meant
$$;

-- An absence as Cal.com's delivery will tell it: the answer to marking somebody does not name them.
CREATE OR REPLACE FUNCTION calcom.absence_event(b calcom.bookings, absentee text, at timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object(
		'event', 'BOOKING_NO_SHOW_UPDATED', 'category', 'noShow',
		'occurredAt', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
		'booking', jsonb_build_object('uid', b.uid),
		'noShow', jsonb_build_object('who', 'attendee', 'absent', jsonb_build_array(absentee), 'present', '[]'::jsonb)
	)
$$;

-- Brings the tables up to what an action did, and logs it. Events are what Cal.com answered, normalized: the delivery
-- that follows tells the same and changes nothing more.
CREATE OR REPLACE FUNCTION calcom.apply_action(action_id text, events jsonb DEFAULT '[]', at timestamptz DEFAULT now())
RETURNS TABLE (code int, answer jsonb) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	log calcom.action_log;
	known calcom.known_actions;
	before calcom.bookings;
	b calcom.bookings;
	s calcom.services;
	one jsonb;
	told jsonb;
BEGIN
	-- Before any row, as everybody does who writes bookings. Services are locked the other way round.
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'))
	FROM calcom.action_log AS l WHERE l.action_id = apply_action.action_id AND l.action <> 'resolve_conflict';
	SELECT * INTO log FROM calcom.action_log AS l WHERE l.action_id = apply_action.action_id FOR UPDATE;
	IF log.action_id IS NULL OR log.status = 'done' THEN
		RETURN QUERY SELECT 200, log.answer WHERE log.action_id IS NOT NULL;
		RETURN;
	END IF;
	SELECT * INTO known FROM calcom.known_actions AS k WHERE k.action = log.action;
	before := calcom.booking_of_request(log.body);
	events := calcom.provided(events, NOT EXISTS (SELECT FROM jsonb_array_elements(events) AS e WHERE e->'booking'->>'uid' IS NULL));

	FOR one IN SELECT * FROM jsonb_array_elements(events)
		UNION ALL SELECT calcom.absence_event(before, calcom.absentee_of(log.body, before), at) WHERE log.action = 'no_show' AND calcom.absentee_of(log.body, before) IS NOT NULL
	LOOP
		-- Cal.com has done it: a row that cannot be brought up to date now must not look like a failure.
		BEGIN
			PERFORM calcom.apply_booking(one);
		EXCEPTION WHEN data_exception THEN
			told := jsonb_build_object('note', 'The table follows with the next delivery: ' || SQLERRM);
		END;
	END LOOP;
	IF log.action = 'assign_teacher' THEN
		UPDATE calcom.calendar_events SET staff_id = calcom.said(log.body, 'staff_id')
		WHERE booking_id = before.id AND calcom.said(log.body, 'staff_id') IS NOT NULL AND staff_id IS DISTINCT FROM calcom.said(log.body, 'staff_id');
		UPDATE calcom.bookings SET assigned_teacher = calcom.teacher_of(log.body), updated_at = now() WHERE id = before.id;
	ELSIF log.action = 'complete' THEN
		UPDATE calcom.bookings SET status = 'completed', status_by_hand = true, updated_at = now() WHERE id = before.id;
	ELSIF log.action = 'resolve_conflict' THEN
		s := calcom.service_of_request(log.body);
		UPDATE calcom.services SET sync_resolution = coalesce(sync_resolution, '{}') || calcom.resolution_of(log.body, s), sync_status = 'pending', updated_at = now()
		WHERE id = s.id RETURNING * INTO s;
		told := jsonb_build_object('service', jsonb_build_object('id', s.id, 'name', s.name, 'sync_status', s.sync_status, 'sync_resolution', s.sync_resolution));
	END IF;

	b := calcom.booking_of_request(log.body);
	INSERT INTO calcom.lead_activities (event_key, lead_id, booking_id, type, action, title, details, occurred_at)
	VALUES ('RETOOL:' || log.action_id, b.lead_id, b.id, known.type, known.words,
		concat_ws(' ', coalesce(s.name || ':', b.booking_type, b.event_type_title, 'Booking'), known.words), calcom.action_details(log, before), at)
	ON CONFLICT (event_key) DO NOTHING;
	one := calcom.action_answer(200, known.message, known.action, log.action_id, calcom.booking_card(b), coalesce(told, '{}'));
	UPDATE calcom.action_log AS l SET status = 'done', answer = one, finished_at = now() WHERE l.action_id = log.action_id;
	RETURN QUERY SELECT 200, one;
END $$;

-- What an error of the Cal.com node means for Retool, by its code: 400 the request is wrong, 404 there is no such booking,
-- 409 it does not fit the booking's state. Anything else is between n8n and Cal.com: 502.
DROP FUNCTION IF EXISTS calcom.code_of_problem(text);
CREATE OR REPLACE FUNCTION calcom.status_of_code(code text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN code IN ('BAD_REQUEST', 'INVALID_VALUES', 'ANSWER_NOT_ACCEPTED', 'EMAILS_NOT_ACCEPTED', 'LOCATION_NOT_ALLOWED', 'CANCELLATION_REASON_REQUIRED',
			'SEAT_NOT_FOUND', 'SEAT_REQUIRED', 'FIELD_EMPTY', 'INVALID_TIME', 'TIME_SKIPPED', 'TIME_ZONE_UNKNOWN') THEN 400
		WHEN code IN ('NOT_FOUND', 'ATTENDEE_NOT_FOUND') THEN 404
		WHEN code IN ('BOOKING_CANCELLED', 'BOOKING_CONFIRMED', 'BOOKING_DECLINED', 'BOOKING_RESCHEDULED', 'BOOKING_NOT_BEGUN', 'BOOKING_LIMIT_REACHED',
			'TIME_NOT_FREE', 'TIME_NOT_BOOKABLE', 'SEATS_FULL', 'ATTENDEE_HAS_SEAT', 'PRIMARY_ATTENDEE', 'NOT_A_SERIES', 'CONFLICT') THEN 409
		ELSE 502 END
$$;

-- Notes that Cal.com did not do it, and why. It may be tried again.
DROP FUNCTION IF EXISTS calcom.action_failed(text, text, text);
CREATE OR REPLACE FUNCTION calcom.action_failed(action_id text, problem text, details text DEFAULT NULL, error_code text DEFAULT NULL) RETURNS TABLE (code int, answer jsonb) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	log calcom.action_log;
	told jsonb;
BEGIN
	SELECT * INTO log FROM calcom.action_log AS l WHERE l.action_id = action_failed.action_id FOR UPDATE;
	told := calcom.action_answer(calcom.status_of_code(error_code), problem, log.action, log.action_id,
		calcom.booking_card(calcom.booking_of_request(log.body)), jsonb_build_object('details', nullif(details, ''), 'error_code', nullif(error_code, '')));
	UPDATE calcom.action_log AS l SET status = 'failed', answer = told, finished_at = now() WHERE l.action_id = log.action_id AND l.status <> 'done';
	RETURN QUERY SELECT calcom.status_of_code(error_code), told;
END $$;
