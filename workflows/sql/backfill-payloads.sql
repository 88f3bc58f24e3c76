-- Old webhook payloads in a table of your own, page by page. Safe to run again.
--
-- What Cal.com sent is read by the Cal.com node (Event: Normalize), here as everywhere: these functions hand out the
-- rows, and get back what the node made of them. A booking that Cal.com still has is read from Cal.com, which tells
-- more and newer. Only of those that are gone is the payload itself the event.

-- They read payloads themselves, before the node could.
DROP FUNCTION IF EXISTS calcom.page_of_table(calcom.backfill_runs, jsonb, jsonb);
DROP FUNCTION IF EXISTS calcom.event_of_payload(jsonb);
DROP FUNCTION IF EXISTS calcom.person_of_payload(jsonb);
DROP FUNCTION IF EXISTS calcom.answers_of_payload(jsonb);
DROP FUNCTION IF EXISTS calcom.location_of_payload(jsonb);
DROP FUNCTION IF EXISTS calcom.instant_text(text);
DROP FUNCTION IF EXISTS calcom.uid_of_payload(jsonb);
DROP FUNCTION IF EXISTS calcom.delivery_of(jsonb);
DROP FUNCTION IF EXISTS calcom.open_json(jsonb);

-- A page of the table that the settings name, in the order of its key; nothing when they name another source.
CREATE OR REPLACE FUNCTION calcom.old_payloads(settings jsonb, after text, size int) RETURNS TABLE (key text, payload jsonb) LANGUAGE plpgsql STABLE AS $$
DECLARE
	place regclass := to_regclass(settings->>'oldTable');
	kind text;
	holds text;
BEGIN
	IF settings->>'source' IS DISTINCT FROM 'table' THEN
		RETURN;
	END IF;
	IF place IS NULL THEN
		RAISE EXCEPTION 'There is no table "%". Open the Settings node and write it like public.webhooks.', settings->>'oldTable';
	END IF;
	SELECT format_type(a.atttypid, a.atttypmod) INTO kind FROM pg_attribute AS a
	WHERE a.attrelid = place AND a.attname = settings->>'oldKey' AND a.attnum > 0 AND NOT a.attisdropped;
	SELECT format_type(a.atttypid, a.atttypmod) INTO holds FROM pg_attribute AS a
	WHERE a.attrelid = place AND a.attname = settings->>'oldColumn' AND NOT a.attisdropped;
	IF kind IS NULL OR holds IS NULL THEN
		RAISE EXCEPTION 'The table % has no column "%" or no column "%". Open the Settings node: oldColumn holds the payloads, oldKey tells the rows apart.',
			place, settings->>'oldColumn', settings->>'oldKey';
	END IF;
	-- A column of json may hold what jsonb refuses: it goes out as text, which the node opens.
	RETURN QUERY EXECUTE format('SELECT %1$I::text, to_jsonb(%2$I%5$s) FROM %3$s WHERE $1 IS NULL OR %1$I > $1::%4$s ORDER BY %1$I LIMIT $2',
		settings->>'oldKey', settings->>'oldColumn', place, kind, CASE holds WHEN 'json' THEN '::text' END) USING after, size;
END $$;

-- A page of old payloads: what Cal.com has of their bookings, and of the others what the payloads say:
-- in the order of their rows, several of a row that is a list.
CREATE OR REPLACE FUNCTION calcom.page_of_table(run calcom.backfill_runs, events jsonb, payloads jsonb, settings jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
	problem text;
	size int := greatest(coalesce((settings->>'batchSize')::numeric::int, 50), 1);
BEGIN
	IF jsonb_typeof(payloads) IS DISTINCT FROM 'array' THEN
		RAISE EXCEPTION 'This template is older than the tables: it does not say what the rows hold. Import template 06 anew.';
	END IF;
	SELECT coalesce(event->'error'->>'message', event->>'error') INTO problem
	FROM jsonb_array_elements(events) AS event
	WHERE event ? 'error' AND coalesce(event->>'code', '') NOT IN ('NOT_FOUND', 'FIELD_EMPTY') LIMIT 1;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION 'Cal.com could not be asked about a booking: %. Start again later: it goes on here.', problem;
	END IF;
	RETURN (
		WITH page AS (
			SELECT one->>'key' AS key, nullif(one->'event', 'null') AS event, one->>'reason' AS reason, n
			FROM jsonb_array_elements(payloads) WITH ORDINALITY AS p (one, n)
			WHERE one->>'key' IS NOT NULL
		), told AS (
			SELECT key, event, n, CASE
				WHEN event IS NULL THEN coalesce(reason, 'it cannot be read')
				WHEN event->'booking'->>'uid' IS NULL THEN 'no booking is named in it'
				WHEN event->>'category' NOT IN ('booking', 'meeting', 'payment', 'noShow')
					THEN 'it is not about a booking as a whole, and Cal.com does not have the booking any more' END AS reason
			FROM page
			WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(events) AS known WHERE known->'booking'->>'uid' = page.event->'booking'->>'uid')
		)
		SELECT jsonb_build_object(
			'more', (SELECT count(DISTINCT key) >= size FROM page),
			'cursor', coalesce((SELECT jsonb_build_object('key', key) FROM page ORDER BY n DESC LIMIT 1), run.cursor),
			'events', (SELECT coalesce(jsonb_agg(event), '[]') FROM jsonb_array_elements(events) AS event WHERE event->'booking'->>'uid' IS NOT NULL)
				|| (SELECT coalesce(jsonb_agg(event ORDER BY n), '[]') FROM told WHERE reason IS NULL),
			'unreadable', (SELECT coalesce(jsonb_agg(jsonb_build_object('what', format('row %s', key), 'reason', reason) ORDER BY n), '[]')
				FROM told WHERE reason IS NOT NULL))
	);
END $$;
