-- What Twilio says of a reminder, and what follows from it. Safe to run again.

-- Twilio's error codes in words, and whether sending it later can help (https://www.twilio.com/docs/api/errors).
CREATE OR REPLACE FUNCTION calcom.twilio_reason(code int) RETURNS TABLE (words text, later boolean) LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(known.words, 'Twilio error') || format(' (%s)', code), coalesce(known.later, false)
	FROM (SELECT 1) AS one
	LEFT JOIN (VALUES
		(20003, 'Twilio does not accept the credential', true),
		(20404, 'Twilio does not know this account: check the Account SID', true),
		(20429, 'too many requests', true),
		(21211, 'not a phone number', false),
		(21217, 'not a phone number', false),
		(21265, 'the number cannot be reached by SMS', false),
		(21408, 'SMS to this country are not switched on in Twilio', false),
		(21602, 'the text is empty', false),
		(21603, 'the settings have no number to send from', true),
		(21606, 'the number to send from cannot send to this number', false),
		(21608, 'a trial account may only write to numbers verified in Twilio', false),
		(21609, 'the address for status messages in the settings is not one Twilio can reach', true),
		(21610, 'opted out of SMS', false),
		(21611, 'too many SMS are waiting at Twilio', true),
		(21612, 'Twilio cannot reach this number from yours', false),
		(21614, 'a landline, or not a mobile number', false),
		(21617, 'the text is too long', false),
		(21659, 'the number to send from is not one of this Twilio account', true),
		(30003, 'the phone was off or could not be reached', false),
		(30004, 'the recipient or the carrier blocks SMS', false),
		(30005, 'the number does not exist', false),
		(30006, 'a landline, or a carrier that takes no SMS', false),
		(30007, 'the carrier held it for spam', false),
		(30008, 'the carrier gives no reason', false)
	) AS known (number, words, later) ON number = code
	WHERE code IS NOT NULL
$$;

-- What the Twilio node's few words say: n8n puts its own in place of Twilio's, chosen by the HTTP status.
-- ask: refused, nothing was sent, only a plain request tells why. later: nothing was sent, try later. unknown: it may have been sent.
CREATE OR REPLACE FUNCTION calcom.twilio_trouble(message text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce((
		SELECT outcome
		FROM (VALUES
			(1, '^(bad request|your request is invalid)', 'ask'),
			(2, 'too many requests', 'later'),
			(3, '^(authorization failed|forbidden)|could not be found|credential', 'later'),
			(4, 'refused the connection|connection cannot be established|ENOTFOUND|EAI_AGAIN|ECONNREFUSED', 'later')
		) AS signs (place, sign, outcome)
		WHERE message ~* sign ORDER BY place LIMIT 1
	), 'unknown')
$$;

-- What went wrong, from an item of an error output: some nodes give a text, others an object.
CREATE OR REPLACE FUNCTION calcom.problem_of(answer jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT left(coalesce(CASE jsonb_typeof(answer->'error') WHEN 'object' THEN answer->'error'->>'message' ELSE answer->>'error' END,
		answer->>'message', answer->'body'->>'message', 'HTTP ' || (answer->>'statusCode'), 'no answer'), 300)
$$;

CREATE OR REPLACE FUNCTION calcom.opt_out(number text, word text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO calcom.sms_opt_outs (phone, source) VALUES (number, word) ON CONFLICT (phone) DO NOTHING
$$;

-- Applies a status of Twilio to the reminder of that message: delivered and failed are final, whatever comes after.
CREATE OR REPLACE FUNCTION calcom.apply_sms_status(sid text, told text, code int, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	UPDATE calcom.reminders SET
		status = CASE WHEN told IN ('delivered', 'read') THEN 'delivered' ELSE 'failed' END,
		error_code = CASE WHEN told NOT IN ('delivered', 'read') THEN code END,
		reason = CASE WHEN told NOT IN ('delivered', 'read') THEN coalesce((SELECT words FROM calcom.twilio_reason(code)), 'not delivered') END,
		updated_at = at
	WHERE message_sid = sid AND status = 'sent' AND told IN ('delivered', 'read', 'undelivered', 'failed', 'canceled');
	IF code = 21610 THEN
		PERFORM calcom.opt_out((SELECT recipient FROM calcom.reminders WHERE message_sid = sid), 'Twilio 21610')
		FROM calcom.reminders WHERE message_sid = sid;
	END IF;
END $$;

-- The status callback: "queued", "sent", "delivered", "undelivered", "failed". In any order, and before or after
-- reminder_sent. Returns the reminder's status; NULL when no reminder has this SID yet.
CREATE OR REPLACE FUNCTION calcom.reminder_status(sid text, told text, code int DEFAULT NULL, at timestamptz DEFAULT now()) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('calcom.sms ' || sid));
	IF NOT EXISTS (SELECT FROM calcom.reminders WHERE message_sid = sid) THEN
		INSERT INTO calcom.sms_statuses AS s (message_sid, status, error_code, created_at)
		SELECT sid, lower(told), code, at WHERE lower(told) IN ('delivered', 'read', 'undelivered', 'failed', 'canceled')
		ON CONFLICT (message_sid) DO NOTHING;
		RETURN NULL;
	END IF;
	PERFORM calcom.apply_sms_status(sid, lower(told), code, at);
	RETURN (SELECT status FROM calcom.reminders WHERE message_sid = sid);
END $$;

-- Twilio took it.
CREATE OR REPLACE FUNCTION calcom.reminder_sent(reminder_id bigint, sid text, at timestamptz DEFAULT now()) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	early calcom.sms_statuses;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('calcom.sms ' || sid));
	UPDATE calcom.reminders
	SET status = 'sent', message_sid = sid, sent_at = coalesce(sending_at, at), sending_at = NULL, reason = NULL, error_code = NULL, updated_at = at
	WHERE id = reminder_id AND message_sid IS DISTINCT FROM sid;
	DELETE FROM calcom.sms_statuses WHERE message_sid = sid RETURNING * INTO early;
	IF early.message_sid IS NOT NULL THEN
		PERFORM calcom.apply_sms_status(sid, early.status, early.error_code, at);
	END IF;
	RETURN (SELECT status FROM calcom.reminders WHERE id = reminder_id);
END $$;

-- Twilio did not take it. `answer` is the item of the Twilio node's error output, {"error": "…"}, or the plain
-- request's {"statusCode": 400, "body": {"code": 21610}}. One row: ask is true when only a plain request can tell why.
-- Later means 2, 4, 8 … minutes, at most an hour, while it helps and while there are attempts left.
CREATE OR REPLACE FUNCTION calcom.reminder_failed(reminder_id bigint, claimant text, answer jsonb, settings jsonb, at timestamptz DEFAULT now()) RETURNS TABLE (
	id bigint, status text, reason text, ask boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	held calcom.reminders;
	http int := (answer->>'statusCode')::int;
	twilio_code int := CASE WHEN answer->'body'->>'code' ~ '^\d{1,9}$' THEN (answer->'body'->>'code')::int END;
	message text := calcom.problem_of(answer);
	can_ask boolean := coalesce(trim(settings->>'twilioAccountSid'), '') <> '';
	outcome text;
	words text;
	next_try timestamptz;
BEGIN
	SELECT * INTO held FROM calcom.reminders r WHERE r.id = reminder_id FOR UPDATE;
	IF held.status IS DISTINCT FROM 'claimed' OR held.claimed_by IS DISTINCT FROM claimant THEN
		RETURN QUERY SELECT reminder_id, held.status, held.reason, false;
		RETURN;
	ELSIF http BETWEEN 200 AND 299 AND answer->'body'->>'sid' <> '' THEN
		RETURN QUERY SELECT reminder_id, calcom.reminder_sent(reminder_id, answer->'body'->>'sid', at), NULL::text, false;
		RETURN;
	END IF;
	outcome := CASE
		WHEN http IS NULL THEN calcom.twilio_trouble(message)
		WHEN twilio_code IS NOT NULL AND (SELECT t.later FROM calcom.twilio_reason(twilio_code) AS t) THEN 'later'
		WHEN http IN (401, 403, 404, 429) THEN 'later'
		WHEN http BETWEEN 400 AND 499 THEN 'never'
		ELSE 'unknown' END;
	words := coalesce((SELECT t.words FROM calcom.twilio_reason(twilio_code) AS t WHERE twilio_code IS NOT NULL), message);
	IF outcome = 'ask' AND can_ask THEN
		RETURN QUERY SELECT reminder_id, held.status, words, true;
		RETURN;
	ELSIF outcome = 'ask' THEN
		outcome := 'never';
		words := 'Twilio refused it. Put the Account SID into the settings to see why.';
	ELSIF outcome = 'unknown' AND NOT can_ask AND (http >= 500 OR message ~* 'not able to process|service unavailable|bad gateway|failed to process') THEN
		-- Twilio itself says that it failed.
		outcome := 'later';
	END IF;
	next_try := at + least(interval '1 hour', interval '1 minute' * 2 ^ least(held.attempts, 10));
	IF outcome = 'later' AND (held.attempts >= coalesce((settings->>'maxAttempts')::int, 5) OR next_try > held.helps_until) THEN
		outcome := 'never';
		words := format('given up after %s attempts: %s', held.attempts, words);
	END IF;
	IF twilio_code = 21610 THEN
		PERFORM calcom.opt_out(held.recipient, 'Twilio 21610');
	END IF;
	RETURN QUERY UPDATE calcom.reminders r
	SET status = CASE outcome WHEN 'never' THEN CASE WHEN twilio_code = 21610 THEN 'skipped' ELSE 'failed' END ELSE 'pending' END,
		reason = words, error_code = twilio_code, updated_at = at, claimed_by = NULL,
		due_at = CASE outcome WHEN 'never' THEN r.due_at ELSE next_try END,
		-- Kept while nobody knows: whoever claims it next asks Twilio first.
		sending_at = CASE outcome WHEN 'unknown' THEN r.sending_at END
	WHERE r.id = reminder_id
	RETURNING r.id, r.status, r.reason, false;
END $$;

-- The answer of Twilio's list of messages to the recipient: is ours among them? Found: sent. Not found: it may be
-- sent now. No answer: asked again later. Trial accounts put words before the text, so ours has to be contained.
CREATE OR REPLACE FUNCTION calcom.reminder_looked_up(reminder_id bigint, claimant text, answer jsonb, settings jsonb, at timestamptz DEFAULT now()) RETURNS TABLE (
	id bigint, status text, found boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	held calcom.reminders;
	message jsonb;
BEGIN
	SELECT * INTO held FROM calcom.reminders r WHERE r.id = reminder_id FOR UPDATE;
	IF held.status IS DISTINCT FROM 'claimed' OR held.claimed_by IS DISTINCT FROM claimant OR held.sending_at IS NULL THEN
		RETURN QUERY SELECT reminder_id, held.status, held.status IN ('sent', 'delivered');
		RETURN;
	ELSIF (answer->>'statusCode')::int IS DISTINCT FROM 200 OR jsonb_typeof(answer->'body'->'messages') IS DISTINCT FROM 'array' THEN
		UPDATE calcom.reminders r
		SET status = 'pending', claimed_by = NULL, due_at = at + least(interval '1 hour', interval '1 minute' * 2 ^ least(held.attempts, 10)),
			reason = 'Twilio did not say whether it was sent: ' || calcom.problem_of(answer), updated_at = at
		WHERE r.id = reminder_id;
		RETURN QUERY SELECT reminder_id, 'pending'::text, false;
		RETURN;
	END IF;
	SELECT m INTO message
	FROM jsonb_array_elements(answer->'body'->'messages') AS m
	WHERE m->>'direction' IS DISTINCT FROM 'inbound'
		AND (m->>'date_created')::timestamptz >= held.sending_at - interval '2 minutes'
		AND position(calcom.letters_of(held.body) IN calcom.letters_of(m->>'body')) > 0
		AND NOT EXISTS (SELECT FROM calcom.reminders other WHERE other.message_sid = m->>'sid' AND other.id <> reminder_id)
	ORDER BY (m->>'date_created')::timestamptz LIMIT 1;
	IF message IS NULL THEN
		UPDATE calcom.reminders r SET sending_at = NULL, updated_at = at WHERE r.id = reminder_id;
		RETURN QUERY SELECT reminder_id, held.status, false;
		RETURN;
	END IF;
	PERFORM calcom.reminder_sent(reminder_id, message->>'sid', at);
	PERFORM calcom.apply_sms_status(message->>'sid', message->>'status', (message->>'error_code')::int, at);
	RETURN QUERY SELECT r.id, r.status, true FROM calcom.reminders r WHERE r.id = reminder_id;
END $$;

-- Twilio may put plain characters in place of curly ones, so only letters and digits are compared.
CREATE OR REPLACE FUNCTION calcom.letters_of(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT regexp_replace(lower(words), '[^a-z0-9]', '', 'g')
$$;
