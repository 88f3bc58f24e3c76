-- What a dry run of the service sync shows. Safe to run again.

-- What becomes of a field, in words; by the outcomes of the Cal.com Sync node.
CREATE OR REPLACE FUNCTION calcom.sync_words(outcome text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce((
		SELECT words FROM (VALUES
			('toCalCom', 'would be written to Cal.com'),
			('toRecord', 'would be written to your table'),
			('conflict', 'changed on both sides: somebody has to decide'),
			('notSettable', 'differs; Cal.com does not let it be set'),
			('protected', 'differs; the column is protected'),
			('missing', 'is not known: there is no such column'),
			('unreadable', 'cannot be read'),
			('refused', 'would not be taken by Cal.com')
		) AS known (name, words) WHERE name = outcome
	), outcome)
$$;

-- Notes what a dry run says about one service.
CREATE OR REPLACE FUNCTION calcom.preview_sync(patch jsonb, seen jsonb) RETURNS void LANGUAGE sql AS $$
	INSERT INTO calcom.sync_preview (service_id, calcom_event_type_id, name, what, field, column_name, yours, calcoms, agreed_last, reason)
	SELECT (patch->>'id')::bigint, coalesce((link->>'id')::bigint, (seen->>'calcom_event_type_id')::bigint), seen->>'name', told.*
	FROM (SELECT patch->'sync_report'->'link' AS link) AS report
	CROSS JOIN LATERAL (
		SELECT calcom.sync_words(value->>'outcome'), key, value->>'recordField', value->'ours', value->'theirs', value->'base', value->>'reason'
		FROM jsonb_each(patch->'sync_report'->'fields') WHERE value->>'outcome' <> 'unchanged'
		UNION ALL
		SELECT CASE link->>'state'
				WHEN 'linked' THEN format('would be linked with "%s" (found by its %s, %s per cent alike)', link->>'title', link->>'by', link->>'score')
				WHEN 'neverCreated' THEN 'is only in your records'
				WHEN 'deletedInCalCom' THEN 'was deleted in Cal.com'
				ELSE 'could go with more than one event type' END,
			NULL, NULL, NULL, NULL, NULL, NULL
		WHERE link->>'state' <> 'linked' OR link->>'by' IN ('slug', 'title')
	) AS told
$$;
