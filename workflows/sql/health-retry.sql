-- Retry with growing pauses, and errors of the templates. Safe to run again.

ALTER TABLE calcom.event_claims
	ADD COLUMN IF NOT EXISTS given_up_at timestamptz;      -- told to people: it is not retried by itself any more

-- How long to wait after so many attempts: the pauses of the settings in minutes, the last one for all that follow.
CREATE OR REPLACE FUNCTION calcom.retry_pause(attempts int, settings jsonb) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
	SELECT make_interval(secs => 60 * pauses[least(greatest(attempts, 1), cardinality(pauses))]::float)
	FROM (SELECT string_to_array(regexp_replace(coalesce(nullif(trim(settings->>'retryMinutes'), ''), '1, 5, 30, 120, 720'), '\s', '', 'g'), ',') AS pauses) AS given
$$;

CREATE OR REPLACE FUNCTION calcom.give_up_after(settings jsonb) RETURNS int LANGUAGE sql IMMUTABLE AS $$
	SELECT greatest(coalesce((settings->>'giveUpAfter')::numeric::int, 6), 1)
$$;

-- Applies one event again for one template and says how that ended; null when another run has it.
CREATE OR REPLACE FUNCTION calcom.retry_claim(key text, for_consumer text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	event jsonb := (SELECT payload FROM calcom.webhook_events WHERE event_key = key);
	apply text := (SELECT known.apply FROM calcom.consumers AS known WHERE known.consumer = for_consumer);
BEGIN
	PERFORM FROM calcom.claim_event(event, 'retry', for_consumer);
	IF NOT FOUND THEN
		RETURN NULL;
	END IF;
	BEGIN
		EXECUTE format('SELECT calcom.%I($1)', apply) USING event;
	EXCEPTION WHEN OTHERS THEN
		RETURN calcom.finish_event(key, 'failed', SQLERRM, for_consumer);
	END;
	RETURN calcom.finish_event(key, 'processed', NULL, for_consumer);
END $$;

-- Retries what failed and what a run that died left behind, each after its pause, and gives up after so many attempts.
-- Always one row; the text names what was given up since the last call, and is empty when there is nothing to tell.
CREATE OR REPLACE FUNCTION calcom.retry_due(settings jsonb DEFAULT '{}')
RETURNS TABLE (retried int, recovered int, given_up int, subject text, text text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	most int := calcom.give_up_after(settings);
	due record;
	ended text;
	lost text[];
BEGIN
	PERFORM calcom.keep_settings('sync-health', settings);
	-- Before any row, as everybody does who writes bookings: else two of these could wait for each other.
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'));
	retried := 0;
	recovered := 0;
	FOR due IN
		SELECT claim.event_key, claim.consumer
		FROM calcom.event_claims AS claim
		JOIN calcom.webhook_events AS inbox USING (event_key)
		JOIN calcom.consumers AS known USING (consumer)
		WHERE claim.attempts < most
			AND ((claim.status = 'failed' AND claim.claimed_at <= now() - calcom.retry_pause(claim.attempts, settings))
				OR (claim.status = 'processing' AND claim.claimed_at <= now() - greatest(calcom.retry_pause(claim.attempts, settings), interval '2 minutes')))
		ORDER BY inbox.received_at, claim.consumer LIMIT 100 FOR UPDATE OF claim SKIP LOCKED
	LOOP
		ended := calcom.retry_claim(due.event_key, due.consumer);
		retried := retried + (ended IS NOT NULL)::int;
		recovered := recovered + (ended IS NOT DISTINCT FROM 'processed')::int;
	END LOOP;

	WITH over AS (
		UPDATE calcom.event_claims AS claim
		SET given_up_at = now(), status = 'failed', error = coalesce(error, 'the run ended without a word')
		WHERE (given_up_at IS NULL OR given_up_at < claimed_at)
			AND (attempts >= most OR NOT EXISTS (SELECT FROM calcom.consumers AS known WHERE known.consumer = claim.consumer))
			AND (status = 'failed' OR (status = 'processing' AND claimed_at < now() - greatest(calcom.retry_pause(attempts, settings), interval '2 minutes')))
		-- PostgreSQL repeats in its errors what somebody typed, and a key may hold an email.
		RETURNING format('- %s for %s, after %s attempts: %s', CASE WHEN event_key ~ '^[A-Za-z0-9_:-]{1,150}$' THEN event_key ELSE calcom.line_for_team(event_key, 150) END,
			consumer, attempts, calcom.line_for_team(error, 300)) AS line
	)
	SELECT array_agg(line ORDER BY line) INTO lost FROM over;
	given_up := coalesce(cardinality(lost), 0);
	subject := CASE given_up WHEN 0 THEN '' WHEN 1 THEN 'Cal.com: an event could not be applied' ELSE format('Cal.com: %s events could not be applied', given_up) END;
	text := CASE given_up WHEN 0 THEN '' ELSE concat_ws(E'\n', 'It is not tried again by itself:', '', array_to_string(lost[:20], E'\n'),
		CASE WHEN given_up > 20 THEN format('- and %s more', given_up - 20) END, '',
		'All of them are in the view calcom.failed_events. Once the cause is mended, run: SELECT * FROM calcom.retry_events();') END;
	RETURN NEXT;
END $$;

-- Records a failed run as the Error Trigger tells it, once per run.
CREATE OR REPLACE FUNCTION calcom.record_workflow_error(told jsonb) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO calcom.workflow_errors AS known (execution_id, execution_url, workflow_id, workflow, node, message, details)
	SELECT run->>'id', run->>'url', told->'workflow'->>'id', coalesce(told->'workflow'->>'name', 'unknown'),
		coalesce(run->>'lastNodeExecuted', problem->'node'->>'name'), left(coalesce(problem->>'message', 'unknown error'), 2000),
		-- What is in the items that failed is the bookings' own business.
		jsonb_strip_nulls(jsonb_build_object('mode', coalesce(run->>'mode', told->'trigger'->>'mode'), 'code', left(problem->'context'->>'code', 100), 'description', left(problem->>'description', 2000), 'retryOf', run->>'retryOf'))
	FROM (SELECT told->'execution' AS run, coalesce(told->'execution'->'error', told->'trigger'->'error') AS problem) AS parts
	ON CONFLICT (execution_id) DO UPDATE SET message = excluded.message
	RETURNING id
$$;
