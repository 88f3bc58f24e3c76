// The action node in a real n8n under load and trouble: many bookings, storms, stolen slots, bad items.
import type { ActionRunner } from './support/action-workflow.mts';
import { memoryOfN8n, openActions } from './support/action-workflow.mts';
import { type E2e, openE2e } from './support/e2e.mts';

const MEGABYTE = 1024 * 1024;
const ALL = { resource: 'booking', operation: 'getMany', returnAll: true };
const TRIAL = { __rl: true, mode: 'id', value: '3' };
const ADA = { attendeeName: 'Ada Lovelace', attendeeEmail: 'ada@student.example' };
const CREATE = { resource: 'booking', operation: 'create', eventTypeId: TRIAL, timeZone: 'Europe/Amsterdam' };

let e2e: E2e;
let actions: ActionRunner;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	actions = await openActions(e2e, 'action-bulk', { rateLimit: 1_000 });
});
afterEach(async () => {
	await actions.stop();
});
afterAll(async () => {
	await e2e.close();
});

const uids = (items: Record<string, unknown>[]) => new Set(items.map(({ uid }) => uid));

describe('10,000 bookings', () => {
	test('come in 40 requests, each once, and n8n does not grow without end', async () => {
		const { cal, run } = actions;
		cal.seedBookings(10_000);
		await run({ parameters: { ...ALL, returnAll: false, limit: 1 }, unpaired: true });
		cal.requests.clear();
		const before = memoryOfN8n(e2e.n8n);
		const { items } = await run({ parameters: ALL, unpaired: true });
		const after = memoryOfN8n(e2e.n8n);
		expect([items.length, uids(items).size]).toEqual([10_000, 10_000]);
		const megabytes = [before, after].map((bytes) => Math.round((bytes ?? 0) / MEGABYTE));
		process.stderr.write(`  n8n holds ${megabytes.join(' MB before, ')} MB after 10,000 bookings\n`);
		expect(cal.requests.counts).toEqual({ 'GET /bookings': 40 });
		if (before === null || after === null) return;
		expect((after - before) / MEGABYTE).toBeLessThan(600);
	}, 120_000);

	test('a limit reads no more than it needs', async () => {
		const { cal, run } = actions;
		cal.seedBookings(1_000);
		const { items } = await run({ parameters: { ...ALL, returnAll: false, limit: 300 }, unpaired: true });
		expect(items).toHaveLength(300);
		expect(cal.requests.counts).toEqual({ 'GET /bookings': 2 });
	});
});

describe('storms', () => {
	test('reads wait out 429 and 5xx, lose nothing, and say that they waited', async () => {
		const { cal, run } = actions;
		cal.seedBookings(1_000);
		cal.storm([
			{ status: 429, count: 2, path: 'skip=250', resetSeconds: 1 },
			{ status: 503, count: 2, path: 'skip=500' },
			{ status: 'cut', path: 'skip=750' },
		]);
		const { items, hints } = await run({ parameters: ALL, unpaired: true });
		expect(uids(items).size).toBe(1_000);
		expect(hints.join(' ')).toMatch(/wait|slow|rate limit/i);
	}, 120_000);

	test('a booking whose answer was lost is made once, and handed over', async () => {
		const { cal, run } = actions;
		const [slot] = cal.freeSlots('trial-lesson', 1);
		cal.storm([{ status: 504, method: 'POST', work: 'lost' }]);
		const { items } = await run({ parameters: { ...CREATE, ...ADA, start: slot } });
		expect(items).toHaveLength(1);
		expect(cal.state.bookings.map(({ uid }) => uid)).toEqual([items[0]?.['uid']]);
		expect(cal.requests.counts['POST /bookings']).toBe(1);
	});
});

describe('times that somebody else takes', () => {
	test('between listing and booking: the error says that the time is taken', async () => {
		const { cal, run } = actions;
		const [slot] = cal.freeSlots('trial-lesson', 1);
		cal.stealNextSlots(1);
		await expect(run({ parameters: { ...CREATE, ...ADA, start: slot } })).rejects.toThrow(
			/taken|no longer|not free|not available|already/i,
		);
		expect(cal.state.bookings).toHaveLength(1);
	});

	test('"only if not booked yet" books once, however often it runs', async () => {
		const { cal, run } = actions;
		const [slot] = cal.freeSlots('trial-lesson', 1);
		const parameters = { ...CREATE, ...ADA, start: slot, onlyIfNotBooked: true };
		const first = await run({ parameters });
		const second = await run({ parameters });
		expect(second.items[0]?.['uid']).toBe(first.items[0]?.['uid']);
		expect([first.items[0]?.['alreadyBooked'], second.items[0]?.['alreadyBooked']]).toEqual([false, true]);
		expect(cal.state.bookings).toHaveLength(1);
	});
});

describe('one bad item among good ones', () => {
	const parameters = {
		...CREATE,
		attendeeName: '={{ $json.name }}',
		attendeeEmail: ADA.attendeeEmail,
		start: '={{ $json.start }}',
	};
	const wishes = (slots: string[]) => [
		{ name: 'One', start: slots[0] },
		{ name: 'Two', start: 'next Tuesday' },
		{ name: 'Three', start: slots[1] },
	];

	test('with Continue On Fail the others go on, and each output knows its item', async () => {
		const { cal, run } = actions;
		const items = wishes(cal.freeSlots('trial-lesson', 2));
		const outcome = await run({ parameters, items, onError: 'continueRegularOutput' });
		expect(outcome.items.map((item) => 'error' in item)).toEqual([false, true, false]);
		expect(outcome.from).toEqual([0, 1, 2]);
		expect(cal.state.bookings.map(({ attendees: [first] }) => first?.name)).toEqual(['One', 'Three']);
	});

	test('without it the workflow stops there', async () => {
		const { cal, run } = actions;
		const items = wishes(cal.freeSlots('trial-lesson', 2));
		await expect(run({ parameters, items })).rejects.toThrow(/Start/);
		expect(cal.state.bookings).toHaveLength(1);
	});

	test('with an error output the bad one goes there', async () => {
		const { cal, run } = actions;
		const items = wishes(cal.freeSlots('trial-lesson', 2));
		const outcome = await run({ parameters, items, onError: 'continueErrorOutput' });
		expect(outcome.from).toEqual([0, 2]);
	});

	test('several outputs of one item all know it', async () => {
		const { cal, run } = actions;
		const [slot] = cal.freeSlots('weekly-piano', 1);
		const outcome = await run({
			parameters: { ...parameters, eventTypeId: { __rl: true, mode: 'id', value: '={{ $json.type }}' } },
			items: [
				{ name: 'Weekly', start: slot, type: 13 },
				{ name: 'Once', start: cal.freeSlots('trial-lesson', 20).at(-1), type: 3 },
			],
		});
		expect(outcome.from).toEqual([0, 0, 0, 0, 1]);
	});
});
