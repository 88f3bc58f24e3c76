// SQL is always parameterized: no template and no Retool query puts a value into the text of a statement.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { problemsOfNode, problemsOfRetoolQuery } from './sql-parameters.mts';

const FOLDER = join(import.meta.dirname, '../..');
const templateSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })),
});
const templates = readdirSync(join(FOLDER, 'workflows')).filter((file) => file.endsWith('.json'));
const nodes = templates.flatMap((file) =>
	templateSchema
		.parse(JSON.parse(readFileSync(join(FOLDER, 'workflows', file), 'utf8')))
		.nodes.map((node) => ({ file, ...node })),
);
const sqlNodes = nodes.filter(({ type }) => /\.postgres(Tool)?$/.test(type));
const queries = readdirSync(join(FOLDER, 'retool')).filter((file) => file.endsWith('.sql'));
const sqlFiles = readdirSync(join(FOLDER, 'workflows/sql')).filter(
	(file) => file.endsWith('.sql') && file !== 'schema.sql',
);

test('all templates and queries are looked at', () => {
	expect(new Set(sqlNodes.map(({ file }) => file)).size).toBe(templates.length - 2);
	expect(sqlNodes.length).toBeGreaterThan(40);
	expect(queries.length).toBeGreaterThan(20);
	// No other kind of node that speaks SQL has come in unseen.
	expect(nodes.filter(({ type }) => /sql|maria|oracle|crate|timescale|questDb|snowflake/i.test(type))).toEqual([]);
});

test.each(sqlNodes.map((node) => [`${node.file}: ${node.name}`, node.parameters] as const))('%s', (_, parameters) => {
	expect(problemsOfNode(parameters)).toEqual([]);
});

test.each(queries)('retool/%s', (file) => {
	expect(problemsOfRetoolQuery(readFileSync(join(FOLDER, 'retool', file), 'utf8'))).toEqual([]);
});

test('SQL made while running is what is listed here, with %I for names and %L or USING for values', () => {
	const made = sqlFiles.flatMap((file) =>
		[
			...readFileSync(join(FOLDER, 'workflows/sql', file), 'utf8').matchAll(
				// Triggers say EXECUTE FUNCTION.
				/\bEXECUTE\s+(?!FUNCTION\b|PROCEDURE\b)([^\n]*)/gi,
			),
		].map(([, statement = '']) => `${file}: ${statement}`),
	);
	const updated = 'UPDATE calcom.services AS s SET %s FROM jsonb_populate_record(NULL::calcom.services, $1) AS fresh';
	const inserted =
		'INSERT INTO calcom.services AS s (%1$s) SELECT %1$s FROM jsonb_populate_record(NULL::calcom.services, $1)';
	expect(made).toEqual([
		// %3$s is a regclass and %4$s the type of its column: both come from PostgreSQL's catalog.
		"backfill-payloads.sql: format('SELECT %1$I::text, to_jsonb(%2$I%5$s) FROM %3$s WHERE $1 IS NULL OR %1$I > $1::%4$s ORDER BY %1$I LIMIT $2',",
		"backfill.sql: format('SELECT calcom.%I(%L::jsonb)', consumer.apply, fact);",
		"claims.sql: format('SELECT calcom.%I(%L::jsonb)', waiting.apply, waiting.payload);",
		"health-retry.sql: format('SELECT calcom.%I($1)', apply) USING event;",
		// %s are names of columns, each quoted by %I or quote_ident().
		`service-sync.sql: format('${updated} WHERE s.id = $2',`,
		`service-sync.sql: format('${inserted} ON CONFLICT DO NOTHING RETURNING s.id',`,
	]);
});

describe('the check itself', () => {
	const good = {
		operation: 'executeQuery',
		query: 'SELECT f($1::jsonb, $2)',
		options: { queryReplacement: '={{ [$json.a, $json.b] }}' },
	};
	test.each<[string, Record<string, unknown>, string[]]>([
		['as it should be', {}, []],
		['no parameters at all', { query: 'SELECT 1', options: {} }, []],
		['a $1 of another place', { query: "SELECT 'costs $1:raw' -- $1:raw\n, $1, $2" }, []],
		['an expression in the query', { query: "SELECT f('{{ $json.name }}', $1)" }, ['an expression in the query']],
		['a query that is an expression', { query: '=SELECT f($1)' }, ['an expression in the query']],
		['a raw parameter', { query: 'SELECT f($1:raw)' }, ['a parameter without quotes']],
		['a raw parameter, in short', { query: 'SELECT f($1^)' }, ['a parameter without quotes']],
		['a name', { query: 'SELECT * FROM $1:name' }, ['a parameter without quotes']],
		['a named parameter', { query: 'SELECT f(${name}, $1)' }, ['a parameter without quotes']],
		['a parameter in quotes', { query: "SELECT f('$1', $2)" }, ['a parameter in quotes']],
		[
			'values with commas between them',
			{ options: { queryReplacement: '={{ $json.a }}, {{ $json.b }}' } },
			['parameters as a text, which is split at commas'],
		],
		[
			'one value',
			{ options: { queryReplacement: '={{ $json.a }}' } },
			['parameters as a text, which is split at commas'],
		],
		['a text', { options: { queryReplacement: 'a,b' } }, ['parameters as a text, which is split at commas']],
		['nothing given', { options: {} }, ['parameters that nobody gives']],
		['nothing taken', { query: 'SELECT 1' }, ['values that no parameter takes']],
		['another operation', { operation: 'insert' }, ['the operation insert builds SQL of its own: not looked at']],
	])('%s', (_, changes, problems) => {
		expect(problemsOfNode({ ...good, ...changes })).toEqual(problems);
	});

	test.each<[string, string, string[]]>([
		['as it should be', 'WHERE a = {{ search.value }}::text', []],
		[
			'in quotes',
			"WHERE a = '{{ search.value }}'",
			['{{ }} in quotes or in a comment', '{{ search.value }} without a type'],
		],
		['in quotes, with more', "WHERE a ILIKE '%{{ search.value }}::text%'", ['{{ }} in quotes or in a comment']],
		['as a column', 'ORDER BY {{ search.value }}::text', ['{{ search.value }} as a name of SQL']],
		['as a table', 'FROM calcom.{{ search.value }}::text', ['{{ search.value }} as a name of SQL']],
		['in a comment', '-- {{ search.value }}::text', ['{{ }} in quotes or in a comment']],
		['with code', 'WHERE a = {{ a.value + b.value }}::text', ['more than a name in {{ a.value + b.value }}']],
		['without a type', 'WHERE a = {{ a.value }}', ['{{ a.value }} without a type']],
	])('%s, in Retool', (_, sql, problems) => {
		expect(problemsOfRetoolQuery(sql)).toEqual(problems);
	});
});
