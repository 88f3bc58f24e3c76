-- Service sync: which run is under way, and what it may write. Safe to run again.

-- Whether a sync has something to do that nobody has started: an edit made while n8n was away, or a run that failed.
CREATE OR REPLACE FUNCTION calcom.sync_waits() RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT EXISTS (SELECT FROM calcom.services WHERE sync_status = 'pending')
		OR coalesce((SELECT (status = 'failed' OR edited) AND NOT dry_run FROM calcom.service_sync_runs ORDER BY id DESC LIMIT 1), false)
$$;

-- Begins a run: one row when it may go on, none when another one is under way (it is told to run once more when the
-- reason is an edit) or there is nothing to do. Two runs at once could make an event type twice. A run that has been
-- silent for five minutes has failed. Who starts one by hand waits for another that is at work, and for half a minute
-- at most ("patienceSeconds" of the settings); one that has been silent for ten seconds may be dead, and is taken over.
CREATE OR REPLACE FUNCTION calcom.begin_sync(execution text, reason text, settings jsonb DEFAULT '{}') RETURNS TABLE (run_id bigint) LANGUAGE plpgsql AS $$
DECLARE
	is_dry boolean := coalesce(settings->>'apply', 'dryRun') IN ('dryRun', 'links');
	by_hand boolean := begin_sync.reason = 'by hand';
	silence interval := CASE WHEN by_hand THEN interval '10 seconds' ELSE interval '5 minutes' END;
	patient_until timestamptz := clock_timestamp() + make_interval(secs => coalesce((settings->>'patienceSeconds')::float8, 30));
BEGIN
	WHILE by_hand AND clock_timestamp() < patient_until AND EXISTS (
		SELECT FROM calcom.service_sync_runs AS r WHERE r.status = 'running' AND r.alive_at > clock_timestamp() - silence)
	LOOP
		PERFORM pg_sleep(0.25);
	END LOOP;
	PERFORM pg_advisory_xact_lock(hashtext('calcom.begin_sync'));
	UPDATE calcom.service_sync_runs AS r SET status = 'failed', finished_at = clock_timestamp()
	WHERE r.status = 'running' AND r.alive_at < clock_timestamp() - silence;
	UPDATE calcom.service_sync_runs AS r SET edited = edited OR begin_sync.reason = 'edit' WHERE r.status = 'running';
	IF FOUND AND by_hand THEN
		RAISE EXCEPTION 'Another sync is still at work. Press again when it has ended.';
	END IF;
	IF FOUND OR (begin_sync.reason = 'waiting' AND (is_dry OR NOT calcom.sync_waits())) THEN
		RETURN;
	END IF;
	DELETE FROM calcom.sync_preview;
	RETURN QUERY INSERT INTO calcom.service_sync_runs AS r (execution_id, reason, dry_run, started_at, alive_at)
		VALUES (execution, begin_sync.reason, is_dry, clock_timestamp(), clock_timestamp()) RETURNING r.id;
END $$;

-- Ends a run. When a service was edited meanwhile, the next one starts.
CREATE OR REPLACE FUNCTION calcom.end_sync(run_id bigint) RETURNS TABLE (status text, once_more boolean) LANGUAGE plpgsql AS $$
DECLARE
	run calcom.service_sync_runs;
BEGIN
	UPDATE calcom.service_sync_runs AS r SET status = 'done', finished_at = now() WHERE r.id = run_id AND r.status = 'running' RETURNING * INTO run;
	IF run.edited THEN
		PERFORM pg_notify('calcom_services', 'edited');
	END IF;
	IF NOT run.dry_run THEN
		DELETE FROM calcom.unlinked_event_types AS e
		WHERE e.found_at < run.started_at OR EXISTS (SELECT FROM calcom.services AS s WHERE s.calcom_event_type_id = e.calcom_event_type_id);
	END IF;
	RETURN QUERY SELECT coalesce(run.status, 'taken over'), coalesce(run.edited, false);
END $$;

-- Those of the values that calcom.services has a column for; never its key.
CREATE OR REPLACE FUNCTION calcom.known_columns(vals jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT coalesce(jsonb_object_agg(key, value), '{}')
	FROM jsonb_each(vals)
	JOIN pg_attribute AS a ON a.attrelid = 'calcom.services'::regclass AND a.attname = key AND a.attnum > 0 AND NOT a.attisdropped
	WHERE key <> 'id'
$$;

-- What a patch says about the sync itself.
CREATE OR REPLACE FUNCTION calcom.sync_columns(patch jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_build_object(
			'sync_status', patch->'sync_status', 'sync_error', patch->'sync_error', 'last_calcom_sync', patch->'last_calcom_sync',
			'calcom_event_type_id', (patch->>'calcom_event_type_id')::bigint, 'sync_state', (patch->>'sync_state')::jsonb, 'sync_conflict', patch->'conflicts',
			'can_be_booked', patch->'sync_report'->'can_be_booked', 'can_be_booked_reason', patch->'sync_report'->'can_be_booked_reason')
		|| CASE WHEN patch ? 'sync_resolution' THEN '{"sync_resolution": null}' ELSE '{}' END::jsonb
$$;

-- Saves what came out of the Cal.com Sync node for one service. The row is written only when it still holds what the
-- sync saw ("seen": the whole row as JSON); a person who was faster keeps every value, and the next run deals with it.
-- What is a fact by then is kept all the same: that the service has an event type, and the values Cal.com took.
-- Answers saved, same, waits, failed, gone or previewed.
CREATE OR REPLACE FUNCTION calcom.save_sync(patch jsonb, seen jsonb) RETURNS TABLE (service_id bigint, outcome text)
LANGUAGE plpgsql SET calcom.syncing = 'on' AS $$
DECLARE
	held calcom.services;
	now_held jsonb;
	fields jsonb := coalesce(patch->'sync_report'->'fields', '{}');
	columns text[] := ARRAY(SELECT value->>'recordField' FROM jsonb_each(fields));
	target jsonb := coalesce(to_jsonb((patch->>'calcom_event_type_id')::bigint), 'null');
	changes jsonb;
	sent jsonb;
BEGIN
	UPDATE calcom.service_sync_runs AS r SET alive_at = now() WHERE r.status = 'running';
	IF patch->>'dry_run' = 'true' THEN
		PERFORM calcom.preview_sync(patch, seen);
		RETURN QUERY SELECT (patch->>'id')::bigint, 'previewed';
		RETURN;
	END IF;
	SELECT * INTO held FROM calcom.services WHERE id = (patch->>'id')::bigint FOR UPDATE;
	IF held.id IS NULL THEN
		RETURN QUERY SELECT (patch->>'id')::bigint, 'gone';
		RETURN;
	END IF;
	now_held := to_jsonb(held);

	IF EXISTS (
		SELECT FROM unnest(columns || ARRAY['calcom_event_type_id', 'sync_state', 'sync_resolution']) AS name
		WHERE now_held->name IS DISTINCT FROM seen->name
	) THEN
		changes := '{}';
		IF now_held->'calcom_event_type_id' IN (target, seen->'calcom_event_type_id') AND target <> 'null' THEN
			SELECT jsonb_object_agg(key, (patch->>'sync_state')::jsonb->'base'->key) INTO sent
			FROM jsonb_each(fields) WHERE value->>'outcome' = 'toCalCom';
			IF sent IS NOT NULL OR now_held->'calcom_event_type_id' = 'null' THEN
				changes := jsonb_build_object('calcom_event_type_id', target, 'sync_state', jsonb_build_object(
					'v', 1, 'id', target #>> '{}', 'base', coalesce(nullif(held.sync_state->'base', 'null'), '{}') || coalesce(sent, '{}')));
			END IF;
		END IF;
	ELSE
		changes := calcom.known_columns(
			coalesce((SELECT jsonb_object_agg(name, patch->name) FROM unnest(columns) AS name WHERE patch ? name), '{}') || calcom.sync_columns(patch));
		-- Nothing but the time is new: then nothing is.
		IF (now_held || changes) - 'last_calcom_sync' = now_held - 'last_calcom_sync' THEN
			RETURN QUERY SELECT held.id, 'same';
			RETURN;
		END IF;
		changes := changes || jsonb_build_object('updated_at', now());
		fields := NULL;
	END IF;
	IF changes = '{}' THEN
		RETURN QUERY SELECT held.id, 'waits';
		RETURN;
	END IF;
	BEGIN
		EXECUTE format('UPDATE calcom.services AS s SET %s FROM jsonb_populate_record(NULL::calcom.services, $1) AS fresh WHERE s.id = $2',
			(SELECT string_agg(format('%1$I = fresh.%1$I', name), ', ') FROM jsonb_object_keys(changes) AS name)) USING changes, held.id;
		RETURN QUERY SELECT held.id, CASE WHEN fields IS NULL THEN 'saved' ELSE 'waits' END;
	EXCEPTION WHEN data_exception OR integrity_constraint_violation OR raise_exception THEN
		-- A slug that another row has, or a rule of your own: told in the row, and the other services go on.
		UPDATE calcom.services SET sync_status = 'error', sync_error = left('It could not be saved: ' || SQLERRM, 2000) WHERE id = held.id;
		RETURN QUERY SELECT held.id, 'failed';
	END;
END $$;

-- Brings in an event type that no service stands for, or only lists it, as the settings say (importNew).
-- Answers brought in, listed or previewed.
CREATE OR REPLACE FUNCTION calcom.save_unlinked(patch jsonb, settings jsonb DEFAULT '{}') RETURNS TABLE (service_id bigint, outcome text)
LANGUAGE plpgsql SET calcom.syncing = 'on' AS $$
DECLARE
	vals jsonb := calcom.known_columns(patch || jsonb_build_object('sync_state', (patch->>'sync_state')::jsonb));
	made bigint;
BEGIN
	UPDATE calcom.service_sync_runs AS r SET alive_at = now() WHERE r.status = 'running';
	IF patch->>'dry_run' = 'true' THEN
		INSERT INTO calcom.sync_preview (calcom_event_type_id, name, what)
		VALUES ((patch->>'calcom_event_type_id')::bigint, patch->>'name', CASE WHEN settings->>'importNew' = 'true' THEN 'would be brought in from Cal.com' ELSE 'would be listed as only in Cal.com' END);
		RETURN QUERY SELECT NULL::bigint, 'previewed';
		RETURN;
	END IF;
	IF settings->>'importNew' = 'true' THEN
		EXECUTE format('INSERT INTO calcom.services AS s (%1$s) SELECT %1$s FROM jsonb_populate_record(NULL::calcom.services, $1) ON CONFLICT DO NOTHING RETURNING s.id',
			(SELECT string_agg(quote_ident(name), ', ') FROM jsonb_object_keys(vals) AS name)) INTO made USING vals;
	END IF;
	IF made IS NULL THEN
		INSERT INTO calcom.unlinked_event_types (calcom_event_type_id, name, slug)
		VALUES ((patch->>'calcom_event_type_id')::bigint, patch->>'name', patch->>'slug')
		ON CONFLICT (calcom_event_type_id) DO UPDATE SET name = excluded.name, slug = excluded.slug, found_at = excluded.found_at;
	END IF;
	RETURN QUERY SELECT made, CASE WHEN made IS NULL THEN 'listed' ELSE 'brought in' END;
END $$;
