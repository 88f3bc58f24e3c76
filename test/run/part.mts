// One kind of tests: `node test/run/part.mts unit [--long] [names of files, options of jest]`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const [project = 'unit', ...rest] = process.argv.slice(2);
const isLong = rest.includes('--long') || process.env['PROOF'] === 'long';
const args = rest.filter((arg) => arg !== '--long');
const isNamed = args.some((arg) => !arg.startsWith('-'));

// End-to-end tests share one n8n; of the others as many run side by side as there are cores.
const manner = project === 'unit' ? `--maxWorkers=${process.env['TEST_WORKERS'] ?? '100%'}` : '--runInBand';
const { status } = spawnSync(
	process.execPath,
	[
		'--experimental-vm-modules',
		'--disable-warning=ExperimentalWarning',
		join('node_modules', 'jest', 'bin', 'jest.js'),
		'--selectProjects',
		project,
		manner,
		...args,
	],
	{
		stdio: 'inherit',
		env: { ...process.env, PROOF: isLong ? 'long' : 'gate', TEST_NAMED: isNamed ? 'yes' : 'no' },
	},
);
process.exitCode = status ?? 1;
