-- Leads: the people who book, as their bookings tell of them. Safe to run again.
--
-- Anybody can book with anybody's email. So what a booking tells of its booker is kept with that booking, and a lead is
-- made of all of them: per field the newest answer wins, a blank one says nothing, and what a person typed stays. A
-- change can be taken back, and may have to wait for a person (the setting changesOfLeads of template 00).

-- What all answers that count say together. Where changes wait, the first booking of somebody whom nobody knew before
-- counts, and any other when a person has said so.
CREATE OR REPLACE FUNCTION calcom.answers_of_lead(lead bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT coalesce(jsonb_object_agg(key, value), '{}')
	FROM (
		SELECT DISTINCT ON (fact.key) fact.key, fact.value
		FROM (SELECT facts, counts, row_number() OVER (ORDER BY told_at COLLATE "C", answer_key COLLATE "C") AS place
			FROM calcom.lead_answers WHERE lead_id = lead) AS answer, jsonb_each(answer.facts) AS fact
		WHERE answer.counts OR (answer.counts IS NULL AND answer.place = 1 AND (SELECT made_by_booking FROM calcom.leads WHERE id = lead))
		ORDER BY fact.key, (fact.value->>'r')::int DESC, fact.value->>'at' COLLATE "C" DESC, (fact.value->'v')::text COLLATE "C" DESC
	) AS newest
$$;

-- The columns of a lead that are a person's: those set by hand before, and those that differ from what the bookings said.
CREATE OR REPLACE FUNCTION calcom.lead_columns_by_hand(l calcom.leads) RETURNS text[] LANGUAGE sql STABLE AS $$
	SELECT ARRAY(
		SELECT name
		FROM (VALUES ('first_name', l.first_name, 'firstName'), ('last_name', l.last_name, 'lastName'), ('locale', l.locale, 'locale'), ('name', l.name, 'name'),
			('phone', l.phone, 'phone'), ('tag', l.tag, 'tag'), ('time_zone', l.time_zone, 'timeZone')) AS col (name, value, fact)
		WHERE name = ANY (l.by_hand) OR value IS DISTINCT FROM l.calcom_state->fact->>'v'
	)
$$;

-- Makes a lead of its answers. What a person set stays, also when a booking comes to say the same for a while.
CREATE OR REPLACE FUNCTION calcom.derive_lead(lead bigint) RETURNS void LANGUAGE sql AS $$
	UPDATE calcom.leads AS l
	SET name = CASE WHEN 'name' = ANY (hands) THEN l.name ELSE said->'name'->>'v' END,
		first_name = CASE WHEN 'first_name' = ANY (hands) THEN l.first_name ELSE said->'firstName'->>'v' END,
		last_name = CASE WHEN 'last_name' = ANY (hands) THEN l.last_name ELSE said->'lastName'->>'v' END,
		phone = CASE WHEN 'phone' = ANY (hands) THEN l.phone ELSE said->'phone'->>'v' END,
		time_zone = CASE WHEN 'time_zone' = ANY (hands) THEN l.time_zone ELSE said->'timeZone'->>'v' END,
		locale = CASE WHEN 'locale' = ANY (hands) THEN l.locale ELSE said->'locale'->>'v' END,
		tag = CASE WHEN 'tag' = ANY (hands) THEN l.tag ELSE said->'tag'->>'v' END,
		by_hand = hands,
		calcom_state = said,
		updated_at = now()
	FROM calcom.answers_of_lead(lead) AS said, calcom.leads AS before, LATERAL calcom.lead_columns_by_hand(before) AS hands
	WHERE l.id = lead AND before.id = lead AND l.calcom_state <> said
$$;

-- The other uids of a booking: its answers are one booker's.
CREATE OR REPLACE FUNCTION calcom.uids_of(any_of text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
	SELECT array_agg(uid) FROM (SELECT unnest(any_of) AS uid UNION SELECT unnest(uids) FROM calcom.bookings WHERE id = ANY (calcom.bookings_of(any_of))) AS known
	WHERE uid IS NOT NULL
$$;

-- What was taken back stays so under every uid that the booking has or gets: a move may be known of only later, and a
-- request to move names the booking before in its calendar entry alone. In a group each seat is judged by itself.
CREATE OR REPLACE FUNCTION calcom.spread_verdicts(chain text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	lead bigint;
BEGIN
	IF cardinality(chain) < 2 OR NOT EXISTS (SELECT FROM calcom.lead_answers WHERE booking_uid = ANY (chain) AND NOT counts) THEN
		RETURN;
	END IF;
	FOR lead IN
		UPDATE calcom.lead_answers AS a SET counts = false, decided_by = refused.decided_by, decided_at = refused.decided_at
		FROM calcom.lead_answers AS refused
		WHERE refused.lead_id = a.lead_id AND refused.booking_uid = ANY (chain) AND NOT refused.counts AND refused.answer_key = refused.booking_uid
			AND a.booking_uid = ANY (chain) AND a.answer_key = a.booking_uid AND a.counts IS DISTINCT FROM false AND a.decided_at IS NULL
		RETURNING a.lead_id
	LOOP
		PERFORM calcom.derive_lead(lead);
	END LOOP;
END $$;

-- Keeps what an event tells of the booker: one lead per email. Null: it tells of nobody.
CREATE OR REPLACE FUNCTION calcom.save_lead(event jsonb) RETURNS bigint LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
	address text := trim(calcom.email_text(event->'attendee'->>'email'));
	b jsonb := event->'booking';
	uid text := calcom.key_text(b->>'uid');
	key text := calcom.key_text(uid || CASE WHEN b->>'seats' IS NULL THEN '' ELSE ':' || coalesce(b->>'seatUid', address) END);
	at text := coalesce(event->>'occurredAt', '');
	-- What is told when a booking ends, begins or is paid was said when it was made: it is newer than nothing else.
	is_making boolean := event->>'event' IN ('BOOKING_CREATED', 'BOOKING_REQUESTED', 'BOOKING_RESCHEDULED');
	told jsonb := calcom.as_facts((event->'attendee') - 'email' - 'noShow' || jsonb_build_object('tag', event->'tag'), CASE WHEN is_making THEN 1 ELSE 0 END, at);
	wait boolean := calcom.setting('tables', 'changesOfLeads', 'take') = 'wait';
	lead bigint;
BEGIN
	-- No-show changes name people without telling who booked.
	IF coalesce(address, '') = '' OR event->>'category' NOT IN ('booking', 'payment', 'meeting') THEN
		RETURN NULL;
	END IF;
	SELECT id INTO lead FROM calcom.leads WHERE lower(email) = lower(address) FOR NO KEY UPDATE;
	IF lead IS NULL THEN
		INSERT INTO calcom.leads (email, made_by_booking) VALUES (address, true) ON CONFLICT (lower(email)) DO UPDATE SET updated_at = now() RETURNING id INTO lead;
	END IF;
	INSERT INTO calcom.lead_answers AS known (lead_id, answer_key, booking_uid, told_at, facts, counts)
	SELECT lead, coalesce(key, calcom.key_text(event->>'eventKey')), coalesce(uid, ''), at, told, CASE
		WHEN EXISTS (SELECT FROM calcom.lead_answers AS other WHERE other.lead_id = lead AND NOT other.counts AND other.answer_key = other.booking_uid
			AND b->>'seats' IS NULL AND other.booking_uid = ANY (calcom.uids_of(ARRAY[uid, calcom.key_text(b->>'previousUid')]))) THEN false
		WHEN NOT wait THEN true END
	ON CONFLICT (lead_id, answer_key) DO UPDATE
	-- What a person has confirmed is what they saw.
	SET told_at = least(known.told_at COLLATE "C", excluded.told_at COLLATE "C"),
		facts = calcom.join_facts(known.facts, excluded.facts) || CASE WHEN known.counts AND known.decided_at IS NOT NULL THEN known.facts ELSE '{}' END
	WHERE known.told_at COLLATE "C" > excluded.told_at COLLATE "C" OR known.facts <> calcom.join_facts(known.facts, excluded.facts);
	PERFORM calcom.derive_lead(lead);
	RETURN lead;
END $$;

-- The number of a lead that may stand in for one that a booking did not bring: only one that a person typed or
-- confirmed. Any other may be of somebody who knows no more than the email.
CREATE OR REPLACE FUNCTION calcom.vouched_phone(lead bigint) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT l.phone FROM calcom.leads AS l
	WHERE l.id = lead AND ('phone' = ANY (calcom.lead_columns_by_hand(l))
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
