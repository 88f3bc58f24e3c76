// What npm would publish, in a folder that has nothing but what n8n brings along: it loads, and it decides as the sources do.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { build, isBuilt } from '../../playground/src/build.mts';
import { ROOT } from '../../playground/src/playground.mts';
import { countryOfZone } from '../../nodes/shared/values/zoneCountry.ts';

const PROVIDED = ['n8n-workflow', 'zod', 'luxon'];
let folder = '';

beforeAll(async () => {
	if (!(await isBuilt(ROOT))) await build(ROOT);
	folder = mkdtempSync(join(tmpdir(), 'published-'));
	execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: ROOT });
	execFileSync('sh', ['-c', 'tar -xzf *.tgz'], { cwd: folder });
	mkdirSync(join(folder, 'node_modules'));
	for (const name of PROVIDED)
		symlinkSync(realpathSync(join(ROOT, 'node_modules', name)), join(folder, 'node_modules', name));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string): unknown =>
	JSON.parse(
		execFileSync(process.execPath, ['-e', `console.log(JSON.stringify((() => { ${script} })()))`], {
			cwd: folder,
			encoding: 'utf8',
		}),
	);

test('every node and credential loads', () => {
	const names = z.array(z.string()).parse(
		run(`const { n8n } = require('./package/package.json');
			return [...n8n.nodes, ...n8n.credentials].map((file) => Object.keys(require('./package/' + file)).join());`),
	);
	expect(names.sort()).toEqual([
		'CalCom',
		'CalComApi',
		'CalComOAuth2Api',
		'CalComPollTrigger',
		'CalComSync',
		'CalComTrigger',
	]);
});

test('a zone lies in the country that the sources tell', () => {
	const zones = Intl.supportedValuesOf('timeZone');
	const told = run(`const { countryOfZone } = require('./package/dist/nodes/shared/values/zoneCountry.js');
		return ${JSON.stringify(zones)}.map((zone) => countryOfZone(zone));`);
	expect(told).toEqual(zones.map((zone) => countryOfZone(zone)));
});

test('a phone number is read, and the licences of what is in the package are', () => {
	expect(
		run(`const { toE164 } = require('./package/dist/nodes/shared/values/phone.js');
			return [toE164('06 12345678', { country: 'NL', home: null }), toE164('+31 06 12345678', { country: null, home: null }), toE164('call me', { country: 'NL', home: null })];`),
	).toEqual(['+31612345678', '+31612345678', null]);
	expect(
		run(
			`return require('node:fs').readFileSync('./package/dist/THIRD-PARTY-LICENSES.txt', 'utf8').match(/contains [\\w-]+/g);`,
		),
	).toEqual(['contains libphonenumber-js', 'contains countries-and-timezones']);
});
