-- Which ids in a booking's metadata count. Safe to run again.
--
-- Whoever opens a booking page writes its metadata: ?metadata[clientId]=7 makes a booking that says it is client 7's. So
-- an id counts only when it cannot be guessed: one that was signed here, or a random UUID. Others count where the
-- settings name them (guessableIds), at the risk that the settings tell of.

-- Two random keys of this database, made once. They are not to be copied to where strangers can read them.
CREATE TABLE IF NOT EXISTS calcom.signing_key (
	only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
	inner_key bytea NOT NULL,
	outer_key bytea NOT NULL
);
INSERT INTO calcom.signing_key (inner_key, outer_key)
SELECT sha256(convert_to(gen_random_uuid()::text || gen_random_uuid(), 'UTF8')), sha256(convert_to(gen_random_uuid()::text || gen_random_uuid(), 'UTF8'))
ON CONFLICT DO NOTHING;

-- An id of yours, signed, to put into a booking link: ?metadata[clientId]=7.0c4d… Null and blank stay null.
-- A keyed hash in a keyed hash (NMAC): of the outer one nobody can go on to a longer id. Who may read the key may sign.
CREATE OR REPLACE FUNCTION calcom.signed_id(id text) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT trimmed || '.' || left(encode(sha256(outer_key || sha256(inner_key || convert_to(trimmed, 'UTF8'))), 'hex'), 32)
	FROM calcom.signing_key, nullif(trim(signed_id.id), '') AS trimmed
$$;

-- Whether this was signed here. With the rights of whoever made it: a change at a booking links its appointment anew
-- for everybody who may change one, and these need not know the key. Asking tells nobody how to sign another id.
CREATE OR REPLACE FUNCTION calcom.is_signed(told text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, calcom, pg_temp AS $$
	SELECT coalesce(calcom.signed_id(substring(told FROM '^(.+)\.[0-9a-f]{32}$')) = told, false)
$$;

-- Whom or what the metadata of a booking names under a key. Cal.com's API takes at most 500 characters; more than that,
-- which could reach Cal.com by another way, is no name, and would be too long for an index.
CREATE OR REPLACE FUNCTION calcom.named_in(metadata jsonb, key text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT nullif(trim(told), '') FROM (SELECT metadata->>nullif(trim(key), '')) AS m (told) WHERE length(told) <= 500
$$;

-- The id that counts of what the metadata names under a key, and why it does: signed, random, or metadata (one that can
-- be guessed, where the settings allow it). No row: none counts.
CREATE OR REPLACE FUNCTION calcom.trusted_id(metadata jsonb, key text, settings jsonb) RETURNS TABLE (id text, linked_by text) LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN linked_by = 'signed' THEN bare ELSE told END, linked_by
	FROM calcom.named_in(trusted_id.metadata, trusted_id.key) AS told,
		substring(told FROM '^(.+)\.[0-9a-f]{32}$') AS bare,
		LATERAL (SELECT CASE
			WHEN calcom.is_signed(told) THEN 'signed'
			WHEN told ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' THEN 'random'
			WHEN trim(trusted_id.key) = ANY (regexp_split_to_array(trim(coalesce(settings->>'guessableIds', '')), '[,;\s]+')) THEN 'metadata' END) AS why (linked_by)
	WHERE told IS NOT NULL AND linked_by IS NOT NULL
$$;
