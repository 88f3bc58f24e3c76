// One playground for all end-to-end test files, because n8n takes several seconds to start. Test files run in a world
// of their own and cannot share objects with this one; they get addresses and keys through the environment, and ask
// for what only this process can do over a small server on loopback.
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { isFromAPage, isJson } from 'stand-ins/from-a-page';
import { z } from 'zod';
import { installPackage } from '../../../playground/src/n8n/package-folder.mts';
import { DATA, ROOT, type Playground, startPlayground } from '../../../playground/src/playground.mts';
import { CALLER_HEADER } from '../../../playground/src/templates.mts';
import { announcement } from '../../compat/differences.mts';
import { seldom } from '../../support/template.mts';

export interface E2ePlayground {
	/** What test files find in their environment. */
	env: { E2E_PLAYGROUND: string };
	stop(): Promise<void>;
}

export async function startE2ePlayground(): Promise<E2ePlayground> {
	for (const line of announcement()) process.stderr.write(`  ${line}\n`);
	const playground = await startPlayground({
		dir: join(DATA, 'e2e'),
		fresh: true,
		// The usual ports are for the demo, and for one: runs that start side by side would all find them free, and while
		// Cal.com is down in one run, another would take its place.
		ports: { n8n: 0, calcom: 0 },
		webhookSecret: CALLER_HEADER.value,
		// Each test switches on what it is about; lead capture is what the older ones look at.
		switchOn: (slug) => slug === '01-lead-capture',
		// Nothing starts by the clock in the middle of a test: tests press the button.
		change: seldom,
		n8nEnv: {
			// Publishing is woken when there is work; should that miss, it looks by itself, every 15 s unless told otherwise.
			N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
			// Further starts of n8n, in the middle of a run too, find its programs compiled.
			NODE_COMPILE_CACHE: join(DATA, 'compiled'),
		},
		onStep: ({ name, state, ms }) => {
			if (state === 'done') process.stderr.write(`  ${name} (${(ms / 1000).toFixed(1)} s)\n`);
		},
	});
	const control = await startControl(playground);
	const { n8n, editor, postgres, calcom, twilio, credentials } = playground;
	return {
		env: {
			E2E_PLAYGROUND: JSON.stringify({
				control: { url: control.url, headers: control.headers },
				n8n: n8n.url,
				session: editor.cookie,
				database: postgres.url,
				calcom: { url: calcom.url, apiKey: calcom.apiKey },
				twilio: {
					number: twilio.number,
					accountSid: twilio.account.sid,
					authToken: twilio.account.authToken,
				},
				credentials,
			}),
		},
		async stop() {
			control.stop();
			await playground.stop();
		},
	};
}

const callSchema = z.object({ method: z.string(), args: z.array(z.unknown()).default([]) });

/** A member of the stand-in by its name: called if it can be, else what it holds. */
async function ask(of: object, request: IncomingMessage): Promise<unknown> {
	const { method, args } = callSchema.parse(JSON.parse(await text(request)));
	const asked: unknown = Reflect.get(of, method);
	return (typeof asked === 'function' ? await Reflect.apply(asked, of, args) : asked) ?? {};
}

/** `headers` are to be sent with each request: whoever reads the address on this machine has not read the key. */
async function startControl(
	playground: Playground,
): Promise<{ url: string; headers: Record<string, string>; stop(): void }> {
	const actions: Record<string, (request: IncomingMessage) => unknown> = {
		'/restart': () => playground.n8n.restart().then(() => ({})),
		// A package that has been built since this playground was started.
		'/renew': async () => {
			await installPackage(playground.n8n.userFolder, ROOT);
			await playground.n8n.restart();
			return {};
		},
		'/log': () => ({ log: playground.n8n.log(400) }),
		'/deliveries': () => playground.calcom.deliveries,
		// Any control of the stand-in, by name: what happens at Cal.com without an API call.
		'/calcom': (request) => ask(playground.calcom, request),
		// The same for Twilio; of what is no control, e.g. `outbox`, what is in it.
		'/twilio': (request) => ask(playground.twilio, request),
	};
	const headers = { 'x-control-key': randomBytes(16).toString('hex') };
	const server = createServer((request, response) => {
		const { host, origin } = request.headers;
		const isOurs =
			request.headers['x-control-key'] === headers['x-control-key'] && isJson(request.headers['content-type']);
		if (!isOurs || isFromAPage({ host, origin })) {
			response.writeHead(403).end('No.');
			return;
		}
		const answer = async () => {
			const action = actions[request.url ?? ''];
			if (!action) throw new Error(`no such action: ${String(request.url)}`);
			return await action(request);
		};
		answer().then(
			(found) => response.end(JSON.stringify(found)),
			(error: unknown) => response.writeHead(500).end(String(error)),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port for the control server.');
	return {
		url: `http://127.0.0.1:${String(address.port)}`,
		headers,
		stop() {
			server.close();
			server.closeAllConnections();
		},
	};
}
