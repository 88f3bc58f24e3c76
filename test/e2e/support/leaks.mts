// Looks for secrets in everything that an n8n keeps: each column of its database, its logs and its other files.
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type pg from 'pg';
import { z } from 'zod';

/** Name of a secret -> the secret. */
export type Canaries = Record<string, string>;
/** Name of a secret -> where it stands, e.g. `workflow_entity.staticData`. */
export type Found = Record<string, string[]>;

/** The forms in which a text may stand somewhere: as it is, in JSON, in a URL, in hex, within a longer text in base64. */
export function formsOf(secret: string): string[] {
	const hex = Buffer.from(secret).toString('hex');
	// Base64 packs three bytes into four letters: where the secret begins in them decides how it looks. The letters at
	// both ends hold bits of its neighbours.
	const base64 = [0, 1, 2].map((before) => {
		const packed = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
			.toString('base64')
			.replace(/=+$/, '');
		return packed.slice(before === 0 ? 0 : before + 1, (before + secret.length) % 3 === 0 ? undefined : -1);
	});
	const urlSafe = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
	const json = JSON.stringify(secret).slice(1, -1);
	return [...new Set([secret, json, encodeURIComponent(secret), hex, hex.toUpperCase(), ...base64, ...urlSafe])];
}

/** Notes which secrets a text holds. */
export type Look = (place: string, text: string) => void;

export function lookFor(canaries: Canaries): { look: Look; found: () => Found } {
	const forms = Object.entries(canaries).map(([name, secret]) => [name, formsOf(secret)] as const);
	const places = new Map(forms.map(([name]) => [name, new Set<string>()]));
	return {
		look(place, text) {
			for (const [name, all] of forms) if (all.some((form) => text.includes(form))) places.get(name)?.add(place);
		},
		found: () => Object.fromEntries([...places].map(([name, where]) => [name, [...where].sort()])),
	};
}

const nameSchema = z.object({ name: z.string() });
const rowSchema = z.record(z.union([z.string(), z.number(), z.bigint(), z.null(), z.instanceof(Uint8Array)]));

/** Every column of every row of n8n's SQLite database; of an execution, the workflow is told too. */
export function lookInDatabase(userFolder: string, look: Look): void {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		const workflowOf = database.prepare('SELECT workflowId AS name FROM execution_entity WHERE id = ?');
		const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
		for (const { name: table } of tables.map((row) => nameSchema.parse(row))) {
			for (const found of database.prepare(`SELECT * FROM "${table}"`).iterate()) {
				const row = rowSchema.parse(found);
				const id = row['executionId'];
				const of =
					table !== 'execution_data' || typeof id !== 'number'
						? ''
						: ` of ${nameSchema.parse(workflowOf.get(id)).name}`;
				for (const [column, value] of Object.entries(row)) {
					const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
					look(`${table}.${column}${of}`, text);
				}
			}
		}
	} finally {
		database.close();
	}
}

/** Every file beside the database: logs, configuration, binary data. */
export async function lookInFiles(userFolder: string, look: Look): Promise<void> {
	for (const entry of await readdir(userFolder, { recursive: true, withFileTypes: true })) {
		const file = relative(userFolder, join(entry.parentPath, entry.name));
		if (!entry.isFile() || /node_modules|database\.sqlite/.test(file)) continue;
		look(file, await readFile(join(userFolder, file), 'latin1'));
	}
}

/** Every row of the templates' own tables. */
export async function lookInTables(db: pg.Pool, look: Look): Promise<void> {
	const tables = await db.query("SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'calcom'");
	for (const { name } of tables.rows.map((row) => nameSchema.parse(row))) {
		const { rows } = await db.query(`SELECT to_jsonb(t)::text AS name FROM calcom.${name} t`);
		for (const row of rows) look(`calcom.${name}`, nameSchema.parse(row).name);
	}
}
