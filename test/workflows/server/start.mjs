// In front of all test files: they find the server through the environment.
import { startServer } from './server.mts';

export default async function setUp() {
	const server = await startServer();
	process.env.TEST_POSTGRES = server.url;
	globalThis.stopTestPostgres = server.stop;
}
