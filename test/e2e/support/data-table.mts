// A data table of n8n, by its name.
import { z } from 'zod';
import type { Editor } from '../../../playground/src/n8n/editor.mts';

const tablesSchema = z.object({
	data: z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), projectId: z.string() })) }),
});
const rowsSchema = z.object({ data: z.object({ data: z.array(z.record(z.unknown())) }) });

export interface DataTable {
	/** By uid; null while there is no such table. */
	rows(): Promise<Record<string, unknown>[] | null>;
	remove(): Promise<void>;
}

export function dataTable(editor: Pick<Editor, 'request'>, name: string): DataTable {
	const place = async () => {
		const { data } = tablesSchema.parse(await editor.request('/data-tables-global')).data;
		const found = data.find((table) => table.name === name);
		return found ? `/projects/${found.projectId}/data-tables/${found.id}` : null;
	};
	return {
		async rows() {
			const table = await place();
			if (table === null) return null;
			return rowsSchema.parse(await editor.request(`${table}/rows?take=250&sortBy=uid:asc`)).data.data;
		},
		async remove() {
			const table = await place();
			if (table !== null) await editor.request(table, 'DELETE');
		},
	};
}
