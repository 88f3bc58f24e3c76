-- Reminders on their way: who may send which, and whether it may still go. Safe to run again.

-- What may become of a reminder at this moment: go, or the status it gets instead, why, and when it is due then.
CREATE OR REPLACE FUNCTION calcom.reminder_verdict(reminder calcom.reminders, settings jsonb, at timestamptz, OUT verdict text, OUT why text, OUT due timestamptz) LANGUAGE plpgsql STABLE AS $$
DECLARE
	booking calcom.bookings;
BEGIN
	SELECT * INTO booking FROM calcom.bookings b WHERE b.uid = reminder.booking_uid;
	due := reminder.due_at;
	CASE
		WHEN booking.id IS NULL OR booking.start_time IS DISTINCT FROM reminder.start_time OR booking.start_time <= at
			OR (CASE WHEN reminder.kind = 'cancellation' THEN booking.status <> 'cancelled' ELSE NOT calcom.takes_place(booking) END) THEN
			verdict := 'silenced';
			why := CASE WHEN reminder.kind = 'cancellation' THEN 'the booking takes place' ELSE calcom.why_silent(reminder.booking_uid, reminder.start_time, at) END;
		WHEN NOT EXISTS (SELECT FROM calcom.sms_recipients(booking, settings) AS r WHERE r.recipient = reminder.recipient) THEN
			verdict := 'silenced';
			why := 'this person or number is no longer in the booking';
		WHEN EXISTS (SELECT FROM calcom.sms_opt_outs o WHERE o.phone = reminder.recipient) THEN
			verdict := 'skipped';
			why := 'opted out of SMS';
		WHEN at > reminder.helps_until THEN
			verdict := 'skipped';
			why := 'too late to be of use';
		ELSE
			due := calcom.outside_quiet_hours(at, reminder.helps_until, at, coalesce(reminder.time_zone, 'UTC'),
				coalesce(settings->>'quietFrom', '21:00')::time, coalesce(settings->>'quietUntil', '08:00')::time);
			verdict := CASE WHEN due IS NULL THEN 'skipped' WHEN due > at THEN 'pending' ELSE 'go' END;
			why := CASE WHEN verdict <> 'go' THEN 'quiet hours' END;
			due := coalesce(due, reminder.due_at);
	END CASE;
END $$;

-- What a reminder says: the text of its kind, e.g. reminder_2h or confirmation, else the one for all reminders.
CREATE OR REPLACE FUNCTION calcom.reminder_words(reminder calcom.reminders, settings jsonb) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN reminder.kind IN ('confirmation', 'cancellation') THEN calcom.sms_text(reminder.kind, b, reminder.attendee, zone, settings)
		ELSE coalesce(calcom.sms_text('reminder_' || reminder.kind, b, reminder.attendee, zone, settings),
			calcom.sms_text('reminder', b, reminder.attendee, zone, settings)) END
	FROM calcom.bookings b, coalesce(reminder.time_zone, 'UTC') AS zone
	WHERE b.uid = reminder.booking_uid
$$;

-- Gives this run the reminders that are due, `perRun` at most, and nobody else. Of what an earlier run held for ten
-- minutes without a result: what had not begun is given anew, what had (look_up) must be asked after at Twilio first.
CREATE OR REPLACE FUNCTION calcom.claim_reminders(settings jsonb, claimant text, at timestamptz DEFAULT now()) RETURNS TABLE (
	id bigint, booking_uid text, kind text, recipient text, look_up boolean, attempts int
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	due calcom.reminders;
	judged record;
	waited boolean;
BEGIN
	FOR due IN
		SELECT * FROM calcom.reminders r
		WHERE (r.status = 'pending' AND r.due_at <= at)
			OR (r.status = 'claimed' AND (r.claimed_at < at - interval '10 minutes' OR (r.claimed_by = claimant AND (r.sending_at IS NULL OR r.sending_at < r.claimed_at))))
		ORDER BY r.due_at, r.id LIMIT coalesce((settings->>'perRun')::int, 500) FOR UPDATE SKIP LOCKED
	LOOP
		-- In a run that did not get to it: nothing was tried, however often that happens while Twilio is slow.
		waited := due.status = 'claimed' AND due.sending_at IS NULL;
		IF due.sending_at IS NOT NULL AND coalesce(trim(settings->>'twilioAccountSid'), '') = '' THEN
			UPDATE calcom.reminders r SET status = 'failed', updated_at = at, reason = 'unknown whether it was sent, so it is not sent again' WHERE r.id = due.id;
			CONTINUE;
		ELSIF due.claimed_by IS DISTINCT FROM claimant AND NOT waited AND due.attempts >= coalesce((settings->>'maxAttempts')::int, 5) THEN
			UPDATE calcom.reminders r SET status = 'failed', updated_at = at, reason = CASE WHEN due.sending_at IS NULL
				THEN concat_ws(': ', format('given up after %s attempts', due.attempts), due.reason) ELSE 'unknown whether it was sent, so it is not sent again' END
			WHERE r.id = due.id;
			CONTINUE;
		ELSIF due.sending_at IS NULL THEN
			judged := calcom.reminder_verdict(due, settings, at);
			IF judged.verdict <> 'go' THEN
				UPDATE calcom.reminders r SET status = judged.verdict, reason = judged.why, due_at = judged.due, claimed_by = NULL, updated_at = at WHERE r.id = due.id;
				CONTINUE;
			END IF;
		END IF;
		RETURN QUERY UPDATE calcom.reminders r
		SET status = 'claimed', claimed_by = claimant, claimed_at = at, updated_at = at,
			attempts = r.attempts + CASE WHEN waited OR (due.status = 'claimed' AND due.claimed_by = claimant) THEN 0 ELSE 1 END
		WHERE r.id = due.id
		RETURNING r.id, r.booking_uid, r.kind, r.recipient, r.sending_at IS NOT NULL, r.attempts;
	END LOOP;
END $$;

-- The last look before Twilio: everything is checked once more, the words are made, and the row says that sending
-- has begun. One row in any case; go is false when it must not be sent, and the row says why.
CREATE OR REPLACE FUNCTION calcom.may_send(reminder_id bigint, claimant text, settings jsonb, at timestamptz DEFAULT now()) RETURNS TABLE (
	id bigint, go boolean, "to" text, "from" text, text text, status_callback text, why text
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	held calcom.reminders;
	judged record;
	words text;
BEGIN
	SELECT * INTO held FROM calcom.reminders r WHERE r.id = reminder_id FOR UPDATE;
	IF held.status IS DISTINCT FROM 'claimed' OR held.claimed_by IS DISTINCT FROM claimant THEN
		RETURN QUERY SELECT reminder_id, false, NULL::text, NULL::text, NULL::text, NULL::text, 'another run has it, or it is done'::text;
		RETURN;
	ELSIF held.sending_at < held.claimed_at THEN
		RETURN QUERY SELECT reminder_id, false, NULL::text, NULL::text, NULL::text, NULL::text, 'not known yet whether Twilio has it'::text;
		RETURN;
	END IF;
	judged := calcom.reminder_verdict(held, settings, at);
	IF judged.verdict = 'go' THEN
		words := calcom.reminder_words(held, settings);
		IF words IS NULL THEN
			judged.verdict := 'skipped';
			judged.why := 'the settings have no text for it';
		END IF;
	END IF;
	IF judged.verdict <> 'go' THEN
		UPDATE calcom.reminders r SET status = judged.verdict, reason = judged.why, due_at = judged.due, sending_at = NULL, claimed_by = NULL, updated_at = at WHERE r.id = reminder_id;
		RETURN QUERY SELECT reminder_id, false, NULL::text, NULL::text, NULL::text, NULL::text, judged.why;
		RETURN;
	END IF;
	UPDATE calcom.reminders r SET sending_at = at, body = words, updated_at = at WHERE r.id = reminder_id;
	RETURN QUERY SELECT reminder_id, true, held.recipient, trim(settings->>'from'), words, coalesce(trim(settings->>'statusCallback'), ''), NULL::text;
END $$;
