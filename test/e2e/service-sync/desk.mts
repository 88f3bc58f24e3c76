// Template 05 in a real n8n, with the table that people edit and a Cal.com of the test's own.
import { type E2e, waitFor } from '../support/e2e.mts';
import { openTemplateAtCalCom } from '../support/template-at-calcom.mts';

const START = 'Sync Now';
const NODE = 'Cal.com Sync';

type Row = Record<string, unknown>;

/** @param id at most 16 characters */
export async function openServiceSync(e2e: E2e, id: string) {
	const template = await openTemplateAtCalCom(e2e, '05-service-sync', id);
	const { cal } = template;
	const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
		(await e2e.db.query<Row>(sql, values)).rows;
	return {
		template,
		cal,
		rows,
		/** The services, the oldest first. */
		services: () => rows('SELECT * FROM calcom.services ORDER BY id'),
		/** @throws Error when no service has the slug */
		async service(slug: string): Promise<Row> {
			const [row] = await rows('SELECT * FROM calcom.services WHERE slug = $1', [slug]);
			if (!row) throw new Error(`No service has the slug ${slug}`);
			return row;
		},
		/** Somebody of the back office edits a row: `set` is SQL. */
		edit: (slug: string, set: string) => e2e.db.query(`UPDATE calcom.services SET ${set} WHERE slug = $1`, [slug]),
		/** @throws Error when no event type has the slug */
		eventType(slug: string) {
			const found = cal.state.eventTypes.find((candidate) => candidate.slug === slug);
			if (!found) throw new Error(`No event type has the slug ${slug}`);
			return found;
		},
		/** Those of the owner: the team's are not hers to keep in step. */
		theirs: () => cal.state.eventTypes.filter(({ ownerId }) => ownerId === 1),
		/** Presses "Execute workflow" on the template as it is imported. */
		async asImported() {
			await template.save();
			return await template.run(START);
		},
		/** Presses "Execute workflow", with "Apply" chosen in the panel of the Sync node. */
		async sync(apply = 'write', settings: Row = {}) {
			await template.save(settings, { [NODE]: { apply } });
			cal.requests.clear();
			return await template.run(START);
		},
		/** How often Cal.com was written to since the last "Execute workflow". */
		written: () => cal.requests.counts['PATCH /event-types/:id'] ?? 0,
		/** Waits until no run is under way and every service is in step, or in conflict. */
		quiet: () =>
			waitFor(
				'the sync to have nothing to do',
				async () =>
					(await rows("SELECT FROM calcom.services WHERE sync_status = 'pending'")).length === 0 &&
					(await rows("SELECT FROM calcom.service_sync_runs WHERE status = 'running'")).length === 0,
				{ timeout: 30_000 },
			),
	};
}
export type ServiceSync = Awaited<ReturnType<typeof openServiceSync>>;
