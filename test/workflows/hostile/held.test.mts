// HELD: attempts that did not break anything.
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());
const q = async (sql: string, values: unknown[] = []) =>
	(await db.pool.query<Record<string, unknown>>(sql, values)).rows;

test('keys of metadata that are named like facts', async () => {
	const names = [
		'attendee ada@student.example',
		'phone ada@student.example',
		'previous',
		'metadata previous',
		'__proto__',
		'over',
		'absent x',
		'',
		' ',
	];
	await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 }));
	const before = (await q('SELECT status, attendee_phone, attendee_email, uids FROM calcom.bookings'))[0];
	await db.apply(
		bookingEvent({
			event: 'BOOKING_LOCATION_UPDATED',
			uid: 'A',
			minute: 1,
			rest: { metadata: Object.fromEntries(names.map((name) => [name, 'B'])) },
		}),
	);
	expect((await q('SELECT status, attendee_phone, attendee_email, uids FROM calcom.bookings'))[0]).toEqual(before);
});

test('signed ids: white space, line breaks, other letters, lengthened, and UUIDs with a line break', async () => {
	const signed = String((await q("SELECT calcom.signed_id('7') AS id"))[0]?.['id']);
	const uuid = '0f3d2c1b-7a68-4b59-9c4d-2e1f0a9b8c77';
	const tried = [
		`7\n${signed.slice(1)}`,
		`\t${signed}`,
		`${signed}\n`,
		signed.replace('7.', '７.'),
		`${signed.slice(0, 1)}\u0000`.replace('\u0000', '\u200b') + signed.slice(1),
		`${uuid}\n`,
		`x\n${uuid}`,
		`${uuid}\n7`,
	];
	for (const clientId of tried) {
		const rows = await q(
			"SELECT * FROM calcom.trusted_id(jsonb_build_object('clientId', $1::text), 'clientId', '{}')",
			[clientId],
		);
		expect([clientId, rows]).toEqual([clientId, []]);
	}
});

test('uids beyond 255 characters do not meet', async () => {
	const long = 'u'.repeat(300);
	await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: long, minute: 0 }));
	await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: `${long}x`, minute: 1 }));
	await db.apply(
		bookingEvent({ event: 'BOOKING_CREATED', uid: 'v', minute: 2, booking: { iCalUid: `${long}@Cal.com` } }),
	);
	await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'w', minute: 3, booking: { iCalUid: 'v@Cal.com' } }));
	expect(await q('SELECT count(*)::int AS n FROM calcom.bookings')).toEqual([{ n: 4 }]);
});
