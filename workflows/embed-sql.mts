// Writes sql/*.sql where people need it: into the "Set up tables" template and into one file for an SQL console.
// Run it after a change of a .sql file: `node workflows/embed-sql.mts`. A test fails when it was forgotten.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const read = (file: string) => readFileSync(join(here, file), 'utf8');
const readSql = (file: string) => read(join('sql', file));

/** Which node of the template runs which files of `sql/`, in order. A new file goes to the end of its list. */
export const SQL_OF_NODE: Readonly<Record<string, readonly string[]>> = {
	'Create Tables': [
		'tables.sql',
		'calendar-tables.sql',
		'reminder-tables.sql',
		'retool-tables.sql',
		'health-tables.sql',
		'service-sync-tables.sql',
		'backfill-tables.sql',
	],
	'Create Steps as Functions': [
		'settings.sql',
		'bounds.sql',
		'typed-texts.sql',
		'functions.sql',
		'lead-answers.sql',
		'claims.sql',
		'signed-ids.sql',
		'calendar-links.sql',
		'calendar.sql',
		'calendar-triggers.sql',
		'reminder-texts.sql',
		'reminders.sql',
		'reminder-sending.sql',
		'reminder-results.sql',
		'reminder-replies.sql',
		'retool-checks.sql',
		'retool-actions.sql',
		'health-retry.sql',
		'booking-requests.sql',
		'service-sync-triggers.sql',
		'service-sync.sql',
		'service-sync-preview.sql',
		'backfill-payloads.sql',
		'backfill.sql',
		'backfill-pages.sql',
	],
	'Create Views for Retool': [
		'views.sql',
		'lead-changes.sql',
		'calendar-views.sql',
		'health-views.sql',
		'reminder-views.sql',
		'health-problems.sql',
		'service-sync-views.sql',
		'backfill-views.sql',
	],
};

/** The two generated files as they must be: path -> text. */
export function embedded(): Record<string, string> {
	const workflow = JSON.parse(read('00-set-up-tables.json'));
	for (const node of workflow.nodes) {
		const files = SQL_OF_NODE[node.name];
		if (files) node.parameters.query = files.map(readSql).join('\n');
	}
	const parts = Object.values(SQL_OF_NODE).flat().map(readSql);
	return {
		'00-set-up-tables.json': `${JSON.stringify(workflow, null, 2)}\n`,
		'sql/schema.sql': ['-- Everything the templates need, for an SQL console. Safe to run again.\n', ...parts].join(
			'\n',
		),
	};
}

if (import.meta.main) {
	for (const [file, text] of Object.entries(embedded())) writeFileSync(join(here, file), text);
}
