-- Views of the reminders for Retool. Safe to run again.

-- For the team: who was not reached, and why. The next appointments first.
CREATE OR REPLACE VIEW calcom.reminders_to_look_at AS
SELECT r.id AS reminder_id, r.booking_uid, r.start_time, r.start_time AT TIME ZONE coalesce(r.time_zone, 'UTC') AS local_start, r.kind, r.status, r.reason, r.error_code,
	coalesce(r.attendee->>'name', b.attendee_name) AS attendee_name, r.attendee->>'email' AS attendee_email, r.recipient, coalesce(b.event_type_title, b.title) AS title, r.due_at
FROM calcom.reminders r
LEFT JOIN calcom.bookings b ON b.uid = r.booking_uid
WHERE r.start_time > now()
	AND (r.status = 'failed' OR (r.status = 'skipped' AND r.reason <> 'booked after its time') OR (r.status = 'claimed' AND r.claimed_at < now() - interval '10 minutes'))
ORDER BY r.start_time, r.id;

CREATE OR REPLACE VIEW calcom.upcoming_confirmations AS
SELECT b.id AS booking_id, b.uid, b.start_time, b.attendee_name, b.attendee_phone, b.title, b.assigned_teacher,
	b.confirmed_start IS NOT DISTINCT FROM b.start_time AND b.confirmed_at IS NOT NULL AS confirmed, b.confirmed_at,
	(SELECT string_agg(r.kind || ' ' || r.status, ', ' ORDER BY r.due_at) FROM calcom.reminders r WHERE r.booking_uid = b.uid AND r.start_time = b.start_time) AS reminders
FROM calcom.bookings b
WHERE b.status = 'scheduled' AND b.start_time > now()
ORDER BY b.start_time;

-- For the team: what nobody has answered, or what stopped half way. Settle one by filling settled_at. The name is that of
-- the appointment that was written about, else of the lead whose number a person has vouched for: anybody can book with
-- somebody else's number, and would be the sender of what that one writes.
CREATE OR REPLACE VIEW calcom.messages_for_team AS
SELECT m.id AS message_id, m.received_at, m.phone, coalesce(m.attendee->>'name', l.name) AS name, m.body, m.meaning, m.status, m.error, m.booking_uid,
	b.start_time, coalesce(b.event_type_title, b.title) AS title, m.answer, m.settled_by, m.internal_note
FROM calcom.messages m
LEFT JOIN calcom.bookings b ON b.uids @> ARRAY[m.booking_uid]
LEFT JOIN LATERAL (SELECT name FROM calcom.leads WHERE phone = m.phone AND calcom.vouched_phone(id) = m.phone ORDER BY id LIMIT 1) AS l ON true
WHERE m.settled_at IS NULL AND (m.status IN ('for_team', 'failed') OR (m.status = 'received' AND m.updated_at < now() - interval '5 minutes'))
ORDER BY m.received_at;
