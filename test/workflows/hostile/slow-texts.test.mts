// HELD: what 100 KB of one letter costs in the functions and queries that show texts.
import { type TestDatabase, startDatabase } from '../database.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());

const took = async (sql: string, values: unknown[]) => {
	const began = Date.now();
	await db.pool.query(sql, values);
	return Date.now() - began;
};

test.each([
	['spreadsheet_safe tabs', 'SELECT calcom.spreadsheet_safe($1)', '\t'.repeat(100_000) + 'x'],
	['spreadsheet_safe tabs and one formula', 'SELECT calcom.spreadsheet_safe($1)', '\t'.repeat(100_000) + 'x;='],
	['spreadsheet_safe ;spaces', 'SELECT calcom.spreadsheet_safe($1)', '; '.repeat(50_000) + 'x;='],
	['spreadsheet_safe ; and spaces', 'SELECT calcom.spreadsheet_safe($1)', ';' + ' '.repeat(100_000) + 'x;='],
	['spreadsheet_safe tab=', 'SELECT calcom.spreadsheet_safe($1)', '\t='.repeat(50_000)],
	['line_for_team', 'SELECT calcom.line_for_team($1, 2000)', '1 '.repeat(50_000)],
	['line_for_team dots', 'SELECT calcom.line_for_team($1, 2000)', '1.'.repeat(50_000)],
	['line_for_team accents', 'SELECT calcom.line_for_team($1, 2000)', '\u0301'.repeat(50_000)],
	['line_for_team ligature', 'SELECT calcom.line_for_team($1, 2000)', '\uFDFA'.repeat(50_000)],
	['clean', 'SELECT calcom.clean_for_sms($1, 100)', '1-  '.repeat(50_000)],
	['name', 'SELECT calcom.name_for_sms($1, 50)', '\uFDFA'.repeat(50_000)],
	[
		'trusted_id',
		`SELECT * FROM calcom.trusted_id(jsonb_build_object('clientId', $1::text), 'clientId', '{}')`,
		'.0'.repeat(250),
	],
	['meaning', `SELECT calcom.meaning_of($1, '{"words": {"stop": "stop"}}')`, "' ".repeat(1000)],
	['read_time', `SELECT calcom.read_time($1, 'UTC')`, '1'.repeat(100_000)],
	['known_zone', 'SELECT calcom.known_zone($1)', 'A/'.repeat(50_000)],
	['email_for_team', 'SELECT calcom.email_for_team($1)', 'a'.repeat(100_000)],
	['link', `SELECT calcom.link_for_sms($1, 'zoom.us')`, 'https://zoom.us/' + 'aa-'.repeat(48)],
	['link2', `SELECT calcom.link_for_sms($1, 'zoom.us')`, 'https://zoom.us/' + 'a_'.repeat(70)],
	['host_of', `SELECT calcom.link_for_sms($1, 'zoom.us')`, 'https://' + 'a.'.repeat(190)],
	['letters_of', `SELECT calcom.letters_of($1)`, 'a.'.repeat(50_000)],
	[
		'fill',
		`SELECT calcom.fill_text('Hi {first_name}', jsonb_build_object('first_name', $1::text))`,
		' '.repeat(100_000) + '{{'.repeat(1000),
	],
	['columns', `SELECT * FROM calcom.known_zone($1)`, '\t'.repeat(100_000)],
])(
	'%s',
	async (_, sql, text) => {
		const ms = await took(sql, [text]);
		expect(ms).toBeLessThan(1_500);
	},
	120_000,
);
