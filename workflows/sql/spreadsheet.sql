-- Texts for tables that people take into a spreadsheet. Safe to run again.

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
