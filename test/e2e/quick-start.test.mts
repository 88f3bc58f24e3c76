// The quick start template in a real n8n: bookings in a data table of n8n, without any database.
import { z } from 'zod';
import { readIndex, readRecordings } from '../nodes/shared/events/recordings.mts';
import { unless } from '../compat/differences.mts';
import { depth } from '../support/depth.mts';
import { type E2e, type Subscription, deliverSigned, openE2e, untilListening, waitFor } from './support/e2e.mts';

const SLUG = '10-quick-start-data-table';
const WORKFLOW = 'calcom-10';
const TABLE = 'Cal.com bookings';
const ada = {
	phoneNumber: '+31612345678',
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};

const tablesSchema = z.object({
	data: z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), projectId: z.string() })) }),
});
const rowSchema = z.object({ uid: z.string(), all_uids: z.string() }).passthrough();
const rowsSchema = z.object({ data: z.object({ data: z.array(rowSchema) }) });

const there = unless('dataTable');

let e2e: E2e;
let subscription: Subscription;
beforeAll(async () => {
	e2e = await openE2e();
	await e2e.activate(SLUG);
	subscription = await e2e.subscription(SLUG);
	await untilListening(subscription.url);
});
afterAll(async () => {
	await e2e.deactivate(SLUG);
	await e2e.close();
});
beforeEach(async () => {
	await idle();
	const table = await tableOf();
	// Without its table the template makes a new one.
	if (table) await e2e.editor.request(table, 'DELETE');
});

async function tableOf(): Promise<string | null> {
	const { data } = tablesSchema.parse(await e2e.editor.request('/data-tables-global')).data;
	const found = data.find(({ name }) => name === TABLE);
	return found ? `/projects/${found.projectId}/data-tables/${found.id}` : null;
}

/** The rows, by uid. */
async function rows(): Promise<Record<string, unknown>[]> {
	const table = await tableOf();
	if (!table) return [];
	const { data } = rowsSchema.parse(await e2e.editor.request(`${table}/rows?take=250&sortBy=uid:asc`)).data;
	return data;
}

const executions = () => e2e.editor.executions(WORKFLOW, 100);
const idle = () =>
	waitFor('all executions to end', async () =>
		(await executions()).every(({ status }) => status !== 'running' && status !== 'new'),
	);

/** Delivers, and waits until the template has done its work. */
async function deliverInTurn(bodies: readonly (string | Buffer)[]): Promise<void> {
	for (const body of bodies) {
		const before = (await executions())[0]?.id;
		expect((await deliverSigned(subscription, body)).status).toBe(200);
		const ended = await waitFor('the run to end', async () => {
			const [newest] = await executions();
			return newest && newest.id !== before && !['new', 'running'].includes(newest.status) && newest;
		});
		expect(ended.status).toBe('success');
	}
}

const one = (list: readonly unknown[]) => list.length === 1 && list;

there('booked, moved twice, cancelled: one row, made together with its table', async () => {
	const first = await e2e.desk.book(ada);
	const [made] = await waitFor('the row', async () => one(await rows()));
	expect(made).toMatchObject({
		uid: first.uid,
		status: 'accepted',
		attendee_email: ada.email,
		event_type: 'level-check',
	});
	await idle();
	const second = await e2e.desk.reschedule(first.uid);
	await waitFor('the first move', async () => (await rows())[0]?.['uid'] === second.uid);
	await idle();
	const third = await e2e.desk.reschedule(second.uid);
	await waitFor('the second move', async () => (await rows())[0]?.['uid'] === third.uid);
	await idle();
	await e2e.desk.cancel(third.uid, 'Ill');
	await waitFor('the cancellation', async () => (await rows())[0]?.['status'] === 'cancelled');
	await idle();
	expect(await rows()).toEqual([
		expect.objectContaining({
			uid: third.uid,
			all_uids: [first.uid, second.uid, third.uid].sort().join(' '),
			status: 'cancelled',
			reason: 'Ill',
			start: expect.stringContaining(third.start.slice(0, 16)),
			last_event: 'BOOKING_CANCELLED',
		}),
	]);
});

/** One booking's life, as Cal.com sent it, with uids and times of our own. */
const life = (() => {
	const secrets = new Map(readIndex().map(({ number, secret }) => [number, secret]));
	const of = (event: string, find: (payload: Record<string, unknown>) => boolean = () => true) => {
		const found = readRecordings()
			.filter(({ number }) => secrets.get(number) === 'whsec-all-0001')
			.map(({ bytes }) =>
				z
					.object({ triggerEvent: z.string(), payload: z.record(z.unknown()).default({}) })
					.passthrough()
					.parse(JSON.parse(bytes.toString())),
			)
			.find(({ triggerEvent, payload }) => triggerEvent === event && find(payload));
		if (!found) throw new Error(`There is no recording of ${event}.`);
		return found;
	};
	const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
	const created = of('BOOKING_CREATED');
	const moved = of('BOOKING_RESCHEDULED', ({ rescheduleUid }) => typeof rescheduleUid === 'string');
	const cancelled = of('BOOKING_CANCELLED');
	const told = (from: typeof created, minute: number, fields: Record<string, unknown>) =>
		JSON.stringify({ ...from, createdAt: at(minute), payload: { ...from.payload, ...fields } });
	return (name: string) => [
		told(created, 1, { uid: `${name}-a` }),
		told(moved, 2, { uid: `${name}-b`, rescheduleUid: `${name}-a` }),
		told(moved, 3, { uid: `${name}-c`, rescheduleUid: `${name}-b` }),
		told(cancelled, 4, { uid: `${name}-c` }),
	];
})();

/** Those that differ most come first. */
const ORDERS: [string, number[]][] = [
	['with copies', [0, 0, 1, 1, 2, 3, 3, 0]],
	['the other way round', [3, 2, 1, 0]],
	['in order', [0, 1, 2, 3]],
	['the booking itself last', [1, 2, 3, 0]],
	['the middle last', [0, 3, 2, 1]],
	['the cancellation second', [0, 3, 1, 2]],
	['the moves first, the later one before', [2, 1, 0, 3]],
];

there.each(ORDERS.slice(0, depth(2, ORDERS.length)))(
	'deliveries %s: one row, cancelled, and it stays so',
	async (name, order) => {
		const uid = name.replaceAll(/\W/g, '');
		const deliveries = life(uid);
		await deliverInTurn(order.map((at) => deliveries[at] ?? ''));
		expect(await rows()).toEqual([
			expect.objectContaining({
				uid: `${uid}-c`,
				all_uids: `${uid}-a ${uid}-b ${uid}-c`,
				status: 'cancelled',
				last_event: 'BOOKING_CANCELLED',
			}),
		]);
	},
);
