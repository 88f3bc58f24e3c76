import { openFlatted } from '../../playground/src/n8n/flatted.mts';
import { n8nEnvironment } from '../../playground/src/n8n/settings.mts';

const place = { userFolder: '/tmp/u', port: 5000, brokerPort: 5001, encryptionKey: 'k' };

describe("n8n's environment", () => {
	test('settings of another n8n, of jest and of the package manager do not leak in', () => {
		const ours = {
			PATH: '/bin',
			N8N_BASIC_AUTH_ACTIVE: 'true',
			DB_TYPE: 'mysqldb',
			NODE_ENV: 'test',
			NODE_OPTIONS: '--x',
			JEST_WORKER_ID: '1',
			npm_x: '1',
		};
		const env = n8nEnvironment(place, {}, ours);
		expect(env).toMatchObject({ PATH: '/bin', NODE_ENV: 'production', DB_TYPE: 'sqlite' });
		for (const name of ['N8N_BASIC_AUTH_ACTIVE', 'NODE_OPTIONS', 'JEST_WORKER_ID', 'npm_x'])
			expect(env).not.toHaveProperty(name);
	});

	test('it listens on loopback and says so in its webhook addresses', () => {
		expect(n8nEnvironment(place, {}, {})).toMatchObject({
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: '5000',
			N8N_RUNNERS_BROKER_PORT: '5001',
			N8N_WEBHOOK_URL: 'http://127.0.0.1:5000/',
		});
	});

	test('through a proxy that it trusts, whatever proxy there was before, but never to this machine', () => {
		const proxy = { proxyUrl: 'http://127.0.0.1:9', caFile: '/tmp/ca.pem' };
		const ours = { https_proxy: 'http://other:1', NO_PROXY: 'intranet', NODE_EXTRA_CA_CERTS: '/etc/other.pem' };
		expect(n8nEnvironment({ ...place, proxy }, {}, ours)).toMatchObject({
			HTTPS_PROXY: 'http://127.0.0.1:9',
			https_proxy: 'http://127.0.0.1:9',
			NO_PROXY: '127.0.0.1,localhost',
			no_proxy: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: '/tmp/ca.pem',
		});
		expect(n8nEnvironment(place, {}, {})).not.toHaveProperty('HTTPS_PROXY');
	});

	test('a database of its own, and settings that win', () => {
		const database = { host: '127.0.0.1', port: 5432, user: 'u', password: 'p', database: 'n8n' };
		expect(n8nEnvironment({ ...place, database }, { N8N_LOG_LEVEL: 'debug', N8N_PORT: '7' }, {})).toMatchObject({
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_PORT: '5432',
			DB_POSTGRESDB_DATABASE: 'n8n',
			N8N_LOG_LEVEL: 'debug',
			N8N_PORT: '7',
		});
	});
});

describe('flatted texts', () => {
	test('strings are opened wherever they lie', () => {
		expect(openFlatted('[{"a":"1","n":2,"list":"2","no":null},"text",["1","3"],{"deep":"1"}]')).toEqual({
			a: 'text',
			n: 2,
			list: ['text', { deep: 'text' }],
			no: null,
		});
	});

	test('circles come back as the same object', () => {
		const opened = openFlatted('[{"self":"0"}]');
		expect(opened).toHaveProperty('self', opened);
	});

	test('nothing yet', () => {
		expect(openFlatted('[]')).toBeUndefined();
		expect(() => openFlatted('{}')).toThrow('Not a flatted text');
	});
});
