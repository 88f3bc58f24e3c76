// The "Set up tables" template in a real n8n: what it makes, and that it can be run again.
import { type E2e, openE2e } from './support/e2e.mts';

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
afterAll(() => e2e.close());

test('makes all tables and views, and a second run keeps every row', async () => {
	await e2e.db.query("INSERT INTO calcom.leads (email, internal_note) VALUES ('kept@student.example', 'mine')");
	const { output } = await e2e.editor.run('calcom-00', 'Press Execute Once');
	expect(output['Show What Is There']).toEqual(
		expect.arrayContaining([
			...[
				'bookings',
				'calendar_events',
				'lead_activities',
				'leads',
				'reminders',
				'services',
				'webhook_events',
			].map((name) => ({ name, kind: 'table' })),
			...['sync_health', 'todays_appointments', 'upcoming_level_checks'].map((name) => ({ name, kind: 'view' })),
		]),
	);
	const { rows } = await e2e.db.query("SELECT internal_note FROM calcom.leads WHERE email = 'kept@student.example'");
	expect(rows).toEqual([{ internal_note: 'mine' }]);
	await e2e.resetTables();
});
