-- What bookings changed about people who were known before. Safe to run again.

-- One row per change, the newest first: what stood there, what the booking brought, and where it stands: counts (it is,
-- or was, the lead's), waits (for a person), taken back. "shown" is what stands at the lead today.
CREATE OR REPLACE VIEW calcom.lead_changes AS
SELECT told.lead_id, l.email, told.field, told.before, told.value, told.at::timestamptz AS told_at, told.booking_uid, b.title, b.start_time,
	CASE WHEN told.counts THEN 'counts' WHEN told.counts IS NULL THEN 'waits' ELSE 'taken back' END AS standing,
	told.decided_by, told.decided_at,
	CASE told.field WHEN 'name' THEN l.name WHEN 'phone' THEN l.phone WHEN 'timeZone' THEN l.time_zone WHEN 'locale' THEN l.locale END AS shown
FROM (
	SELECT a.lead_id, a.booking_uid, a.counts, a.decided_by, a.decided_at, fact.key AS field, fact.value->>'v' AS value, nullif(fact.value->>'at', '') AS at,
		lag(fact.value->>'v') OVER (PARTITION BY a.lead_id, fact.key ORDER BY a.told_at COLLATE "C", a.answer_key COLLATE "C") AS before
	FROM calcom.lead_answers AS a, jsonb_each(a.facts) AS fact
	WHERE fact.key IN ('name', 'phone', 'timeZone', 'locale')
) AS told
JOIN calcom.leads AS l ON l.id = told.lead_id
LEFT JOIN LATERAL (SELECT title, start_time FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(ARRAY[told.booking_uid])) ORDER BY id LIMIT 1) AS b ON true
WHERE told.before <> told.value
ORDER BY told.at DESC NULLS LAST, told.lead_id, told.field;

-- Says of what a booking told about its booker that it counts, or that it does not. All of the booking's uids at once.
CREATE OR REPLACE FUNCTION calcom.decide_answer(lead bigint, uid text, verdict boolean, by text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	decided int;
BEGIN
	PERFORM FROM calcom.leads WHERE id = lead FOR NO KEY UPDATE;
	UPDATE calcom.lead_answers SET counts = verdict, decided_by = left(by, 100), decided_at = now()
	WHERE lead_id = lead AND booking_uid = ANY (calcom.uids_of(ARRAY[uid]));
	GET DIAGNOSTICS decided = ROW_COUNT;
	IF decided = 0 THEN
		RAISE EXCEPTION 'Booking % has told nothing about lead %.', left(uid, 100), lead;
	END IF;
	PERFORM calcom.derive_lead(lead);
	RETURN decided;
END $$;

-- Takes back what a booking changed about a lead: the values from before hold again. The booking itself stays.
CREATE OR REPLACE FUNCTION calcom.take_back_answer(lead bigint, uid text, by text DEFAULT NULL) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, calcom, pg_temp AS $$ SELECT calcom.decide_answer(lead, uid, false, by) $$;

-- Lets it count (again): what waited, or was taken back. The number is the lead's own from then on.
CREATE OR REPLACE FUNCTION calcom.confirm_answer(lead bigint, uid text, by text DEFAULT NULL) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, calcom, pg_temp AS $$ SELECT calcom.decide_answer(lead, uid, true, by) $$;

-- Both act with the rights of whoever made them, so that a back office needs none on the leads themselves: only those who
-- are told so by name may call them.
REVOKE ALL ON FUNCTION calcom.take_back_answer(bigint, text, text), calcom.confirm_answer(bigint, text, text) FROM PUBLIC;
