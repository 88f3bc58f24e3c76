// How long each node of a workflow took, as n8n noted it with the executions it saved (SQLite, read only).
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { openFlatted } from '../../../playground/src/n8n/flatted.mts';

const savedSchema = z.object({ data: z.string() });
const runSchema = z.object({
	resultData: z.object({ runData: z.record(z.array(z.object({ executionTime: z.number() }))) }),
});

/** @returns node name -> milliseconds, one for each execution of the workflow that began after `since` */
export function nodeTimes(userFolder: string, workflowId: string, since: number): Map<string, number[]> {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		const saved = database.prepare(
			`SELECT data FROM execution_data JOIN execution_entity ON execution_entity.id = execution_data.executionId
			WHERE execution_entity.id > ? AND workflowId = ?`,
		);
		const times = new Map<string, number[]>();
		for (const row of saved.all(since, workflowId)) {
			const { runData } = runSchema.parse(openFlatted(savedSchema.parse(row).data)).resultData;
			for (const [node, runs] of Object.entries(runData))
				times.set(node, [...(times.get(node) ?? []), ...runs.map(({ executionTime }) => executionTime)]);
		}
		return times;
	} finally {
		database.close();
	}
}
