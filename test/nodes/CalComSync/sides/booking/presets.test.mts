import { readFileSync } from 'node:fs';
import { bookingPresets, bookings } from '../../../../../nodes/CalComSync/sides/booking/index.ts';
import { mayWriteToCalCom } from '../../../../../nodes/CalComSync/merge/modes.ts';

const sql = ['tables', 'calendar-tables']
	.map((name) => readFileSync(new URL(`../../../../../workflows/sql/${name}.sql`, import.meta.url), 'utf8'))
	.join('\n');

function columnsOf(table: string): string[] {
	const body = sql.split(`CREATE TABLE IF NOT EXISTS calcom.${table} (`)[1]?.split('\n);')[0] ?? '';
	return [...body.matchAll(/^\t(\w+) +\w/gm)].map(([, name]) => name ?? '');
}

const rowsOf = (preset: string) => bookingPresets.find(({ value }) => value === preset)?.rows ?? [];

/** Of people, or kept by the workflows that fill the table. */
const NOT_SYNCED = ['id', 'booking_uid', 'calcom_state', 'client_id', 'subject_id', 'staff_id', 'internal_note'];

test('the preset for calendar events fills every column of the table that is not of people', () => {
	const columns = columnsOf('calendar_events').filter((name) => !/^(created|updated)_at$/.test(name));
	expect(columns.length).toBeGreaterThan(10);
	expect(rowsOf('calendarEvents').map(({ recordField }) => recordField)).toEqual(
		columns.filter((name) => !NOT_SYNCED.includes(name)),
	);
});

test('the mirror has columns of the bookings table, and writes nothing to Cal.com', () => {
	const columns = columnsOf('bookings');
	for (const { recordField, mode } of rowsOf('mirror')) {
		expect(columns).toContain(recordField);
		expect(mode).toBe('calcom');
	}
});

test.each(bookingPresets.flatMap(({ value, rows }) => rows.map((row) => ({ preset: value, ...row }))))(
	'$preset: $recordField',
	({ preset, recordField, calcomField, mode }) => {
		const field = bookings.fields.find(({ name }) => name === calcomField);
		expect(field).toBeDefined();
		if (mayWriteToCalCom(mode)) expect(field?.writable).not.toBe(false);
		const rows = rowsOf(preset);
		expect(rows.filter((row) => row.recordField === recordField)).toHaveLength(1);
		expect(rows.filter((row) => row.calcomField === calcomField)).toHaveLength(1);
	},
);
