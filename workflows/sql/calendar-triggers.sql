-- What makes appointments anew when something they are made of changes. Safe to run again.
--
-- Whoever writes to one of these tables takes the lock of apply_booking first, before any row: so nobody waits for
-- each other in a circle, and nothing is made from rows about to change.

CREATE OR REPLACE FUNCTION calcom.one_at_a_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('calcom.apply_booking'));
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION calcom.bookings_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM calcom.derive_calendar_events(ARRAY(SELECT id FROM changed));
	RETURN NULL;
END $$;

-- There is one status: set by hand on the appointment, it is set on its booking, where reminders look too.
CREATE OR REPLACE FUNCTION calcom.appointment_status_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE calcom.bookings SET status = NEW.status WHERE id = NEW.booking_id AND status <> NEW.status;
	RETURN NULL;
END $$;

-- A lead who is new, or has a new email, finds the bookings that were waiting for somebody with that email.
CREATE OR REPLACE FUNCTION calcom.lead_arrived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE calcom.bookings SET lead_id = NEW.id WHERE lower(attendee_email) = lower(NEW.email) AND lead_id IS NULL;
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION calcom.staff_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM calcom.derive_calendar_events(ARRAY(
		SELECT id FROM calcom.bookings
		WHERE organizer_id IN (OLD.calcom_user_id, NEW.calcom_user_id) OR lower(organizer_email) IN (lower(OLD.email), lower(NEW.email))
	));
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION calcom.service_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM calcom.derive_calendar_events(ARRAY(
		SELECT id FROM calcom.bookings WHERE event_type_id IN (OLD.calcom_event_type_id, NEW.calcom_event_type_id)
	));
	RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER one_at_a_time BEFORE UPDATE ON calcom.bookings
FOR EACH STATEMENT EXECUTE FUNCTION calcom.one_at_a_time();
CREATE OR REPLACE TRIGGER derive_calendar_events AFTER UPDATE ON calcom.bookings
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION calcom.bookings_changed();

CREATE OR REPLACE TRIGGER one_at_a_time BEFORE UPDATE OF status ON calcom.calendar_events
FOR EACH STATEMENT EXECUTE FUNCTION calcom.one_at_a_time();
CREATE OR REPLACE TRIGGER status_set AFTER UPDATE OF status ON calcom.calendar_events
FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION calcom.appointment_status_set();

CREATE OR REPLACE TRIGGER one_at_a_time BEFORE INSERT OR DELETE OR UPDATE OF email ON calcom.leads
FOR EACH STATEMENT EXECUTE FUNCTION calcom.one_at_a_time();
CREATE OR REPLACE TRIGGER link_bookings AFTER INSERT OR UPDATE OF email ON calcom.leads
FOR EACH ROW EXECUTE FUNCTION calcom.lead_arrived();

CREATE OR REPLACE TRIGGER one_at_a_time BEFORE INSERT OR DELETE OR UPDATE OF calcom_user_id, email ON calcom.staff
FOR EACH STATEMENT EXECUTE FUNCTION calcom.one_at_a_time();
CREATE OR REPLACE TRIGGER link_appointments AFTER INSERT OR DELETE OR UPDATE OF calcom_user_id, email ON calcom.staff
FOR EACH ROW EXECUTE FUNCTION calcom.staff_changed();

CREATE OR REPLACE TRIGGER one_at_a_time BEFORE INSERT OR DELETE OR UPDATE OF calcom_event_type_id, branch_id, price, currency ON calcom.services
FOR EACH STATEMENT EXECUTE FUNCTION calcom.one_at_a_time();
CREATE OR REPLACE TRIGGER link_appointments AFTER INSERT OR DELETE ON calcom.services
FOR EACH ROW EXECUTE FUNCTION calcom.service_changed();
CREATE OR REPLACE TRIGGER relink_appointments AFTER UPDATE OF calcom_event_type_id, branch_id, price, currency ON calcom.services
FOR EACH ROW WHEN ((OLD.calcom_event_type_id, OLD.branch_id, OLD.price, OLD.currency) IS DISTINCT FROM (NEW.calcom_event_type_id, NEW.branch_id, NEW.price, NEW.currency))
EXECUTE FUNCTION calcom.service_changed();
