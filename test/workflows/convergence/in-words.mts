// Tables in words that a person would use, a line per row.
import type { Tables } from './ground.mts';

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const first = (email: unknown) => text(email).split('@')[0] ?? '';
const nameOf = (person: { email?: unknown; phone?: unknown }) =>
	first(person.email) + (text(person.phone) === '' ? ' (no number)' : '');
const emails = (people: unknown): string => (Array.isArray(people) ? people : []).map(nameOf).join(' ') || 'nobody';

/** A booking per line: "2026-12-09 11:00 cancelled (cancelled): ada, moved 2, 3 uids, because …". */
export const bookingsOf = (tables: Tables): string[] =>
	(tables['bookings'] ?? [])
		.map((row) =>
			[
				`${text(row['start_time']).slice(0, 16).replace('T', ' ')} ${text(row['status'])} (${text(row['lifecycle'])}): ${emails(row['attendees'])}`,
				row['organizer_email'] === 'owner@school.example' ? '' : `with ${first(row['organizer_email'])}`,
				row['host_no_show'] === true ? 'host absent' : '',
				row['reschedule_count'] === 0 ? '' : `moved ${text(row['reschedule_count'])}`,
				Array.isArray(row['uids']) && row['uids'].length > 1 ? `${String(row['uids'].length)} uids` : '',
				row['paid'] === true ? `paid ${text(row['price'])} ${text(row['currency'])}` : '',
				[row['cancellation_reason'], row['rejection_reason']]
					.map(text)
					.filter(Boolean)
					.map((reason) => `because ${reason}`)
					.join(', '),
			]
				.filter(Boolean)
				.join(', '),
		)
		.sort();

/** An activity per line: "Level Check Booked: ada". */
export const activitiesOf = (tables: Tables): string[] =>
	(tables['lead_activities'] ?? [])
		.map((row) => [text(row['title']), first(text(row['lead_id']).replace('lead ', ''))].filter(Boolean).join(': '))
		.sort();

/** Every row of every table, as a line. */
export const rowsOf = (tables: Tables): string[] =>
	Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => `${table} ${JSON.stringify(row)}`));
