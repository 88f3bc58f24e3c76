-- Old webhook payloads in a table of your own: which booking each is about, and what it says itself. Safe to run again.
--
-- A booking that Cal.com still has is read from Cal.com, which tells more and newer. Only of those that are gone is the
-- payload itself made into an event.

-- JSON that may be text, encoded once or several times; null when it is none.
CREATE OR REPLACE FUNCTION calcom.open_json(value jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	FOR layer IN 1..5 LOOP
		EXIT WHEN jsonb_typeof(value) IS DISTINCT FROM 'string';
		value := (value #>> '{}')::jsonb;
	END LOOP;
	RETURN CASE WHEN jsonb_typeof(value) IN ('object', 'array') THEN value END;
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END $$;

-- The delivery in what was stored of it: {triggerEvent, createdAt, payload}. Stored was the delivery, n8n's item
-- around it (body), a list with one of these, or the payload alone.
CREATE OR REPLACE FUNCTION calcom.delivery_of(value jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	opened jsonb := calcom.open_json(value);
BEGIN
	FOR layer IN 1..5 LOOP
		opened := CASE
			WHEN jsonb_typeof(opened) = 'array' THEN calcom.open_json(opened->0)
			WHEN opened ? 'triggerEvent' THEN opened
			WHEN opened ? 'body' THEN calcom.open_json(opened->'body')
			WHEN opened ? 'json' THEN calcom.open_json(opened->'json')
			WHEN opened ? 'payload' THEN opened
			ELSE opened END;
	END LOOP;
	IF opened ? 'triggerEvent' OR opened ? 'payload' THEN
		RETURN opened || jsonb_build_object('payload', calcom.open_json(opened->'payload'));
	END IF;
	RETURN CASE WHEN opened ?| ARRAY['uid', 'bookingUid'] THEN jsonb_build_object('payload', opened) END;
END $$;

CREATE OR REPLACE FUNCTION calcom.uid_of_payload(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT nullif(trim(coalesce(p->>'uid', p->>'bookingUid', p->'booking'->>'uid')), '')
	FROM (SELECT calcom.delivery_of(value)->'payload' AS p) AS opened
$$;

-- A page of the table that the settings name, in the order of its key.
CREATE OR REPLACE FUNCTION calcom.old_payloads(settings jsonb, after text, size int) RETURNS TABLE (key text, payload jsonb) LANGUAGE plpgsql STABLE AS $$
DECLARE
	place regclass := to_regclass(settings->>'oldTable');
	kind text;
BEGIN
	IF place IS NULL THEN
		RAISE EXCEPTION 'There is no table "%". Open the Settings node and write it like public.webhooks.', settings->>'oldTable';
	END IF;
	SELECT format_type(a.atttypid, a.atttypmod) INTO kind FROM pg_attribute AS a
	WHERE a.attrelid = place AND a.attname = settings->>'oldKey' AND a.attnum > 0 AND NOT a.attisdropped;
	IF kind IS NULL OR NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = place AND a.attname = settings->>'oldColumn' AND NOT a.attisdropped) THEN
		RAISE EXCEPTION 'The table % has no column "%" or no column "%". Open the Settings node: oldColumn holds the payloads, oldKey tells the rows apart.',
			place, settings->>'oldColumn', settings->>'oldKey';
	END IF;
	RETURN QUERY EXECUTE format('SELECT %1$I::text, to_jsonb(%2$I) FROM %3$s WHERE $1 IS NULL OR %1$I > $1::%4$s ORDER BY %1$I LIMIT $2',
		settings->>'oldKey', settings->>'oldColumn', place, kind) USING after, size;
END $$;

-- A person of a payload as an event names one. A number that is not international stays out.
CREATE OR REPLACE FUNCTION calcom.person_of_payload(p jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_build_object(
		'name', said.name, 'firstName', coalesce(p->>'firstName', split_part(said.name, ' ', 1)),
		'lastName', coalesce(p->>'lastName', nullif(substr(said.name, strpos(said.name || ' ', ' ') + 1), '')),
		'email', CASE WHEN length(p->>'email') <= 320 THEN lower(nullif(trim(p->>'email'), '')) END, 'phone', substring(replace(p->>'phoneNumber', ' ', '') FROM '^\+\d{7,15}$'),
		'timeZone', p->>'timeZone', 'locale', p->'language'->>'locale', 'noShow', p->'noShow')
	FROM (SELECT nullif(trim(p->>'name'), '') AS name) AS said
$$;

-- Answers of a payload by their slug: {slug: value}, without those that Cal.com asks everybody.
CREATE OR REPLACE FUNCTION calcom.answers_of_payload(responses jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(jsonb_object_agg(key, CASE WHEN jsonb_typeof(value) = 'object' AND value ? 'value' THEN value->'value' ELSE value END), '{}')
	FROM jsonb_each(CASE jsonb_typeof(responses) WHEN 'object' THEN responses ELSE '{}' END)
	WHERE NOT key = ANY (ARRAY['name', 'email', 'guests', 'location', 'title', 'notes', 'rescheduleReason', 'attendeePhoneNumber'])
$$;

CREATE OR REPLACE FUNCTION calcom.location_of_payload(p jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN place IS NOT NULL OR link IS NOT NULL THEN jsonb_build_object(
		'type', CASE WHEN link IS NOT NULL OR place LIKE 'integrations:%' THEN 'video' WHEN place ~ '^https?://' THEN 'link' WHEN place ~ '^\+?[\d ]{7,}$' THEN 'phone' ELSE 'inPerson' END,
		'label', CASE WHEN place ~ '^(https?://|integrations:)' OR place IS NULL THEN 'Online' ELSE place END,
		'url', coalesce(link, substring(place FROM '^https?://.+')),
		'phone', substring(place FROM '^\+\d{7,15}$'),
		'address', CASE WHEN place !~ '^(https?://|integrations:|\+?[\d ]{7,}$)' THEN place END) END
	FROM (SELECT nullif(trim(p->>'location'), '') AS place, nullif(p->'metadata'->>'videoCallUrl', '') AS link) AS said
$$;

-- An instant as Cal.com writes it; null when it is none.
CREATE OR REPLACE FUNCTION calcom.instant_text(value text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN to_char(value::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END $$;

-- An old delivery as an event, with the key it would have had. Null for what is not about a booking.
CREATE OR REPLACE FUNCTION calcom.event_of_payload(value jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object(
		'event', kind, 'category', CASE WHEN kind LIKE 'MEETING_%' THEN 'meeting' ELSE 'booking' END, 'source', 'webhook',
		'eventKey', concat_ws(':', kind, uid, CASE WHEN kind LIKE 'MEETING_%' THEN starts END),
		'occurredAt', CASE kind WHEN 'MEETING_STARTED' THEN starts WHEN 'MEETING_ENDED' THEN ends ELSE coalesce(calcom.instant_text(d->>'createdAt'), starts) END,
		'tag', NULL, 'bookingType', NULL, 'changes', NULL, 'noShow', NULL,
		'booking', jsonb_build_object(
			'uid', uid, 'id', p->'bookingId', 'title', p->'title', 'description', p->'description', 'lifecycle', life,
			'status', CASE life WHEN 'requested' THEN 'pending' WHEN 'cancelled' THEN 'cancelled' WHEN 'rejected' THEN 'rejected' ELSE 'accepted' END,
			'start', starts, 'end', ends, 'durationMinutes', p->'length', 'timeZone', p->'organizer'->>'timeZone', 'location', calcom.location_of_payload(p),
			'previousUid', p->'rescheduleUid', 'previousStart', calcom.instant_text(p->>'rescheduleStartTime'),
			'cancellationReason', p->'cancellationReason', 'cancelledBy', p->'cancelledBy', 'rejectionReason', p->'rejectionReason',
			'rescheduleReason', coalesce(p->'responses'->'rescheduleReason'->'value', p->'rescheduleReason'),
			'rescheduleRequested', coalesce(p->'requestReschedule', 'false'), 'seatRemoved', false, 'seats', p->'seatsPerTimeSlot',
			'isRecurring', coalesce(jsonb_typeof(p->'recurringEvent') = 'object', false), 'price', p->'price', 'currency', upper(p->>'currency'), 'iCalUid', p->'iCalUID'),
		'eventType', jsonb_build_object('id', p->'eventTypeId', 'slug', p->'type', 'title', coalesce(p->'eventTitle', p->'eventType'->'title'), 'lengthMinutes', p->'length'),
		'organizer', coalesce(nullif(p->'organizer', 'null'), '{}') || '{}',
		'attendee', coalesce(people->0, '{}'), 'attendees', people, 'attendeeCount', jsonb_array_length(people), 'guests', '[]'::jsonb, 'hosts', '[]'::jsonb,
		'responses', calcom.answers_of_payload(p->'responses'), 'notes', p->'additionalNotes', 'metadata', coalesce(nullif(p->'metadata', 'null'), '{}'))
	FROM (
		SELECT d, d->'payload' AS p, coalesce(d->>'triggerEvent', 'BOOKING_CREATED') AS kind, calcom.uid_of_payload(value) AS uid,
			calcom.instant_text(coalesce(d->'payload'->>'startTime', d->'payload'->>'start')) AS starts,
			calcom.instant_text(coalesce(d->'payload'->>'endTime', d->'payload'->>'end')) AS ends,
			(SELECT coalesce(jsonb_agg(calcom.person_of_payload(one) ORDER BY n), '[]')
				FROM jsonb_array_elements(CASE jsonb_typeof(d->'payload'->'attendees') WHEN 'array' THEN d->'payload'->'attendees' ELSE '[]' END) WITH ORDINALITY AS a (one, n)) AS people
		FROM (SELECT calcom.delivery_of(value) AS d) AS opened
	) AS read
	JOIN (VALUES
		('BOOKING_CREATED', 'scheduled'), ('BOOKING_REQUESTED', 'requested'), ('BOOKING_RESCHEDULED', 'rescheduled'), ('BOOKING_CANCELLED', 'cancelled'),
		('BOOKING_REJECTED', 'rejected'), ('BOOKING_PAID', 'scheduled'), ('MEETING_STARTED', 'started'), ('MEETING_ENDED', 'completed')
	) AS lives (name, life) ON name = kind
	WHERE uid IS NOT NULL
$$;

-- A page of old payloads: what Cal.com has of their bookings, and of the others what the payloads say.
CREATE OR REPLACE FUNCTION calcom.page_of_table(run calcom.backfill_runs, events jsonb, settings jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
	problem text;
	size int := greatest(coalesce((settings->>'batchSize')::numeric::int, 50), 1);
BEGIN
	SELECT coalesce(event->'error'->>'message', event->>'error') INTO problem
	FROM jsonb_array_elements(events) AS event
	WHERE event ? 'error' AND concat_ws(' ', event->>'error', event->>'details') !~* '(not found|did not find|no such booking|is not chosen)' LIMIT 1;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION 'Cal.com could not be asked about a booking: %. Start again later: it goes on here.', problem;
	END IF;
	RETURN (
		WITH page AS (
			SELECT key, payload, calcom.uid_of_payload(payload) AS uid, row_number() OVER () AS n FROM calcom.old_payloads(settings, run.cursor->>'key', size)
		), told AS (
			SELECT key, n, calcom.event_of_payload(payload) AS event, uid FROM page
			WHERE uid IS NULL OR NOT EXISTS (SELECT FROM jsonb_array_elements(events) AS event WHERE event->'booking'->>'uid' = page.uid)
		)
		SELECT jsonb_build_object(
			'more', (SELECT count(*) >= size FROM page),
			'cursor', coalesce((SELECT jsonb_build_object('key', key) FROM page ORDER BY n DESC LIMIT 1), run.cursor),
			'events', (SELECT coalesce(jsonb_agg(event), '[]') FROM jsonb_array_elements(events) AS event WHERE event->'booking'->>'uid' IS NOT NULL)
				|| (SELECT coalesce(jsonb_agg(event ORDER BY n), '[]') FROM told WHERE event IS NOT NULL),
			'unreadable', (SELECT coalesce(jsonb_agg(jsonb_build_object('what', format('row %s', key),
				'reason', CASE WHEN uid IS NULL THEN 'no booking is named in it' ELSE 'it is not about a booking as a whole, and Cal.com does not have the booking any more' END) ORDER BY n), '[]')
				FROM told WHERE event IS NULL))
	);
END $$;
