// The templates with a dry run, started by hand from each of their triggers: n8n's big button takes the one it likes.
import type pg from 'pg';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type TemplateAtCalCom, openTemplateAtCalCom } from './support/template-at-calcom.mts';

/** Where a dry run tells what would happen. */
const REPORTS = ['backfill_runs', 'service_sync_runs', 'sync_preview'];

let e2e: E2e;
let template: TemplateAtCalCom;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(() => e2e.resetTables());
afterEach(() => template.close());
afterAll(() => e2e.close());

/** All rows of all tables but the reports, as texts. */
async function contents(db: Pick<pg.ClientBase, 'query'> = e2e.db): Promise<Record<string, string[]>> {
	const { rows: tables } = await db.query<{ name: string }>(
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = 'calcom' AND tablename <> ALL ($1) ORDER BY name",
		[REPORTS],
	);
	const all: Record<string, string[]> = {};
	for (const { name } of tables) {
		const { rows } = await db.query<{ row: string }>(`SELECT t::text AS row FROM calcom.${name} AS t ORDER BY row`);
		all[name] = rows.map(({ row }) => row);
	}
	return all;
}
const writes = () => Object.keys(template.cal.requests.counts).filter((request) => !request.startsWith('GET '));

describe('06 Backfill and reconcile', () => {
	const POLL = 'Cal.com Poll Trigger';
	const atOnce = { 'Let Webhooks Come First': { amount: 0 } };
	beforeEach(async () => {
		template = await openTemplateAtCalCom(e2e, '06-backfill-and-reconcile', 'e2e-dry-backfill');
		template.cal.seedBookings(3);
	});

	test.each(['Start the Backfill', 'Go On Every 10 Minutes', 'Go On in a New Run'])(
		'%s: says what would be applied, and applies nothing',
		async (trigger) => {
			await template.save({}, atOnce);
			const before = await contents();
			await template.run(trigger);
			expect(await contents()).toEqual(before);
			expect(writes()).toEqual([]);
			const { rows } = await e2e.db.query('SELECT dry_run, status, read, failed FROM calcom.backfill_runs');
			expect(rows).toEqual([{ dry_run: true, status: 'done', read: 3, failed: 0 }]);
		},
	);

	test(`${POLL}: the same, and applies with the dry run off`, async () => {
		await template.save({}, atOnce);
		const before = await contents();
		const { output } = await template.run(POLL);
		expect(await contents()).toEqual(before);
		expect(writes()).toEqual([]);
		const [answer] = output['Apply What Was Missed'] ?? [];
		expect(answer).toMatchObject({ dry_run: true, reconciled: { failed: 0 } });

		await template.save({ dryRun: false }, atOnce);
		await template.run(POLL);
		expect((await contents())['bookings']).not.toEqual([]);
	});
});

describe('05 Service sync', () => {
	beforeEach(async () => {
		template = await openTemplateAtCalCom(e2e, '05-service-sync', 'e2e-dry-sync');
		await template.save();
		await e2e.db.query(
			"INSERT INTO calcom.services (name, slug, duration_minutes) VALUES ('Mine', 'trial-lesson', 30)",
		);
	});
	const previewed = async () => (await e2e.db.query('SELECT FROM calcom.sync_preview')).rowCount;

	test.each(['Sync Now', 'Every Night', 'Every 10 Minutes'])(
		'%s: shows what would be written, and writes nothing',
		async (trigger) => {
			const before = [await contents(), structuredClone(template.cal.state.eventTypes)];
			await template.run(trigger);
			expect([await contents(), template.cal.state.eventTypes]).toEqual(before);
			expect(writes()).toEqual([]);
			expect(await previewed()).toBeGreaterThan(0);
		},
	);

	test('A Service Was Edited: the same, of the edit it has waited for', async () => {
		const eventTypes = structuredClone(template.cal.state.eventTypes);
		await e2e.editor.start(template.id, 'A Service Was Edited');
		await waitFor('the trigger to listen', async () => {
			const listening =
				"SELECT FROM pg_stat_activity WHERE query ILIKE 'LISTEN%' AND datname = current_database()";
			return (await e2e.db.query(listening)).rowCount !== 0;
		});
		// n8n hears of it at the end of the transaction.
		const client = await e2e.db.connect();
		let edited: Record<string, string[]>;
		try {
			await client.query("BEGIN; UPDATE calcom.services SET name = 'Mine, renamed'");
			edited = await contents(client);
			await client.query('COMMIT');
		} finally {
			client.release();
		}
		await waitFor('the preview', async () => Number(await previewed()) > 0);
		await template.executions();
		expect(await contents()).toEqual(edited);
		expect(template.cal.state.eventTypes).toEqual(eventTypes);
		expect(writes()).toEqual([]);
	});
});
