// Writes sql/*.sql where people need it: into the "Set up tables" template and into one file for an SQL console.
// Run it after a change of a .sql file: `node workflows/embed-sql.mts`. A test fails when it was forgotten.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const read = (file: string) => readFileSync(join(here, file), 'utf8');

/** Which node of the template runs which file, in order. */
export const SQL_OF_NODE: Readonly<Record<string, string>> = {
	'Create Tables': 'sql/tables.sql',
	'Create Steps as Functions': 'sql/functions.sql',
	'Create Views for Retool': 'sql/views.sql',
};

/** The two generated files as they must be: path -> text. */
export function embedded(): Record<string, string> {
	const workflow = JSON.parse(read('00-set-up-tables.json'));
	for (const node of workflow.nodes) {
		const file = SQL_OF_NODE[node.name];
		if (file) node.parameters.query = read(file);
	}
	const parts = Object.values(SQL_OF_NODE).map(read);
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
