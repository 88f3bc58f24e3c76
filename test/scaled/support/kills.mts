// What dies in production, one after the other: killed in the middle of a load, away for some seconds, started again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from 'stand-ins/calcom';
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

/**
 * Sends a load and kills while it lasts, one after the other, each when the one before it is back and its share of the
 * load is sent. Resolves when everybody is ready and nothing moves any more.
 */
export async function killUnderLoad(
	rig: ScaledRig,
	names: readonly string[],
	load: readonly Delivery[],
	inFlight: number,
): Promise<Sent[]> {
	const victims = names.map((name) => {
		const victim = VICTIMS[name]?.(rig);
		if (!victim) throw new Error(`There is no ${name} to kill.`);
		return victim;
	});
	let struck = 0;
	let killed = Promise.resolve();
	const strike = async (victim: Victim) => {
		await victim.kill();
		await sleep(AWAY_MS);
		await victim.start();
	};
	const sent = await sendAll(load, inFlight, (count) => {
		const next = victims[struck];
		if (!next || count < (load.length * (struck + 1)) / (victims.length + 2)) return;
		struck += 1;
		killed = killed.then(() => strike(next));
	});
	await killed;
	await Promise.all(rig.n8n.parts.map((part) => part.ready()));
	await rig.quiet();
	return sent;
}
