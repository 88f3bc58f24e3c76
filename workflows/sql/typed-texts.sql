-- What a stranger typed, as it may leave: in an SMS, an email or a chat of the team, a link, a cell. Safe to run again.
--
-- The tables keep what was typed. Whatever goes out from them goes through one of these, and nothing else decides it.

-- One line that a phone or a mail program makes nothing of: no links, nothing invisible, not long. What it is put in
-- stays in one piece: no line breaks for a header, no brackets or quotes for markup.
CREATE OR REPLACE FUNCTION calcom.one_line(typed text, longest int, with_numbers boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT trim(left(trim(regexp_replace(dotless, '\s+', ' ', 'g')), longest))
	FROM
		-- More than this is no name and no address, and need not be looked through.
		regexp_replace(left(coalesce(typed, ''), greatest(longest, 1000)), '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFD\U000E0000-\U000E0FFF]', '', 'g') AS visible,
		-- Letters of other shapes become the plain ones, as a browser reads them: "ｅｖｉｌ．ｅｘａｍｐｌｅ" is a link, too.
		normalize(visible, NFKC) AS folded,
		regexp_replace(folded, '\S*(://|www\.)\S*', ' ', 'gi') AS linkless,
		LATERAL (SELECT CASE WHEN with_numbers THEN linkless ELSE
			regexp_replace(linkless, '\+?[0-9\u0660-\u0669\u06F0-\u06F9\u0966-\u096F]([\s.()\u2010-\u2015-]{0,3}[0-9\u0660-\u0669\u06F0-\u06F9\u0966-\u096F]){6,}', ' ', 'g') END) AS told (numberless),
		regexp_replace(numberless, '[0-9]{1,3}(\.[0-9]{1,3}){3}', ' ', 'g') AS addressless,
		regexp_replace(addressless, '[\u0001-\u001F\u007F-\u00A0\u1680\u2028\u2029<>{}\[\]|\\@`^~="]|/(?!\d)|(?<!\d)/|:(?=[^\s\d])', ' ', 'g') AS plain,
		-- A pile of accents on one letter covers the lines around it.
		regexp_replace(plain, '([\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF]{2})[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF]+', '\1', 'g') AS flat,
		-- "evil.example" is a link to most phones, "St. John" and "room 1.5" are not.
		regexp_replace(flat, '[.\u2024\u3002](?=[^\s\d])|(?<=[^\s\d])[.\u2024\u3002](?=\d)', ' ', 'g') AS dotless
$$;

-- A text that somebody typed while booking, fit for an SMS in the business's name: a line without phone numbers, too.
-- Anyone can book with somebody else's number and a "name" that is an advertisement.
CREATE OR REPLACE FUNCTION calcom.clean_for_sms(typed text, longest int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT calcom.one_line(typed, longest, false)
$$;

-- The same for those who work here, in an email, a chat or a log: they have to see which number somebody wants to be called at.
-- Cal.com keeps its dot: our own sentences, which may hold what was typed, name it all the time.
CREATE OR REPLACE FUNCTION calcom.line_for_team(typed text, longest int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT regexp_replace(calcom.one_line(typed, longest, true), '\mCal com\M', 'Cal.com', 'g')
$$;

-- An email address for the team: one, and nothing beside it. What is none is a line.
CREATE OR REPLACE FUNCTION calcom.email_for_team(typed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN typed ~ '^[A-Za-z0-9._%+''-]{1,64}@[A-Za-z0-9.-]{1,190}$' THEN typed ELSE calcom.line_for_team(typed, 100) END
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

-- An http(s) address of plain characters, so that a person, a phone and PostgreSQL see the same host in it, and the same
-- page: without steps up in its path. Else null.
CREATE OR REPLACE FUNCTION calcom.plain_link(url text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN length(url) <= 400 AND url ~* '^https?://[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?([/?#][a-z0-9._~:/?#=&%+,-]*)?$'
		AND url !~* '^[^?#]*/(\.|%2e){1,2}([/?#]|$)' THEN url END
$$;

-- The host of a plain link; null where there is none.
CREATE OR REPLACE FUNCTION calcom.host_of(url text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT lower(substring(calcom.plain_link(url) FROM '^[a-zA-Z]+://([^/?#:]+)'))
$$;

-- The domain that somebody registered, as far as its names tell: cal.com of app.cal.com. Below "co.uk" anybody can.
CREATE OR REPLACE FUNCTION calcom.site_of(host text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN host ~ '^[0-9.]+$' THEN host
		WHEN host ~ '\.(ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}$' THEN substring(host FROM '[^.]+\.[^.]+\.[^.]+$')
		ELSE coalesce(substring(host FROM '[^.]+\.[^.]+$'), host) END
$$;

-- Whether an address is Cal Video's page of a booking: on the domain of the pages where it was booked, and with one of
-- its uids. Nobody knows these before they book, so what they typed cannot be such a page, whoever else has pages there.
CREATE OR REPLACE FUNCTION calcom.is_call_page(url text, booking_url text, uids text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(length(url) <= 160 AND calcom.site_of(calcom.host_of(url)) = calcom.site_of(calcom.host_of(booking_url))
		AND substring(calcom.plain_link(url) FROM '^https?://[^/?#]+/video/([^/?#]+)$') = ANY (uids), false)
$$;

-- A link to a call as it may stand in an SMS: to a host that is trusted or a part of one, and as short as those that
-- video apps make: a path without a sentence in it, and of a query only the room's password. Teams' own links are longer
-- and have one form. Whoever trusts zoom.us does not want "https://zoom.us/?Your-account-is-locked-call …" to come from
-- the own number.
CREATE OR REPLACE FUNCTION calcom.link_for_sms(url text, trusted text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT url
	FROM regexp_split_to_table(lower(trusted), '[,;\s]+') AS host
	WHERE host <> '' AND '.' || calcom.host_of(url) LIKE '%.' || replace(replace(host, '_', ''), '%', '')
		AND calcom.site_of(calcom.host_of(url)) NOT IN ('cal.com', 'cal.eu')
		AND ((length(url) <= 160 AND url ~* '^https?://[^/?#]+(/[a-z0-9._/-]*)?(\?(pwd|p|passcode|mtid)=[a-z0-9._-]{1,64})?$'
				AND url !~* '://[^?]*/([^/?]*[^a-z])?([a-z]{2,}[._/-]+){3,}[a-z]{2,}')
			OR url ~* '^https://teams\.(microsoft|live)\.com/l/meetup-join/19(%3a|:)meeting_[a-z0-9_-]{20,80}(%40|@)thread\.v2/0\?context=%7b%22tid%22%3a%22[0-9a-f-]{36}%22%2c%22oid%22%3a%22[0-9a-f-]{36}%22%7d$')
	LIMIT 1
$$;

-- What an attendee typed, for a table that may be exported: Excel, LibreOffice and Google Sheets take a cell for a formula
-- when it begins with = + - or @, and formulas can send what stands in the other cells away. An apostrophe before it
-- makes it text; also behind a ; | or tab, where programs of some countries begin a new cell. Phone numbers stay.
CREATE OR REPLACE FUNCTION calcom.spreadsheet_safe(typed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN typed ~ '^\+[1-9][0-9]{6,14}$' THEN typed
		WHEN typed ~ '^[\s\u0001-\u0020\u00A0\u2000-\u200F\u2028-\u202F\u2060-\u206F\u3000\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B\u2212].' THEN '''' || parted
		ELSE parted END
	FROM regexp_replace(typed, '([;|\t]\s*)(?=[=+\-@])', '\1''', 'g') AS parted
$$;
