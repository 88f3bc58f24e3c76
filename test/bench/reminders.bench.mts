// One run of the reminder template over many upcoming bookings, in a real n8n with a stand-in for Twilio that answers
// at once: time and memory of n8n, with a second run that begins while the first one sends.
// Exit code 1 when anyone gets two SMS, or none.
//
//   node test/bench/reminders.bench.mts [--bookings 10000] [--due 2000]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ofetch } from 'ofetch';
import { build, isBuilt } from '../../playground/src/build.mts';
import { DATA, type Playground, ROOT, startPlayground } from '../../playground/src/playground.mts';
import { attachCredentials } from '../../playground/src/templates.mts';
import { withValues } from '../../playground/src/values.mts';
import { readTemplate, withNodes, withSettings } from '../support/template.mts';
import { bookingEvent, person } from '../workflows/event-builder.mts';
import { openExecutions } from './support/executions.mts';
import { forgetMost, memoryOf } from './support/memory.mts';

const SLUG = '03-appointment-reminders';
const ID = 'bench-reminders';
const HOUR_MS = 3_600_000;
/** Written at once while the bookings are made. */
const BATCH = 500;

const { values } = parseArgs({
	// Options of the other benches come along.
	strict: false,
	options: { bookings: { type: 'string', default: '10000' }, due: { type: 'string', default: '2000' } },
});
const [bookings, due] = [Number(values.bookings), Number(values.due)];

const phone = (number: number) => `+3161${String(number).padStart(7, '0')}`;

/** The first `due` of them a minute less than a day ahead, the others spread over the two weeks after. */
function upcoming(at: number): string {
	const hours = at < due ? 24 - 1 / 60 : 72 + (at % 336);
	const start = new Date(Date.now() + hours * HOUR_MS).toISOString();
	const name = `Person ${String(at)}`;
	const attendee = person(name, `p${String(at)}@student.example`, phone(at));
	const event = { event: 'BOOKING_CREATED', uid: `bench-${String(at)}`, minute: 0, attendees: [attendee] };
	return JSON.stringify(bookingEvent({ ...event, booking: { id: at, start } }));
}

async function makeBookings({ db }: Playground): Promise<void> {
	for (let from = 0; from < bookings; from += BATCH) {
		const events = Array.from({ length: Math.min(BATCH, bookings - from) }, (_, index) => upcoming(from + index));
		await db.query('SELECT calcom.apply_booking(event) FROM jsonb_array_elements($1::jsonb) AS event', [
			`[${events.join(',')}]`,
		]);
	}
}

/** The template with all that is due in one run, started by a request: then it runs as it does on its schedule. */
async function saveTemplate({ n8n, twilio, editor, credentials }: Playground): Promise<void> {
	const template = withValues(SLUG, await readTemplate(SLUG), { n8n: n8n.url, twilio });
	const settings = { times: '24h', perRun: due, confirmationSms: false, statusCallback: '' };
	const started = withNodes(withSettings(template, settings), {
		'Every 5 Minutes': (node) => ({
			...node,
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: ID,
			parameters: { httpMethod: 'POST', path: ID, responseMode: 'onReceived', options: {} },
		}),
	});
	await editor.saveWorkflow(attachCredentials({ ...started, id: ID, name: ID }, credentials));
	await editor.activate(ID);
}

const seconds = (from: number) => (performance.now() - from) / 1000;

if (!(await isBuilt(ROOT))) await build(ROOT);
const dir = join(DATA, 'bench', 'reminders');
const playground = await startPlayground({ dir, fresh: true, switchOn: () => false });
try {
	const { n8n, db, twilio } = playground;
	const executions = openExecutions(n8n.userFolder);
	const pid = Number(readFileSync(join(n8n.userFolder, 'n8n.pid'), 'utf8'));
	let began = performance.now();
	await makeBookings(playground);
	console.log(
		`${String(bookings)} upcoming bookings made in ${seconds(began).toFixed(1)} s, ${String(due)} reminders due`,
	);
	await saveTemplate(playground);
	twilio.pace(0);

	const idle = memoryOf(pid);
	// What n8n held at most while it started does not count.
	forgetMost(pid);
	const since = executions.last();
	const start = () => ofetch(`${n8n.url}/webhook/${ID}`, { method: 'POST', retry: 0 });
	began = performance.now();
	await start();
	const planned = async () =>
		Number((await db.query("SELECT count(*) AS n FROM calcom.reminders WHERE status = 'claimed'")).rows[0]?.n) > 0;
	while (!(await planned())) await sleep(50);
	console.log(`planned and claimed after ${seconds(began).toFixed(1)} s`);
	// As when the next run falls due while this one sends.
	await start();
	const ended = () =>
		db
			.query("SELECT FROM calcom.reminders WHERE status = 'claimed' LIMIT 1")
			.then(({ rowCount }) => rowCount === 0);
	for (let told = 0; !(await ended()); await sleep(500)) {
		if (!n8n.running()) throw new Error(`n8n has ended:\n${n8n.log()}`);
		if (twilio.outbox.length - told < 500) continue;
		told = twilio.outbox.length;
		console.log(`  ${String(told)} sent after ${seconds(began).toFixed(0)} s, ${String(memoryOf(pid).now)} MB`);
	}
	const took = seconds(began);
	await executions.untilEnded(ID, since, 2);
	const whole = seconds(began);
	executions.close();
	const memory = memoryOf(pid);

	const recipients = twilio.outbox.map(({ to }) => to);
	const once = new Set(recipients);
	const missing = Array.from({ length: due }, (_, at) => phone(at)).filter((number) => !once.has(number));
	console.log(
		`${String(recipients.length)} SMS in ${took.toFixed(1)} s (${(recipients.length / took).toFixed(1)} per second), the run saved after ${whole.toFixed(1)} s; n8n held ${String(idle.now)} MB before, ${String(memory.most)} MB at most, ${String(memory.now)} MB after`,
	);
	console.log(
		`twice: ${String(recipients.length - once.size)}, nobody's: ${String(missing.length)} (target: 0 and 0)`,
	);
	if (recipients.length !== once.size || missing.length > 0) process.exitCode = 1;
} finally {
	await playground.stop();
}
