-- What people answer to reminders. Safe to run again.

-- What a reply means: one of the settings' words and nothing else. "OK, but can I come later?" is for a person.
CREATE OR REPLACE FUNCTION calcom.meaning_of(reply text, settings jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce((
		SELECT meaning
		FROM jsonb_each_text(settings->'words') AS lists (meaning, list), regexp_split_to_table(lower(list), '[,;]') AS word
		WHERE trim(word) <> '' AND trim(word) = plain
		-- A word in two lists: the one that does the least.
		ORDER BY array_position('{stop,start,reschedule,confirm,cancel}', meaning) LIMIT 1
	), 'other')
	FROM (SELECT trim(regexp_replace(regexp_replace(lower(reply), '[.!?,"''\u2018\u2019\u201C\u201D\u200B-\u200F\uFEFF]', '', 'g'), '\s+', ' ', 'g')) AS plain) AS said
$$;

-- The appointment a reply is about: that of the last message which went to this number, as far as it still stands.
CREATE OR REPLACE FUNCTION calcom.booking_replied_to(number text, at timestamptz) RETURNS TABLE (booking calcom.bookings, reminder calcom.reminders) LANGUAGE sql STABLE AS $$
	SELECT b, r
	FROM calcom.reminders r
	JOIN calcom.bookings b ON b.uid = r.booking_uid AND b.start_time = r.start_time
	WHERE r.recipient = number AND r.status IN ('sent', 'delivered') AND r.kind <> 'cancellation' AND r.start_time > at AND calcom.takes_place(b)
	ORDER BY r.sent_at DESC, r.start_time LIMIT 1
$$;

-- An activity of the booking, once per message.
CREATE OR REPLACE FUNCTION calcom.log_reply(sid text, booking calcom.bookings, kind text, words text, at timestamptz) RETURNS void LANGUAGE sql AS $$
	INSERT INTO calcom.lead_activities (event_key, lead_id, booking_id, type, action, title, occurred_at)
	VALUES ('SMS:' || sid, booking.lead_id, booking.id, kind, words, concat_ws(' ', coalesce(booking.booking_type, booking.event_type_title, 'Booking'), words), at)
	ON CONFLICT (event_key) DO NOTHING
$$;

-- Takes a reply of which Twilio says that it is so (MessageSid, From, To, Body), once, and does what needs no one else.
-- One row: action is cancel (Cal.com has to), or nothing; text is what to answer, '' for no answer; team is true
-- when a person has to look.
CREATE OR REPLACE FUNCTION calcom.take_reply(reply jsonb, settings jsonb, claimant text, at timestamptz DEFAULT now()) RETURNS TABLE (
	message_id bigint, action text, team boolean, "to" text, "from" text, text text, booking_uid text, cancel text, seat_uid text, body text, attendee_name text
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	sid text := calcom.key_text(reply->>'MessageSid');
	number text := regexp_replace(left(coalesce(reply->>'From', ''), 100), '^whatsapp:', '');
	-- Twilio takes 1,600 characters.
	said text := left(coalesce(reply->>'Body', ''), 2000);
	meant text := calcom.meaning_of(said, settings);
	about record;
	b calcom.bookings;
	person jsonb := '{}';
	todo text := 'nothing';
	for_team boolean := false;
	answer_name text;
	answer_text text := '';
	message bigint;
BEGIN
	IF coalesce(sid, '') = '' OR number = '' THEN
		RAISE EXCEPTION 'This is no message of Twilio: it has no MessageSid or no From.';
	END IF;
	SELECT * INTO about FROM calcom.booking_replied_to(number, at);
	b := about.booking;
	person := coalesce((about.reminder).attendee, '{}');
	INSERT INTO calcom.messages AS m (message_sid, phone, our_number, body, meaning, booking_uid, attendee, taken_by, received_at, updated_at)
	VALUES (sid, number, reply->>'To', said, meant, b.uid, person, claimant, at, at)
	ON CONFLICT (message_sid) DO UPDATE SET updated_at = at WHERE m.taken_by = claimant AND m.status = 'received'
	RETURNING id INTO message;
	IF message IS NULL THEN
		RETURN QUERY SELECT m.id, 'nothing'::text, false, number, m.our_number, ''::text, m.booking_uid, ''::text, ''::text, m.body, ''::text FROM calcom.messages m WHERE m.message_sid = sid;
		RETURN;
	END IF;

	-- "Yes" is how many carriers let people in again after STOP.
	IF meant = 'start' OR (meant = 'confirm' AND EXISTS (SELECT FROM calcom.sms_opt_outs WHERE phone = number) AND lower(trim(said)) = 'yes') THEN
		DELETE FROM calcom.sms_opt_outs WHERE phone = number;
	END IF;
	CASE
		WHEN meant = 'stop' THEN
			-- Twilio answers STOP and START itself, and lets nothing else through after STOP.
			PERFORM calcom.opt_out(number, 'STOP');
		WHEN meant = 'start' THEN
			NULL;
		WHEN meant = 'other' THEN
			for_team := true;
			answer_name := 'passedOn';
		WHEN b.id IS NULL THEN
			for_team := true;
			answer_name := 'notFound';
		WHEN meant = 'confirm' THEN
			-- Who has a seat speaks for that seat.
			UPDATE calcom.bookings SET confirmed_at = at, confirmed_start = b.start_time WHERE id = b.id AND seats IS NULL;
			PERFORM calcom.log_reply(sid, b, 'sms_confirmed', 'Confirmed by SMS', at);
			answer_name := 'confirmed';
		WHEN meant = 'reschedule' AND calcom.links_for(b, person)->>'rescheduleUrl' <> '' THEN
			answer_name := 'reschedule';
		WHEN meant = 'cancel' AND (b.seats IS NULL OR person->>'seatUid' <> '')
			-- A further attendee does not cancel the booker's appointment.
			AND (b.seats IS NOT NULL OR coalesce(b.attendees->0->>'phone', b.attendee_phone, number) = number) THEN
			todo := 'cancel';
		ELSE
			for_team := true;
			answer_name := 'passedOn';
	END CASE;
	IF answer_name IS NOT NULL THEN
		answer_text := calcom.answer_text(answer_name, b, person, settings);
	END IF;
	UPDATE calcom.messages m SET answer = nullif(answer_text, ''), updated_at = at,
		status = CASE WHEN for_team THEN 'for_team' WHEN todo = 'cancel' OR answer_text <> '' THEN 'received' ELSE 'done' END
	WHERE m.id = message;
	RETURN QUERY SELECT message, todo, for_team, number, reply->>'To', answer_text, b.uid, CASE WHEN b.seats IS NULL THEN 'booking' ELSE 'seat' END,
		coalesce(person->>'seatUid', ''), calcom.line_for_team(said, 2000), calcom.line_for_team(person->>'name', 50);
END $$;

-- An answer in the attendee's language; '' when the settings have none, which means no answer.
CREATE OR REPLACE FUNCTION calcom.answer_text(name text, booking calcom.bookings, person jsonb, settings jsonb) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT coalesce(calcom.sms_text(name, booking, person,
		coalesce(calcom.known_zone(person->>'timeZone'), booking.time_zone, settings->>'timeZone', 'UTC'), settings), '')
$$;

-- What came of the cancellation in Cal.com. Cancelled: its reminders fall silent at once, before the delivery comes.
CREATE OR REPLACE FUNCTION calcom.reply_cancelled(message bigint, problem text, settings jsonb, at timestamptz DEFAULT now()) RETURNS TABLE (
	message_id bigint, team boolean, "to" text, "from" text, text text, body text, attendee_name text
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	m calcom.messages;
	b calcom.bookings;
	ok boolean := problem IS NULL;
	answer_text text;
BEGIN
	SELECT * INTO m FROM calcom.messages WHERE id = message FOR UPDATE;
	SELECT * INTO b FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(ARRAY[m.booking_uid])) ORDER BY id LIMIT 1;
	IF ok THEN
		UPDATE calcom.reminders r SET status = 'silenced', reason = 'cancelled by SMS', updated_at = at
		WHERE r.booking_uid = m.booking_uid AND r.status = 'pending' AND r.sending_at IS NULL AND r.kind <> 'cancellation' AND (b.seats IS NULL OR r.recipient = m.phone);
		PERFORM calcom.log_reply(m.message_sid, b, 'sms_cancelled', 'Cancelled by SMS', at);
	END IF;
	answer_text := calcom.answer_text(CASE WHEN ok THEN 'cancelled' ELSE 'cancelFailed' END, b, m.attendee, settings);
	UPDATE calcom.messages SET status = CASE WHEN NOT ok THEN 'for_team' WHEN answer_text = '' THEN 'done' ELSE 'received' END,
		error = left(problem, 500), answer = nullif(answer_text, ''), updated_at = at
	WHERE id = message;
	RETURN QUERY SELECT m.id, NOT ok, m.phone, m.our_number, answer_text, calcom.line_for_team(m.body, 2000), calcom.line_for_team(m.attendee->>'name', 50);
END $$;

-- What came of the answer: Twilio's SID, or the problem.
CREATE OR REPLACE FUNCTION calcom.reply_answered(message bigint, sid text, problem text, at timestamptz DEFAULT now()) RETURNS text LANGUAGE sql AS $$
	UPDATE calcom.messages
	SET status = CASE WHEN status = 'for_team' THEN status WHEN sid IS NULL THEN 'failed' ELSE 'answered' END,
		answer_sid = sid, error = coalesce(left(problem, 500), error), updated_at = at
	WHERE id = message
	RETURNING status
$$;
