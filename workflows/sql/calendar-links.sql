-- How an appointment is linked to clients, staff and services. Safe to run again.

-- The columns of an appointment that are a person's: those set by hand before, and those that differ from what the
-- workflow wrote.
CREATE OR REPLACE FUNCTION calcom.columns_by_hand(e calcom.calendar_events) RETURNS text[] LANGUAGE sql STABLE AS $$
	SELECT ARRAY(
		SELECT name
		FROM (VALUES ('branch_id', e.branch_id), ('client_id', e.client_id), ('currency', e.currency), ('price', e.price::text),
			('service_id', e.service_id::text), ('staff_id', e.staff_id), ('subject_id', e.subject_id)) AS link (name, value)
		WHERE name = ANY (e.by_hand) OR value IS DISTINCT FROM e.derived->>name
	)
$$;

-- An amount of Cal.com in whole units: cents are hundredths, but a yen is a yen.
CREATE OR REPLACE FUNCTION calcom.whole_units(amount numeric, currency text) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN upper(currency) IN ('BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN amount
		ELSE round(amount / 100, 2) END
$$;

-- The staff member who hosts, by Cal.com's user id, else by email if it is one person's.
CREATE OR REPLACE FUNCTION calcom.staff_of(user_id bigint, host_email text) RETURNS bigint LANGUAGE sql STABLE AS $$
	SELECT coalesce(
		(SELECT id FROM calcom.staff WHERE calcom_user_id = user_id),
		(SELECT min(id) FROM calcom.staff WHERE lower(email) = lower(host_email) HAVING count(*) = 1)
	)
$$;

-- The links of a booking as the workflow makes them. Prices of services are those of the day an appointment was
-- first linked ("before"): raising a price does not change what past visits brought in.
CREATE OR REPLACE FUNCTION calcom.links_of(b calcom.bookings, before jsonb, settings jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object(
		'client_id', coalesce(client.id, b.lead_id::text),
		'client_linked_by', coalesce(client.linked_by, CASE WHEN b.lead_id IS NOT NULL THEN 'email' END),
		'subject_id', subject.id,
		'staff_id', calcom.staff_of(b.organizer_id, b.organizer_email)::text,
		'service_id', service.id,
		'branch_id', service.branch_id,
		'price', CASE WHEN b.price > 0 THEN calcom.whole_units(b.price, b.currency) ELSE asked.price END,
		'currency', CASE WHEN b.price > 0 THEN upper(b.currency) ELSE asked.currency END,
		'service_price', asked.price,
		'service_currency', asked.currency
	)
	FROM (SELECT) AS booking
	-- A group's metadata is that of whoever booked last, so it names no client, and a subject only where you signed it.
	LEFT JOIN calcom.trusted_id(b.metadata, coalesce(settings->>'clientKey', 'clientId'), settings) AS client ON b.seats IS NULL
	LEFT JOIN calcom.trusted_id(b.metadata, coalesce(settings->>'subjectKey', 'subjectId'), settings) AS subject ON b.seats IS NULL OR subject.linked_by = 'signed'
	LEFT JOIN calcom.services AS service ON service.calcom_event_type_id = b.event_type_id
	CROSS JOIN LATERAL (SELECT
		coalesce((before->>'service_price')::numeric, service.price) AS price,
		CASE
			WHEN before->>'service_price' IS NOT NULL THEN before->>'service_currency'
			WHEN service.price IS NOT NULL THEN upper(coalesce(service.currency, nullif(trim(settings->>'currency'), ''))) END AS currency
	) AS asked
$$;
