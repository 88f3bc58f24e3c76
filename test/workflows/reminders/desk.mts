// The reminders on a real PostgreSQL, with the settings of the template as it ships and a clock of the test's own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type EventChanges, bookingEvent } from '../event-builder.mts';
import { type TestDatabase, startDatabase } from '../database.mts';

const WORKFLOWS = join(import.meta.dirname, '../../../workflows');
const templateSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), parameters: z.record(z.unknown()) })),
});
const fieldsSchema = z.object({
	assignments: z.object({
		assignments: z.array(z.object({ name: z.string(), value: z.unknown(), type: z.string() })),
	}),
});

export type Settings = Record<string, unknown>;

function put(target: Settings, path: string[], value: unknown): void {
	const [head = '', ...rest] = path;
	if (rest.length === 0) {
		target[head] = value;
		return;
	}
	const inner: Settings = { ...z.record(z.unknown()).optional().parse(target[head]) };
	put(inner, rest, value);
	target[head] = inner;
}

/** What the Settings node of a template hands on: dots in its names are levels, as the Edit Fields node has it. */
export function settingsOf(template: string): Settings {
	const { nodes } = templateSchema.parse(JSON.parse(readFileSync(join(WORKFLOWS, template), 'utf8')));
	const fields = fieldsSchema.parse(nodes.find(({ name }) => name === 'Settings')?.parameters).assignments
		.assignments;
	const settings: Settings = {};
	for (const { name, value, type } of fields) {
		put(settings, name.split('.'), type === 'object' ? JSON.parse(String(value)) : value);
	}
	return settings;
}

export const FROM = '+14155238886';
export const ADA = '+31612345678';

/** An instant as text: `utc('2026-12-01 09:00')`. */
export const utc = (text: string) => new Date(`${text.replace(' ', 'T')}:00.000Z`).toISOString();

export const minutesAfter = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();

export interface Reminder {
	id: string;
	booking_uid: string;
	start_time: Date;
	kind: string;
	recipient: string;
	due_at: Date;
	status: string;
	reason: string | null;
	attempts: number;
	message_sid: string | null;
	body: string | null;
	error_code: number | null;
	sending_at: Date | null;
}

export interface Permission {
	id: string;
	go: boolean;
	to: string | null;
	from: string | null;
	text: string | null;
	status_callback: string | null;
	why: string | null;
}

export interface Claim {
	id: string;
	kind: string;
	recipient: string;
	look_up: boolean;
	attempts: number;
}

export type Desk = ReturnType<typeof deskOn>;

/** The steps of the reminder template, each with its time. */
function deskOn(db: TestDatabase, settings: Settings) {
	const rows = async <T extends object>(sql: string, values: unknown[] = []) =>
		(await db.pool.query<T>(sql, values)).rows;
	const first = async <T extends object>(sql: string, values: unknown[] = []): Promise<T> => {
		const [row] = await rows<T>(sql, values);
		if (row === undefined) throw new Error(`no row: ${sql}`);
		return row;
	};
	const json = () => JSON.stringify(settings);
	return {
		db,
		settings,
		rows,
		first,
		/** The same desk with other settings. */
		with: (changes: Settings) => deskOn(db, { ...settings, ...changes }),
		book: (changes: Partial<EventChanges> = {}) =>
			db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0, ...changes })),
		plan: (at: string) =>
			first<{ planned: number; skipped: number; silenced: number }>(
				'SELECT * FROM calcom.plan_reminders($1::jsonb, $2)',
				[json(), at],
			),
		claim: (at: string, run = 'run-1') =>
			rows<Claim>('SELECT * FROM calcom.claim_reminders($1::jsonb, $2, $3)', [json(), run, at]),
		maySend: (id: string, at: string, run = 'run-1') =>
			first<Permission>('SELECT * FROM calcom.may_send($1, $2, $3::jsonb, $4)', [id, run, json(), at]),
		sent: (id: string, sid: string, at: string) =>
			first<{ status: string }>('SELECT calcom.reminder_sent($1, $2, $3) AS status', [id, sid, at]),
		failed: (id: string, answer: object, at: string, run = 'run-1') =>
			first<{ status: string; reason: string; ask: boolean }>(
				'SELECT * FROM calcom.reminder_failed($1, $2, $3::jsonb, $4::jsonb, $5)',
				[id, run, JSON.stringify(answer), json(), at],
			),
		lookedUp: (id: string, answer: object, at: string, run = 'run-1') =>
			first<{ status: string; found: boolean }>(
				'SELECT * FROM calcom.reminder_looked_up($1, $2, $3::jsonb, $4::jsonb, $5)',
				[id, run, JSON.stringify(answer), json(), at],
			),
		status: (sid: string, told: string, code: number | null, at: string) =>
			first<{ status: string | null }>('SELECT calcom.reminder_status($1, $2, $3, $4) AS status', [
				sid,
				told,
				code,
				at,
			]),
		reminders: () =>
			rows<Reminder>('SELECT * FROM calcom.reminders ORDER BY booking_uid, start_time, recipient, due_at, kind'),
		empty: () => db.empty(),
	};
}

export async function startDesk(template = '03-appointment-reminders.json'): Promise<Desk> {
	return deskOn(await startDatabase(), {
		...settingsOf(template),
		from: FROM,
		twilioAccountSid: 'AC00000000000000000000000000000000',
		statusCallback: 'https://n8n.example/webhook/calcom-sms-status',
	});
}
