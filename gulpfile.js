// What `n8n-node build` leaves: strays out, the triggers' output schemas in, smaller files, and a look at what would be published.
const {
	existsSync,
	globSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} = require('node:fs');
const path = require('node:path');
const { minifySync } = require('@swc/core');
const { getAllTimezones } = require('countries-and-timezones');
const { build } = require('esbuild');
const { parallel, series } = require('gulp');
const ts = require('typescript');

const DIST = path.join(__dirname, 'dist');
const MAX_UNPACKED_BYTES = 1_100_000;
const NODE_PREFIX = 'n8n-nodes-calcom-sync.';
/** What is put into the package of others: package -> the files with its licence. */
const LIBRARIES = { 'libphonenumber-js': ['LICENSE', 'LICENSE.Apache'], 'countries-and-timezones': ['LICENSE'] };

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Throws one error that lists all that is wrong. */
function failOn(what, problems) {
	if (problems.length > 0) throw new Error(`${what}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}

/**
 * A TypeScript type as JSON schema, as far as the event's types go. n8n's editor looks into objects
 * and arrays only when their type is that one word, and of several words it shows the first: so each
 * value has one, and null gives way to any other.
 */
function schemaOf(checker, type) {
	if (type.isUnion()) {
		const members = type.types.map((member) => schemaOf(checker, member));
		const shaped = members.find(({ type: name }) => name === 'object' || name === 'array');
		if (shaped !== undefined) return shaped;
		const names = new Set(members.map(({ type: name }) => name).filter((name) => name !== 'null'));
		if (names.size > 1) throw new Error(`${checker.typeToString(type)} would be shown as one of its kinds only`);
		return { type: [...names][0] ?? 'null' };
	}
	if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
	if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
	if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
	if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
	if (checker.isArrayType(type))
		return { type: 'array', items: schemaOf(checker, checker.getTypeArguments(type)[0]) };
	// Whatever keys Cal.com or the user's own form has: nothing to say about them.
	if (checker.getIndexInfosOfType(type).length > 0) return { type: 'object' };
	const properties = checker.getPropertiesOfType(type).map((property) => {
		const declared = checker.getTypeOfSymbol(property);
		const isJson = declared.aliasSymbol?.name === 'Json';
		return [property.name, isJson ? { type: 'object' } : schemaOf(checker, declared)];
	});
	if (properties.length === 0) throw new Error(`No schema for the type ${checker.typeToString(type)}`);
	return { type: 'object', properties: Object.fromEntries(properties) };
}

/** The nodes that hand over the normalized event, and their version. */
const EMIT_EVENTS = { CalComTrigger: 'v2.0.0', CalComPollTrigger: 'v1.0.0' };

/** n8n's editor offers the fields of the event for dragging before anything has run. */
async function outputSchemas() {
	const source = path.join(__dirname, 'nodes/shared/events/event.ts');
	const program = ts.createProgram([source], { strict: true, noEmit: true });
	const checker = program.getTypeChecker();
	const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(source)));
	const event = exported.find(({ name }) => name === 'CalComEvent');
	const schema = { ...schemaOf(checker, checker.getDeclaredTypeOfSymbol(event)), version: 1 };
	for (const [node, version] of Object.entries(EMIT_EVENTS)) {
		const folder = path.join(DIST, 'nodes', node, '__schema__');
		mkdirSync(folder, { recursive: true });
		// Where n8n looks for a node without resource and operation: __schema__/v<version>.json
		writeFileSync(path.join(folder, `${version}.json`), JSON.stringify(schema));
	}
}

/** `n8n-node build` copies every picture it finds, also those of other packages and of the documentation. */
async function removeStrays() {
	const ours = new Set(['credentials', 'icons', 'nodes', 'package.json']);
	for (const name of readdirSync(DIST)) if (!ours.has(name)) rmSync(path.join(DIST, name), { recursive: true });
}

/** Files that use a library which n8n does not bring along: it is put into them, with its licence. */
const BUNDLED = ['nodes/shared/values/phone.js', 'nodes/shared/values/zoneCountry.js'];

/** Other files of ours stay files of their own. */
const ours = {
	name: 'ours',
	setup({ onResolve }) {
		onResolve({ filter: /^\.{1,2}\// }, ({ importer, path: file }) =>
			importer.startsWith(DIST) && !file.endsWith('/numberingPlans') ? { path: file, external: true } : undefined,
		);
	},
};

/** Of the tables of zones and countries only what is asked of them: the country of a zone. */
const zones = {
	name: 'zones',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^countries-and-timezones$/ }, () => ({ path: 'zones', namespace: 'zones' }));
		onLoad({ filter: /.*/, namespace: 'zones' }, () => {
			const all = Object.values(getAllTimezones({ deprecated: true }));
			const countries = Object.fromEntries(
				all.flatMap(({ name, countries: [first] }) => (first === undefined ? [] : [[name, first]])),
			);
			return {
				contents: `const country = new Map(Object.entries(${JSON.stringify(countries)}));
					export const getTimezone = (zone) => ({ countries: country.has(zone) ? [country.get(zone)] : [] });`,
			};
		});
	},
};

async function bundleLibraries() {
	for (const file of BUNDLED.map((name) => path.join(DIST, name))) {
		const { outputFiles } = await build({
			entryPoints: [file],
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'node20',
			write: false,
			plugins: [ours, zones],
		});
		writeFileSync(file, outputFiles[0].text);
	}
	rmSync(path.join(DIST, 'nodes/shared/values/numberingPlans.js'));
	const licences = Object.entries(LIBRARIES).flatMap(([library, files]) => [
		`This package contains ${library}.\n`,
		...files.map((file) => readFileSync(path.join(__dirname, 'node_modules', library, file), 'utf8')),
	]);
	writeFileSync(path.join(DIST, 'THIRD-PARTY-LICENSES.txt'), licences.join('\n'));
}

/** Names of functions and classes stay, so that an error's stack tells what it came from. */
const SHORTER = { compress: true, mangle: { keep_fnames: true, keep_classnames: true, toplevel: true }, module: false };

/** n8n reads all of the package at each start: smaller where it costs nobody anything. */
async function shrink() {
	const shorter = {
		'.js': (text) => minifySync(text, SHORTER).code,
		'.json': (text) => JSON.stringify(JSON.parse(text)),
	};
	for (const file of readdirSync(DIST, { recursive: true })) {
		const make = shorter[path.extname(file)];
		const full = path.join(DIST, file);
		if (make !== undefined) writeFileSync(full, make(readFileSync(full, 'utf8')));
	}
}

/** Everything that package.json names is in dist, with its codex file, and every icon is found. */
async function checkAssets() {
	const { n8n } = readJson(path.join(__dirname, 'package.json'));
	const problems = [...n8n.nodes, ...n8n.credentials].filter((file) => !existsSync(path.join(__dirname, file)));
	for (const file of n8n.nodes) {
		const codex = path.join(__dirname, file.replace(/\.js$/, '.json'));
		if (!existsSync(codex)) problems.push(`${path.relative(__dirname, codex)} (codex)`);
		else if (!readJson(codex).node?.startsWith(NODE_PREFIX)) problems.push(`${codex} names another package`);
	}
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		const full = path.join(__dirname, file);
		if (!existsSync(full)) continue;
		for (const [, icon] of readFileSync(full, 'utf8').matchAll(/["']file:([^"']+\.(?:svg|png))["']/g)) {
			if (!existsSync(path.resolve(path.dirname(full), icon))) problems.push(`${icon}, an icon of ${file}`);
		}
	}
	failOn('Missing in dist', problems);
}

function templateProblems(file) {
	let workflow;
	try {
		workflow = readJson(file);
	} catch (error) {
		return [`not valid JSON (${error.message})`];
	}
	if (!Array.isArray(workflow.nodes)) return ['has no nodes'];
	return workflow.nodes.flatMap(({ name, type, credentials }) => {
		const found = [];
		if (credentials !== undefined) found.push(`the node "${name}" carries credentials`);
		if (/cal-?com/i.test(type) && !type.startsWith(NODE_PREFIX))
			found.push(`the node "${name}" is of type ${type}`);
		return found;
	});
}

/** Templates are imported as they are: no one else's credentials, and node types as installed. */
async function checkTemplates() {
	const files = globSync('workflows/*.json', { cwd: __dirname });
	failOn(
		'Templates',
		files.flatMap((file) => templateProblems(path.join(__dirname, file)).map((problem) => `${file}: ${problem}`)),
	);
}

const STRAY =
	/\.(map|tsbuildinfo|mts|test\.[cm]?[jt]s|env|log)$|(^|[\\/])(test|playground|stand-ins|node_modules)[\\/]/;

/** What n8n and Node provide. */
const PROVIDED = new Set(['n8n-workflow', 'zod', 'luxon', 'crypto']);

/** Whoever installs the package has nothing else: a file that asks for more would break every node. */
function strangeRequires() {
	return globSync('**/*.js', { cwd: DIST }).flatMap((file) => {
		const text = readFileSync(path.join(DIST, file), 'utf8');
		const asked = [...text.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name]) =>
			name.replace(/^node:/, ''),
		);
		return asked
			.filter((name) => !name.startsWith('.') && !PROVIDED.has(name))
			.map((name) => `dist/${file} requires ${name}`);
	});
}

/** What npm would pack: nothing at runtime but n8n itself, nothing that belongs to development, and small. */
async function checkPackage() {
	const manifest = readJson(path.join(__dirname, 'package.json'));
	const problems = [];
	if (Object.keys(manifest.dependencies ?? {}).length > 0) problems.push('package.json has runtime dependencies');
	let bytes = 0;
	for (const file of globSync(
		manifest.files.flatMap((entry) => [entry, `${entry}/**/*`]),
		{ cwd: __dirname },
	)) {
		const stat = statSync(path.join(__dirname, file));
		if (!stat.isFile()) continue;
		bytes += stat.size;
		if (STRAY.test(file)) problems.push(`${file} does not belong into the package`);
	}
	problems.push(...strangeRequires());
	if (bytes > MAX_UNPACKED_BYTES) problems.push(`${bytes} bytes unpacked, more than ${MAX_UNPACKED_BYTES}`);
	failOn('Package', problems);
}

exports.build = series(
	removeStrays,
	outputSchemas,
	bundleLibraries,
	shrink,
	parallel(checkAssets, checkTemplates, checkPackage),
);
exports.default = exports.build;
