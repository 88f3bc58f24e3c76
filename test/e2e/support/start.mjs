// One playground for all end-to-end test files: started once, because n8n takes several seconds to start.
// Test files run in a world of their own and cannot share objects with this one; they get addresses and keys
// through the environment, and ask for a restart of n8n over a small server on loopback.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { DATA, startPlayground } from '../../../playground/src/playground.mts';
import { CALLER_HEADER } from '../../../playground/src/templates.mts';
import { announcement } from '../../compat/differences.mts';
import { seldom } from '../../support/template.mts';

export default async function setUp() {
	for (const line of announcement()) process.stderr.write(`  ${line}\n`);
	const playground = await startPlayground({
		dir: join(DATA, 'e2e'),
		fresh: true,
		webhookSecret: CALLER_HEADER.value,
		// Each test switches on what it is about; lead capture is what the older ones look at.
		switchOn: (slug) => slug === '01-lead-capture',
		// Nothing starts by the clock in the middle of a test: tests press the button.
		change: seldom,
		// Publishing looks for work every 15 s unless told otherwise.
		n8nEnv: { N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '300', N8N_WORKFLOW_PUBLICATION_CONCURRENCY: '10' },
		onStep: ({ name, state, ms }) => {
			if (state === 'done') process.stderr.write(`  ${name} (${(ms / 1000).toFixed(1)} s)\n`);
		},
	});
	const actions = {
		'/restart': async () => {
			await playground.n8n.restart();
			return {};
		},
		'/log': async () => ({ log: playground.n8n.log(400) }),
		'/deliveries': async () => playground.calcom.deliveries,
		// Any control of the stand-in, by name: what happens at Cal.com without an API call.
		'/calcom': async ({ method, args }) => (await playground.calcom[method](...args)) ?? {},
		// The same for Twilio; of what is no control, e.g. `outbox`, what is in it.
		'/twilio': async ({ method, args }) => {
			const { [method]: asked } = playground.twilio;
			return (typeof asked === 'function' ? await asked(...args) : asked) ?? {};
		},
	};
	const control = createServer((request, response) => {
		const action = actions[request.url];
		const answer = async () => {
			if (!action) throw new Error(`no such action: ${request.url}`);
			return await action(JSON.parse((await text(request)) || '{}'));
		};
		answer().then(
			(answer) => response.end(JSON.stringify(answer)),
			(error) => response.writeHead(500).end(String(error)),
		);
	});
	await new Promise((resolve) => control.listen(0, '127.0.0.1', resolve));

	process.env.E2E_PLAYGROUND = JSON.stringify({
		control: `http://127.0.0.1:${control.address().port}`,
		n8n: playground.n8n.url,
		session: playground.editor.cookie,
		database: playground.postgres.url,
		calcom: { url: playground.calcom.url, apiKey: playground.calcom.apiKey },
		twilio: {
			number: playground.twilio.number,
			accountSid: playground.twilio.account.sid,
			authToken: playground.twilio.account.authToken,
		},
		credentials: playground.credentials,
	});
	globalThis.stopE2ePlayground = async () => {
		control.close();
		control.closeAllConnections();
		await playground.stop();
	};
}
