// In front of all test files: the server that stands, else one of this run. They find it through the environment.
import { DATA } from '../../../playground/src/playground.mts';
import { standing } from '../../run/standing.mts';
import { startServer } from './server.mts';

export default async function setUp() {
	const found = await standing(DATA);
	if (found?.TEST_POSTGRES !== undefined) {
		process.env.TEST_POSTGRES = found.TEST_POSTGRES;
		return;
	}
	const server = await startServer();
	process.env.TEST_POSTGRES = server.url;
	globalThis.stopTestPostgres = server.stop;
}
