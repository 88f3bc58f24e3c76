// Twilio's reports of what became of an SMS, in whatever order they come. On a real PostgreSQL.
import { ADA, type Desk, startDesk } from './desk.mts';
import { SID, after, begun, reminderOf } from './one-reminder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const told = async (...statuses: [string, number | null][]) => {
	for (const [status, code] of statuses) await desk.status(SID, status, code, after(2));
};

test.each<[string, [string, number | null][], string, string | null]>([
	[
		'queued and sent change nothing',
		[
			['queued', null],
			['sent', null],
		],
		'sent',
		null,
	],
	[
		'delivered',
		[
			['sent', null],
			['delivered', null],
		],
		'delivered',
		null,
	],
	[
		'delivered before sent',
		[
			['delivered', null],
			['sent', null],
		],
		'delivered',
		null,
	],
	[
		'undelivered with the reason',
		[['undelivered', 30006]],
		'failed',
		'a landline, or a carrier that takes no SMS (30006)',
	],
	['failed without one', [['failed', null]], 'failed', 'not delivered'],
	[
		'a late failure does not undo a delivery',
		[
			['delivered', null],
			['failed', 30008],
		],
		'delivered',
		null,
	],
])('%s, whether it comes after the answer or before it', async (_, statuses, status, reason) => {
	const id = await begun(desk);
	await desk.sent(id, SID, after(1));
	await told(...statuses);
	expect(await reminderOf(desk)).toMatchObject({ status, reason });
	await desk.empty();
	const other = await begun(desk);
	await told(...statuses);
	await desk.sent(other, SID, after(3));
	expect(await reminderOf(desk)).toMatchObject({ status, reason });
	expect(await desk.rows('SELECT * FROM calcom.sms_statuses')).toEqual([]);
});

test('of a message that is no reminder changes none', async () => {
	const id = await begun(desk);
	await desk.sent(id, SID, after(1));
	expect(await desk.status('SMother', 'failed', 30008, after(2))).toEqual({ status: null });
	expect(await reminderOf(desk)).toMatchObject({ status: 'sent' });
});

test('the team sees who was not reached', async () => {
	const id = await begun(desk);
	await desk.sent(id, SID, after(1));
	await told(['undelivered', 30005]);
	await desk.rows("UPDATE calcom.reminders SET start_time = now() + interval '1 hour'");
	expect(
		await desk.rows('SELECT attendee_name, recipient, kind, status, reason FROM calcom.reminders_to_look_at'),
	).toEqual([
		{
			attendee_name: 'Ada Lovelace',
			recipient: ADA,
			kind: '2h',
			status: 'failed',
			reason: 'the number does not exist (30005)',
		},
	]);
});
