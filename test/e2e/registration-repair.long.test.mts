// A webhook that somebody changed at Cal.com, and n8n starting again.
import { differs } from '../compat/differences.mts';
import { deliverSigned, untilListening } from './support/e2e.mts';
import { ID, type RegistrationDesk, openRegistration } from './registration/desk.mts';

let desk: RegistrationDesk;
beforeAll(async () => {
	desk = await openRegistration();
});
afterAll(() => desk.e2e.close());
afterEach(() => desk.clear());

describe('a webhook that someone changed in Cal.com', () => {
	test('stays as it is when n8n starts again, and is repaired by publishing again', async () => {
		await desk.activate({ events: ['BOOKING_CREATED'] });
		const [webhook] = await desk.ours();
		await desk.api(`/webhooks/${webhook!.id}`, 'PATCH', { active: false, triggers: ['MEETING_ENDED'] });
		// n8n 2.41 looks at pollers only when it starts; that it asks no trigger about its webhook is n8n's own doing.
		await desk.e2e.restartN8n();
		await untilListening(desk.listening);
		expect(await desk.ours()).toMatchObject([{ active: differs('repairAtStart') }]);
		await desk.e2e.editor.activate(ID);
		await desk.e2e.editor.deactivate(ID);
		await desk.e2e.editor.activate(ID);
		const [repaired, ...more] = await desk.ours();
		expect(more).toEqual([]);
		expect(repaired).toMatchObject({ active: true, triggers: ['BOOKING_CREATED'] });
		const answer = await deliverSigned(
			{ url: desk.listening, secret: repaired?.secret ?? '' },
			'{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"x"}}',
		);
		expect(answer.status).toBe(200);
	}, 120_000);
});
