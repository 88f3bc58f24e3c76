-- Backfill page by page: what to read next, what of it counts, and where to go on. Safe to run again.

-- The next page to read: one row, or none when there is nothing to do. A run of the same scope that is not done goes
-- on where it stopped. Started by a person it takes over from another execution; by the schedule only from one that
-- has been silent for two minutes. Of a table it is a row for each payload, which is the same but for key and payload;
-- one without a key when none is left.
DROP FUNCTION IF EXISTS calcom.next_backfill_page(jsonb, text, boolean);
CREATE OR REPLACE FUNCTION calcom.next_backfill_page(settings jsonb, claimant text, by_hand boolean)
RETURNS TABLE (run_id bigint, source text, after_start text, page_size int, key text, payload jsonb) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	asked jsonb := calcom.backfill_scope(settings);
	run calcom.backfill_runs;
	size int := greatest(coalesce((settings->>'batchSize')::numeric::int, 50), 1);
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('calcom.next_backfill_page'));
	-- Waits for a page that is just being applied: it moves the cursor on.
	SELECT * INTO run FROM calcom.backfill_runs WHERE scope = asked AND status = 'running' ORDER BY id DESC LIMIT 1 FOR UPDATE;
	IF run.id IS NULL AND by_hand AND EXISTS (SELECT FROM calcom.backfill_runs WHERE scope = asked AND claimed_by = claimant) THEN
		RETURN;
	ELSIF run.id IS NULL AND by_hand THEN
		INSERT INTO calcom.backfill_runs (scope, dry_run, claimed_by) VALUES (asked, asked->>'dryRun' = 'true', claimant) RETURNING * INTO run;
	ELSIF run.id IS NULL OR (NOT by_hand AND run.claimed_by <> claimant AND run.updated_at > now() - interval '2 minutes') THEN
		RETURN;
	END IF;
	UPDATE calcom.backfill_runs SET claimed_by = claimant, updated_at = now() WHERE id = run.id;
	RETURN QUERY SELECT run.id, asked->>'source',
		coalesce(run.cursor->>'after', nullif(asked->>'from', ''), '2000-01-01T00:00:00.000Z'),
		coalesce((run.cursor->>'size')::int, size), old.key, old.payload
	FROM (VALUES (true)) AS page
	LEFT JOIN LATERAL calcom.old_payloads(settings, run.cursor->>'key', size) WITH ORDINALITY AS old (key, payload, n) ON true
	ORDER BY old.n;
END $$;

-- The settings that say what is filled in. Those that say how, like the size of a page, may change on the way.
CREATE OR REPLACE FUNCTION calcom.backfill_scope(settings jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_build_object('source', coalesce(settings->>'source', 'calcom'), 'dryRun', coalesce(settings->>'dryRun', 'true'))
		|| CASE settings->>'source'
			WHEN 'table' THEN jsonb_build_object('oldTable', settings->>'oldTable', 'oldColumn', settings->>'oldColumn')
			ELSE jsonb_build_object('from', coalesce(settings->>'from', ''), 'to', coalesce(settings->>'to', '')) END
$$;

-- Applies a page, counts it, and moves the cursor on. Events are what the Cal.com node answered (an item with an error
-- among them stops the page, unless it says that a booking is gone); payloads are what it read in the rows of a table:
-- {key, event} or {key, reason}.
DROP FUNCTION IF EXISTS calcom.backfill_batch(bigint, jsonb, jsonb, text);
CREATE OR REPLACE FUNCTION calcom.backfill_batch(run_id bigint, events jsonb, settings jsonb, claimant text, payloads jsonb DEFAULT NULL)
RETURNS TABLE (more boolean, pages int, read int, applied int, known int, passed_over int, failed int, dry_run boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	run calcom.backfill_runs;
	page jsonb;
	list jsonb;
	answer jsonb;
BEGIN
	SELECT * INTO run FROM calcom.backfill_runs WHERE id = backfill_batch.run_id FOR UPDATE;
	IF run.claimed_by IS DISTINCT FROM claimant THEN
		RAISE EXCEPTION 'Execution % goes on with this backfill. Nothing is lost: this one can stop.', run.claimed_by;
	END IF;
	page := CASE run.scope->>'source' WHEN 'table' THEN calcom.page_of_table(run, events, payloads, settings) ELSE calcom.page_of_calcom(run, events, settings) END;
	list := page->'events';
	answer := CASE WHEN run.dry_run THEN calcom.try_backfill(list, settings, claimant) ELSE calcom.apply_backfill(list, settings, claimant) END;
	IF NOT run.dry_run AND page->>'more' = 'false' THEN
		-- What a run that died had begun, also of steps that Cal.com does not tell of any more.
		PERFORM FROM calcom.retry_events(100000);
	END IF;
	RETURN QUERY UPDATE calcom.backfill_runs AS r SET
		cursor = page->'cursor',
		pages = r.pages + 1,
		read = r.read + (answer->>'read')::int + jsonb_array_length(page->'unreadable'),
		applied = r.applied + (answer->>'applied')::int,
		known = r.known + (answer->>'known')::int,
		passed_over = r.passed_over + (answer->>'passed_over')::int + jsonb_array_length(page->'unreadable'),
		failed = r.failed + (answer->>'failed')::int,
		problems = (SELECT coalesce(jsonb_agg(problem ORDER BY n), '[]')
			FROM jsonb_array_elements(r.problems || (answer->'problems') || (page->'unreadable')) WITH ORDINALITY AS p (problem, n) WHERE n <= 100),
		status = CASE WHEN page->>'more' = 'true' THEN 'running' ELSE 'done' END,
		finished_at = CASE WHEN page->>'more' = 'true' THEN NULL ELSE now() END,
		updated_at = now()
	WHERE r.id = run.id
	RETURNING r.status = 'running', r.pages, r.read, r.applied, r.known, r.passed_over, r.failed, r.dry_run;
END $$;

-- A page of Cal.com's bookings, sorted by start: what of it is new and within the time asked for, and where to go on.
-- Bookings that start at the same time may lie on both sides of the border between two pages.
CREATE OR REPLACE FUNCTION calcom.page_of_calcom(run calcom.backfill_runs, events jsonb, settings jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
	WITH listed AS (
		SELECT event, event->'booking'->>'uid' AS uid, event->'booking'->>'start' AS start, n
		FROM jsonb_array_elements(events) WITH ORDINALITY AS e (event, n)
		WHERE event->'booking'->>'uid' IS NOT NULL
	), page AS (
		SELECT count(*) AS size, max(start) AS last, coalesce((run.cursor->>'size')::int, greatest(coalesce((settings->>'batchSize')::numeric::int, 50), 1)) AS asked
		FROM listed
	), bounds AS (
		SELECT *, size >= asked AND NOT coalesce(last::timestamptz > nullif(run.scope->>'to', '')::timestamptz, false) AS more FROM page
	)
	SELECT jsonb_build_object(
		'more', more, 'unreadable', '[]'::jsonb,
		'events', (SELECT coalesce(jsonb_agg(event ORDER BY n), '[]') FROM listed
			WHERE NOT coalesce(run.cursor->'seen' ? uid, false) AND NOT coalesce(start::timestamptz > nullif(run.scope->>'to', '')::timestamptz, false)),
		'cursor', CASE WHEN last IS NULL THEN run.cursor ELSE jsonb_strip_nulls(jsonb_build_object(
			'after', last,
			-- All at one time: only a longer page leads on.
			'size', CASE WHEN last = run.cursor->>'after' THEN asked * 2 END,
			'seen', (SELECT jsonb_agg(uid) FROM listed WHERE start = last))) END)
	FROM bounds
$$;
