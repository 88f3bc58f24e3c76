// What goes through the proxy: Twilio's hosts end here, everything else goes where it wants to.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from '../../src/twilio/certificate.mts';
import { startProxy } from '../../src/twilio/proxy.mts';
import { inSession, through } from './support/session.mts';

/** Somebody else's https server on this machine. */
async function startElsewhere() {
	const { authority, key, cert } = await makeCertificates(['localhost']);
	const server = createServer({ key, cert }, (request, response) => {
		response.end(JSON.stringify({ path: request.url }));
	});
	await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
	const url = `https://localhost:${String((server.address() as AddressInfo).port)}/here?x=1`;
	const stop = () => {
		server.close();
		server.closeAllConnections();
	};
	return { authority, url, stop };
}

test('other hosts are passed on, their own certificate untouched', async () => {
	const elsewhere = await startElsewhere();
	await inSession(async ({ twilio }) => {
		const answer = await through(twilio.proxyUrl, elsewhere.authority, elsewhere.url);
		expect(answer).toEqual({ status: 200, body: { path: '/here?x=1' } });
		expect(twilio.requests).toEqual([]);
	}).finally(elsewhere.stop);
});

test('through another proxy where there is one, with its login', async () => {
	const elsewhere = await startElsewhere();
	const seen: string[] = [];
	const far = await startProxy({
		host: '127.0.0.1',
		port: 0,
		ours: [],
		accept: () => undefined,
		upstream: undefined,
	});
	// It looks at the login and hands on to one that works.
	const guard = createPlainServer().on('connect', (asked, socket, head) => {
		seen.push(String(asked.headers['proxy-authorization']));
		const next = connect(far.port, '127.0.0.1', () => {
			next.write(`CONNECT ${asked.url ?? ''} HTTP/1.1\r\n\r\n`);
			next.write(head);
			socket.pipe(next).pipe(socket);
		});
	});
	await new Promise<void>((resolve) => guard.listen(0, '127.0.0.1', resolve));
	const upstream = `http://me:p%40ss@127.0.0.1:${String((guard.address() as AddressInfo).port)}`;
	try {
		await inSession(
			async ({ twilio, send }) => {
				const answer = await through(twilio.proxyUrl, elsewhere.authority, elsewhere.url);
				expect(answer.body).toEqual({ path: '/here?x=1' });
				expect(seen).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
				expect((await send()).status).toBe(201);
				expect(seen).toHaveLength(1);
			},
			{ upstream },
		);
	} finally {
		guard.close();
		guard.closeAllConnections();
		await far.close();
		elsewhere.stop();
	}
});

test('a host that cannot be reached is refused, and the proxy lives on', async () => {
	await inSession(async ({ twilio, send }) => {
		const ca = await readFile(twilio.caFile, 'utf8');
		await expect(through(twilio.proxyUrl, ca, 'https://127.0.0.1:1/')).rejects.toThrow();
		expect((await send()).status).toBe(201);
	});
});

test('who does not trust the certificate gets no answer', async () => {
	await inSession(async ({ twilio }) => {
		const { authority } = await makeCertificates(['api.twilio.com']);
		const asked = through(twilio.proxyUrl, authority, 'https://api.twilio.com/2010-04-01/Accounts.json');
		await expect(asked).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
		expect(twilio.requests).toEqual([]);
	});
});

test('plain requests are told what the proxy is for', async () => {
	await inSession(async ({ twilio }) => {
		expect((await fetch(twilio.proxyUrl)).status).toBe(501);
	});
});

test('what the machine trusted before it trusts still', async () => {
	const elsewhere = await startElsewhere();
	const trusted = join(tmpdir(), `trusted-${String(process.pid)}.pem`);
	await writeFile(trusted, elsewhere.authority);
	await inSession(
		async ({ twilio, send }) => {
			const ca = await readFile(twilio.caFile, 'utf8');
			expect((await through(twilio.proxyUrl, ca, elsewhere.url)).status).toBe(200);
			expect((await send()).status).toBe(201);
		},
		{ trusted },
	).finally(elsewhere.stop);
	await rm(trusted);
});
