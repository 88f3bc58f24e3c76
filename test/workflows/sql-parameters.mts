// Whether values can only reach SQL as parameters: for the templates' PostgreSQL nodes, and for Retool's queries.

/** What n8n makes of `{{ }}` in a query or of `=` before it: it puts the value into the SQL text. */
const EXPRESSION = /\{\{|^\s*=/;
/** pg-promise's ways of putting a value in without quotes: `$1:raw`, `$1^`, `$1:name`, `$1~`, `$1#`, `${name}`. */
const RAW_PARAMETER = /\$\d+(?::(?!:)\w+|\s*[\^~#])|\$[{(<[/]\w+/;
/** One array, written out: n8n hands its elements over as they are. A text would be split at every comma in a value. */
const ARRAY_EXPRESSION = /^=\{\{ \[.*\] \}\}$/s;

const record = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** SQL without its comments, texts and bodies of functions: what is left is where a parameter means something. */
export function bareSql(sql: string): string {
	return sql.replaceAll(/--[^\n]*|\/\*.*?\*\/|'(?:[^']|'')*'|(\$[a-z_]*\$).*?\1/gis, ' ');
}

/** What is wrong with how a PostgreSQL node of a template hands values over. */
export function problemsOfNode(parameters: Record<string, unknown>): string[] {
	const { operation, query } = parameters;
	const options = record(parameters['options']);
	if (operation !== 'executeQuery')
		return [`the operation ${String(operation)} builds SQL of its own: not looked at`];
	if (typeof query !== 'string') return ['the query is no text'];
	const problems: string[] = [];
	if (EXPRESSION.test(query)) problems.push('an expression in the query');
	const bare = bareSql(query);
	if (RAW_PARAMETER.test(bare)) problems.push('a parameter without quotes');
	const wanted = new Set([...bare.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)));
	const given = options['queryReplacement'];
	if (wanted.size > 0 && given === undefined) problems.push('parameters that nobody gives');
	if (given !== undefined && !(typeof given === 'string' && ARRAY_EXPRESSION.test(given)))
		problems.push('parameters as a text, which is split at commas');
	if (given !== undefined && wanted.size === 0) problems.push('values that no parameter takes');
	if (/'\s*\$\d+\s*'/.test(query.replaceAll(/(\$[a-z_]*\$).*?\1/gis, ' '))) problems.push('a parameter in quotes');
	return problems;
}

/** What is wrong with a query of the Retool app, where each `{{ }}` becomes a parameter unless it stands in a text. */
export function problemsOfRetoolQuery(sql: string): string[] {
	const problems: string[] = [];
	const marks = [...sql.matchAll(/\{\{.*?\}\}/gs)];
	// Whatever is in quotes or in a comment is not replaced by Retool, or replaced as text.
	const inside = bareSql(sql.replaceAll('"', "'"));
	if ([...inside.matchAll(/\{\{.*?\}\}/gs)].length !== marks.length) problems.push('{{ }} in quotes or in a comment');
	for (const { 0: mark, index } of marks) {
		const before = sql.slice(0, index);
		if (!/^\{\{ [\w.]+ \}\}$/.test(mark)) problems.push(`more than a name in ${mark}`);
		if (/\b(from|join|into|update|table|order\s+by|group\s+by|as)\s*$/i.test(before) || /[.\w]$/.test(before))
			problems.push(`${mark} as a name of SQL`);
		if (!/^::(text|bigint|int|date|timestamptz|numeric|boolean)\b/.test(sql.slice(index + mark.length)))
			problems.push(`${mark} without a type`);
	}
	return problems;
}
