// Ports on loopback.
import { createServer } from 'node:net';
import { isCode } from './process-tree.mts';
import { Trouble } from './trouble.mts';

const HOST = '127.0.0.1';

/** Throws Trouble when nobody can listen on the port. `wantedFor` says who would. */
export async function checkFree(port: number, wantedFor: string, advice: string): Promise<void> {
	const probe = createServer();
	try {
		await new Promise<void>((resolve, reject) => {
			probe.once('error', reject);
			probe.listen(port, HOST, resolve);
		});
	} catch (cause) {
		const why = isCode(cause, 'EADDRINUSE') ? 'is in use' : `cannot be used (${String(cause)})`;
		throw new Trouble(`Port ${String(port)}, wanted for ${wantedFor}, ${why}.`, advice, { cause });
	}
	await new Promise((resolve) => probe.close(resolve));
}
