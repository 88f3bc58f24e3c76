-- Backfill and reconcile: bookings that no webhook told of, applied as a webhook would have. Safe to run again.
--
-- Event keys are those of the webhooks, and each event is claimed like a delivery: what is known already is not
-- applied again, whichever way it came first.

-- What the trigger of lead capture adds to an event, added here from the settings: booking type and tag.
CREATE OR REPLACE FUNCTION calcom.with_words(event jsonb, settings jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT event || jsonb_build_object(
		'tag', coalesce(event->>'tag', nullif(trim(settings->>'tag'), '')),
		'bookingType', coalesce(event->>'bookingType', (
			SELECT rule->>'name'
			FROM jsonb_array_elements(CASE jsonb_typeof(settings->'bookingTypes') WHEN 'array' THEN settings->'bookingTypes' ELSE '[]' END) WITH ORDINALITY AS r (rule, n)
			CROSS JOIN LATERAL (SELECT lower(trim(rule->>'value')) AS value) AS wanted
			WHERE value <> '' AND CASE rule->>'match'
				WHEN 'slugIs' THEN lower(event->'eventType'->>'slug') = value
				ELSE strpos(lower(concat_ws(' ', event->'booking'->>'title', event->'eventType'->>'title')), value) > 0 END
			ORDER BY n LIMIT 1
		))
	)
$$;

-- What a booking read from Cal.com tells: its present state, and beside that its end and who was absent, which
-- webhooks tell of by themselves.
CREATE OR REPLACE FUNCTION calcom.backfill_facts(event jsonb, settings jsonb) RETURNS SETOF jsonb LANGUAGE sql STABLE AS $$
	WITH told AS (
		SELECT calcom.with_words(event, settings) AS e, event->'booking' AS b, nullif(event->'noShow', 'null') AS absence
	), said AS (
		SELECT e, b, absence, absence IS NOT NULL AND event->>'category' = 'booking' AS has_absence,
			-- Of a seat that was given up the end of the meeting tells nothing.
			b->>'status' = 'accepted' AND (b->>'end')::timestamptz < now() AND b->>'seatRemoved' IS DISTINCT FROM 'true' AS is_over
		FROM told
	)
	SELECT CASE WHEN has_absence THEN e || '{"noShow": null}' ELSE e END FROM said
	UNION ALL
	SELECT e || jsonb_build_object('event', 'MEETING_ENDED', 'category', 'meeting', 'noShow', NULL, 'occurredAt', b->'end',
		'eventKey', concat_ws(':', 'MEETING_ENDED', b->>'uid', b->>'start'), 'booking', b || '{"lifecycle": "completed"}')
	FROM said
	WHERE is_over AND event->>'category' = 'booking' AND coalesce(settings->>'completePast', 'true') <> 'false'
	UNION ALL
	SELECT e || jsonb_build_object('event', 'BOOKING_NO_SHOW_UPDATED', 'category', 'noShow', 'occurredAt', b->'end',
		'eventKey', concat_ws(':', 'BOOKING_NO_SHOW_UPDATED', b->>'uid', md5(absence->>'absent')), 'booking', b || '{"lifecycle": "noShow"}')
	FROM said
	WHERE has_absence AND absence->>'who' = 'attendee' AND NOT EXISTS (
		-- The webhook has told: its key counts the minute, which the booking does not say.
		SELECT FROM calcom.bookings AS known
		WHERE known.uids @> ARRAY[b->>'uid'] AND NOT EXISTS (
			SELECT FROM jsonb_array_elements_text(absence->'absent') AS email
			WHERE known.calcom_state->(b->>'uid')->('absent ' || lower(email))->>'v' IS DISTINCT FROM 'true')
	)
	UNION ALL
	SELECT e || jsonb_build_object('event', 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW', 'category', 'noShow', 'occurredAt', b->'end',
		'eventKey', concat_ws(':', 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW', b->>'uid', b->>'start', lower(absence->>'hostEmail')),
		'booking', b || '{"lifecycle": "noShow"}')
	FROM said
	WHERE has_absence AND absence->>'who' = 'host'
$$;

-- Whether a booking was only moved: Cal.com calls the old one cancelled, and the one after it tells the story.
CREATE OR REPLACE FUNCTION calcom.is_moved_on(event jsonb, others jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT coalesce(event->'changes'->>'rescheduledToUid', '') <> ''
		OR (event->>'event' = 'BOOKING_CANCELLED' AND (
			EXISTS (SELECT FROM calcom.bookings WHERE uids @> ARRAY[event->'booking'->>'uid'] AND uid <> event->'booking'->>'uid')
			OR EXISTS (SELECT FROM jsonb_array_elements(others) AS other
				WHERE other->'booking'->>'previousUid' = event->'booking'->>'uid' AND other->'booking'->>'uid' <> event->'booking'->>'uid')))
$$;

-- A booking that was moved on tells no event, but it is a link of its appointment's chain of uids. Where webhooks of
-- a booking that moved more than once were lost, the tables know the ends and not what is between: without this link
-- they would keep the appointment at its first time beside the present one.
CREATE OR REPLACE FUNCTION calcom.link_moved_on(event jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	this_uid text := event->'booking'->>'uid';
	next_uid text := event->'changes'->>'rescheduledToUid';
	previous_uid text := event->'booking'->>'previousUid';
BEGIN
	IF EXISTS (SELECT FROM calcom.bookings WHERE uids @> ARRAY[this_uid, next_uid] AND calcom_state->this_uid->'booked' IS NOT NULL) THEN
		RETURN;
	END IF;
	-- How it began. When is not known, and what a webhook told of it wins.
	PERFORM calcom.apply_booking(event || jsonb_build_object(
		'event', CASE WHEN previous_uid IS NULL THEN 'BOOKING_CREATED' ELSE 'BOOKING_RESCHEDULED' END, 'category', 'booking', 'occurredAt', NULL, 'noShow', NULL,
		'booking', event->'booking' || jsonb_build_object(
			'status', 'accepted', 'lifecycle', CASE WHEN previous_uid IS NULL THEN 'scheduled' ELSE 'rescheduled' END,
			'cancellationReason', NULL, 'cancelledBy', NULL, 'rejectionReason', NULL, 'rescheduleRequested', false)));
	PERFORM calcom.apply_booking(jsonb_build_object('booking', jsonb_build_object('uid', next_uid, 'previousUid', this_uid)));
END $$;

-- Links what has been read of an appointment by now. A booking that was moved on waits until a row of its appointment is
-- there: alone it would be an appointment at a time that is given up. Answers what could not be linked; that waits on.
CREATE OR REPLACE FUNCTION calcom.link_moved(event jsonb) RETURNS TABLE (problem jsonb) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
	this_uid text := calcom.key_text(event->'booking'->>'uid');
	moved calcom.moved_bookings;
	failed text[] := '{}';
BEGIN
	IF this_uid IS NOT NULL AND event->'changes'->>'rescheduledToUid' <> '' THEN
		INSERT INTO calcom.moved_bookings (uid, next_uid, event) VALUES (this_uid, calcom.key_text(event->'changes'->>'rescheduledToUid'), event)
		ON CONFLICT (uid) DO UPDATE SET next_uid = excluded.next_uid, event = excluded.event;
	END IF;
	LOOP
		-- Each one that is linked brings a uid, to which another may lead.
		SELECT waiting.* INTO moved
		FROM unnest(calcom.bookings_of(ARRAY[this_uid, event->'changes'->>'rescheduledToUid'])) AS known (id)
		JOIN calcom.bookings AS b USING (id)
		CROSS JOIN LATERAL unnest(b.uids) AS u (uid)
		JOIN calcom.moved_bookings AS waiting ON waiting.next_uid = u.uid OR waiting.uid = u.uid
		WHERE waiting.uid <> ALL (failed)
		LIMIT 1;
		EXIT WHEN moved.uid IS NULL;
		BEGIN
			DELETE FROM calcom.moved_bookings WHERE uid = moved.uid;
			PERFORM calcom.link_moved_on(moved.event);
		EXCEPTION WHEN OTHERS THEN
			failed := failed || moved.uid;
			RETURN QUERY SELECT jsonb_build_object('what', concat_ws(', moved to ', moved.uid, moved.next_uid), 'reason', SQLERRM);
		END;
	END LOOP;
END $$;

-- Applies one fact for every consumer of the settings. Answers applied, known or failed.
CREATE OR REPLACE FUNCTION calcom.backfill_fact(fact jsonb, settings jsonb, claimant text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	key text := fact->>'eventKey';
	consumer record;
	answer text := 'known';
BEGIN
	-- A group that came seat by seat is known, though nothing came for the booking as a whole. But seats that were given
	-- up do not make a group that was cancelled.
	IF fact->>'event' <> 'BOOKING_CANCELLED' AND EXISTS (
		SELECT FROM calcom.webhook_events AS inbox
		WHERE inbox.booking_uid = fact->'booking'->>'uid' AND inbox.event = fact->>'event' AND starts_with(inbox.event_key, key || ':')
	) THEN
		RETURN 'known';
	END IF;
	FOR consumer IN
		SELECT known.consumer AS name, known.apply
		FROM calcom.consumers AS known
		WHERE known.consumer = ANY (regexp_split_to_array(coalesce(settings->>'consumers', 'lead-capture, calendar-events'), '[,;\s]+'))
	LOOP
		IF EXISTS (SELECT FROM calcom.claim_event(fact, claimant, consumer.name)) THEN
			BEGIN
				EXECUTE format('SELECT calcom.%I(%L::jsonb)', consumer.apply, fact);
				PERFORM calcom.finish_event(key, 'processed', NULL, consumer.name);
				answer := CASE answer WHEN 'failed' THEN 'failed' ELSE 'applied' END;
			EXCEPTION WHEN OTHERS THEN
				PERFORM calcom.finish_event(key, 'failed', SQLERRM, consumer.name);
				answer := 'failed';
			END;
		END IF;
	END LOOP;
	RETURN answer;
END $$;

-- Applies events of bookings. Answers {read, applied, known, passed_over, failed, problems}.
CREATE OR REPLACE FUNCTION calcom.apply_backfill(events jsonb, settings jsonb, claimant text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	event jsonb;
	fact jsonb;
	answer text;
	counts jsonb := '{"read": 0, "applied": 0, "known": 0, "passed_over": 0, "failed": 0}';
	problems jsonb := '[]';
	unlinked jsonb;
BEGIN
	-- One lock for all of it, taken first: a webhook that comes meanwhile waits for it rather than in a circle.
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'));
	FOR event IN SELECT * FROM jsonb_array_elements(events) LOOP
		counts := calcom.count_up(counts, 'read');
		IF event->>'category' = 'test' OR event->'booking'->>'uid' IS NULL OR event->>'eventKey' IS NULL OR calcom.is_moved_on(event, events) THEN
			counts := calcom.count_up(counts, 'passed_over');
			CONTINUE;
		END IF;
		FOR fact IN SELECT * FROM calcom.backfill_facts(event, settings) LOOP
			answer := calcom.backfill_fact(fact, settings, claimant);
			counts := calcom.count_up(counts, answer);
			IF answer = 'failed' THEN
				problems := problems || jsonb_build_object('what', fact->>'eventKey', 'reason', (
					SELECT string_agg(error, '; ') FROM calcom.event_claims WHERE event_key = fact->>'eventKey' AND status = 'failed'));
			END IF;
		END LOOP;
	END LOOP;
	FOR event IN SELECT * FROM jsonb_array_elements(events) LOOP
		CONTINUE WHEN event->>'category' = 'test';
		FOR unlinked IN SELECT problem FROM calcom.link_moved(event) LOOP
			CONTINUE WHEN problems @> jsonb_build_array(unlinked);
			counts := calcom.count_up(counts, 'failed');
			problems := problems || unlinked;
		END LOOP;
	END LOOP;
	RETURN counts || jsonb_build_object('problems', problems);
END $$;

CREATE OR REPLACE FUNCTION calcom.count_up(counts jsonb, name text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT counts || jsonb_build_object(name, coalesce((counts->>name)::int, 0) + 1)
$$;

-- The same, and everything is taken back: what would have become of it.
CREATE OR REPLACE FUNCTION calcom.try_backfill(events jsonb, settings jsonb, claimant text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	answer jsonb;
BEGIN
	BEGIN
		answer := calcom.apply_backfill(events, settings, claimant);
		RAISE EXCEPTION SQLSTATE 'CBDRY';
	EXCEPTION WHEN SQLSTATE 'CBDRY' THEN
		RETURN answer;
	END;
END $$;
