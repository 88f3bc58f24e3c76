// What dies in production, one at a time: killed in the middle of a load, away for some seconds, started again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../../../playground/src/calcom/index.mts';
import { type Sent, sendAll } from './load.mts';
import type { ScaledRig } from './rig.mts';

interface Victim {
	kill(): Promise<void>;
	/** Resolves when it is ready again. */
	start(): Promise<void>;
}

/** Name -> what is killed with SIGKILL. */
export const VICTIMS: Record<string, (rig: ScaledRig) => Victim | undefined> = {
	'a worker': ({ n8n }) => n8n.workers[0],
	'a webhook process': ({ n8n }) => n8n.webhooks[0],
	main: ({ n8n }) => n8n.main,
	PostgreSQL: ({ postgres }) => postgres,
	Redis: ({ redis }) => redis,
};

/** How long it stays away. */
const AWAY_MS = 3_000;

/** Sends a load, kills in the middle of it, and resolves when everybody is ready and nothing moves any more. */
export async function killUnderLoad(
	rig: ScaledRig,
	name: string,
	load: readonly Delivery[],
	inFlight: number,
): Promise<Sent[]> {
	const victim = VICTIMS[name]?.(rig);
	if (!victim) throw new Error(`There is no ${name} to kill.`);
	let killed: Promise<void> | undefined;
	const strike = async () => {
		await victim.kill();
		await sleep(AWAY_MS);
		await victim.start();
	};
	const sent = await sendAll(load, inFlight, (count) => {
		if (count >= load.length / 3) killed ??= strike();
	});
	await killed;
	await Promise.all(rig.n8n.parts.map((part) => part.ready()));
	await rig.quiet();
	return sent;
}
