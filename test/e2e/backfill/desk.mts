// Template 06 in a real n8n with a Cal.com of the test's own, and what it has written down.
import type { E2e } from '../support/e2e.mts';
import { openTemplateAtCalCom } from '../support/template-at-calcom.mts';

const START = 'Start the Backfill';

type Fields = Record<string, unknown>;

/** @param id at most 16 characters */
export async function openBackfill(e2e: E2e, id: string) {
	const template = await openTemplateAtCalCom(e2e, '06-backfill-and-reconcile', id);
	const rows = async (sql: string, values: unknown[] = []): Promise<Fields[]> =>
		(await e2e.db.query<Fields>(sql, values)).rows;
	const press = () => template.run(START, 120_000);
	return {
		template,
		cal: template.cal,
		rows,
		bookings: () =>
			rows('SELECT uid, status, lifecycle, attendee_email FROM calcom.bookings ORDER BY start_time, uid'),
		runs: () => rows('SELECT * FROM calcom.backfill_runs ORDER BY id'),
		/** Rows of a table of the schema. */
		count: async (table: string) => (await rows(`SELECT count(*)::int AS n FROM calcom.${table}`))[0]?.['n'],
		/** Presses "Execute workflow", and resolves when the run has ended. */
		press,
		/** Presses it, and resolves with the id of the execution at once. */
		start: () => e2e.editor.start(template.id, START),
		/** Sets it, and presses "Execute workflow". */
		async backfill(settings: Fields) {
			await template.save(settings);
			return await press();
		},
		/** When the bookings at Cal.com begin, the earliest first. */
		starts: () => template.cal.state.bookings.map(({ start }) => start).sort(),
		/** The keys of everything in the timelines. */
		activities: () => rows('SELECT event_key FROM calcom.lead_activities ORDER BY event_key'),
		/** Publishes it, with no wait for the webhooks of what is found. */
		async pollAtOnce(): Promise<void> {
			await template.save({}, { 'Let Webhooks Come First': { amount: 0 } });
			await template.publish();
		},
		/** Polls, as publishing does, and resolves when everything is through. */
		async poll(): Promise<void> {
			await template.unpublish();
			await template.publish();
			await template.executions();
		},
		/** Of the bookings that Cal.com has: one fact each, and one more for each that took place. */
		facts() {
			const { bookings: all } = template.cal.state;
			const over = all.filter(({ status, end }) => status === 'ACCEPTED' && Date.parse(end) < Date.now());
			return { all: all.length, over: over.length, told: all.length + over.length };
		},
	};
}
export type Backfill = Awaited<ReturnType<typeof openBackfill>>;
