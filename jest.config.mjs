// Tests are .mts files run as real ES modules; the nodes are .ts files that become CommonJS, as in the package.
const swc = (target, type) => ['@swc/jest', { jsc: { target, parser: { syntax: 'typescript' } }, module: { type } }];

const common = {
	testEnvironment: 'node',
	extensionsToTreatAsEsm: ['.mts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.mts$': swc('es2023', 'es6'), '\\.ts$': swc('es2022', 'commonjs') },
	modulePathIgnorePatterns: ['<rootDir>/dist'],
};

export default {
	projects: [
		{
			...common,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{nodes,credentials,workflows,playground,cost}/**/*.test.mts'],
		},
		{
			...common,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
			// One n8n, one PostgreSQL and one stand-in of Cal.com for all files.
			globalSetup: '<rootDir>/test/support/e2e-setup.mjs',
			globalTeardown: '<rootDir>/test/support/e2e-teardown.mjs',
		},
		// n8n as it is scaled: five processes, Redis and PostgreSQL, which the one test file starts itself.
		{ ...common, displayName: 'scaled', testMatch: ['<rootDir>/test/scaled/**/*.test.mts'] },
	],
	testTimeout: 60_000,
	reporters: ['default', '<rootDir>/test/support/count-reporter.mjs'],
};
