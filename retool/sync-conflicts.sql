-- Query getConflicts, for the table "conflicts": one row per field that was changed on both sides.
-- agreed_last is what both had before, ours is your record, theirs is Cal.com.
SELECT c.service_id, c.service, c.field, c.column_name, c.agreed_last, c.ours, c.theirs, c.chosen, c.seen_at
FROM calcom.service_conflicts AS c
ORDER BY c.service, c.field;
