// What is refused, and with which of Twilio's codes.
import { type Session, inSession } from './support/session.mts';

const LANDLINE = '+15005550009';

/** https://www.twilio.com/docs/api/errors and https://www.twilio.com/docs/iam/test-credentials#test-sms-messages */
const REFUSED: [what: string, form: Record<string, string>, code: number][] = [
	['no recipient', { To: '' }, 21604],
	['a recipient without a country', { To: '0612345678' }, 21211],
	['a recipient with letters', { To: '+31SIX' }, 21211],
	['a recipient that is too short', { To: '+31612' }, 21211],
	["Twilio's own invalid number", { To: '+15005550001' }, 21211],
	['a number that cannot be reached', { To: '+15005550002' }, 21612],
	['a country that is not allowed', { To: '+15005550003' }, 21408],
	['a number that has opted out', { To: '+15005550004' }, 21610],
	['a landline', { To: LANDLINE }, 21614],
	['no sender', { From: '' }, 21603],
	['a sender that is no number', { From: '123' }, 21212],
	['a sender of somebody else', { From: '+14155238886' }, 21659],
	['a sender that cannot send messages', { From: '+15005550007' }, 21606],
	['a sender with too many waiting', { From: '+15005550008' }, 21611],
	['to oneself', { To: '+15005550006' }, 21266],
	['no text', { Body: '' }, 21602],
	['a text of 1,601 letters', { Body: 'x'.repeat(1_601) }, 21617],
	['a callback that is no address', { StatusCallback: 'my server' }, 21609],
	['a messaging service that is none', { From: '', MessagingServiceSid: `MG${'0'.repeat(32)}` }, 21701],
	['WhatsApp from a number without it', { To: 'whatsapp:+31612345678' }, 21910],
];

const errorBody = (code: number, status: number) => ({
	code,
	message: expect.stringMatching(/./),
	more_info: `https://www.twilio.com/docs/errors/${String(code)}`,
	status,
});

describe('a message that is refused', () => {
	test('each for its own reason, and nothing is sent', async () => {
		await inSession(async ({ twilio, send }) => {
			for (const [what, form, code] of REFUSED) {
				const refused = await send(form);
				expect([what, refused.status, refused.body]).toEqual([what, 400, errorBody(code, 400)]);
			}
			expect(twilio.outbox).toEqual([]);
			expect(twilio.requests.map(({ status }) => status)).toEqual(REFUSED.map(() => 400));
		});
	});

	test.each([
		['a text of 1,600 letters', { Body: 'x'.repeat(1_600) }],
		['a name as the sender', { From: 'Language 1' }],
		['an empty callback', { StatusCallback: '' }],
		['WhatsApp to WhatsApp', { To: 'whatsapp:+31612345678', From: 'whatsapp:+15005550006' }],
	])('%s is taken', async (_what, form) => {
		await inSession(async ({ send }) => expect((await send(form)).status).toBe(201));
	});

	test('the end of a number stays hidden', async () => {
		await inSession(async ({ send }) => {
			expect((await send({ To: '+15005550001' })).body['message']).toBe(
				"Invalid 'To' Phone Number: +1500555XXXX",
			);
		});
	});
});

describe('who asks', () => {
	const logins: [what: string, login: (session: Session) => string, path: string, status: number, code: number][] = [
		['nobody', () => '', 'SID.json', 401, 20003],
		['a wrong token', ({ twilio }) => `${twilio.account.sid}:wrong`, 'SID.json', 401, 20003],
		['another account', () => `AC${'0'.repeat(32)}:x`, 'SID.json', 401, 20003],
		[
			"somebody else's path",
			({ twilio }) => `${twilio.account.sid}:${twilio.account.authToken}`,
			`AC${'0'.repeat(32)}/Messages.json`,
			404,
			20404,
		],
	];
	test.each(logins)('%s', async (_what, login, path, status, code) => {
		await inSession(async (session) => {
			const url = `https://api.twilio.com/2010-04-01/Accounts/${path.replace('SID', session.twilio.account.sid)}`;
			const answer = await session.ask(url, { login: login(session) });
			expect(answer).toEqual({ status, body: errorBody(code, status) });
		});
	});

	test('the events API is closed to strangers too', async () => {
		await inSession(async ({ ask }) => {
			expect((await ask('https://events.twilio.com/v1/Sinks', { login: '' })).status).toBe(401);
		});
	});
});

describe('trouble at Twilio', () => {
	test.each([
		[429, 20429],
		[500, 20500],
		[503, 20503],
	])('%i for the next two requests, and then it is over', async (status, code) => {
		await inSession(async ({ twilio, send }) => {
			twilio.failNext(2, status);
			expect(await send()).toEqual({ status, body: errorBody(code, status) });
			expect((await send()).status).toBe(status);
			expect(twilio.outbox).toEqual([]);
			expect((await send()).status).toBe(201);
		});
	});

	test.each([
		['refused', 0],
		['lost', 1],
	] as const)('a connection that breaks, the request %s', async (work, sent) => {
		await inSession(async ({ twilio, send }) => {
			twilio.storm([{ status: 'cut', work, path: 'api.twilio.com', method: 'POST' }]);
			await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
			expect(twilio.outbox).toHaveLength(sent);
			expect((await send()).status).toBe(201);
		});
	});

	test('down: refused; back: on the same port, with what was there', async () => {
		await inSession(async ({ twilio, send }) => {
			await send();
			await twilio.goDown();
			await expect(send()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
			await twilio.comeBack();
			expect((await send()).status).toBe(201);
			expect(twilio.outbox).toHaveLength(2);
		});
	});

	test('slow', async () => {
		await inSession(async ({ twilio, send }) => {
			twilio.slow(150);
			const began = performance.now();
			await send();
			expect(performance.now() - began).toBeGreaterThan(149);
		});
	});

	test('clear makes the sky blue and the outbox empty', async () => {
		await inSession(async ({ twilio, send }) => {
			twilio.hold(true);
			await send();
			twilio.failNext(9, 500);
			twilio.optOut('+31612345678');
			twilio.clear();
			await twilio.settled();
			expect([twilio.outbox, twilio.requests, twilio.calls]).toEqual([[], [], []]);
			expect((await send()).status).toBe(201);
		});
	});
});
