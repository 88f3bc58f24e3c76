// What scales n8n: the settings that users are told, and the front that shares deliveries out.
import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { join } from 'node:path';
import { composeFile } from '../../playground/src/n8n/compose-file.mts';
import { type Front, openFront, portsFor } from '../../playground/src/n8n/front.mts';
import { type Role, WEBHOOK_PATHS, queueSettings } from '../../playground/src/n8n/queue-settings.mts';

const DOCS = join(import.meta.dirname, '../../docs');
const read = (file: string) => readFileSync(join(DOCS, file), 'utf8');

describe('the compose file', () => {
	test('is the one that the tested settings make', () => {
		expect(read('queue-mode/compose.yaml')).toBe(composeFile());
	});

	test.each<Role>(['main', 'webhook', 'worker'])('gives every setting to %s', (role) => {
		const [, service = ''] =
			new RegExp(`\\n  ${role}:\\n([\\s\\S]*?)\\n\\n`).exec(read('queue-mode/compose.yaml')) ?? [];
		for (const [name, value] of Object.entries(queueSettings(role)))
			expect(service).toContain(`      ${name}: '${value}'\n`);
	});

	test('asks for every secret, and the example holds none', () => {
		const asked = new Set(
			[...read('queue-mode/compose.yaml').matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name),
		);
		const offered = [...read('queue-mode/.env.example').matchAll(/^(\w+)=(.*)$/gm)];
		expect(new Set(offered.map(([, name]) => name))).toEqual(asked);
		for (const [, name, value] of offered) if (name !== 'PUBLIC_URL') expect([name, value]).toEqual([name, '']);
	});

	test('the page names every setting', () => {
		const page = read('queue-mode.md');
		for (const role of ['main', 'webhook', 'worker'] as const)
			for (const name of Object.keys(queueSettings(role))) expect(page).toContain(name);
	});
});

describe('the front', () => {
	const ports = { main: 1, webhooks: [2, 3] };

	test('deliveries go to the webhook processes in turn, all else to main', () => {
		expect([0, 1, 2].map((turn) => portsFor('/webhook/x/calcom', turn, ports))).toEqual([
			[2, 3],
			[3, 2],
			[2, 3],
		]);
		for (const path of WEBHOOK_PATHS) expect(portsFor(`${path}x`, 0, ports)).toEqual([2, 3]);
		for (const path of ['/', '/rest/login', '/webhook-test/x', '/webhooks'])
			expect(portsFor(path, 0, ports)).toEqual([1]);
	});

	const servers: Server[] = [];
	const portOf = async (answer: string | 'cut') => {
		const server = createServer((request, response) => {
			request.on('data', (chunk: Buffer) => {
				heard.push(`${answer} ${chunk.toString()}`);
				if (answer === 'cut') request.socket.destroy();
				else response.writeHead(201, { 'x-from': answer }).end(answer);
			});
		});
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		return typeof address === 'object' && address !== null ? address.port : 0;
	};
	let heard: string[] = [];
	let front: Front | undefined;
	afterEach(async () => {
		await front?.stop();
		for (const server of servers.splice(0)) {
			server.closeAllConnections();
			server.close();
		}
		heard = [];
	});
	const send = async (webhooks: number[], body: string) => {
		front ??= await openFront({ port: 0, main: 1, webhooks });
		const answer = await fetch(`${front.url}/webhook/x`, { method: 'POST', body });
		return [answer.status, await answer.text()];
	};

	test('hands the body on and the answer back', async () => {
		front = await openFront({ port: 0, main: 1, webhooks: [await portOf('a'), await portOf('b')] });
		expect(await send([], 'one')).toEqual([201, 'b']);
		expect(await send([], 'two')).toEqual([201, 'a']);
		expect(heard).toEqual(['b one', 'a two']);
	});

	test('asks the next process when nobody listens at the first', async () => {
		const closed = await portOf('gone');
		await new Promise((resolve) => servers.pop()?.close(resolve));
		front = await openFront({ port: 0, main: 1, webhooks: [closed, await portOf('a')] });
		expect(await send([], 'one')).toEqual([201, 'a']);
		expect(await send([], 'two')).toEqual([201, 'a']);
		expect([front.passedOn(), front.failed()]).toEqual([1, 0]);
	});

	test('never sends a delivery a second time once it was sent', async () => {
		front = await openFront({ port: 0, main: 1, webhooks: [await portOf('a'), await portOf('cut')] });
		expect((await send([], 'one'))[0]).toBe(502);
		expect(heard).toEqual(['cut one']);
		expect([front.passedOn(), front.failed()]).toEqual([0, 1]);
	});
});
