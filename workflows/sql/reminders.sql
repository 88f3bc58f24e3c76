-- Reminders by SMS: planned from the bookings, claimed when due, checked again right before they go. Safe to run again.
--
-- Nobody gets two: one row per booking, start, kind and number; one run holds a row at a time; and a row whose
-- sending has begun (sending_at) is never sent again before Twilio was asked whether it has it.

-- "24h, 2h" as kinds and intervals. Stops at a word that is no time.
CREATE OR REPLACE FUNCTION calcom.reminder_times(words text) RETURNS TABLE (kind text, lead interval) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	word text;
	found text[];
BEGIN
	FOR word IN SELECT DISTINCT trim(w) FROM regexp_split_to_table(lower(coalesce(words, '')), '[,;]') AS w WHERE trim(w) NOT IN ('', 'none') LOOP
		found := regexp_match(word, '^0*([1-9]\d{0,3})\s*(d|h|m)[a-z]*$');
		IF found IS NULL THEN
			RAISE EXCEPTION 'Settings: "%" is no time before an appointment. Write it like 24h, 2h, 3d or 30m, or none.', word;
		END IF;
		RETURN QUERY SELECT found[1] || found[2],
			found[1]::int * CASE found[2] WHEN 'd' THEN interval '24 hours' WHEN 'h' THEN interval '1 hour' ELSE interval '1 minute' END;
	END LOOP;
END $$;

-- When an SMS wanted at an instant goes out: then, unless it is quiet time where the attendee lives. Else in the
-- morning if it still helps then, else a quarter of an hour before quiet time begins, else not at all (NULL).
-- Local times by PostgreSQL's own zones, so nights that lose or gain an hour come out right.
CREATE OR REPLACE FUNCTION calcom.outside_quiet_hours(
	wanted timestamptz, helps_until timestamptz, earliest timestamptz, zone text, quiet_from time, quiet_until time
) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
	local timestamp := wanted AT TIME ZONE zone;
	over_midnight boolean := quiet_from > quiet_until;
	began date;
	evening timestamptz;
	morning timestamptz;
BEGIN
	IF quiet_from = quiet_until
		OR (over_midnight AND local::time >= quiet_until AND local::time < quiet_from)
		OR (NOT over_midnight AND (local::time < quiet_from OR local::time >= quiet_until)) THEN
		RETURN wanted;
	END IF;
	began := local::date - CASE WHEN over_midnight AND local::time < quiet_until THEN 1 ELSE 0 END;
	evening := (began + quiet_from) AT TIME ZONE zone;
	morning := (began + CASE WHEN over_midnight THEN 1 ELSE 0 END + quiet_until) AT TIME ZONE zone;
	RETURN CASE WHEN morning <= helps_until THEN morning WHEN evening > earliest THEN evening - interval '15 minutes' END;
END $$;

-- Whether a booking takes place as far as anyone knows: confirmed, neither cancelled nor set aside by a person.
CREATE OR REPLACE FUNCTION calcom.takes_place(booking calcom.bookings) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(booking.status = 'scheduled' AND coalesce(booking.lifecycle, 'scheduled') NOT IN ('requested', 'cancelled', 'rejected'), false)
$$;

-- Who of a booking gets SMS, with the number, or with the email where there is no number. Guests without one are
-- nobody; the booker, and everyone who has a seat, is.
CREATE OR REPLACE FUNCTION calcom.sms_recipients(booking calcom.bookings, settings jsonb) RETURNS TABLE (recipient text, person jsonb, zone text) LANGUAGE sql STABLE AS $$
	SELECT DISTINCT ON (coalesce(phone, people.person->>'email', 'nobody')) coalesce(phone, people.person->>'email', 'nobody'), people.person,
		coalesce(calcom.known_zone(people.person->>'timeZone'), booking.time_zone, settings->>'timeZone', 'UTC')
	FROM jsonb_array_elements(CASE WHEN booking.attendees <> '[]' THEN booking.attendees ELSE jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
			'name', booking.attendee_name, 'email', booking.attendee_email, 'phone', booking.attendee_phone,
			'timeZone', booking.attendee_time_zone, 'locale', booking.attendee_locale))) END) WITH ORDINALITY AS people (person, place),
		LATERAL (SELECT coalesce(nullif(trim(people.person->>'phone'), ''),
			CASE WHEN place = 1 AND settings->>'usePhoneOfLead' = 'true' THEN calcom.vouched_phone(booking.lead_id) END) AS phone) AS number
	WHERE phone IS NOT NULL OR place = 1 OR booking.seats IS NOT NULL
	ORDER BY coalesce(phone, people.person->>'email', 'nobody'), place
$$;

-- Every reminder that the bookings and the settings ask for. `fresh` is false for a confirmation or a cancellation
-- of long ago: the first run must not write to everyone who ever booked.
CREATE OR REPLACE FUNCTION calcom.wanted_reminders(settings jsonb, at timestamptz) RETURNS TABLE (
	booking_uid text, start_time timestamptz, kind text, recipient text, person jsonb, zone text, wanted timestamptz, helps_until timestamptz, fresh boolean
) LANGUAGE sql STABLE AS $$
	SELECT b.uid, b.start_time, k.kind, r.recipient, r.person, r.zone, k.wanted, k.helps_until, k.fresh
	FROM calcom.bookings b,
		LATERAL (
			-- Half of the time before is when a reminder has lost its use.
			SELECT times.kind, b.start_time - lead AS wanted, b.start_time - lead / 2 AS helps_until, true AS fresh
			FROM calcom.reminder_times(coalesce((
				SELECT value FROM jsonb_each_text(coalesce(nullif(settings->'timesByType', 'null'), '{}'))
				WHERE lower(trim(key)) IN (lower(b.booking_type), lower(b.event_type_slug), lower(b.event_type_title)) ORDER BY key LIMIT 1
			), settings->>'times', '24h, 2h')) AS times
			WHERE calcom.takes_place(b)
			UNION ALL
			SELECT 'confirmation', at, b.start_time, b.last_event IN ('BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_PAID') AND b.last_event_at > at - interval '2 hours'
			WHERE calcom.takes_place(b) AND settings->>'confirmationSms' = 'true'
			UNION ALL
			SELECT 'cancellation', at, b.start_time, b.last_event IN ('BOOKING_CANCELLED', 'BOOKING_REJECTED') AND b.last_event_at > at - interval '2 hours'
			WHERE b.status = 'cancelled' AND settings->>'cancellationSms' = 'true'
				-- Who cancelled by SMS has had an answer.
				AND NOT EXISTS (SELECT FROM calcom.messages m WHERE m.booking_uid = ANY (b.uids) AND m.meaning = 'cancel' AND m.error IS NULL)
		) AS k,
		LATERAL calcom.sms_recipients(b, settings) AS r
	WHERE b.start_time > at
		-- The same appointment under an earlier uid has had it already.
		AND NOT (cardinality(b.uids) > 1 AND EXISTS (
			SELECT FROM calcom.reminders e
			WHERE e.booking_uid = ANY (b.uids) AND e.booking_uid <> b.uid AND e.start_time = b.start_time AND e.kind = k.kind AND e.recipient = r.recipient
				AND e.status IN ('claimed', 'sent', 'delivered')))
$$;

-- Why a reminder that waited is not wanted any more.
CREATE OR REPLACE FUNCTION calcom.why_silent(this_uid text, start timestamptz, at timestamptz) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
	b calcom.bookings;
BEGIN
	SELECT * INTO b FROM calcom.bookings WHERE uid = this_uid;
	IF b.id IS NULL THEN
		SELECT * INTO b FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(ARRAY[this_uid])) ORDER BY id LIMIT 1;
	END IF;
	RETURN CASE
		WHEN b.id IS NULL THEN 'the booking is gone'
		WHEN b.start_time IS DISTINCT FROM start OR b.uid <> this_uid THEN 'the booking was moved'
		WHEN b.start_time <= at THEN 'the appointment has begun'
		WHEN NOT calcom.takes_place(b) THEN 'the booking was cancelled'
		ELSE 'no longer asked for by the booking or the settings' END;
END $$;

-- Brings calcom.reminders in line with the bookings: makes what is wanted, silences what is not. Any number of runs
-- at once: one plans, the others leave it to that one.
CREATE OR REPLACE FUNCTION calcom.plan_reminders(settings jsonb, at timestamptz DEFAULT now()) RETURNS TABLE (planned int, skipped int, silenced int) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
	PERFORM calcom.check_sms_settings(settings);
	IF NOT pg_try_advisory_xact_lock(hashtext('calcom.plan_reminders')) THEN
		RETURN QUERY SELECT 0, 0, 0;
		RETURN;
	END IF;
	RETURN QUERY
	WITH asked AS MATERIALIZED (
		SELECT w.*, calcom.outside_quiet_hours(w.wanted, w.helps_until, at, w.zone, coalesce(settings->>'quietFrom', '21:00')::time,
			coalesce(settings->>'quietUntil', '08:00')::time) AS due
		FROM calcom.wanted_reminders(settings, at) AS w
	), judged AS (
		SELECT *, CASE
			WHEN recipient !~ '^[+\d(]' THEN 'no phone number'
			WHEN recipient !~ '^\+[1-9]\d{6,14}$' THEN 'the phone number is not international, like +31612345678'
			WHEN wanted < at - interval '10 minutes' THEN 'booked after its time'
			WHEN due IS NULL THEN 'quiet hours: no time left that helps'
		END AS no_because
		FROM asked
	), hushed AS (
		UPDATE calcom.reminders r
		SET status = 'silenced', reason = calcom.why_silent(r.booking_uid, r.start_time, at), updated_at = at
		WHERE r.status = 'pending' AND r.sending_at IS NULL AND NOT EXISTS (
			SELECT FROM asked a WHERE (a.booking_uid, a.start_time, a.kind, a.recipient) = (r.booking_uid, r.start_time, r.kind, r.recipient))
		RETURNING r.id
	), made AS (
		INSERT INTO calcom.reminders AS r (booking_uid, start_time, kind, recipient, attendee, time_zone, due_at, helps_until, status, reason, created_at, updated_at)
		SELECT booking_uid, start_time, kind, recipient, person, zone, coalesce(due, wanted), helps_until,
			CASE WHEN no_because IS NULL THEN 'pending' ELSE 'skipped' END, no_because, at, at
		FROM judged
		WHERE fresh OR EXISTS (SELECT FROM calcom.reminders e
			WHERE (e.booking_uid, e.start_time, e.kind, e.recipient) = (judged.booking_uid, judged.start_time, judged.kind, judged.recipient))
		ORDER BY booking_uid, start_time, kind, recipient
		ON CONFLICT (booking_uid, start_time, kind, recipient) DO UPDATE
		SET status = 'pending', reason = NULL, attempts = 0, attendee = excluded.attendee, time_zone = excluded.time_zone,
			due_at = excluded.due_at, helps_until = excluded.helps_until, updated_at = at
		WHERE excluded.status = 'pending' AND (
			-- Moved away and back; or the settings, the name or the zone changed while it waited.
			(r.status = 'silenced' AND r.reason IS DISTINCT FROM 'cancelled by SMS')
			OR (r.status = 'pending' AND r.attempts = 0 AND r.kind NOT IN ('confirmation', 'cancellation')
				AND (r.due_at, r.helps_until, r.attendee, r.time_zone) IS DISTINCT FROM (excluded.due_at, excluded.helps_until, excluded.attendee, excluded.time_zone)))
		RETURNING r.status
	)
	SELECT (SELECT count(*) FILTER (WHERE status = 'pending') FROM made)::int, (SELECT count(*) FILTER (WHERE status = 'skipped') FROM made)::int,
		(SELECT count(*) FROM hushed)::int;
END $$;
