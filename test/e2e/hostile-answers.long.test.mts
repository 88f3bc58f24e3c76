// What the templates 07 and 08 answer to those who call them, with markup in all that is said back: JSON, and text in it.
import { z } from 'zod';
import { CALLER_HEADER, attachCredentials } from '../../playground/src/templates.mts';
import { MARKUP } from '../support/hostile-values.mts';
import { impatient, readTemplate } from '../support/template.mts';
import { ADA, type Booking, SECRET, openBooking } from './booking/desk.mts';
import { type E2e, openE2e } from './support/e2e.mts';

const RETOOL = 'e2e-hostile-08';
const VOICE = 'e2e-hostile-07';

let e2e: E2e;
let desk: Booking;
beforeAll(async () => {
	e2e = await openE2e();
	desk = await openBooking(e2e, VOICE);
	const template = impatient(await readTemplate('08-retool-actions'));
	await e2e.editor.saveWorkflow(attachCredentials({ ...template, id: RETOOL, name: RETOOL }, e2e.credentials));
	await e2e.editor.activate(RETOOL);
}, 60_000);
afterAll(async () => {
	await e2e.editor.deleteWorkflow(RETOOL);
	await desk.close();
	await e2e.close();
});
beforeEach(() => desk.begin());

/** The texts of an answer, once it has been seen that no browser would take it for a page. */
async function answerOf(path: string, body: Record<string, unknown>): Promise<string[]> {
	const response = await fetch(`${e2e.n8n}/webhook/${path}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			[SECRET.name]: SECRET.value,
			[CALLER_HEADER.name]: CALLER_HEADER.value,
		},
		body: JSON.stringify(body),
	});
	expect(response.headers.get('content-type')).toMatch(/^application\/json(;|$)/);
	const texts = (value: unknown): string[] => {
		if (typeof value === 'string') return [value];
		return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
	};
	return texts(z.record(z.unknown()).parse(await response.json()));
}

const HOLDS = (text: string) => expect.arrayContaining([expect.stringContaining(text)]);

describe.each(MARKUP.map(({ name, value }) => [name, value]))('%s', (_, value) => {
	test('Retool is told of what it sent, and of what stands in the row', async () => {
		await e2e.db.query(
			`INSERT INTO calcom.bookings (uid, uids, title, attendee_name, start_time, end_time, status_from_calcom)
			VALUES ('A', ARRAY['A'], $1, $1, now() + interval '1 day', now() + interval '25 hours', 'scheduled')`,
			[value],
		);
		const retool = async (body: Record<string, unknown>) => await answerOf('calcom-actions', body);
		expect(await retool({ action: value })).toEqual([expect.stringMatching(/^Send "action": one of/)]);
		expect(await retool({ action: 'cancel', booking_uid: value })).toEqual(HOLDS(value));
		expect(await retool({ action: 'assign_teacher', booking_uid: 'A', teacher: value })).toContain(value);
	});

	test('a voice agent is told of the services and of what it booked', async () => {
		await e2e.db.query('UPDATE calcom.services SET name = $1', [value]);
		const ask = async (body: Record<string, unknown>) => await answerOf(VOICE, body);
		expect(await ask({ action: 'slots', service: 'Tango' })).toEqual(HOLDS(value));
		expect(await ask({ action: 'slots', service: value })).toContain(value);
		const wish = { ...ADA, action: 'book', service: value, start: desk.free(), name: value, notes: value };
		expect(await ask(wish)).toEqual(expect.arrayContaining(['booked', value]));
	});
});
