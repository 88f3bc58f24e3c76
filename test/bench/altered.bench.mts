// Deliveries that somebody altered, over HTTP, at the Cal.com Trigger in a real n8n, with right ones among them (one in
// ten): none of the altered starts anything, each of the right ones does, and n8n's memory is flat afterwards: after a
// first batch, a second one as large adds next to nothing.
// Exit code 1 when one of that does not hold. Prints its seed.
//
//   node test/bench/altered.bench.mts [--altered 2000] [--batches 2] [--seed N] [--package FOLDER]
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Attempt, alter, sign, SIGNATURE_HEADER } from '../support/alterations/index.mts';
import { isOverHttp, refusalOf } from '../e2e/support/altered-over-http.mts';
import { rawPost } from '../e2e/support/raw-post.mts';
import { EVENTS, readDeliveries } from './support/deliveries.mts';
import { type Memory, WATCHED, watchHeap } from './support/heap.mts';
import { calComCredential, startRig } from './support/rig.mts';
import { quantile } from './support/statistics.mts';
import { triggerAlone } from './support/workflows.mts';

const AT_ONCE = 8;
const ONE_RIGHT_IN = 10;
/** What a second batch of 2,000 may add to n8n's heap: less than half of their bodies. */
const GROWTH_LIMIT_MB = 3;
const SETTLE_MS = 3000;

const { values } = parseArgs({
	// Options of the other benches come along.
	strict: false,
	options: {
		altered: { type: 'string', default: '2000' },
		batches: { type: 'string', default: '2' },
		seed: { type: 'string', default: String(Date.now() % 1_000_000) },
		package: { type: 'string' },
	},
});
const [size, batches, seed] = [Number(values.altered), Number(values.batches), Number(values.seed)];

interface Sent {
	attempt: Attempt & { name: string };
	right: boolean;
}

const rig = await startRig({
	name: 'altered',
	packageDir: typeof values.package === 'string' ? values.package : undefined,
	n8nEnv: WATCHED,
});
try {
	const { calcom, editor, executions, pid } = rig;
	const credential = await editor.saveCredential(calComCredential(calcom));
	const type = 'n8n-nodes-calcom-sync.calComTrigger';
	const trigger = { type, typeVersion: 2, parameters: { events: EVENTS }, credentials: { calComApi: credential } };
	const { url, secret, workflowId } = await rig.enter(
		'Cal.com Trigger',
		triggerAlone('bench-altered', trigger),
		'calcom',
	);
	if (secret === null) throw new Error('The trigger has registered no webhook with a secret.');

	const recorded = readDeliveries().map(({ body }) => ({ bytes: body, secret, signature: sign(body, secret) }));
	const altered = alter(recorded, seed);
	const next = (): Attempt & { name: string } => {
		for (;;) {
			const attempt = altered.next().value;
			if (isOverHttp(attempt, secret)) return attempt;
		}
	};
	const rightOne = (at: number): Attempt & { name: string } => {
		const delivery = recorded[at % recorded.length];
		if (!delivery) throw new Error('There are no recorded deliveries.');
		const { bytes, signature } = delivery;
		return { name: 'as it was sent', body: bytes, headers: [[SIGNATURE_HEADER, signature]], held: [secret] };
	};
	const batch = (): Sent[] =>
		Array.from({ length: size }, (_, at) => {
			const sent: Sent[] = [{ attempt: next(), right: false }];
			if (at % (ONE_RIGHT_IN - 1) === 0) sent.push({ attempt: rightOne(at), right: true });
			return sent;
		}).flat();

	const statuses = new Map<number, number>();
	const waits: number[] = [];
	const wrong: string[] = [];
	const sendAll = async (all: Sent[]) => {
		const waiting = [...all];
		const since = executions.last();
		const sender = async () => {
			for (let one = waiting.shift(); one; one = waiting.shift()) {
				const { body, headers, name } = one.attempt;
				const answer = await rawPost(url, body, headers);
				const expected = one.right ? 200 : refusalOf(one.attempt);
				if (answer.status !== expected)
					wrong.push(`${name}: ${String(answer.status)} ${answer.text.slice(0, 100)}`);
				if (!one.right) {
					statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
					waits.push(answer.ms);
				}
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, sender));
		const right = all.filter((one) => one.right).length;
		await executions.untilEnded(workflowId, since, right);
		await sleep(SETTLE_MS);
		// Throws when more than the right ones have started something.
		await executions.untilEnded(workflowId, since, right);
		return right;
	};

	console.log(`seed ${String(seed)}`);
	const heap = await watchHeap(pid, join(rig.dir, 'n8n', 'n8n.log'));
	const show = (when: string, { heap: used, resident }: Memory) =>
		console.log(
			`${when.padEnd(40)} heap ${used.toFixed(1).padStart(6)} MB after collection, process ${resident.toFixed(0).padStart(5)} MB`,
		);
	show('before', await heap.measure());
	const measured: Memory[] = [];
	for (let number = 1; number <= batches; number += 1) {
		const right = await sendAll(batch());
		const memory = await heap.measure();
		measured.push(memory);
		show(`${String(number * size)} altered, each with ${String(right)} right ones`, memory);
	}
	heap.close();

	const told = [...statuses].map(([status, count]) => `${String(count)} answered ${String(status)}`).join(', ');
	console.log(
		`altered: ${told}; after ${quantile(waits, 0.5).toFixed(0)} ms (median), ${quantile(waits, 0.99).toFixed(0)} ms (99th percentile)`,
	);
	console.log(`executions: those of the right deliveries and no other`);
	console.log(`answered otherwise than documented: ${String(wrong.length)} (target: 0)`);
	for (const line of wrong.slice(0, 10)) console.log(`  ${line}`);
	const [last, before] = [measured.at(-1), measured.at(-2)];
	if (!last || !before) throw new Error('One batch alone tells nothing of growth.');
	const growth = last.heap - before.heap;
	const flat = growth < GROWTH_LIMIT_MB;
	console.log(
		`the last batch added ${growth.toFixed(2)} MB to the heap (target: under ${String(GROWTH_LIMIT_MB)} MB): ${flat ? 'holds' : 'missed'}; ` +
			`to the process ${(last.resident - before.resident).toFixed(0)} MB (for information)`,
	);
	if (wrong.length > 0 || !flat) process.exitCode = 1;
} finally {
	await rig.stop();
}
