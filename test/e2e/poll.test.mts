// The Cal.com Poll Trigger beside lead capture in a real n8n: polling makes up for the webhooks that were lost.
import { SEED, depth } from '../support/depth.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { LIVES, live, livelyDay, rowsOf, toldKeys } from './poll/day.mts';
import { bookingRows, leadCapture } from './poll/lead-capture.mts';
import { type PollWorld, openPollWorld } from './poll/world.mts';

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
afterAll(() => e2e.close());

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
	(await e2e.db.query<Record<string, unknown>>(sql)).rows;

describe.each(depth([SEED], [SEED, SEED + 1]))('half of the deliveries is lost, seed %i', (seed) => {
	let world: PollWorld;
	/** What is left of each life: the uid of its last booking. */
	const left = new Map<string, string>();
	/** What came of the deliveries before, between and after polls. */
	const beside: (number | null)[] = [];
	beforeAll(async () => {
		await e2e.resetTables();
		world = await openPollWorld(e2e);
		const { cal, desk } = world;
		await world.switchOn(await leadCapture(e2e, world.id, world.credential, { webhook: true }));
		for (const life of LIVES) left.set(life.name, await live(cal, life));
		cal.loseDeliveries(0.5, seed);
		await livelyDay(cal, seed, depth(8, 14));
		cal.loseDeliveries(0, seed);
		for (let round = 0; round < 3; round += 1) {
			await desk.book();
			beside.push(cal.deliveries.at(-1)?.status ?? null);
			await world.polls(1);
		}
	}, 180_000);
	afterAll(() => world.close());

	test.each(LIVES)('$name: one row, as Cal.com has it', async ({ name, status }) => {
		const uid = left.get(name);
		const expected = rowsOf(world.cal).filter((row) => row.uid === uid);
		expect(expected).toMatchObject([{ status }]);
		const [{ attendee_email: email } = { attendee_email: '' }] = expected;
		expect((await bookingRows(e2e)).filter((row) => row['attendee_email'] === email)).toEqual(expected);
	});

	test('every row is right and none is doubled', async () => {
		const { cal } = world;
		expect(await bookingRows(e2e)).toEqual(rowsOf(cal));
		const inbox = await rows('SELECT event_key, status, source FROM calcom.webhook_events');
		expect(inbox.filter(({ status }) => status !== 'processed')).toEqual([]);
		// The poll tells facts under the very keys that the lost deliveries had.
		const told = toldKeys(cal);
		expect(inbox.map(({ event_key }) => String(event_key)).filter((key) => !told.has(key))).toEqual([]);
		expect(new Set(inbox.map(({ source }) => source))).toEqual(new Set(['poll', 'webhook']));
		const lost = cal.deliveries.filter(({ status }) => status === null).length;
		process.stderr.write(
			`  ${String(lost)} of ${String(cal.deliveries.length)} deliveries lost, ${String(inbox.length)} facts in the inbox, ${String(inbox.filter(({ source }) => source === 'poll').length)} of them by polling\n`,
		);
		const [count] = await rows('SELECT count(*)::int AS activities FROM calcom.lead_activities');
		expect(count).toEqual({ activities: inbox.length });
		expect(await rows('SELECT lower(email) FROM calcom.leads GROUP BY 1 HAVING count(*) > 1')).toEqual([]);
	});

	test('the webhook keeps its secret beside the poll: deliveries are taken before, between and after polls', () => {
		expect(beside).toEqual([200, 200, 200]);
	});
});
