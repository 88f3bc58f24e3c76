-- Leads: the people who book, as their bookings tell of them. Safe to run again.
--
-- Anybody can book with anybody's email. So what a booking tells of its booker is kept with that booking, and a lead is
-- made of all of them: per field the newest answer wins, a blank one says nothing, and what a person typed stays. A
-- change can be taken back, and may have to wait for a person (the setting changesOfLeads of template 00).

-- What all answers that count say together. Where changes wait, the first booking counts and the others when a person
-- has said so.
CREATE OR REPLACE FUNCTION calcom.answers_of_lead(lead bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT coalesce(jsonb_object_agg(key, value), '{}')
	FROM (
		SELECT DISTINCT ON (fact.key) fact.key, fact.value
		FROM (SELECT facts, counts, row_number() OVER (ORDER BY told_at COLLATE "C", booking_uid COLLATE "C") AS place
			FROM calcom.lead_answers WHERE lead_id = lead AND counts IS DISTINCT FROM false) AS answer, jsonb_each(answer.facts) AS fact
		WHERE answer.counts OR answer.place = 1
		ORDER BY fact.key, (fact.value->>'r')::int DESC, fact.value->>'at' COLLATE "C" DESC, (fact.value->'v')::text COLLATE "C" DESC
	) AS newest
$$;

-- Makes a lead of its answers. A column that is not what they said before is a person's.
CREATE OR REPLACE FUNCTION calcom.derive_lead(lead bigint) RETURNS void LANGUAGE sql AS $$
	UPDATE calcom.leads AS l
	SET name = CASE WHEN l.name IS NOT DISTINCT FROM l.calcom_state->'name'->>'v' THEN said->'name'->>'v' ELSE l.name END,
		first_name = CASE WHEN l.first_name IS NOT DISTINCT FROM l.calcom_state->'firstName'->>'v' THEN said->'firstName'->>'v' ELSE l.first_name END,
		last_name = CASE WHEN l.last_name IS NOT DISTINCT FROM l.calcom_state->'lastName'->>'v' THEN said->'lastName'->>'v' ELSE l.last_name END,
		phone = CASE WHEN l.phone IS NOT DISTINCT FROM l.calcom_state->'phone'->>'v' THEN said->'phone'->>'v' ELSE l.phone END,
		time_zone = CASE WHEN l.time_zone IS NOT DISTINCT FROM l.calcom_state->'timeZone'->>'v' THEN said->'timeZone'->>'v' ELSE l.time_zone END,
		locale = CASE WHEN l.locale IS NOT DISTINCT FROM l.calcom_state->'locale'->>'v' THEN said->'locale'->>'v' ELSE l.locale END,
		tag = CASE WHEN l.tag IS NOT DISTINCT FROM l.calcom_state->'tag'->>'v' THEN said->'tag'->>'v' ELSE l.tag END,
		calcom_state = said,
		updated_at = now()
	FROM calcom.answers_of_lead(lead) AS said
	WHERE l.id = lead AND l.calcom_state <> said
$$;

-- The other uids of a booking: its answers are one booker's.
CREATE OR REPLACE FUNCTION calcom.uids_of(any_of text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
	SELECT array_agg(uid) FROM (SELECT unnest(any_of) AS uid UNION SELECT unnest(uids) FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(any_of))) AS known
	WHERE uid IS NOT NULL
$$;

-- Keeps what an event tells of the booker: one lead per email. Null: it tells of nobody.
CREATE OR REPLACE FUNCTION calcom.save_lead(event jsonb) RETURNS bigint LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
	address text := trim(calcom.email_text(event->'attendee'->>'email'));
	uid text := coalesce(calcom.key_text(event->'booking'->>'uid'), '');
	at text := coalesce(event->>'occurredAt', '');
	told jsonb := calcom.as_facts((event->'attendee') - 'email' - 'noShow' || jsonb_build_object('tag', event->'tag'), 1, at);
	wait boolean := calcom.setting('tables', 'changesOfLeads', 'take') = 'wait';
	lead bigint;
BEGIN
	-- No-show changes name people without telling who booked.
	IF coalesce(address, '') = '' OR event->>'category' NOT IN ('booking', 'payment', 'meeting') THEN
		RETURN NULL;
	END IF;
	SELECT id INTO lead FROM calcom.leads WHERE lower(email) = lower(address) FOR NO KEY UPDATE;
	IF lead IS NULL THEN
		INSERT INTO calcom.leads (email) VALUES (address) ON CONFLICT (lower(email)) DO UPDATE SET updated_at = now() RETURNING id INTO lead;
	END IF;
	INSERT INTO calcom.lead_answers AS known (lead_id, booking_uid, told_at, facts, counts)
	SELECT lead, uid, at, told, CASE
		-- Taken back is taken back, under whatever uid the booking goes on.
		WHEN EXISTS (SELECT FROM calcom.lead_answers AS other WHERE other.lead_id = lead AND NOT other.counts
			AND other.booking_uid = ANY (calcom.uids_of(ARRAY[uid, calcom.key_text(event->'booking'->>'previousUid')]))) THEN false
		WHEN NOT wait THEN true END
	ON CONFLICT (lead_id, booking_uid) DO UPDATE
	SET told_at = least(known.told_at COLLATE "C", excluded.told_at COLLATE "C"), facts = calcom.join_facts(known.facts, excluded.facts)
	WHERE known.told_at COLLATE "C" > excluded.told_at COLLATE "C" OR known.facts <> calcom.join_facts(known.facts, excluded.facts);
	PERFORM calcom.derive_lead(lead);
	RETURN lead;
END $$;

-- The number of a lead that may stand in for one that a booking did not bring: only one that a person typed or
-- confirmed. Any other may be of somebody who knows no more than the email.
CREATE OR REPLACE FUNCTION calcom.vouched_phone(lead bigint) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT l.phone FROM calcom.leads AS l
	WHERE l.id = lead AND (l.phone IS DISTINCT FROM l.calcom_state->'phone'->>'v'
		OR EXISTS (SELECT FROM calcom.lead_answers AS a WHERE a.lead_id = lead AND a.counts AND a.decided_at IS NOT NULL AND a.facts->'phone'->>'v' = l.phone))
$$;

-- Keeps the settings of template 00. A blank one leaves what was chosen before.
CREATE OR REPLACE FUNCTION calcom.keep_tables_settings(given jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	chosen text := lower(trim(given->>'changesOfLeads'));
BEGIN
	IF chosen NOT IN ('', 'take', 'wait') THEN
		RAISE EXCEPTION 'Settings: changesOfLeads is "%". Write take, wait, or nothing to leave it as it is.', left(chosen, 50);
	END IF;
	IF chosen <> '' THEN
		PERFORM calcom.keep_settings('tables', coalesce((SELECT value FROM calcom.settings WHERE template = 'tables'), '{}') || jsonb_build_object('changesOfLeads', chosen));
	END IF;
	RETURN calcom.setting('tables', 'changesOfLeads', 'take');
END $$;
