// Claiming a reminder and sending it: nobody gets two, nobody is forgotten. On a real PostgreSQL.
import { person } from '../event-builder.mts';
import { ADA, type Desk, FROM, minutesAfter, startDesk, utc } from './desk.mts';
import { DUE, SID, START, after, cancel, claimed, reminderOf } from './one-reminder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

describe('the claim', () => {
	test('is given at the due time, not before', async () => {
		await desk.book({ booking: { start: START } });
		await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:00'));
		expect(await desk.claim(after(-1))).toEqual([]);
		expect(await desk.claim(DUE)).toMatchObject([{ kind: '2h', recipient: ADA, look_up: false, attempts: 1 }]);
	});

	test('is given to one of ten runs at the same moment', async () => {
		await desk.book({ booking: { start: START } });
		await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:00'));
		const runs = await Promise.all(Array.from({ length: 10 }, (_, n) => desk.claim(DUE, `run-${String(n)}`)));
		expect(runs.flat()).toHaveLength(1);
	});

	test('is kept by the run that holds it when n8n tries its step again, and costs no attempt', async () => {
		const id = await claimed(desk);
		expect(await desk.claim(after(1))).toMatchObject([{ id, attempts: 1 }]);
		expect(await desk.claim(after(1), 'run-2')).toEqual([]);
	});

	test('of a run that died before it began to send is given anew after ten minutes', async () => {
		const id = await claimed(desk);
		expect(await desk.claim(after(9), 'run-2')).toEqual([]);
		expect(await desk.claim(after(11), 'run-2')).toMatchObject([{ id, look_up: false, attempts: 1 }]);
		expect(await desk.maySend(id, after(11))).toMatchObject({ go: false });
		expect(await desk.maySend(id, after(11), 'run-2')).toMatchObject({ go: true });
	});

	test('takes `perRun` at most, the longest due first', async () => {
		for (const [minute, uid] of ['A', 'B', 'C'].entries()) {
			const attendees = [person(uid, `${uid}@student.example`, `+3161234567${String(minute)}`)];
			await desk.book({ uid, minute, attendees, booking: { start: minutesAfter(START, -minute) } });
		}
		const two = desk.with({ times: '2h', perRun: 2 });
		await two.plan(utc('2026-11-24 12:00'));
		expect((await two.claim(DUE)).map(({ recipient }) => recipient)).toEqual(['+31612345672', '+31612345671']);
	});

	test.each<[string, string, () => Promise<unknown>, string, string]>([
		['cancelled since it was planned', DUE, () => cancel(desk), 'silenced', 'the booking was cancelled'],
		[
			'moved since',
			DUE,
			() => desk.rows("UPDATE calcom.bookings SET start_time = start_time + interval '1 day'"),
			'silenced',
			'the booking was moved',
		],
		['gone', DUE, () => desk.rows('DELETE FROM calcom.bookings'), 'silenced', 'the booking is gone'],
		[
			'with another number since',
			DUE,
			() =>
				desk.rows(`UPDATE calcom.bookings SET attendees = jsonb_set(attendees, '{0,phone}', '"+31600000000"')`),
			'silenced',
			'this person or number is no longer in the booking',
		],
		[
			'to somebody who opted out',
			DUE,
			() => desk.rows("SELECT calcom.opt_out($1, 'STOP')", [ADA]),
			'skipped',
			'opted out of SMS',
		],
		[
			'an hour before the start, as n8n was down',
			after(61),
			() => Promise.resolve(),
			'skipped',
			'too late to be of use',
		],
	])('is refused: %s', async (_, at, change, status, reason) => {
		await desk.book({ booking: { start: START } });
		await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:00'));
		await change();
		expect(await desk.claim(at)).toEqual([]);
		expect(await reminderOf(desk)).toMatchObject({ status, reason });
	});
});

describe('right before it goes', () => {
	test('it gets its words, and the row says that sending has begun', async () => {
		const id = await claimed(desk);
		expect(await desk.maySend(id, DUE)).toEqual({
			id,
			go: true,
			to: ADA,
			from: FROM,
			text: 'Hi Ada, a reminder of your Level Check on Tuesday 1 December at 13:00, https://cal.example/video/A. Reply C to confirm, R to reschedule, X to cancel. Your School',
			status_callback: 'https://n8n.example/webhook/calcom-sms-status',
			why: null,
		});
		expect(await reminderOf(desk)).toMatchObject({ status: 'claimed', sending_at: new Date(DUE) });
	});

	test.each<[string, () => Promise<unknown>, string]>([
		['a cancellation came', () => cancel(desk), 'the booking was cancelled'],
		[
			'it was moved',
			() =>
				desk.book({
					event: 'BOOKING_RESCHEDULED',
					uid: 'B',
					minute: 1,
					booking: { previousUid: 'A', start: utc('2026-12-05 12:00') },
				}),
			'the booking was moved',
		],
		['STOP came', () => desk.rows("SELECT calcom.opt_out($1, 'STOP')", [ADA]), 'opted out of SMS'],
	])('%s after the claim: it does not go', async (_, change, why) => {
		const id = await claimed(desk);
		await change();
		expect(await desk.maySend(id, after(1))).toMatchObject({ go: false, why, to: null, text: null });
		expect(await reminderOf(desk)).toMatchObject({ reason: why, sending_at: null });
	});

	test('a text of its own for this time is taken; without any it does not go', async () => {
		const id = await claimed(desk);
		const own = { texts: { en: { reminder: 'for all', reminder_2h: 'for this one' } } };
		expect(await desk.with(own).maySend(id, DUE)).toMatchObject({ go: true, text: 'for this one' });
		expect(await desk.with({ texts: {} }).maySend(id, DUE)).toMatchObject({
			go: false,
			why: 'the settings have no text for it',
		});
		expect(await reminderOf(desk)).toMatchObject({ status: 'skipped' });
	});

	test('another run may not, and nobody once it is sent', async () => {
		const id = await claimed(desk);
		expect(await desk.maySend(id, DUE, 'run-2')).toMatchObject({ go: false });
		await desk.maySend(id, DUE);
		await desk.sent(id, SID, DUE);
		expect(await desk.maySend(id, DUE)).toMatchObject({ go: false });
		expect(await desk.claim(after(60), 'run-2')).toEqual([]);
	});
});
