-- The words of an SMS: language, local date and time, and values that may go into it. Safe to run again.

-- The language of an SMS: the attendee's where there are texts for it, else the one of the settings.
CREATE OR REPLACE FUNCTION calcom.sms_language(locale text, settings jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(
		(SELECT wanted FROM (VALUES (1, lower(split_part(replace(locale, '_', '-'), '-', 1))), (2, lower(settings->>'language'))) AS choices (place, wanted)
			WHERE settings->'texts' ? wanted ORDER BY place LIMIT 1),
		'en')
$$;

-- A day in words: "Monday 1 December"; a language that is not here gets 2026-12-01.
CREATE OR REPLACE FUNCTION calcom.day_in_words(day timestamp, language text, american boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce((
		SELECT format(pattern, days[extract(isodow FROM day)::int], extract(day FROM day)::int, months[extract(month FROM day)::int])
		FROM (VALUES
			('en', CASE WHEN american THEN '%1$s, %3$s %2$s' ELSE '%1$s %2$s %3$s' END,
				'{Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday}'::text[],
				'{January,February,March,April,May,June,July,August,September,October,November,December}'::text[]),
			('de', '%1$s, %2$s. %3$s', '{Montag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag,Sonntag}',
				'{Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember}'),
			('nl', '%1$s %2$s %3$s', '{maandag,dinsdag,woensdag,donderdag,vrijdag,zaterdag,zondag}',
				'{januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december}'),
			('pl', '%1$s, %2$s %3$s', '{poniedziałek,wtorek,środa,czwartek,piątek,sobota,niedziela}',
				'{stycznia,lutego,marca,kwietnia,maja,czerwca,lipca,sierpnia,września,października,listopada,grudnia}')
		) AS words (code, pattern, days, months)
		WHERE code = language
	), to_char(day, 'YYYY-MM-DD'))
$$;

CREATE OR REPLACE FUNCTION calcom.time_in_words(moment timestamp, american boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT to_char(moment, CASE WHEN american THEN 'FMHH12:MI AM' ELSE 'HH24:MI' END)
$$;

-- Where it takes place, as far as it may stand in an SMS. A link only to Cal Video's page of this booking or to a host
-- that the settings trust: the attendee can type an address as the place, and can send Cal.com a videoCallUrl in the
-- booking's metadata, which it passes on as if it were its own.
CREATE OR REPLACE FUNCTION calcom.place_for_sms(booking calcom.bookings, settings jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN booking.location_type IN ('video', 'link') THEN
			CASE WHEN calcom.is_call_page(booking.meeting_url, booking.booking_url, booking.uids) THEN booking.meeting_url
				ELSE calcom.link_for_sms(booking.meeting_url, settings->>'trustedLinks') END
		WHEN booking.location_type = 'phone' THEN NULL
		ELSE calcom.clean_for_sms(booking.location_label, 100) END
$$;

-- The links with which a person moves or cancels (rescheduleUrl, cancelUrl). In a group they are those of the person's
-- own seat, as the booking has it now: anybody else's would move or cancel somebody else.
CREATE OR REPLACE FUNCTION calcom.links_for(booking calcom.bookings, attendee jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN booking.seats IS NULL THEN jsonb_build_object('rescheduleUrl', booking.reschedule_url, 'cancelUrl', booking.cancel_url) ELSE (
		SELECT person FROM jsonb_array_elements(booking.attendees) AS person
		WHERE person->>'seatUid' = attendee->>'seatUid' OR (attendee->>'seatUid' IS NULL AND person->>'email' = attendee->>'email')
		LIMIT 1) END
$$;

-- Everything a text may name in {…}. Add a name here and texts can use it.
CREATE OR REPLACE FUNCTION calcom.sms_values(booking calcom.bookings, attendee jsonb, zone text, language text, settings jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object(
		'first_name', calcom.name_for_sms(coalesce(nullif(attendee->>'firstName', ''), split_part(attendee->>'name', ' ', 1)), 30),
		'name', calcom.name_for_sms(attendee->>'name', 50),
		'date', calcom.day_in_words(booking.start_time AT TIME ZONE zone, language, american),
		'time', calcom.time_in_words(booking.start_time AT TIME ZONE zone, american),
		'title', calcom.clean_for_sms(coalesce(booking.event_type_title, booking.booking_type, booking.title), 60),
		'place', calcom.place_for_sms(booking, settings),
		'host', calcom.clean_for_sms(booking.organizer_name, 50),
		'business', settings->>'business',
		'reschedule_link', calcom.plain_link(calcom.links_for(booking, attendee)->>'rescheduleUrl'),
		'cancel_link', calcom.plain_link(calcom.links_for(booking, attendee)->>'cancelUrl'))
	FROM (SELECT language = 'en' AND (attendee->>'locale' IN ('en-US', 'en_US') OR zone ~ '^(America|US)/') AS american) AS habit
$$;

-- A text with its {names} filled in. A part in [square brackets] is left out when a name in it has no value.
CREATE OR REPLACE FUNCTION calcom.fill_text(words text, vals jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	part text;
	filled text;
BEGIN
	LOOP
		part := substring(words FROM '\[[^][]*\]');
		EXIT WHEN part IS NULL;
		words := overlay(words PLACING CASE
			WHEN EXISTS (SELECT FROM regexp_matches(part, '\{([a-z_]+)\}', 'g') AS name WHERE coalesce(vals->>name[1], '') = '') THEN ''
			ELSE substr(part, 2, length(part) - 2) END
			FROM position(part IN words) FOR length(part));
	END LOOP;
	-- In one pass: what a value says is never read as a name again.
	SELECT string_agg(CASE WHEN piece[1] ~ '^\{[a-z_]+\}$' THEN coalesce(vals->>btrim(piece[1], '{}'), '') ELSE piece[1] END, '' ORDER BY n)
	INTO filled
	FROM regexp_matches(words, '(\{[a-z_]+\}|[^{]+|\{)', 'g') WITH ORDINALITY AS pieces (piece, n);
	RETURN left(trim(regexp_replace(regexp_replace(filled, ' +([,.!?])', '\1', 'g'), ' {2,}', ' ', 'g')), 1000);
END $$;

-- The text called `name` for one attendee of a booking, e.g. 'reminder'; NULL when the settings have none.
CREATE OR REPLACE FUNCTION calcom.sms_text(name text, booking calcom.bookings, attendee jsonb, zone text, settings jsonb) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT nullif(calcom.fill_text(words, calcom.sms_values(booking, attendee, zone, language, settings)), '')
	FROM calcom.sms_language(attendee->>'locale', settings) AS language,
		coalesce(settings->'texts'->language->>name, settings->'texts'->(settings->>'language')->>name) AS words
$$;

-- Stops with what to mend when the settings cannot work: better a failed run than an odd SMS to everyone.
CREATE OR REPLACE FUNCTION calcom.check_sms_settings(settings jsonb) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
	odd text;
	known jsonb := calcom.sms_values(NULL, '{}', 'UTC', 'en', settings);
BEGIN
	IF coalesce(trim(settings->>'from'), '') = '' THEN
		RAISE EXCEPTION 'Settings: "from" is empty. Put your Twilio number there, e.g. +14155238886.';
	END IF;
	IF settings ? 'timeZone' AND calcom.known_zone(settings->>'timeZone') IS NULL THEN
		RAISE EXCEPTION 'Settings: "%" is no time zone. Write it like Europe/Amsterdam.', settings->>'timeZone';
	END IF;
	SELECT value INTO odd FROM jsonb_each_text(settings) WHERE key IN ('quietFrom', 'quietUntil') AND value !~ '^([01]?\d|2[0-3]):[0-5]\d$';
	IF odd IS NOT NULL THEN
		RAISE EXCEPTION 'Settings: "%" is no time of day. Write quietFrom and quietUntil like 21:00.', odd;
	END IF;
	SELECT format('%s in texts.%s.%s', name[1], language.key, words.key) INTO odd
	FROM jsonb_each(settings->'texts') AS language, jsonb_each_text(language.value) AS words,
		regexp_matches(words.value, '\{[^{}]*\}', 'g') AS name
	WHERE NOT known ? btrim(name[1], '{}') LIMIT 1;
	IF odd IS NOT NULL THEN
		RAISE EXCEPTION 'Settings: there is no %. Names to use: %.', odd,
			(SELECT string_agg('{' || key || '}', ' ' ORDER BY key) FROM jsonb_object_keys(known) AS key);
	END IF;
END $$;
