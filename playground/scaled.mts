// n8n as it is scaled in production, on this machine: `npx -y pnpm@10 exec node playground/scaled.mts`. PostgreSQL,
// Redis, main, two webhook processes, two workers and a front, with the templates 01, 02, 03 and 06 and stand-ins of
// Cal.com and Twilio. Stop it with Ctrl-C.
import { build, isBuilt } from './src/build.mts';
import { openDesk } from './src/desk.mts';
import { ROOT } from './src/playground.mts';
import { openTerminal } from './src/terminal.mts';
import { explain } from './src/trouble.mts';
import { LOGIN, startScaledRig } from '../test/scaled/support/rig.mts';

const terminal = openTerminal();
const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => {
		asked.abort();
	});

try {
	if (!(await isBuilt(ROOT))) await build(ROOT);
	const rig = await startScaledRig({
		name: 'scaled',
		confirmationSms: true,
		remindEvery: 60,
		onStep: (name, ms) => {
			terminal.line(`  ${name} (${(ms / 1000).toFixed(1)} s)`);
		},
	});
	try {
		terminal.line(`\n  n8n        ${rig.n8n.url}   ${LOGIN.email} / ${LOGIN.password}`);
		terminal.line(`  Cal.com    ${rig.cal.url}   (a stand-in; a booking is made now)`);
		terminal.line(`  PostgreSQL ${rig.postgres.url}\n  Stop with Ctrl-C.`);
		await openDesk(rig.cal).book();
		if (!asked.signal.aborted)
			await new Promise<void>((resolve) => {
				asked.signal.addEventListener('abort', () => {
					resolve();
				});
			});
	} finally {
		await rig.stop();
	}
} catch (error) {
	const { message, advice } = explain(error);
	terminal.line(`${message}\n${advice}`);
	process.exitCode = 1;
}
