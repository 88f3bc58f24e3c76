// Many deliveries at once, in any order, doubled: in a real n8n, on a real PostgreSQL.
import fc from 'fast-check';
import { SEED, depth } from '../support/depth.mts';
import { type LeadCapture, openLeadCapture, recorded } from './lead-capture/desk.mts';
import { deliverSigned } from './support/e2e.mts';

const COUNT = depth(30, 150);
/** Each books more than once. */
const PEOPLE = depth(8, 40);

let desk: LeadCapture;
beforeAll(async () => {
	desk = await openLeadCapture();
});
afterAll(() => desk.e2e.close());
beforeEach(() => desk.reset());

describe('the recorded deliveries', () => {
	const send = async (bodies: Buffer[], atOnce: number) => {
		const subscription = await desk.e2e.subscription();
		const waiting = [...bodies];
		const worker = async () => {
			for (let body = waiting.shift(); body; body = waiting.shift())
				expect((await deliverSigned(subscription, body)).status).toBe(200);
		};
		await Promise.all(Array.from({ length: atOnce }, worker));
		await desk.idle();
	};

	test('in order, then shuffled and doubled: the tables end the same', async () => {
		const life = recorded.slice(0, depth(16, recorded.length));
		await send(life, 1);
		await desk.settled(life.length);
		const reference = await desk.tables();
		expect(reference.inbox).toHaveLength(life.length);
		for (const seed of depth([SEED], [SEED, SEED + 1, SEED + 2])) {
			await desk.e2e.resetTables();
			const doubled = [...life, ...life];
			const [shuffled] = fc.sample(fc.shuffledSubarray(doubled, { minLength: doubled.length }), {
				numRuns: 1,
				seed,
			});
			await send(shuffled ?? [], 8);
			await desk.settled(life.length);
			expect(await desk.tables()).toEqual(reference);
		}
	}, 180_000);
});

test('many deliveries, 20 at a time, a third of them doubled: every row is right', async () => {
	const subscription = await desk.e2e.subscription();
	const template = recorded[0]!.toString();
	const people = Array.from({ length: COUNT }, (_, at) => {
		const body = JSON.parse(template) as {
			createdAt: string;
			payload: { uid: string; bookingId: number; attendees: { email: string; name: string }[] };
		};
		Object.assign(body.payload, {
			uid: `load-${String(at).padStart(3, '0')}`,
			bookingId: 10_000 + at,
			iCalUID: null,
		});
		Object.assign(body.payload.attendees[0]!, {
			email: `p${String(at % PEOPLE)}@student.example`,
			name: `Person ${String(at % PEOPLE)}`,
		});
		return JSON.stringify(body);
	});
	const all = [...people, ...people.slice(0, COUNT / 3)];
	const waiting = [...all];
	await Promise.all(
		Array.from({ length: 20 }, async () => {
			for (let body = waiting.shift(); body; body = waiting.shift())
				expect((await deliverSigned(subscription, body)).status).toBe(200);
		}),
	);
	await desk.settled(COUNT);
	expect((await desk.rows('SELECT count(*)::int AS n FROM calcom.leads'))[0]?.n).toBe(PEOPLE);
	expect(await desk.rows('SELECT uid, attendee_name FROM calcom.bookings ORDER BY uid')).toEqual(
		people.map((_, at) => ({
			uid: `load-${String(at).padStart(3, '0')}`,
			attendee_name: `Person ${String(at % PEOPLE)}`,
		})),
	);
	expect((await desk.rows('SELECT count(*)::int AS n FROM calcom.lead_activities'))[0]?.n).toBe(COUNT);
}, 120_000);
