-- What reaches an index has a length that an index takes. Safe to run again.
--
-- A row of an index holds 2,700 bytes. Nobody's uid or address is that long, but what is sent here is written by others:
-- one text of 8 KB would make a delivery fail, and every later one of its booking.

-- A text that tells things apart (a uid, an event key). Too long, it is its beginning and a hash of the whole: the same
-- each time, and another for every other text.
CREATE OR REPLACE FUNCTION calcom.key_text(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN length(given) > 255 THEN left(given, 180) || '~' || md5(given) ELSE given END
$$;

-- An email address, or null where it is longer than any can be.
CREATE OR REPLACE FUNCTION calcom.email_text(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN length(given) <= 320 THEN given END
$$;

-- A phone number as somebody wrote it, or null where it is longer than any can be.
CREATE OR REPLACE FUNCTION calcom.phone_text(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN length(given) <= 100 THEN given END
$$;

-- An event with bounds on all that reaches an index; nearly always that is the event as it came.
CREATE OR REPLACE FUNCTION calcom.bounded(event jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	b jsonb := event->'booking';
	people jsonb := CASE WHEN jsonb_typeof(event->'attendees') = 'array' THEN event->'attendees' ELSE '[]' END;
BEGIN
	IF greatest(length(b->>'uid'), length(b->>'previousUid'), length(b->>'iCalUid')) > 255 THEN
		event := jsonb_set(event, '{booking}', b || jsonb_build_object('uid', calcom.key_text(b->>'uid'), 'previousUid', calcom.key_text(b->>'previousUid'),
			'iCalUid', CASE WHEN length(b->>'iCalUid') <= 255 THEN b->>'iCalUid' END));
	END IF;
	IF length(b->'location'->>'type') > 40 THEN
		event := jsonb_set(event, '{booking,location,type}', '"other"');
	END IF;
	IF length(event->'organizer'->>'email') > 320 THEN
		event := jsonb_set(event, '{organizer,email}', 'null');
	END IF;
	IF EXISTS (SELECT FROM jsonb_array_elements(people) AS person WHERE length(person->>'email') > 320 OR length(person->>'phone') > 100) THEN
		event := jsonb_set(event, '{attendees}', (
			SELECT jsonb_agg(person || jsonb_build_object('email', calcom.email_text(person->>'email'), 'phone', calcom.phone_text(person->>'phone')) ORDER BY n)
			FROM jsonb_array_elements(people) WITH ORDINALITY AS listed (person, n)));
	END IF;
	RETURN event;
END $$;
