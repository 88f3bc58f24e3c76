// Markup in what people booked with, in the rows that the Retool app shows: as it was typed, neither made nor escaped.
import { MARKUP } from '../../support/hostile-values.mts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { asRetool, retoolQueries } from '../retool/queries.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());

const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const SHOWS = retoolQueries.filter((file) => !/^(save|retry|confirm|take)-/.test(file));

/** Texts in a row, those in its JSON included. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || value instanceof Date) return [];
	return Object.entries(value).flatMap(([key, part]: [string, unknown]) => [key, ...textsIn(part)]);
}

test.each(MARKUP.map(({ name, value }) => [name, value]))('%s', async (name, value) => {
	await db.empty();
	await db.apply(
		bookingEvent({
			event: 'BOOKING_CREATED',
			uid: 'A',
			minute: 0,
			attendees: [
				{ ...person('x', 'x@student.example', '+31612345678'), name: value, firstName: value },
				{ ...person('y', 'y@student.example'), name: value },
			],
			booking: {
				start: soon(0.5),
				end: soon(1),
				title: value,
				isRecurring: true,
				seats: 4,
				location: { type: 'inPerson', label: value, url: null, phone: null, address: value },
			},
			rest: { notes: value, responses: { [value]: value, goals: value }, bookingType: 'Level Check' },
		}),
	);
	const {
		rows: [lead],
	} = await db.pool.query<{ lead_id: string }>('SELECT lead_id FROM calcom.bookings');
	const showing: string[] = [];
	for (const file of SHOWS) {
		const { sql, given } = asRetool(file, { 'selected.value': 'A', 'leads.selectedRow.id': lead?.lead_id }, null);
		const { rows } = await db.pool.query<Record<string, unknown>>(sql, given);
		const texts = rows.flatMap(textsIn);
		if (texts.includes(value)) showing.push(file);
		for (const text of texts) {
			const rest = text.split(value).join('');
			expect([name, file, rest]).toEqual([name, file, expect.not.stringMatching(/[<>]|&\w+;/)]);
		}
	}
	expect(showing).toEqual(
		expect.arrayContaining(['bookings.sql', 'booking-detail.sql', 'booking-attendees.sql', 'leads.sql']),
	);
});
