// The database's clock, moved by hand: the templates ask PostgreSQL what time it is, and nobody waits for tomorrow.
import type { E2e } from '../support/e2e.mts';

/** Found before PostgreSQL's own `now()` by every new session of the role. */
const OURS = `
	CREATE SCHEMA clock;
	CREATE TABLE clock.ahead AS SELECT interval '0' AS by;
	CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT pg_catalog.now() + by FROM clock.ahead'`;

/** Defaults keep the function that they were made with. */
const DEFAULTS = `DO $$
DECLARE
	found record;
BEGIN
	FOR found IN
		SELECT adrelid::regclass AS of_table, attname AS of_column FROM pg_attrdef
		JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
		JOIN pg_class ON pg_class.oid = adrelid
		WHERE relnamespace = 'calcom'::regnamespace AND pg_get_expr(adbin, adrelid) IN ('now()', 'clock.now()')
	LOOP
		EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT now()', found.of_table, found.of_column);
	END LOOP;
END $$`;

const ENDED =
	'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';

const MOVED = 'clock, pg_catalog, public';
const USUAL = '"$user", public';

/** Sessions begin anew, and functions, views and defaults are made anew: each looks up `now()` only then. */
async function takeEffect({ db, editor }: E2e, path: string): Promise<void> {
	await db.query(`DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET search_path = ${path}', current_user); END $$`);
	await db.query(ENDED);
	await editor.run('calcom-00', 'Press Execute Once');
	await db.query(`SET LOCAL search_path = ${path}; ${DEFAULTS}`);
}

export interface MovedClock {
	/** Moves PostgreSQL's and Cal.com's time to an instant, ISO 8601. */
	at(instant: string): Promise<void>;
	/** Gives both their own time back. */
	release(): Promise<void>;
}

/** Puts a clock that can be moved into the templates' database. Release it in `afterAll`. */
export async function takeClock(e2e: E2e): Promise<MovedClock> {
	const { db } = e2e;
	let ahead = 0;
	await db.query(OURS);
	await takeEffect(e2e, MOVED);
	const moveTo = async (wanted: number) => {
		await e2e.at('advance', wanted - ahead);
		ahead = wanted;
		await db.query('UPDATE clock.ahead SET by = make_interval(secs => $1)', [ahead / 1000]);
	};
	return {
		at: (instant) => moveTo(Date.parse(instant) - Date.now()),
		async release() {
			await moveTo(0);
			await takeEffect(e2e, USUAL);
			// Refused where anything still uses it.
			await db.query('DROP FUNCTION clock.now(); DROP TABLE clock.ahead; DROP SCHEMA clock');
		},
	};
}
