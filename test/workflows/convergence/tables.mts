// What "the same tables" means: every column of every table of the schema, except those named here.

/** Columns that no comparison of two runs can hold equal, in every table that has them. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
	id: 'a number given in the order of arrival; what points to it is compared by what it points to',
	created_at: 'when the row was first written, by the clock of the database',
	updated_at: 'when the row was last written, by the clock of the database',
	received_at: 'when the delivery came in',
	claimed_at: 'when a run took the delivery',
	processed_at: 'when a run was done with it',
	claimed_by: "which of n8n's executions it was",
};

/** The same for runs that were cut short and began anew. */
export const NOT_COMPARED_WHEN_CUT: ReadonlySet<string> = new Set([
	'attempts', // counts the runs
]);

const LEAD = (id: string) => `(SELECT 'lead ' || lower(l.email) FROM calcom.leads l WHERE l.id::text = ${id})`;
const STAFF = (id: string) => `(SELECT 'staff ' || lower(s.email) FROM calcom.staff s WHERE s.id::text = ${id})`;

/** Columns that hold such a number: what stands in its place. A number that leads nowhere shows as itself. */
const INSTEAD: Readonly<Record<string, (column: string) => string>> = {
	lead_id: (column) => `coalesce(${LEAD(`${column}::text`)}, ${column}::text)`,
	booking_id: (column) =>
		`coalesce((SELECT 'booking ' || b.uid FROM calcom.bookings b WHERE b.id = ${column}), ${column}::text)`,
	client_id: (column) => `coalesce(${LEAD(column)}, ${column})`,
	staff_id: (column) => `coalesce(${STAFF(column)}, ${column})`,
	derived: (column) =>
		`${column} || jsonb_build_object('client_id', coalesce(${LEAD(`${column}->>'client_id'`)}, ${column}->>'client_id'), 'staff_id', coalesce(${STAFF(`${column}->>'staff_id'`)}, ${column}->>'staff_id'))`,
};

/** The columns of the schema: table -> names. */
export type Columns = ReadonlyMap<string, readonly string[]>;

function rowOf(columns: readonly string[]): string {
	const dropped = columns.filter((name) => name in NOT_COMPARED);
	const replaced = columns
		.filter((name) => name in INSTEAD)
		.map((name) => `'${name}', ${INSTEAD[name]?.(`t.${name}`) ?? ''}`);
	return `(to_jsonb(t) - ARRAY[${dropped.map((name) => `'${name}'`).join(', ')}]::text[]) || jsonb_build_object(${replaced.join(', ')})`;
}

/** An SQL expression for all tables as one JSON object: {table: [row, …]}, rows in an order that tells nothing. */
export function allTables(columns: Columns): string {
	const parts = [...columns].map(
		([table, names]) =>
			`'${table}', (SELECT coalesce(jsonb_agg(r.line ORDER BY r.line::text COLLATE "C"), '[]') FROM (SELECT ${rowOf(names)} AS line FROM calcom.${table} AS t) AS r)`,
	);
	return `jsonb_build_object(${parts.join(',\n')})`;
}

/** An SQL expression for a hash of the same: it is asked for after each step, so it has to be quick. */
export function printOfTables(columns: Columns): string {
	const parts = [...columns].map(([table, names]) => {
		const compared = names
			.filter((name) => !(name in NOT_COMPARED))
			.map((name) => INSTEAD[name]?.(`t.${name}`) ?? `t.${name}`);
		return `(SELECT string_agg(r.hash::text, ',' ORDER BY r.hash) FROM (SELECT hash_record_extended(ROW(${compared.join(', ')}), 0) AS hash FROM calcom.${table} AS t) AS r)`;
	});
	return `concat_ws('|', ${parts.map((part) => `coalesce(${part}, '')`).join(',\n')})`;
}
