// Tests are .mts files run as real ES modules; the nodes are .ts files that become CommonJS, as in the package.
// Which test belongs where is a matter of its name: CONTRIBUTING.md has the table.
import { commitSeed } from './test/run/seed.mts';

const swc = (target, type) => ['@swc/jest', { jsc: { target, parser: { syntax: 'typescript' } }, module: { type } }];

// Workers take it over from here: what is drawn by chance is the same in every file of a run.
process.env.TEST_SEED ??= String(commitSeed());

// `*.long.test.mts` are of the long proof. Whoever names a file gets it.
const isNamed = process.env.TEST_NAMED === 'yes';
const isLong = process.env.PROOF === 'long';
const leftOut = isLong || isNamed ? [] : ['\\.long\\.test\\.mts$'];

const project = (displayName, ...testMatch) => ({
	displayName,
	testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}/**/*.test.mts`),
	testPathIgnorePatterns: ['/node_modules/', ...leftOut],
	testEnvironment: 'node',
	extensionsToTreatAsEsm: ['.mts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.mts$': swc('es2023', 'es6'), '\\.ts$': swc('es2022', 'commonjs') },
	modulePathIgnorePatterns: ['<rootDir>/dist'],
	setupFiles: ['<rootDir>/test/run/draw.mts'],
});

export default {
	projects: [
		{
			...project('unit', 'test/{nodes,credentials,workflows,playground,run,docs,cost}', 'stand-ins/test'),
			// Its samples are processes, which want the machine for themselves: `cost` below.
			testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cost/.*\\.long\\.', ...leftOut],
			// A property that is tried a thousand times may take its time.
			testTimeout: isLong ? 300_000 : 60_000,
			globalSetup: '<rootDir>/test/workflows/server/start.mjs',
			globalTeardown: '<rootDir>/test/workflows/server/stop.mjs',
		},
		{
			...project('e2e', 'test/e2e'),
			// One n8n, one PostgreSQL and one stand-in of Cal.com for all files.
			globalSetup: '<rootDir>/test/e2e/support/start.mjs',
			globalTeardown: '<rootDir>/test/e2e/support/stop.mjs',
		},
		// What n8n costs a host: each sample is a process of its own.
		{ ...project('cost', 'test/cost'), testMatch: ['<rootDir>/test/cost/**/*.long.test.mts'] },
		// n8n as it is scaled: five processes, Redis and PostgreSQL, which the one test file starts itself.
		project('scaled', 'test/scaled'),
	],
	testTimeout: 60_000,
	reporters: ['default', '<rootDir>/test/run/count-reporter.mjs'],
};
