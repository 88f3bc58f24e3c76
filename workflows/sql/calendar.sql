-- Calendar events: appointments, made from calcom.bookings. Safe to run again.
--
-- Which order deliveries come in is settled once, in apply_booking. An appointment is its booking plus links to your
-- clients, staff and services, and is made anew whenever one of these changes: so it does not matter either whether
-- the lead, the staff member or the service was there before the booking.

-- Makes the appointments of these bookings anew. Columns that a person set stay.
-- Planning its one long statement takes longer than running it: it is planned once (as in functions.sql).
CREATE OR REPLACE FUNCTION calcom.derive_calendar_events(bookings bigint[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
	settings jsonb := (SELECT value FROM calcom.settings WHERE template = 'calendar-events');
BEGIN
	IF cardinality(bookings) = 0 THEN
		RETURN;
	END IF;
	-- Wait for a person who is changing a row right now, so that the change is seen below.
	PERFORM FROM calcom.calendar_events WHERE booking_id = ANY (bookings) ORDER BY id FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	-- Materialized: worked out once for each row, not once for each column that is taken from it.
	WITH made AS MATERIALIZED (
		SELECT event.id, calcom.columns_by_hand(event) AS hands, calcom.links_of(booking, event.derived, settings) AS links
		FROM calcom.calendar_events AS event
		JOIN calcom.bookings AS booking ON booking.id = event.booking_id
		WHERE event.booking_id = ANY (bookings)
	)
	UPDATE calcom.calendar_events AS e SET
		booking_uid = b.uid,
		uids = b.uids,
		booking_type = b.booking_type,
		tag = b.tag,
		title = b.title,
		start_time = b.start_time,
		end_time = b.end_time,
		duration_minutes = b.duration_minutes,
		time_zone = b.time_zone,
		status = b.status,
		lifecycle = b.lifecycle,
		event_type_id = b.event_type_id,
		location_type = b.location_type,
		location_label = b.location_label,
		meeting_url = b.meeting_url,
		attendee_name = b.attendee_name,
		attendee_email = b.attendee_email,
		attendee_phone = b.attendee_phone,
		attendee_count = b.attendee_count,
		seats = b.seats,
		host_name = b.organizer_name,
		host_email = b.organizer_email,
		is_recurring = b.is_recurring,
		previous_start = b.previous_start,
		reschedule_count = b.reschedule_count,
		cancellation_reason = b.cancellation_reason,
		paid = b.paid,
		metadata = b.metadata,
		client_id = CASE WHEN 'client_id' = ANY (made.hands) THEN e.client_id ELSE made.links->>'client_id' END,
		client_linked_by = CASE WHEN 'client_id' = ANY (made.hands) THEN 'hand' ELSE made.links->>'client_linked_by' END,
		subject_id = CASE WHEN 'subject_id' = ANY (made.hands) THEN e.subject_id ELSE made.links->>'subject_id' END,
		staff_id = CASE WHEN 'staff_id' = ANY (made.hands) THEN e.staff_id ELSE made.links->>'staff_id' END,
		service_id = CASE WHEN 'service_id' = ANY (made.hands) THEN e.service_id ELSE (made.links->>'service_id')::bigint END,
		branch_id = CASE WHEN 'branch_id' = ANY (made.hands) THEN e.branch_id ELSE made.links->>'branch_id' END,
		price = CASE WHEN 'price' = ANY (made.hands) THEN e.price ELSE (made.links->>'price')::numeric END,
		currency = CASE WHEN 'currency' = ANY (made.hands) THEN e.currency ELSE made.links->>'currency' END,
		by_hand = made.hands,
		derived = made.links,
		updated_at = now()
	FROM calcom.bookings AS b, made
	WHERE e.id = made.id AND b.id = e.booking_id;
END $$;

-- Two bookings turn out to be one: their appointments become one too, and what people wrote on either is kept.
CREATE OR REPLACE FUNCTION calcom.merge_calendar_events(gone bigint, kept bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	theirs calcom.calendar_events;
	ours calcom.calendar_events;
	hands text[];
	added text[];
BEGIN
	SELECT * INTO theirs FROM calcom.calendar_events WHERE booking_id = gone FOR NO KEY UPDATE;
	SELECT * INTO ours FROM calcom.calendar_events WHERE booking_id = kept FOR NO KEY UPDATE;
	IF theirs.id IS NULL THEN
		RETURN;
	ELSIF ours.id IS NULL THEN
		UPDATE calcom.calendar_events SET booking_id = kept WHERE id = theirs.id;
		RETURN;
	END IF;
	hands := calcom.columns_by_hand(ours);
	added := ARRAY(SELECT name FROM unnest(calcom.columns_by_hand(theirs)) AS name WHERE NOT name = ANY (hands));
	ours := jsonb_populate_record(ours, (SELECT jsonb_object_agg(name, to_jsonb(theirs)->name) FROM unnest(added) AS name));
	UPDATE calcom.calendar_events SET
		client_id = ours.client_id,
		subject_id = ours.subject_id,
		staff_id = ours.staff_id,
		service_id = ours.service_id,
		branch_id = ours.branch_id,
		price = ours.price,
		currency = ours.currency,
		by_hand = hands || added,
		internal_note = coalesce(ours.internal_note, theirs.internal_note)
	WHERE id = ours.id;
	DELETE FROM calcom.calendar_events WHERE id = theirs.id;
END $$;

-- Keeps the settings of the calendar template; true when appointments have to be made anew with them.
CREATE OR REPLACE FUNCTION calcom.keep_calendar_settings(settings jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	IF NOT calcom.keep_settings('calendar-events', settings) THEN
		RETURN false;
	END IF;
	IF trim(settings->>'timeZone') <> '' AND calcom.known_zone(trim(settings->>'timeZone')) IS NULL THEN
		RAISE EXCEPTION 'There is no time zone "%". Open the Settings node and write it like Europe/Amsterdam, or leave it empty.', settings->>'timeZone';
	END IF;
	RETURN true;
END $$;

-- Applies one event to its appointment and returns the row. Settings are those of the template's Settings node;
-- without them, those of its last run hold. Whatever the order and number of events, the rows end the same.
CREATE OR REPLACE FUNCTION calcom.apply_calendar_event(event jsonb, settings jsonb DEFAULT NULL)
RETURNS TABLE (calendar_event_id bigint, booking_uid text, status text, client_id text, client_linked_by text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	changed boolean;
	is_new boolean;
	booking bigint;
	host jsonb := calcom.bounded(event)->'organizer';
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'));
	changed := calcom.keep_calendar_settings(settings);
	SELECT booking_id INTO booking FROM calcom.apply_booking(event);
	IF booking IS NULL THEN
		RETURN QUERY SELECT NULL::bigint, NULL::text, NULL::text, NULL::text, NULL::text;
		RETURN;
	END IF;
	INSERT INTO calcom.calendar_events AS e (booking_id, booking_uid)
	SELECT id, uid FROM calcom.bookings WHERE id = booking AND NOT EXISTS (SELECT FROM calcom.calendar_events WHERE booking_id = booking)
	-- A row from before appointments knew their booking.
	ON CONFLICT (booking_uid) DO UPDATE SET booking_id = excluded.booking_id;
	is_new := FOUND;
	IF calcom.setting('calendar-events', 'addHostsToStaff', 'true') <> 'false' AND host->>'id' IS NOT NULL THEN
		INSERT INTO calcom.staff (calcom_user_id, email, name)
		SELECT (host->>'id')::bigint, host->>'email', host->>'name'
		WHERE NOT EXISTS (SELECT FROM calcom.staff WHERE calcom_user_id = (host->>'id')::bigint OR lower(email) = lower(host->>'email'))
		ON CONFLICT (calcom_user_id) DO NOTHING;
	END IF;
	-- One that was there has been made anew by the change of its booking (see calendar-triggers.sql).
	IF changed OR is_new THEN
		PERFORM calcom.derive_calendar_events(CASE WHEN changed THEN ARRAY(SELECT booking_id FROM calcom.calendar_events WHERE booking_id IS NOT NULL) ELSE ARRAY[booking] END);
	END IF;
	RETURN QUERY SELECT e.id, e.booking_uid, e.status, e.client_id, e.client_linked_by FROM calcom.calendar_events AS e WHERE e.booking_id = booking;
END $$;
