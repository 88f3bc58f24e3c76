-- The steps of the templates as functions: one call, one transaction, safe to repeat. Safe to run again.
--
-- Deliveries come doubled and in any order, and the tables must end the same. So nothing is written
-- "as it comes": every delivery is turned into facts (value, rank, time) per uid of the booking, facts
-- are joined by "the higher rank, then the later time wins", which does not care about order or
-- repeats, and the row is derived from what is known then. The facts live in calcom_state of the row.

-- Joins two sets of facts {name: {"v": value, "r": rank, "at": time}}. Of "first …" the earliest wins, of others the latest.
CREATE OR REPLACE FUNCTION calcom.join_facts(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(jsonb_object_agg(key, value), '{}')
	FROM (
		SELECT DISTINCT ON (key) key, value
		FROM (SELECT * FROM jsonb_each(a) UNION ALL SELECT * FROM jsonb_each(b)) AS sides
		ORDER BY key, (value->>'r')::int DESC, CASE WHEN key LIKE 'first %' THEN value->>'at' END COLLATE "C", value->>'at' COLLATE "C" DESC, (value->'v')::text COLLATE "C" DESC
	) AS winners
$$;

-- Joins two states {uid: facts}.
CREATE OR REPLACE FUNCTION calcom.join_states(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(jsonb_object_agg(uid, calcom.join_facts(coalesce(a->uid, '{}'), coalesce(b->uid, '{}'))), '{}')
	FROM (SELECT jsonb_object_keys(a) AS uid UNION SELECT jsonb_object_keys(b)) AS uids
$$;

-- Values as facts of one rank and time; what is blank says nothing.
CREATE OR REPLACE FUNCTION calcom.as_facts(vals jsonb, fact_rank int, fact_at text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(jsonb_object_agg(key, jsonb_build_object('v', value, 'r', fact_rank, 'at', fact_at)), '{}')
	FROM jsonb_each(jsonb_strip_nulls(vals))
	WHERE value NOT IN ('""', '{}', '[]')
$$;

-- A time zone by its IANA name that this PostgreSQL knows, else null: one odd zone must not break a view. PostgreSQL
-- reads more than that, and otherwise than people: "UTC+2" is two hours west, "BST" is what a file of its says.
CREATE OR REPLACE FUNCTION calcom.known_zone(zone text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF zone !~ '^([A-Za-z_]{2,40}(/[A-Za-z0-9_+-]{2,40}){1,2}|UTC|GMT|UCT|Zulu|[A-Z][a-z]{3,20}|PRC|ROC|ROK|NZ|GB)$' THEN
		RETURN NULL;
	END IF;
	PERFORM now() AT TIME ZONE zone;
	RETURN zone;
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END $$;

-- What one delivery says about its booking, as facts of its uid.
-- Rank 2: the whole booking; 1: cancellations and rejections (places unresolved, metadata missing);
-- 0: snapshots from booking time (MEETING_*, recordings) and the like.
CREATE OR REPLACE FUNCTION calcom.booking_facts(event jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
	b jsonb := event->'booking';
	kind text := event->>'event';
	at text := coalesce(event->>'occurredAt', '');
	life text := b->>'lifecycle';
	fact_rank int := CASE WHEN kind IN ('BOOKING_CANCELLED', 'BOOKING_REJECTED') THEN 1 WHEN event->>'category' IN ('booking', 'payment') THEN 2 ELSE 0 END;
	seat_removed boolean := coalesce((b->>'seatRemoved')::boolean, false);
	resolved boolean := coalesce(b->'location'->>'url', b->'location'->>'address', b->'location'->>'phone') IS NOT NULL;
	known_type boolean := coalesce(b->>'title', event->'eventType'->>'slug') IS NOT NULL;
	-- A request to move a booking that needs confirmation names the booking before only through its iCalUID.
	root text := CASE WHEN kind = 'BOOKING_REQUESTED' AND b->>'seats' IS NULL AND b->>'iCalUid' ILIKE '%@cal.%' THEN split_part(b->>'iCalUid', '@', 1) END;
	facts jsonb;
BEGIN
	facts := calcom.as_facts(jsonb_build_object(
			'id', b->'id', 'title', b->'title', 'description', b->'description', 'start', b->'start', 'end', b->'end',
			'duration', b->'durationMinutes', 'timeZone', b->'timeZone', 'previousStart', b->'previousStart', 'seats', b->'seats',
			'bookingType', CASE WHEN known_type THEN event->'bookingType' END, 'tag', event->'tag', 'eventType', event->'eventType',
			'organizer', event->'organizer', 'hosts', event->'hosts', 'guests', event->'guests',
			-- Why one seat was given up is no reason why the booking was cancelled.
			'cancellationReason', CASE WHEN NOT seat_removed THEN b->'cancellationReason' END,
			'cancelledBy', CASE WHEN NOT seat_removed THEN b->'cancelledBy' END, 'rejectionReason', b->'rejectionReason', 'rescheduleReason', b->'rescheduleReason',
			'isRecurring', nullif(b->'isRecurring', 'false'), 'price', b->'price', 'currency', b->'currency', 'paid', b->'paid',
			'notes', event->'notes', 'responses', event->'responses', 'bookingUrl', b->'bookingUrl', 'rescheduleUrl', b->'rescheduleUrl',
			'cancelUrl', b->'cancelUrl'
		), fact_rank, at)
		|| calcom.as_facts(jsonb_build_object('location', b->'location'), CASE WHEN resolved THEN fact_rank ELSE least(fact_rank, 1) END, at)
		|| calcom.as_facts(jsonb_build_object('event', kind), 0, at)
		|| CASE
			WHEN b->>'previousUid' <> b->>'uid' THEN calcom.as_facts(jsonb_build_object('previous', b->'previousUid'), 2, at)
			WHEN root <> b->>'uid' THEN calcom.as_facts(jsonb_build_object('previous', root), 1, at)
			ELSE '{}' END
		|| CASE
			WHEN seat_removed THEN '{}'
			WHEN life IN ('cancelled', 'rejected') THEN calcom.as_facts(jsonb_build_object('over', life), 0, at)
			WHEN life IN ('started', 'completed') THEN calcom.as_facts(jsonb_build_object('meeting ' || coalesce(b->>'start', ''), life), CASE life WHEN 'completed' THEN 1 ELSE 0 END, at)
			WHEN life IN ('requested', 'scheduled', 'rescheduled') THEN calcom.as_facts(jsonb_build_object('booked', life), CASE life WHEN 'requested' THEN 1 ELSE 2 END, at)
			ELSE '{}' END
		|| CASE WHEN life = 'rescheduled' THEN calcom.as_facts(jsonb_build_object('moved ' || coalesce(b->>'start', ''), true), 0, at) ELSE '{}' END
		|| CASE WHEN b->>'rescheduleRequested' = 'true' THEN calcom.as_facts('{"rescheduleRequested": true}', 0, at) ELSE '{}' END
		|| CASE WHEN event->'noShow'->>'who' = 'host' THEN calcom.as_facts('{"hostAbsent": true}', 0, at) ELSE '{}' END;

	SELECT facts || coalesce(jsonb_object_agg('metadata ' || key, jsonb_build_object('v', value, 'r', fact_rank, 'at', at)), '{}')
	INTO facts FROM jsonb_each(event->'metadata');

	IF event->>'category' = 'noShow' THEN
		IF event->'noShow'->>'who' = 'attendee' THEN
			SELECT facts || coalesce(jsonb_object_agg('absent ' || lower(email), jsonb_build_object('v', absent, 'r', 0, 'at', at)), '{}')
			INTO facts
			FROM (
				SELECT email, true AS absent FROM jsonb_array_elements_text(event->'noShow'->'absent') AS email
				UNION ALL SELECT email, false FROM jsonb_array_elements_text(event->'noShow'->'present') AS email
			) AS flags;
		END IF;
	ELSE
		-- By the address as it is written: Cal.com writes one booker always the same, and lets another take a seat of the
		-- same group with the same address in other letters. A given-up seat must beat the earlier booking of that seat,
		-- so it ranks as high.
		SELECT facts || coalesce(jsonb_object_agg('attendee ' || (person->>'email'), jsonb_build_object(
			'v', jsonb_strip_nulls(person || jsonb_build_object('removed', seat_removed, 'place', n, 'seatUid', b->'seatUid')),
			'r', CASE WHEN seat_removed THEN 2 ELSE fact_rank END, 'at', at)), '{}')
		INTO facts
		FROM jsonb_array_elements(event->'attendees') WITH ORDINALITY AS listed (person, n)
		WHERE person->>'email' <> '';
		-- Facts of their own: Cal.com leaves the numbers out when a group is moved, and that takes nobody's number away;
		-- the links of a seat are that person's alone; and who came first stays first.
		SELECT facts || coalesce(jsonb_object_agg(fact.name || ' ' || (person->>'email'), jsonb_build_object('v', fact.value, 'r', fact.rank, 'at', at)), '{}')
		INTO facts
		FROM jsonb_array_elements(event->'attendees') AS person, LATERAL (VALUES
			('phone', nullif(person->'phone', '""'), fact_rank),
			('links', CASE WHEN b->>'seatUid' <> '' AND NOT seat_removed AND b->>'cancelUrl' <> '' THEN
				jsonb_build_object('rescheduleUrl', b->'rescheduleUrl', 'cancelUrl', b->'cancelUrl') END, fact_rank),
			('first', CASE WHEN NOT seat_removed AND at <> '' THEN to_jsonb(at) END, 0)
		) AS fact (name, value, rank)
		WHERE person->>'email' <> '' AND nullif(fact.value, 'null') IS NOT NULL;
	END IF;
	RETURN facts;
END $$;

-- What somebody who moves their own seat leaves behind: the group goes on without them, as if the seat were given up.
-- (A group that moves as a whole keeps its uid.) Null for every other event. A seat's own uid in place of the
-- booking's tells of no booking.
CREATE OR REPLACE FUNCTION calcom.seat_left_behind(event jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_build_object('event', 'BOOKING_CANCELLED', 'category', 'booking', 'occurredAt', event->'occurredAt', 'attendees', event->'attendees',
		'booking', jsonb_build_object('uid', b->'previousUid', 'seats', b->'seats', 'seatUid', b->'seatUid', 'seatRemoved', true,
			'start', b->'previousStart', 'end', b->'previousEnd'))
	FROM (SELECT event->'booking' AS b) AS told
	WHERE event->>'event' = 'BOOKING_RESCHEDULED' AND b->>'seats' IS NOT NULL AND b->>'previousUid' <> b->>'uid'
		AND b->>'previousUid' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
$$;

-- The rows that one of these uids leads to. By a function of its own, because "whose uids …, in the order of their id"
-- is a question that PostgreSQL answers by walking through all bookings in that order, slower with every one of them.
CREATE OR REPLACE FUNCTION calcom.bookings_of(any_of text[]) RETURNS bigint[] LANGUAGE sql STABLE AS $$
	SELECT array_agg(id) FROM calcom.bookings WHERE uids && any_of
$$;

-- The uids of a state from the booking's present one back to its first: follows "previous", the newest end first.
CREATE OR REPLACE FUNCTION calcom.uid_chain(state jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	uid text;
	chain text[] := '{}';
BEGIN
	SELECT key INTO uid
	FROM jsonb_each(state)
	WHERE NOT EXISTS (SELECT FROM jsonb_each(state) AS other WHERE other.value->'previous'->>'v' = jsonb_each.key AND other.key <> jsonb_each.key)
	ORDER BY coalesce(value->'booked'->>'at', value->'event'->>'at') COLLATE "C" DESC, key
	LIMIT 1;
	WHILE uid IS NOT NULL AND NOT uid = ANY (chain) LOOP
		chain := chain || uid;
		uid := state->uid->'previous'->>'v';
	END LOOP;
	-- Uids that no link reaches (a delivery is missing) still know things: last, the newest first.
	RETURN chain || coalesce((
		SELECT array_agg(key ORDER BY value->'event'->>'at' COLLATE "C" DESC, key) FROM jsonb_each(state) WHERE NOT key = ANY (chain)
	), '{}');
END $$;

-- Applies one delivery to its booking and returns the row. Whatever the order and number of deliveries, the
-- row ends the same; columns of people are not touched, and a status that a person set stays.
--
-- Here and below: n8n keeps its sessions, and a session its plans. One made while the tables were small would read all
-- of them for every delivery later on, so plans use the indexes from the first; and they are made once, not every time.
CREATE OR REPLACE FUNCTION calcom.apply_booking(event jsonb) RETURNS TABLE (booking_id bigint, booking_status text) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
	this_uid text;
	left_behind jsonb;
	state jsonb;
	links text[];
	chain text[];
	now_uid text;
	f jsonb;
	people jsonb;
	booker text;
	life text;
	derived text;
	kept calcom.bookings;
	other calcom.bookings;
	joined int := 0;
BEGIN
	event := calcom.bounded(event);
	this_uid := event->'booking'->>'uid';
	left_behind := calcom.seat_left_behind(event);
	IF this_uid IS NULL THEN
		IF event->>'category' IN ('booking', 'meeting', 'payment') THEN
			RAISE EXCEPTION 'Cal.com told of a booking without its uid, so nobody can tell which one it is. Look for it in Cal.com: %, % (id %).',
				coalesce(event->'attendee'->>'email', 'nobody named'), coalesce(event->'booking'->>'start', 'no start'), coalesce(event->'booking'->>'id', 'none');
		END IF;
		RETURN QUERY SELECT NULL::bigint, NULL::text;
		RETURN;
	END IF;
	-- One booking at a time: two deliveries of one booking, or of two uids that turn out to be one booking,
	-- must not pass each other. Held for the milliseconds of this statement only.
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'));

	IF left_behind IS NOT NULL THEN
		-- Two bookings from now on, and not one that has moved: the others still come to the old one.
		PERFORM calcom.apply_booking(left_behind);
		event := jsonb_set(event, '{booking,previousUid}', 'null');
	END IF;
	state := jsonb_build_object(this_uid, calcom.booking_facts(event));
	SELECT array_agg(uid) INTO links FROM (SELECT this_uid AS uid UNION SELECT state->this_uid->'previous'->>'v') AS u WHERE uid IS NOT NULL;
	FOR other IN SELECT * FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(links)) ORDER BY id FOR UPDATE LOOP
		state := calcom.join_states(state, other.calcom_state);
		joined := joined + 1;
		IF kept.id IS NULL THEN
			kept := other;
		ELSE
			-- Two rows turn out to be one booking: what people wrote on either is kept.
			UPDATE calcom.lead_activities SET booking_id = kept.id WHERE booking_id = other.id;
			PERFORM calcom.merge_calendar_events(other.id, kept.id);
			kept.assigned_teacher := coalesce(kept.assigned_teacher, other.assigned_teacher);
			kept.internal_note := coalesce(kept.internal_note, other.internal_note);
			IF kept.confirmed_at IS NULL OR other.confirmed_at > kept.confirmed_at THEN
				kept.confirmed_at := other.confirmed_at;
				kept.confirmed_start := other.confirmed_start;
			END IF;
			IF other.status IS DISTINCT FROM other.status_from_calcom OR other.status_by_hand THEN
				kept.status := other.status;
				kept.status_by_hand := true;
			END IF;
			DELETE FROM calcom.bookings WHERE id = other.id;
		END IF;
	END LOOP;

	-- Nothing new is known, as when a second template applies the same delivery: the row would be written as it is.
	IF NOT (joined = 1 AND state = kept.calcom_state
		AND (kept.status_by_hand OR kept.status IS NOT DISTINCT FROM kept.status_from_calcom)
		AND kept.lead_id IS NOT DISTINCT FROM CASE WHEN kept.attendee_email IS NOT NULL THEN
			coalesce((SELECT id FROM calcom.leads WHERE lower(email) = lower(kept.attendee_email)), kept.lead_id) END)
	THEN
		chain := calcom.uid_chain(state);
		now_uid := chain[1];
		SELECT jsonb_object_agg(key, value->'v') INTO f
		FROM (
			SELECT DISTINCT ON (fact.key) fact.key, fact.value
			FROM unnest(chain) WITH ORDINALITY AS u (uid, n), jsonb_each(state->u.uid) AS fact
			ORDER BY fact.key, u.n
		) AS known;

		-- Everyone still coming, the booker first: those of the present uid, or of the last one that named any.
		SELECT coalesce(jsonb_agg(
				(person - 'removed' - 'place') || coalesce(f->('links ' || email), '{}')
					|| jsonb_strip_nulls(jsonb_build_object('phone', coalesce(person->>'phone', f->>('phone ' || email), f->>('phone ' || lower(email)))))
				ORDER BY (person->>'place')::int, coalesce(f->>('first ' || email), at) COLLATE "C", email COLLATE "C"
			) FILTER (WHERE person->>'removed' = 'false'), '[]')
		INTO people
		FROM (
			-- In a group two addresses that differ in letters alone are two people, else one.
			SELECT DISTINCT ON (CASE WHEN f->>'seats' IS NULL THEN lower(fact.value->'v'->>'email') ELSE fact.value->'v'->>'email' END)
				fact.value->'v' AS person, fact.value->>'at' AS at, fact.value->'v'->>'email' AS email
			FROM jsonb_each(state->(
				SELECT u.uid FROM unnest(chain) WITH ORDINALITY AS u (uid, n)
				WHERE EXISTS (SELECT FROM jsonb_object_keys(state->u.uid) AS name WHERE name LIKE 'attendee %') ORDER BY u.n LIMIT 1
			)) AS fact
			WHERE fact.key LIKE 'attendee %'
			ORDER BY CASE WHEN f->>'seats' IS NULL THEN lower(fact.value->'v'->>'email') ELSE fact.value->'v'->>'email' END,
				(fact.value->>'r')::int DESC, fact.value->>'at' COLLATE "C" DESC, fact.key COLLATE "C"
		) AS named;
		booker := lower(people->0->>'email');

		life := CASE
			WHEN state->now_uid->'over' IS NOT NULL THEN state->now_uid->'over'->>'v'
			WHEN state->now_uid->('absent ' || booker)->>'v' = 'true' THEN 'no_show'
			ELSE coalesce(state->now_uid->('meeting ' || (f->>'start'))->>'v', state->now_uid->'booked'->>'v', 'scheduled') END;
		derived := CASE WHEN life IN ('cancelled', 'rejected') THEN 'cancelled' WHEN life IN ('completed', 'no_show') THEN life ELSE 'scheduled' END;
		IF kept.id IS NOT NULL AND kept.status IS DISTINCT FROM kept.status_from_calcom THEN
			kept.status_by_hand := true;
		END IF;

		IF kept.id IS NULL THEN
			INSERT INTO calcom.bookings (uid, uids) VALUES (now_uid, chain) RETURNING * INTO kept;
			kept.status_by_hand := false;
		END IF;
		UPDATE calcom.bookings SET
			uid = now_uid,
			uids = ARRAY(SELECT DISTINCT u FROM unnest(chain || ARRAY(SELECT value->'previous'->>'v' FROM jsonb_each(state))) AS u WHERE u IS NOT NULL ORDER BY u),
			calcom_booking_id = (f->>'id')::bigint,
			-- A lead whose email a person corrected keeps the bookings made with the old one.
			lead_id = coalesce(
				(SELECT id FROM calcom.leads WHERE lower(email) = booker),
				CASE WHEN lower(kept.attendee_email) = booker THEN kept.lead_id END
			),
			booking_type = f->>'bookingType',
			tag = f->>'tag',
			status = CASE WHEN kept.status_by_hand THEN kept.status ELSE derived END,
			status_from_calcom = derived,
			status_by_hand = kept.status_by_hand,
			lifecycle = life,
			title = f->>'title',
			description = f->>'description',
			event_type_id = (f->'eventType'->>'id')::bigint,
			event_type_slug = f->'eventType'->>'slug',
			event_type_title = f->'eventType'->>'title',
			start_time = (f->>'start')::timestamptz,
			end_time = (f->>'end')::timestamptz,
			duration_minutes = (f->>'duration')::numeric::int,
			time_zone = calcom.known_zone(f->>'timeZone'),
			location_type = f->'location'->>'type',
			location_label = f->'location'->>'label',
			meeting_url = f->'location'->>'url',
			organizer_name = f->'organizer'->>'name',
			organizer_email = f->'organizer'->>'email',
			organizer_id = (f->'organizer'->>'id')::bigint,
			hosts = coalesce(f->'hosts', '[]'),
			attendee_name = people->0->>'name',
			attendee_email = people->0->>'email',
			attendee_phone = people->0->>'phone',
			attendee_time_zone = people->0->>'timeZone',
			attendee_locale = people->0->>'locale',
			attendees = people,
			attendee_count = jsonb_array_length(people),
			guests = coalesce(f->'guests', '[]'),
			seats = (f->>'seats')::int,
			host_no_show = state->now_uid->'hostAbsent' IS NOT NULL,
			reschedule_requested = state->now_uid->'rescheduleRequested' IS NOT NULL,
			reschedule_count = (SELECT count(*) FROM jsonb_each(state) AS uid, jsonb_object_keys(uid.value) AS name WHERE name LIKE 'moved %'),
			-- What the last move told, or where the booking was before that: not what an earlier move told.
			previous_start = coalesce(state->now_uid->'previousStart'->>'v',
				CASE WHEN state->now_uid->'previous' IS NOT NULL THEN state->chain[2]->'start'->>'v' END, f->>'previousStart')::timestamptz,
			cancellation_reason = state->now_uid->'cancellationReason'->>'v',
			cancelled_by = state->now_uid->'cancelledBy'->>'v',
			rejection_reason = state->now_uid->'rejectionReason'->>'v',
			reschedule_reason = f->>'rescheduleReason',
			is_recurring = coalesce((f->>'isRecurring')::boolean, false),
			price = (f->>'price')::numeric,
			currency = f->>'currency',
			paid = (f->>'paid')::boolean,
			notes = f->>'notes',
			responses = coalesce(f->'responses', '{}'),
			metadata = coalesce((SELECT jsonb_object_agg(substr(key, 10), value) FROM jsonb_each(f) WHERE key LIKE 'metadata %'), '{}'),
			booking_url = f->>'bookingUrl',
			reschedule_url = f->>'rescheduleUrl',
			cancel_url = f->>'cancelUrl',
			(last_event, last_event_at) = (
				SELECT value->'event'->>'v', nullif(value->'event'->>'at', '')::timestamptz FROM jsonb_each(state)
				ORDER BY value->'event'->>'at' COLLATE "C" DESC, value->'event'->>'v' LIMIT 1
			),
			assigned_teacher = kept.assigned_teacher,
			internal_note = kept.internal_note,
			confirmed_at = kept.confirmed_at,
			confirmed_start = kept.confirmed_start,
			calcom_state = state,
			updated_at = now()
		WHERE id = kept.id;
	END IF;
	PERFORM calcom.spread_verdicts((SELECT uids FROM calcom.bookings WHERE id = kept.id));
	-- A no-show does not tell who booked, and can arrive before the booking did.
	UPDATE calcom.lead_activities a SET lead_id = b.lead_id
	FROM calcom.bookings b
	WHERE b.id = kept.id AND a.booking_id = b.id AND a.type IN ('no_show', 'no_show_cleared', 'host_no_show') AND a.lead_id IS DISTINCT FROM b.lead_id;
	RETURN QUERY SELECT id, status FROM calcom.bookings WHERE id = kept.id;
END $$;

-- What an activity is called, by event; %s is the kind of booking ("Level Check").
CREATE OR REPLACE FUNCTION calcom.activity_of(event jsonb) RETURNS TABLE (type text, action text) LANGUAGE sql IMMUTABLE AS $$
	SELECT kind, words
	FROM (VALUES
		('BOOKING_CREATED', '', 'booked', 'Booked'),
		('BOOKING_REQUESTED', '', 'requested', 'Requested'),
		('BOOKING_RESCHEDULED', '', 'rescheduled', 'Rescheduled'),
		('BOOKING_CANCELLED', '', 'cancelled', 'Cancelled'),
		('BOOKING_CANCELLED', 'seat', 'seat_given_up', 'Seat Given Up'),
		('BOOKING_CANCELLED', 'ask', 'reschedule_asked', 'Cancelled: New Time Asked For'),
		('BOOKING_REJECTED', '', 'rejected', 'Rejected'),
		('BOOKING_PAYMENT_INITIATED', '', 'payment_started', 'Waiting for Payment'),
		('BOOKING_PAID', '', 'paid', 'Paid'),
		('BOOKING_LOCATION_UPDATED', '', 'location_changed', 'Location Changed'),
		('BOOKING_REASSIGNED', '', 'reassigned', 'Reassigned'),
		('MEETING_STARTED', '', 'started', 'Started'),
		('MEETING_ENDED', '', 'completed', 'Completed'),
		('BOOKING_NO_SHOW_UPDATED', '', 'no_show_cleared', 'No-Show Cleared'),
		('BOOKING_NO_SHOW_UPDATED', 'absent', 'no_show', 'No-Show'),
		('AFTER_GUESTS_CAL_VIDEO_NO_SHOW', 'absent', 'no_show', 'No-Show'),
		('AFTER_HOSTS_CAL_VIDEO_NO_SHOW', 'absent', 'host_no_show', 'Host No-Show')
	) AS words (trigger, variant, kind, words)
	WHERE trigger = event->>'event' AND variant = CASE
		WHEN event->'booking'->>'seatRemoved' = 'true' THEN 'seat'
		WHEN event->'booking'->>'rescheduleRequested' = 'true' THEN 'ask'
		WHEN jsonb_array_length(coalesce(nullif(event->'noShow', 'null')->'absent', '[]')) > 0 THEN 'absent'
		ELSE '' END
$$;

-- Logs the activity of one delivery, once per event key, with the local time and the notes a person wants to see.
CREATE OR REPLACE FUNCTION calcom.log_activity(event jsonb) RETURNS bigint LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
	b jsonb := event->'booking';
	zone text := calcom.known_zone(b->>'timeZone');
	booking calcom.bookings;
	lead bigint;
	logged bigint;
BEGIN
	-- The row may have been joined with another since this delivery was applied: the same lock, and found by uid.
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'));
	SELECT * INTO booking FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(ARRAY[calcom.key_text(b->>'uid')])) ORDER BY id LIMIT 1;
	SELECT id INTO lead FROM calcom.leads WHERE event->>'category' <> 'noShow' AND lower(email) = lower(trim(event->'attendee'->>'email'));
	INSERT INTO calcom.lead_activities (event_key, lead_id, booking_id, type, action, details, occurred_at)
	SELECT calcom.key_text(event->>'eventKey'), coalesce(lead, booking.lead_id), booking.id, activity.type, activity.action,
		nullif(concat_ws(' · ',
			to_char((b->>'start')::timestamptz AT TIME ZONE coalesce(zone, 'UTC'), 'Dy DD Mon YYYY HH24:MI')
				|| coalesce('–' || to_char((b->>'end')::timestamptz AT TIME ZONE coalesce(zone, 'UTC'), 'HH24:MI'), '')
				|| ' (' || coalesce(zone, 'UTC') || ')',
			'before: ' || to_char((b->>'previousStart')::timestamptz AT TIME ZONE coalesce(zone, 'UTC'), 'Dy DD Mon YYYY HH24:MI'),
			b->'location'->>'label',
			'reason: ' || coalesce(b->>'cancellationReason', b->>'rejectionReason', b->>'rescheduleReason'),
			'absent: ' || (SELECT string_agg(who, ', ' ORDER BY who) FROM jsonb_array_elements_text(nullif(event->'noShow', 'null')->'absent') AS who),
			'notes: ' || (event->>'notes')
		), ''),
		(event->>'occurredAt')::timestamptz
	FROM calcom.activity_of(event) AS activity
	ON CONFLICT (event_key) DO NOTHING;
	-- Some deliveries do not tell what was booked; once another has, all activities of the booking say it.
	UPDATE calcom.lead_activities a
	SET title = concat_ws(' ', coalesce(booking.booking_type, booking.event_type_title, 'Booking'), a.action)
	WHERE a.booking_id = booking.id
		AND a.title IS DISTINCT FROM concat_ws(' ', coalesce(booking.booking_type, booking.event_type_title, 'Booking'), a.action);
	SELECT id INTO logged FROM calcom.lead_activities WHERE event_key = calcom.key_text(event->>'eventKey');
	RETURN logged;
END $$;

-- All of lead capture for one event, as its template does it step by step.
CREATE OR REPLACE FUNCTION calcom.apply_lead_capture(event jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM calcom.save_lead(event);
	PERFORM calcom.apply_booking(event);
	PERFORM calcom.log_activity(event);
END $$;
