-- What the Settings node of each template says, kept for what runs without n8n: retries and views. Safe to run again.
-- The node is the place to change it: every run writes it here.

CREATE TABLE IF NOT EXISTS calcom.settings (
	template   text PRIMARY KEY,                          -- calendar-events, …
	value      jsonb NOT NULL,
	updated_at timestamptz NOT NULL DEFAULT now()
);

-- Keeps a template's settings; true when they differ from those before. Null changes nothing.
CREATE OR REPLACE FUNCTION calcom.keep_settings(template text, given jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO calcom.settings AS kept (template, value)
	SELECT keep_settings.template, given WHERE given IS NOT NULL
	ON CONFLICT ON CONSTRAINT settings_pkey DO UPDATE SET value = excluded.value, updated_at = now()
	WHERE kept.value IS DISTINCT FROM excluded.value;
	RETURN FOUND;
END $$;

-- One setting as text, or the fallback when it was never given. A blank stays blank: it says "none".
CREATE OR REPLACE FUNCTION calcom.setting(template text, name text, fallback text DEFAULT NULL) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT trim(value->>name) FROM calcom.settings WHERE settings.template = setting.template), fallback)
$$;
