-- The words of an SMS: language, local date and time, and values that may go into it. Safe to run again.

-- A text that somebody typed while booking, fit for an SMS in the business's name: no links, no phone numbers,
-- nothing invisible, not long. Anyone can book with somebody else's number and a "name" that is an advertisement.
CREATE OR REPLACE FUNCTION calcom.clean_for_sms(typed text, longest int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT trim(left(trim(regexp_replace(dotless, '\s+', ' ', 'g')), longest))
	FROM
		-- More than this is no name and no address, and need not be looked through.
		regexp_replace(left(coalesce(typed, ''), 1000), '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFD\U000E0000-\U000E0FFF]', '', 'g') AS visible,
		-- Letters of other shapes become the plain ones, as a browser reads them: "ｅｖｉｌ．ｅｘａｍｐｌｅ" is a link, too.
		normalize(visible, NFKC) AS folded,
		regexp_replace(folded, '\S*(://|www\.)\S*', ' ', 'gi') AS linkless,
		regexp_replace(linkless, '\+?[0-9\u0660-\u0669\u06F0-\u06F9\u0966-\u096F]([\s.()\u2010-\u2015-]{0,3}[0-9\u0660-\u0669\u06F0-\u06F9\u0966-\u096F]){6,}', ' ', 'g') AS numberless,
		regexp_replace(numberless, '[0-9]{1,3}(\.[0-9]{1,3}){3}', ' ', 'g') AS addressless,
		regexp_replace(addressless, '[\u0001-\u001F\u007F-\u00A0\u1680\u2028\u2029<>{}\[\]|\\@`^~=]|/(?!\d)|(?<!\d)/|:(?=[^\s\d])', ' ', 'g') AS plain,
		-- A pile of accents on one letter covers the lines around it.
		regexp_replace(plain, '([\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF]{2})[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF]+', '\1', 'g') AS flat,
		-- "evil.example" is a link to most phones, "St. John" and "room 1.5" are not.
		regexp_replace(flat, '[.\u2024\u3002](?=[^\s\d])|(?<=[^\s\d])[.\u2024\u3002](?=\d)', ' ', 'g') AS dotless
$$;

-- A person's name for an SMS: letters, accents, spaces and what belongs to names (Anne-Marie, O'Brien, J. R.), and
-- nothing to press, to dial or to do. Blank where what was typed is no name: the texts greet without one.
CREATE OR REPLACE FUNCTION calcom.name_for_sms(typed text, longest int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN folded ~* '://|www\.|@|[0-9]{4}' OR trim(named, ' .''’-') = '' THEN ''
		ELSE trim(left(ltrim(named, ' .-'), longest), ' -') END
	FROM
		normalize(left(coalesce(typed, ''), 1000), NFKC) AS folded,
		regexp_replace(calcom.clean_for_sms(typed, 200),
			'[\u0021-\u0026\u0028-\u002C\u002F-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u2000-\u200F\u2011-\u2018\u201A-\u2BFF\u2E00-\u2E7F\u3000-\u3004\u3006-\u3030\u303D-\u303F\uE000-\uF8FF\uFE10-\uFE6F\uFF00-\uFF20\uFFE0-\uFFFF\U0001D000-\U0001D3FF\U0001F000-\U0001FAFF\U000F0000-\U0010FFFF]', ' ', 'g') AS lettered,
		trim(regexp_replace(lettered, '\s+', ' ', 'g')) AS named
$$;

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

-- The host of an http(s) address; null where it is not plain which host a phone would open.
CREATE OR REPLACE FUNCTION calcom.host_of(url text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT lower(substring(url FROM '^https?://([^/?#:@\\\s]+)(?:[/?#:][^@\\\s]*)?$'))
$$;

-- Where it takes place, as far as it may stand in an SMS. A link only to the pages where it was booked (Cal Video) or
-- to a host that the settings trust: the attendee can type an address as the place, and can send Cal.com a
-- videoCallUrl in the booking's metadata, which it passes on as if it were its own.
CREATE OR REPLACE FUNCTION calcom.place_for_sms(booking calcom.bookings, settings jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN booking.location_type IN ('video', 'link') THEN (
			SELECT booking.meeting_url
			FROM regexp_split_to_table(concat_ws(' ', lower(settings->>'trustedLinks'), calcom.host_of(booking.booking_url)), '[,;\s]+') AS trusted
			WHERE trusted <> '' AND length(booking.meeting_url) <= 400 AND '.' || calcom.host_of(booking.meeting_url) LIKE '%.' || trusted LIMIT 1)
		WHEN booking.location_type = 'phone' THEN NULL
		ELSE calcom.clean_for_sms(booking.location_label, 100) END
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
		'reschedule_link', booking.reschedule_url,
		'cancel_link', booking.cancel_url)
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
