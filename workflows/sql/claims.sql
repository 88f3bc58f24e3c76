-- Claims: which template has applied which event. Safe to run again.
--
-- Every template ("consumer") applies every event once, whatever the others do with it. The inbox keeps the event;
-- inserting the claim is what makes it one run's to apply. The inbox row sums up its claims, so that one look at it
-- tells whether anything is wrong.

CREATE TABLE IF NOT EXISTS calcom.event_claims (
	event_key    text NOT NULL REFERENCES calcom.webhook_events (event_key) ON DELETE CASCADE,
	consumer     text NOT NULL,                           -- lead-capture, calendar-events, …
	status       text NOT NULL DEFAULT 'processing' CHECK (status IN ('processing', 'processed', 'failed', 'skipped')),
	error        text,
	attempts     integer NOT NULL DEFAULT 1,
	occurred_at  timestamptz,                             -- of the fact that is applied
	claimed_by   text,                                    -- n8n's execution
	claimed_at   timestamptz NOT NULL DEFAULT now(),
	processed_at timestamptz,
	PRIMARY KEY (event_key, consumer)
);
CREATE INDEX IF NOT EXISTS event_claims_status_idx ON calcom.event_claims (status, claimed_at);

-- What retry_events calls to apply an event again: a function of this schema that takes the event.
-- A consumer that only n8n can serve (it sends a message, say) has no row here.
CREATE OR REPLACE VIEW calcom.consumers AS
SELECT * FROM (VALUES
	('lead-capture', 'apply_lead_capture'),
	('calendar-events', 'apply_calendar_event')
) AS known (consumer, apply);

-- Inbox rows from before there were claims of their own were lead capture's.
INSERT INTO calcom.event_claims (event_key, consumer, status, error, attempts, occurred_at, claimed_by, claimed_at, processed_at)
SELECT event_key, 'lead-capture', status, error, attempts, occurred_at, claimed_by, claimed_at, processed_at
FROM calcom.webhook_events AS inbox
WHERE NOT EXISTS (SELECT FROM calcom.event_claims AS claim WHERE claim.event_key = inbox.event_key);

CREATE OR REPLACE FUNCTION calcom.sum_up_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- Two templates that finish at the same moment: the second must see what the first wrote.
	PERFORM FROM calcom.webhook_events WHERE event_key = NEW.event_key FOR NO KEY UPDATE;
	UPDATE calcom.webhook_events
	SET (status, error, attempts, claimed_by, claimed_at, processed_at) = (
		SELECT CASE
				WHEN bool_or(status = 'failed') THEN 'failed'
				WHEN bool_or(status = 'processing') THEN 'processing'
				WHEN bool_or(status = 'processed') THEN 'processed'
				ELSE 'skipped' END,
			string_agg(error, '; ' ORDER BY consumer),
			max(attempts),
			(array_agg(claimed_by ORDER BY claimed_at DESC))[1],
			coalesce(min(claimed_at) FILTER (WHERE status = 'processing'), max(claimed_at)),
			CASE WHEN bool_and(status IN ('processed', 'skipped')) THEN max(processed_at) END
		FROM calcom.event_claims
		WHERE event_key = NEW.event_key
	)
	WHERE event_key = NEW.event_key;
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER sum_up_claims AFTER INSERT OR UPDATE ON calcom.event_claims
FOR EACH ROW EXECUTE FUNCTION calcom.sum_up_claims();

-- Claims an event by its key for a template. One row when it is ours to apply; none when this template has applied it,
-- or another run of it is applying it. A run that failed, or has been silent for two minutes, is claimed again.
-- What is a test (Cal.com's test button, a template's made-up sample) is no booking of anybody: nobody is to apply it.
DROP FUNCTION IF EXISTS calcom.claim_event(jsonb, text);
CREATE OR REPLACE FUNCTION calcom.claim_event(event jsonb, claimant text, consumer text DEFAULT 'lead-capture')
RETURNS TABLE (event_key text, attempts int) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	key text := calcom.key_text(event->>'eventKey');
	happened timestamptz := event->>'occurredAt';
	given int;
BEGIN
	IF claim_event.event->>'category' = 'test' THEN
		RETURN;
	END IF;
	INSERT INTO calcom.webhook_events (event_key, event, category, source, booking_uid, tag, occurred_at, payload, claimed_by)
	VALUES (key, claim_event.event->>'event', claim_event.event->>'category', claim_event.event->>'source',
		calcom.key_text(claim_event.event->'booking'->>'uid'), claim_event.event->>'tag', happened, claim_event.event, claimant)
	ON CONFLICT (event_key) DO NOTHING;

	INSERT INTO calcom.event_claims AS claim (event_key, consumer, occurred_at, claimed_by)
	VALUES (key, claim_event.consumer, happened, claimant)
	ON CONFLICT (event_key, consumer) DO UPDATE
	SET status = 'processing', attempts = claim.attempts + 1, error = NULL, claimed_by = excluded.claimed_by, claimed_at = now(),
		occurred_at = excluded.occurred_at, processed_at = NULL
	WHERE claim.status = 'failed'
		OR (claim.status = 'processing' AND (claim.claimed_at < now() - interval '2 minutes' OR claim.claimed_by = excluded.claimed_by))
		-- A group moved away and back again: the same key, but a later fact.
		OR (claim_event.event->>'event' = 'BOOKING_RESCHEDULED' AND claim_event.event->'booking'->>'previousUid' = claim_event.event->'booking'->>'uid'
			AND excluded.occurred_at > claim.occurred_at + interval '2 minutes')
	RETURNING claim.attempts INTO given;
	IF given IS NULL THEN
		RETURN;
	END IF;
	UPDATE calcom.webhook_events
	SET payload = claim_event.event, occurred_at = happened
	WHERE event_key = key AND payload <> claim_event.event AND NOT coalesce(occurred_at > happened, false);
	RETURN QUERY SELECT key, given;
END $$;

-- What a step works with, if the step before it was done. When a node cannot even begin (PostgreSQL refuses the
-- connection), n8n hands its input on as if that were its result, and the run goes on as though nothing had happened.
-- So each step tells what it saw of the one before, and an event of which a step was not done is never marked processed.
CREATE OR REPLACE FUNCTION calcom.provided(given anyelement, done boolean) RETURNS anyelement LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF done IS NOT TRUE THEN
		RAISE EXCEPTION 'The step before this one was not done: the run in n8n says why.';
	END IF;
	RETURN given;
END $$;

-- Says how a claim ended: processed, skipped, or failed with the reason.
DROP FUNCTION IF EXISTS calcom.finish_event(text, text, text);
CREATE OR REPLACE FUNCTION calcom.finish_event(key text, outcome text, message text DEFAULT NULL, consumer text DEFAULT 'lead-capture')
RETURNS text LANGUAGE sql AS $$
	UPDATE calcom.event_claims AS claim
	SET status = outcome, error = left(message, 2000), processed_at = CASE WHEN outcome = 'processed' THEN now() END
	WHERE claim.event_key = calcom.key_text(key) AND claim.consumer = finish_event.consumer
	RETURNING claim.status
$$;

-- Applies again, from the inbox, what failed or what a run that died left behind: the oldest first.
-- Run it by hand once the cause is mended: SELECT * FROM calcom.retry_events();
-- Run by a schedule, it can wait longer after each failure (backoff, doubled each time) and give up after some attempts.
DROP FUNCTION IF EXISTS calcom.retry_events(int);
CREATE OR REPLACE FUNCTION calcom.retry_events(at_most int DEFAULT 100, give_up_after int DEFAULT NULL, backoff interval DEFAULT '0')
RETURNS TABLE (event_key text, status text, error text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	waiting record;
BEGIN
	-- Before any claim, as everyone who applies events does: whoever locks in another order could wait in a circle.
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'));
	FOR waiting IN
		SELECT claim.event_key, claim.consumer, inbox.payload, known.apply
		FROM calcom.event_claims AS claim
		JOIN calcom.webhook_events AS inbox USING (event_key)
		JOIN calcom.consumers AS known USING (consumer)
		WHERE (give_up_after IS NULL OR claim.attempts < give_up_after)
			AND ((claim.status = 'failed' AND claim.claimed_at <= now() - backoff * 2 ^ least(claim.attempts - 1, 20))
				OR (claim.status = 'processing' AND claim.claimed_at < now() - interval '2 minutes'))
		ORDER BY inbox.received_at, claim.consumer LIMIT at_most FOR UPDATE OF claim SKIP LOCKED
	LOOP
		PERFORM calcom.claim_event(waiting.payload, 'retry', waiting.consumer);
		BEGIN
			EXECUTE format('SELECT calcom.%I(%L::jsonb)', waiting.apply, waiting.payload);
			PERFORM calcom.finish_event(waiting.event_key, 'processed', NULL, waiting.consumer);
		EXCEPTION WHEN OTHERS THEN
			PERFORM calcom.finish_event(waiting.event_key, 'failed', SQLERRM, waiting.consumer);
		END;
		RETURN QUERY SELECT claim.event_key, claim.status, claim.error FROM calcom.event_claims AS claim
			WHERE claim.event_key = waiting.event_key AND claim.consumer = waiting.consumer;
	END LOOP;
END $$;
