// n8n as it is scaled in production, under a small load: every row right, and after each kind of kill too.
import { seededRandom } from 'stand-ins/random';
import { compareTables } from './support/compare.mts';
import { VICTIMS, killUnderLoad } from './support/kills.mts';
import { type Lives, type Random, openLives } from './support/lives.mts';
import { mix, outcomes, sendAll } from './support/load.mts';
import { type ScaledRig, startScaledRig } from './support/rig.mts';
import { checkSms } from './support/sms.mts';

const DELIVERIES = 200;
const UNDER_A_KILL = 40;
const DOUBLED = 0.3;
const IN_FLIGHT = 16;
const MINUTE = 60_000;

const seed = Number(process.env['SCALED_SEED'] ?? Date.now() % 100_000);
let rig: ScaledRig;
let lives: Lives;
let random: Random;
beforeAll(async () => {
	process.stderr.write(`  seed ${String(seed)} (SCALED_SEED)\n`);
	rig = await startScaledRig({
		name: 'test',
		confirmationSms: true,
		remindEvery: 20,
		onStep: (name, ms) => process.stderr.write(`  ${name}: ${(ms / 1000).toFixed(1)} s\n`),
	});
	random = seededRandom(seed);
	lives = openLives(rig.cal, random);
}, 10 * MINUTE);
afterAll(() => rig.stop(), 2 * MINUTE);

/** The reminders of both sides, and then what differs. */
async function held() {
	await rig.remind();
	await rig.reference.plan();
	return await compareTables(rig.db, rig.reference.pool);
}

test(
	`${String(DELIVERIES)} deliveries, three in ten doubled, shuffled: every row is right`,
	async () => {
		const told = await lives.live(DELIVERIES);
		await rig.reference.apply(told);
		const load = mix(told, DOUBLED, random);
		const sent = await sendAll(load, IN_FLIGHT);
		expect(outcomes(sent)).toEqual({ 200: load.length });
		await rig.quiet();
		const { rows, differences, healed } = await held();
		expect(differences).toEqual([]);
		expect(healed).toBe(0);
		expect(rows['event_claims']).toBe(told.length);
		expect((await checkSms(rig)).wrong).toEqual([]);
	},
	10 * MINUTE,
);

test.each(Object.keys(VICTIMS))(
	'kill -9 of %s under load: after its restart and one reconcile run the tables are right',
	async (victim) => {
		const told = await lives.live(UNDER_A_KILL);
		await rig.reference.apply(told);
		const load = mix(told, DOUBLED, random);
		const sent = await killUnderLoad(rig, [victim], load, IN_FLIGHT);
		expect(sent).toHaveLength(load.length);
		await rig.reconcile();
		const { differences, healed, overtaken } = await held();
		process.stderr.write(`  ${victim}: ${JSON.stringify({ ...outcomes(sent), healed, overtaken })}\n`);
		expect(differences).toEqual([]);
		expect((await checkSms(rig)).wrong).toEqual([]);
	},
	10 * MINUTE,
);
