// Booking on a form and by a voice agent, in a real n8n on a real PostgreSQL, with times that are stolen and a Cal.com that goes away.
import { DateTime } from 'luxon';
import { z } from 'zod';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import type { Workflow, WorkflowNode } from '../../playground/src/n8n/editor.mts';
import { attachCredentials } from '../../playground/src/templates.mts';
import { type E2e, openE2e, untilListening, waitFor } from './support/e2e.mts';
import { startForm } from './support/form.mts';
import { readTemplate, withNodes } from '../support/template.mts';
import { calComCredential } from './support/trigger-workflow.mts';

const SLUG = '07-book-with-availability';
const ID = 'e2e-book';
const SECRET = { name: 'X-Booking-Secret', value: 'made-up-for-this-test' };
const ZONE = 'Europe/Amsterdam';
const ADA = { name: 'Ada Lovelace', email: 'ada@student.example', phone: '+31612345678' };
const LEVEL_CHECK = { name: 'Level check', slug: 'level-check', eventType: 23 };

const answerSchema = z
	.object({
		ok: z.boolean(),
		status: z.string(),
		uid: z.string(),
		uids: z.array(z.string()),
		requestId: z.number(),
		problem: z.string(),
		slots: z.array(z.object({ start: z.string(), say: z.string() })),
	})
	.partial()
	.passthrough();

let e2e: E2e;
let cal: CalCom;
let withCredentials: () => Promise<Workflow>;
const hook = () => `${e2e.n8n}/webhook/${ID}`;
beforeAll(async () => {
	e2e = await openE2e();
	cal = await startCalCom();
	const calComApi = await calComCredential(e2e, ID, { apiKey: cal.apiKey, baseUrl: cal.url });
	const httpHeaderAuth = await e2e.editor.saveCredential({ name: ID, type: 'httpHeaderAuth', data: SECRET });
	withCredentials = async () =>
		attachCredentials(await readTemplate(SLUG), { ...e2e.credentials, calComApi, httpHeaderAuth });
	const template = withNodes(await withCredentials(), {
		'Booking Form': (node) => ({
			...node,
			webhookId: `form-${ID}`,
			parameters: { ...z.record(z.unknown()).parse(node['parameters']), options: { path: `form-${ID}` } },
		}),
		'A Voice Agent Asks': (node) => ({
			...node,
			webhookId: `hook-${ID}`,
			parameters: { ...z.record(z.unknown()).parse(node['parameters']), path: ID },
		}),
		'Every 5 Minutes': (node) => ({
			...node,
			parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
		}),
	});
	await e2e.editor.saveWorkflow({ ...template, id: ID, name: ID });
	await e2e.editor.activate(ID);
	await untilListening(hook());
}, 60_000);
afterAll(async () => {
	await e2e.editor.deactivate(ID);
	await e2e.editor.deleteWorkflow(ID);
	await cal.stop();
	await e2e.resetTables();
	await e2e.close();
});
beforeEach(async () => {
	await e2e.resetTables();
	await addService(LEVEL_CHECK);
});

const addService = ({ name, slug, eventType }: { name: string; slug: string; eventType: number | null }) =>
	e2e.db.query('INSERT INTO calcom.services (name, slug, calcom_event_type_id) VALUES ($1, $2, $3)', [
		name,
		slug,
		eventType,
	]);

const requests = async (): Promise<Record<string, unknown>[]> =>
	(await e2e.db.query<Record<string, unknown>>('SELECT * FROM calcom.booking_requests ORDER BY id')).rows;

async function ask(body: Record<string, unknown>, headers: Record<string, string> = { [SECRET.name]: SECRET.value }) {
	const response = await fetch(hook(), {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	const opened = answerSchema.safeParse(text.startsWith('{') ? JSON.parse(text) : {});
	return { status: response.status, ...(opened.success ? { body: opened.data } : { body: {} }) };
}

const slotsOf = async () => {
	const { body } = await ask({ action: 'slots', service: 'Level check' });
	return z
		.array(z.object({ start: z.string(), say: z.string() }))
		.nonempty()
		.parse(body['slots']);
};
const live = (start: string) =>
	cal.state.bookings.filter((one) => one.start === new Date(start).toISOString() && one.status === 'ACCEPTED');
const day = () => DateTime.now().setZone(ZONE).plus({ days: 1 }).toFormat('yyyy-MM-dd');

describe('a voice agent', () => {
	test.each([
		['no secret', {}],
		['another secret', { [SECRET.name]: 'guessed' }],
		['an empty secret', { [SECRET.name]: '' }],
	])('with %s is refused', async (_, headers) => {
		expect((await ask({ action: 'slots' }, headers)).status).toBe(403);
		expect(await requests()).toEqual([]);
	});

	test('nobody gets in where the credential of the webhook is missing', async () => {
		const open = `${ID}-open`;
		const off = (node: WorkflowNode) => ({ ...node, disabled: true });
		const template = withNodes(await withCredentials(), {
			'Booking Form': off,
			'Every 5 Minutes': off,
			'A Voice Agent Asks': (node) => ({
				...node,
				webhookId: `hook-${open}`,
				credentials: {},
				parameters: { ...z.record(z.unknown()).parse(node['parameters']), path: open },
			}),
		});
		await e2e.editor.saveWorkflow({ ...template, id: open, name: open });
		// n8n may refuse to publish it; where it does not, it refuses the calls.
		await e2e.editor.activate(open).catch(() => undefined);
		const response = await fetch(`${e2e.n8n}/webhook/${open}`, { method: 'POST', headers: { [SECRET.name]: '' } });
		expect([403, 404, 500]).toContain(response.status);
		expect(await e2e.editor.executions(open)).toEqual([]);
		await e2e.editor.deactivate(open);
		await e2e.editor.deleteWorkflow(open);
	});

	test('is told free times, books one, and the booking and its request know each other', async () => {
		const [first] = await slotsOf();
		const lead = await e2e.db.query<{ id: string }>('INSERT INTO calcom.leads (email) VALUES ($1) RETURNING id', [
			ADA.email,
		]);
		const { status, body } = await ask({
			action: 'book',
			service: 'level-check',
			start: first.start,
			...ADA,
			notes: 'Beginner',
		});
		expect([status, body]).toEqual([
			200,
			expect.objectContaining({ ok: true, status: 'booked', start: expect.any(String) }),
		]);
		const [booking] = live(first.start);
		expect(booking).toMatchObject({ uid: body.uid, attendees: [expect.objectContaining({ email: ADA.email })] });
		const [request] = await requests();
		expect(booking?.metadata).toEqual({
			clientId: String(lead.rows[0]?.id),
			requestId: String(request?.['id']),
			bookedBy: 'voice',
		});
		expect(request).toMatchObject({
			status: 'booked',
			requires_manual_booking: false,
			booking_uid: body.uid,
			client_id: String(lead.rows[0]?.id),
			attendee_phone: ADA.phone,
			notes: 'Beginner',
			host_name: 'Your School',
		});
	});

	test('who calls twice with the same wish has one booking', async () => {
		const [first] = await slotsOf();
		const wish = { action: 'book', service: 'Level check', start: first.start, ...ADA };
		const answers = [await ask(wish), await ask({ ...wish, email: ADA.email.toUpperCase() })];
		expect(answers.map(({ body }) => body.uid)).toEqual([answers[0]?.body.uid, answers[0]?.body.uid]);
		expect(live(first.start)).toHaveLength(1);
		expect(await requests()).toHaveLength(1);
	});

	test('both at once: one books, the other is told so or is given the same booking', async () => {
		const [first] = await slotsOf();
		const wish = { action: 'book', service: 'Level check', start: first.start, ...ADA };
		const answers = await Promise.all([ask(wish), ask(wish), ask(wish)]);
		expect(answers.map(({ body }) => body.status)).toContain('booked');
		for (const { body } of answers) expect(['booked', 'busy']).toContain(body.status);
		expect(live(first.start)).toHaveLength(1);
		expect(await requests()).toHaveLength(1);
	});

	test('is offered other times when the time has just been stolen', async () => {
		const [first] = await slotsOf();
		cal.stealNextSlots(1);
		const { status, body } = await ask({ action: 'book', service: 'Level check', start: first.start, ...ADA });
		expect([status, body]).toEqual([200, expect.objectContaining({ ok: false, status: 'taken' })]);
		const next = body.slots?.[0]?.start ?? '';
		expect(next > first.start).toBe(true);
		expect((await ask({ action: 'book', service: 'Level check', start: next, ...ADA })).body.status).toBe('booked');
		expect((await requests()).map((row) => [row['status'], row['requires_manual_booking']])).toEqual([
			['taken', false],
			['booked', false],
		]);
	});

	test.each([
		['an unknown service', { service: 'Tango' }, /service must be one of: Level check/],
		['no name', { name: ' ' }, /name is missing/],
		['no email', { email: '', phone: '' }, /email is missing/],
		['half an email', { email: 'ada@' }, /no email address/],
		['no time', { start: '' }, /start is missing/],
		['something that is no time', { start: 'tomorrow at ten' }, /start must be a date/],
		['a time that has passed', { start: '2020-01-01T10:00:00Z' }, /has passed/],
		['another action', { action: 'delete' }, /action must be/],
	])('%s: told what is wrong, and nothing is kept', async (_, wrong, problem) => {
		const wish = { action: 'book', service: 'Level check', start: '2099-01-01T10:00', ...ADA };
		const { status, body } = await ask({ ...wish, ...wrong });
		expect([status, body]).toEqual([
			200,
			{ ok: false, status: 'problem', problem: expect.stringMatching(problem) },
		]);
		expect(await requests()).toEqual([]);
	});

	test('books a series, and a lesson of a team', async () => {
		await addService({ name: 'Weekly piano', slug: 'weekly-piano', eventType: 13 });
		await addService({ name: 'Intake', slug: 'intake', eventType: 1 });
		const series = cal.freeSlots('weekly-piano', 40).at(-1);
		const { body } = await ask({ action: 'book', service: 'Weekly piano', start: series, times: 3, ...ADA });
		expect(body).toMatchObject({ status: 'booked', uids: [body.uid, expect.any(String), expect.any(String)] });
		const team = cal.freeSlots('intake-rr', 1)[0];
		expect((await ask({ action: 'book', service: 'intake', start: team, ...ADA })).body.status).toBe('booked');
		expect((await requests()).map((row) => row['host_name'])).toEqual([
			'Your School',
			expect.stringMatching(/Anna|Ben/),
		]);
	});

	test('Cal.com is down: the request is kept, and booked once when Cal.com is back', async () => {
		const [first] = await slotsOf();
		await cal.goDown();
		try {
			expect(await ask({ action: 'slots', service: 'Level check' })).toMatchObject({
				body: { status: 'unavailable' },
			});
			const kept = await ask({ action: 'book', service: 'Level check', start: first.start, ...ADA });
			expect(kept).toMatchObject({
				body: { status: 'kept', requiresManualBooking: true, triedAgain: true },
			});
			expect(await requests()).toMatchObject([
				{
					status: 'waiting',
					requires_manual_booking: true,
					reason: expect.stringMatching(/Nothing answers/),
				},
			]);
		} finally {
			await cal.comeBack();
		}
		await e2e.db.query('UPDATE calcom.booking_requests SET next_try_at = now()');
		const [row] = await waitFor('the booking', async () => {
			const rows = await requests();
			return rows[0]?.['status'] === 'booked' && rows;
		});
		expect(row).toMatchObject({ requires_manual_booking: false, reason: null });
		expect(live(first.start).map(({ uid }) => uid)).toEqual([row?.['booking_uid']]);
	});

	test('a run that died after it had booked is finished without a second booking', async () => {
		const [first] = await slotsOf();
		const { body } = await ask({ action: 'book', service: 'Level check', start: first.start, ...ADA });
		await e2e.db.query(
			"UPDATE calcom.booking_requests SET status = 'booking', booking_uid = NULL, claimed_by = 'dead', next_try_at = now()",
		);
		await waitFor('the second run', async () => (await requests())[0]?.['status'] === 'booked');
		expect(await requests()).toMatchObject([{ booking_uid: body.uid, attempts: 2 }]);
		expect(live(first.start)).toHaveLength(1);
	});
});

describe('the form', () => {
	const open = () => startForm(`${e2e.n8n}/form/form-${ID}`, day());

	test('day, service, time, details: booked', async () => {
		await addService({ name: 'Retired', slug: 'retired', eventType: null });
		const services = await open();
		expect(services.options).toEqual(['Level check']);
		const times = await services.submit('Level check');
		const [chosen = '', ...others] = times.options;
		expect(others.at(-1)).toMatch(/please call me/);
		const details = await times.submit(chosen);
		const held = cal.state.reservations.length;
		expect(held).toBeGreaterThan(0);
		const end = await details.submit(ADA.name, ADA.email, ADA.phone, 'By form');
		expect(end.html).toContain('You are booked');
		expect(end.html).toContain(chosen);
		const [request] = await requests();
		expect(request).toMatchObject({ channel: 'form', status: 'booked', notes: 'By form' });
		expect(cal.state.bookings.find(({ uid }) => uid === request?.['booking_uid'])?.attendees[0]?.email).toBe(
			ADA.email,
		);
	});

	test('a stolen time: others are offered, with what was typed kept', async () => {
		const times = await (await open()).submit('Level check');
		const details = await times.submit(times.options[0] ?? '');
		cal.stealNextSlots(1);
		const again = await details.submit(ADA.name, ADA.email, '', '');
		expect(again.html).toContain('just been taken');
		expect(again.options).not.toContain(times.options[0]);
		const filled = await again.submit(again.options[0] ?? '');
		expect(filled.html).toContain(ADA.email);
		const end = await filled.submit(ADA.name, ADA.email, '', '');
		expect(end.html).toContain('You are booked');
		expect((await requests()).map((row) => row['status'])).toEqual(['taken', 'booked']);
	});

	test('no time suits: kept for a person', async () => {
		const times = await (await open()).submit('Level check');
		const end = await (await times.submit(times.options.at(-1) ?? '')).submit(ADA.name, ADA.email, '', '');
		expect(end.html).toContain('We have your request');
		expect(await requests()).toMatchObject([
			{ status: 'given_up', requires_manual_booking: true, start_time: null, wanted_day: expect.anything() },
		]);
	});

	test('Cal.com is down: the details are taken, for a person', async () => {
		const services = await open();
		await cal.goDown();
		try {
			const details = await services.submit('Level check');
			const end = await details.submit(ADA.name, ADA.email, ADA.phone, '');
			expect(end.html).toContain('We have your request');
		} finally {
			await cal.comeBack();
		}
		expect(await requests()).toMatchObject([
			{
				requires_manual_booking: true,
				attendee_email: ADA.email,
				reason: expect.stringMatching(/could not be asked/),
			},
		]);
		expect((await e2e.db.query('SELECT service_name FROM calcom.requests_to_book_by_hand')).rows).toEqual([
			{ service_name: 'Level check' },
		]);
	});
});
