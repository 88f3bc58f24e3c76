-- What starts the service sync: a person's edit, and nothing that the sync writes. Safe to run again.

-- What of a service Cal.com is told about: all but the columns of the sync and those that stay in this table. A column
-- that you add counts as told.
CREATE OR REPLACE FUNCTION calcom.told_of_service(s calcom.services) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT to_jsonb(s) - ARRAY['price', 'currency', 'company_id', 'branch_id', 'internal_note', 'created_at', 'updated_at',
		'sync_status', 'last_calcom_sync', 'sync_error', 'sync_state', 'sync_conflict', 'can_be_booked', 'can_be_booked_reason']
$$;

-- Whether it is the sync that writes: the functions below say so for as long as they run.
CREATE OR REPLACE FUNCTION calcom.is_sync() RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT coalesce(current_setting('calcom.syncing', true), '') = 'on'
$$;

-- A service that a person edits is waiting for the sync; one in conflict stays that until it is settled.
CREATE OR REPLACE FUNCTION calcom.service_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT calcom.is_sync() AND NEW.sync_status = OLD.sync_status
		AND (NEW.sync_status <> 'conflict' OR (NEW.sync_resolution IS NOT NULL AND NEW.sync_resolution IS DISTINCT FROM OLD.sync_resolution))
		AND calcom.told_of_service(NEW) IS DISTINCT FROM calcom.told_of_service(OLD) THEN
		NEW.sync_status := 'pending';
	END IF;
	RETURN NEW;
END $$;

-- Starts the sync: once for each statement, and PostgreSQL tells it once for each transaction.
CREATE OR REPLACE FUNCTION calcom.services_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT calcom.is_sync() AND EXISTS (SELECT FROM added) THEN
		PERFORM pg_notify('calcom_services', 'edited');
	END IF;
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION calcom.services_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT calcom.is_sync() AND EXISTS (
		SELECT FROM before JOIN after USING (id)
		WHERE calcom.told_of_service(ROW(after.*)::calcom.services) IS DISTINCT FROM calcom.told_of_service(ROW(before.*)::calcom.services)
	) THEN
		PERFORM pg_notify('calcom_services', 'edited');
	END IF;
	RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER service_edited BEFORE UPDATE ON calcom.services
FOR EACH ROW EXECUTE FUNCTION calcom.service_edited();
CREATE OR REPLACE TRIGGER services_added AFTER INSERT ON calcom.services
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION calcom.services_added();
CREATE OR REPLACE TRIGGER services_edited AFTER UPDATE ON calcom.services
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION calcom.services_edited();
