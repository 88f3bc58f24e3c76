import { startCalCom } from '../../src/calcom/index.mts';
import { isObject } from '../../src/calcom/json.mts';
import type { JsonObject } from '../../src/calcom/json.mts';
import { applyTemplate, contentTypeOf } from '../../src/calcom/template.mts';
import { ADA, inSession, startSession, uidOf } from '../../src/calcom/session.mts';

const SLOT = '2026-12-07T09:00:00Z';
const MINUTE = 60_000;

const errorOf = (body: unknown): JsonObject => (isObject(body) && isObject(body['error']) ? body['error'] : {});

describe('faults on demand', () => {
	test('the next requests fail as told, then all is well', async () => {
		await inSession(async ({ cal, ask }) => {
			cal.failNextRequests(2, 503);
			const statuses = [];
			for (let index = 0; index < 3; index += 1) statuses.push((await ask('GET', '/me')).status);
			expect(statuses).toEqual([503, 503, 200]);
		});
	});

	test('a failed booking books nothing', async () => {
		await inSession(async ({ cal, ask }) => {
			cal.failNextRequests(1, 500);
			const { body } = await ask('POST', '/bookings', { body: { start: SLOT, eventTypeId: 3, attendee: ADA } });
			expect(errorOf(body)['code']).toBe('INTERNAL_SERVER_ERROR');
			expect(cal.state.bookings).toEqual([]);
		});
	});

	test('down is not there, back is the same as before', async () => {
		await inSession(async ({ cal, ask, book }) => {
			const booking = await book(3, SLOT);
			await cal.goDown();
			await expect(ask('GET', '/me')).rejects.toThrow();
			await cal.comeBack();
			expect((await ask('GET', `/bookings/${uidOf(booking)}`)).status).toBe(200);
		});
	});
});

describe('rate limit', () => {
	test('counts down, then refuses for a minute, without Retry-After', async () => {
		await inSession(
			async ({ cal, ask }) => {
				const first = await ask('GET', '/me');
				expect(first.headers.get('x-ratelimit-limit-default')).toBe('2');
				expect(first.headers.get('x-ratelimit-remaining-default')).toBe('1');
				await ask('GET', '/me');
				const refused = await ask('GET', '/me');
				expect(refused.status).toBe(429);
				expect(refused.headers.get('retry-after')).toBeNull();
				expect(refused.headers.get('x-ratelimit-reset-default')).toBe('60');
				await cal.advance(61_000);
				expect((await ask('GET', '/me')).status).toBe(200);
			},
			{ rateLimit: 2 },
		);
	});
});

describe('the clock', () => {
	test('meetings start and end once, as they were when booked', async () => {
		await inSession(async ({ cal, subscribe, book, received, data }) => {
			await subscribe();
			const booking = await book(3, '2026-11-20T12:00:00Z', { bookingFieldsResponses: { notes: 'as booked' } });
			await data('POST', `/bookings/${uidOf(booking)}/guests`, {
				body: { guests: [{ email: 'late@student.example' }] },
			});
			await cal.advance(190 * MINUTE);
			await cal.advance(60 * MINUTE);
			expect(received.map(({ event }) => event)).toEqual(['BOOKING_CREATED', 'MEETING_STARTED', 'MEETING_ENDED']);
			const started = JSON.parse(received[1]?.text ?? '') as JsonObject;
			expect(started['attendees']).toHaveLength(1);
			expect(started).toMatchObject({ uid: uidOf(booking), description: 'as booked', status: 'ACCEPTED' });
		});
	});

	test('a cancelled meeting does not start', async () => {
		await inSession(async ({ cal, subscribe, book, received, data }) => {
			await subscribe();
			const booking = await book(3, '2026-11-20T12:00:00Z');
			await data('POST', `/bookings/${uidOf(booking)}/cancel`, { body: { cancellationReason: 'x' } });
			await cal.advance(600 * MINUTE);
			expect(received.map(({ event }) => event)).toEqual(['BOOKING_CREATED', 'BOOKING_CANCELLED']);
		});
	});
});

describe('what callers can see', () => {
	test('calls are counted by method and path', async () => {
		await inSession(async ({ cal, ask, book }) => {
			const booking = await book(3, SLOT);
			await ask('GET', `/bookings/${uidOf(booking)}`);
			await ask('GET', '/bookings?take=1');
			await ask('POST', `/bookings/${uidOf(booking)}/cancel`, { body: {} });
			expect(cal.requests.counts).toEqual({
				'POST /bookings': 1,
				'GET /bookings/:id': 1,
				'GET /bookings': 1,
				'POST /bookings/:id/cancel': 1,
			});
		});
	});

	test('deliveries are logged with the answer and announced', async () => {
		await inSession(async ({ cal, subscribe, book }) => {
			const heard: string[] = [];
			const stop = cal.on('delivery', ({ event }) => heard.push(event));
			await subscribe();
			await book(3, SLOT);
			stop();
			await book(4, '2026-12-07T11:00:00Z');
			expect(heard).toEqual(['BOOKING_CREATED']);
			expect(cal.deliveries).toHaveLength(2);
			expect(cal.deliveries[0]).toMatchObject({ status: 200, answer: '{"status":"processed"}', error: null });
			expect(cal.deliveries[0]?.ms).toBeGreaterThanOrEqual(0);
		});
	});

	test('free slots can be booked one after the other', async () => {
		await inSession(async ({ cal, book }) => {
			const slots = cal.freeSlots('level-check', 40);
			expect(new Set(slots).size).toBe(40);
			for (const start of slots) await book(23, start);
			expect(cal.state.bookings).toHaveLength(40);
			expect(cal.freeSlots('level-check', 1)[0]).not.toBe(slots[0]);
		});
	});

	test('a booking waits for a slow receiver, and gives up on one that never answers', async () => {
		await inSession(
			async ({ cal, subscribe, book }) => {
				await subscribe('/never');
				const booking = await book(4, SLOT);
				expect(booking['status']).toBe('accepted');
				expect(cal.deliveries[0]).toMatchObject({ status: null });
				expect(cal.deliveries[0]?.ms).toBeGreaterThanOrEqual(150);
			},
			{ receiverTimeoutMs: 200 },
		);
	});
});

describe('webhooks', () => {
	test('an unknown trigger is refused with the list of those that exist', async () => {
		await inSession(async ({ ask }) => {
			const body = { active: true, subscriberUrl: 'http://127.0.0.1:9/x', triggers: ['BOOKING_CONFIRMED'] };
			const answer = await ask('POST', '/webhooks', { body });
			expect(answer.status).toBe(400);
			const text = JSON.stringify(errorOf(answer.body)['details']);
			expect(text).toContain('each value in triggers must be one of the following values: BOOKING_CREATED, ');
			expect(text).not.toContain('INSTANT_MEETING');
		});
	});

	test('the hosted edition knows more events, and wants to know the delay', async () => {
		await inSession(
			async ({ ask }) => {
				const subscriberUrl = 'http://127.0.0.1:9/x';
				const known = { active: true, subscriberUrl, triggers: ['BOOKING_REASSIGNED'] };
				expect((await ask('POST', '/webhooks', { body: known })).status).toBe(201);
				const late = {
					active: true,
					subscriberUrl: `${subscriberUrl}/2`,
					triggers: ['AFTER_HOSTS_CAL_VIDEO_NO_SHOW'],
				};
				expect((await ask('POST', '/webhooks', { body: late })).status).toBe(400);
				const timed = { ...late, time: 10, timeUnit: 'MINUTE' };
				expect((await ask('POST', '/webhooks', { body: timed })).status).toBe(201);
			},
			{ edition: 'hosted' },
		);
	});

	test('an event type keeps its own, and another user cannot touch them', async () => {
		await inSession(async ({ ask, data }) => {
			const body = { active: true, subscriberUrl: 'http://127.0.0.1:9/x', triggers: ['BOOKING_CREATED'] };
			await data('POST', '/event-types/4/webhooks', { body });
			expect(await data('GET', '/event-types/4/webhooks')).toHaveLength(1);
			expect(await data('GET', '/event-types/5/webhooks')).toEqual([]);
			expect(await data('GET', '/webhooks')).toEqual([]);
			const other = await ask('GET', '/event-types/4/webhooks', { key: 'cal_anna00123456789abcdef0123456789ab' });
			expect(other.status).toBe(403);
		});
	});
});

describe('rules of bookings', () => {
	test('a host must say why, an attendee need not', async () => {
		await inSession(async ({ ask, book }) => {
			const booking = await book(4, SLOT);
			const path = `/bookings/${uidOf(booking)}/cancel`;
			const host = await ask('POST', path, { body: {} });
			expect(host).toMatchObject({ status: 400, body: { statusCode: 400 } });
			expect((await ask('POST', path, { key: null, body: {} })).status).toBe(200);
		});
	});

	test('a full class is full', async () => {
		await inSession(async ({ ask, book }) => {
			for (const name of ['a', 'b', 'c'])
				await book(14, SLOT, { attendee: { ...ADA, email: `${name}@student.example` } });
			const fourth = { start: SLOT, eventTypeId: 14, attendee: { ...ADA, email: 'd@student.example' } };
			expect(await ask('POST', '/bookings', { body: fourth })).toMatchObject({
				status: 409,
				body: { statusCode: 409, message: 'booking_seats_full_error' },
			});
		});
	});

	test('a moved booking frees its time and remembers where it went', async () => {
		await inSession(async ({ data, book }) => {
			const old = await book(4, SLOT);
			const next = await data('POST', `/bookings/${uidOf(old)}/reschedule`, {
				body: { start: '2026-12-08T09:00:00Z' },
			});
			const seen = await data('GET', `/bookings/${uidOf(old)}`);
			expect(seen).toMatchObject({ status: 'cancelled', rescheduledToUid: isObject(next) ? next['uid'] : '' });
			await book(4, SLOT);
		});
	});

	test('required and unknown answers are refused', async () => {
		await inSession(async ({ ask }) => {
			const ask17 = { start: SLOT, eventTypeId: 17, attendee: ADA };
			expect((await ask('POST', '/bookings', { body: ask17 })).status).toBe(400);
			const ask3 = { start: SLOT, eventTypeId: 3, attendee: ADA, bookingFieldsResponses: { level: 'genius' } };
			expect(errorOf((await ask('POST', '/bookings', { body: ask3 })).body)['message']).toContain(
				'Allowed options are: beginner, intermediate, advanced.',
			);
		});
	});

	test('only what changed since is listed', async () => {
		await inSession(async ({ cal, data, book }) => {
			const first = await book(4, SLOT);
			await cal.advance(10 * MINUTE);
			const since = new Date(Date.parse('2026-11-20T08:58:00Z') + 5 * MINUTE).toISOString();
			const second = await book(4, '2026-12-08T09:00:00Z');
			const uids = async () => {
				const list = await data('GET', `/bookings?afterUpdatedAt=${since}`);
				return (Array.isArray(list) ? list.filter(isObject) : []).map(uidOf);
			};
			expect(await uids()).toEqual([uidOf(second)]);
			await data('POST', `/bookings/${uidOf(first)}/cancel`, { key: null, body: {} });
			expect((await uids()).sort()).toEqual([uidOf(first), uidOf(second)].sort());
		});
	});

	test('the hosted list walks by cursor', async () => {
		await inSession(
			async ({ ask, book }) => {
				for (const hour of ['09', '10', '11']) await book(3, `2026-12-07T${hour}:00:00Z`);
				const first = await ask('GET', '/bookings?limit=2', { version: '2026-05-01' });
				const pagination =
					isObject(first.body) && isObject(first.body['pagination']) ? first.body['pagination'] : {};
				expect(pagination['hasMore']).toBe(true);
				const rest = await ask('GET', `/bookings?limit=2&cursor=${String(pagination['nextCursor'])}`, {
					version: '2026-05-01',
				});
				expect(rest.body).toMatchObject({ pagination: { hasMore: false, nextCursor: null } });
			},
			{ edition: 'hosted' },
		);
	});
});

describe('templates', () => {
	test('JSON stays JSON, and becomes false when it breaks', () => {
		expect(contentTypeOf('{"a":"{{title}}"}')).toBe('application/json');
		expect(applyTemplate('{"a":"{{title}}"}', { title: 'x' })).toBe('{"a":"x"}');
		expect(applyTemplate('{"a":"{{title}}"}', { title: 'two\nlines' })).toBe('false');
	});

	test('anything else is a form, escaped as HTML and not encoded', () => {
		expect(contentTypeOf('a={{title}}')).toBe('application/x-www-form-urlencoded');
		expect(applyTemplate('a={{title}}&b={{{title}}}&c={{none}}', { title: '<b>&' })).toBe(
			'a=&lt;b&gt;&amp;&b=<b>&&c=',
		);
	});
});

test('two stand-ins side by side know nothing of each other', async () => {
	const [a, b] = [await startSession(), await startCalCom()];
	await a.book(3, SLOT);
	expect(b.state.bookings).toEqual([]);
	expect(a.cal.url).not.toBe(b.url);
	await a.stop();
	await b.stop();
});
