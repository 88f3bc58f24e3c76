// What goes wrong while people edit and the sync runs: at Cal.com, at PostgreSQL, and n8n itself.
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from 'stand-ins/random';
import type { Gust } from 'stand-ins/calcom';
import { waitFor } from '../support/e2e.mts';
import { killN8n } from '../support/kill-n8n.mts';
import type { World } from './world.mts';

/** Seconds after a 429 that are more than a decision of the sync keeps. */
const LONG_WAIT = 7;
const GUSTS: readonly Gust[] = [
	{ status: 429, method: 'PATCH', resetSeconds: LONG_WAIT },
	{ status: 429, method: 'GET', resetSeconds: 1 },
	{ status: 500, method: 'GET', count: 2 },
	{ status: 503, method: 'PATCH' },
	{ status: 504, method: 'PATCH', work: 'lost' },
	{ status: 'cut', method: 'PATCH', work: 'lost' },
	{ status: 'cut', method: 'PATCH' },
	{ status: 504, method: 'POST', work: 'lost' },
];

type Trouble = (world: World) => Promise<void>;

/** How long each trouble lasts. */
const MOMENT = 2_500;

const TROUBLES: Record<string, Trouble> = {
	async gusts({ cal }) {
		cal.storm([...GUSTS]);
		await sleep(4 * MOMENT);
		cal.storm([]);
	},
	async down({ cal }) {
		await cal.goDown();
		await sleep(MOMENT);
		await cal.comeBack();
	},
	async ignored({ cal }) {
		for (const field of ['title', 'description']) {
			cal.ignoreField(field);
			await sleep(MOMENT);
		}
		cal.ignoreField('');
	},
	async deleted({ cal }) {
		const gone = cal.state.eventTypes[1];
		if (!gone) return;
		cal.removeEventTypeNamed(gone.slug);
		await sleep(2 * MOMENT);
		cal.restoreEventType(gone.slug);
	},
	async database({ gate }) {
		await gate.shut();
		// Longer than the template tries again.
		await sleep(3 * MOMENT);
		await gate.open();
	},
	async killed(world) {
		const { e2e, cal, options } = world;
		if (!options.kill) return;
		const writes = () => cal.requests.counts['PATCH /event-types/:id'] ?? 0;
		const before = writes();
		// When nobody types any more, nothing is written: then it is killed while it only looks.
		await waitFor('a run that writes', () => writes() > before, { timeout: 15_000, interval: 5 }).catch(
			() => undefined,
		);
		await killN8n();
		world.isAway = true;
		await e2e.restartN8n();
		world.isAway = false;
	},
};

/** All kinds of trouble, one after the other, in an order of the seed's. */
export async function badWeather(world: World): Promise<void> {
	const random = seededRandom(world.options.seed + 1);
	const left = Object.entries(TROUBLES);
	for (; left.length > 0;) {
		const [[name, trouble] = ['', null]] = left.splice(Math.floor(random() * left.length), 1);
		if (trouble === null) return;
		process.stderr.write(`  ${new Date().toISOString()} ${name}\n`);
		await trouble(world);
	}
}
