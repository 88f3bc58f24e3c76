import { isObject } from '../../src/calcom/json.mts';
import type { Json, JsonObject } from '../../src/calcom/json.mts';
import { ADA, inSession, uidOf } from '../../src/calcom/session.mts';
import type { Session } from '../../src/calcom/session.mts';

const SLOT = '2026-12-07T09:00:00Z';
const HOSTED = { edition: 'hosted' } as const;
const STRANGER = 'cal_59f733e35ddcd25710e6488dc266a6cf';
const DAY = 'start=2026-12-07&end=2026-12-07';

const list = (data: Json): JsonObject[] => (Array.isArray(data) ? data.filter(isObject) : []);
const object = (data: Json): JsonObject => (isObject(data) ? data : {});
const onHosted = (work: (session: Session) => Promise<void>) => inSession(work, HOSTED);

test.each([
	'/teams',
	'/organizations/10/bookings',
	'/organizations/10/users/1/ooo',
	'/organizations/10/routing-forms',
	'/organizations/10/webhooks',
	'/event-types/3/booking-fields',
])('the community edition has never heard of %s', async (path) => {
	await inSession(async ({ ask }) => {
		expect((await ask('GET', path, { version: '2026-06-12' })).status).toBe(404);
	});
});

describe('teams and the organization', () => {
	test.each(['/teams/1', '/teams/1/bookings', '/organizations/10/bookings', '/organizations/10/webhooks'])(
		'%s is for members only',
		async (path) => {
			await onHosted(async ({ ask }) => {
				expect((await ask('GET', path)).status).toBe(200);
				expect((await ask('GET', path, { key: STRANGER })).status).toBe(403);
				expect((await ask('GET', path.replace(/\d+/, '99'))).status).toBe(404);
			});
		},
	);

	test('bookings: the team has those of its event types, the organization all of its members', async () => {
		await onHosted(async ({ data, book }) => {
			const own = uidOf(await book(3, SLOT));
			const teams = uidOf(await book(1, '2026-12-07T10:00:00Z'));
			const uids = async (path: string) => list(await data('GET', path)).map(uidOf);
			expect(await uids('/teams/1/bookings')).toEqual([teams]);
			expect(await uids('/organizations/10/bookings')).toEqual([own, teams]);
			expect(await uids('/organizations/10/bookings?teamId=1')).toEqual([teams]);
			expect(await uids('/organizations/10/bookings?userIds=1')).toEqual([own]);
		});
	});

	test('a lesson of the team is booked by the slugs', async () => {
		await onHosted(async ({ data }) => {
			const slots = object(await data('GET', `/slots?eventTypeSlug=intake-rr&teamSlug=schoolteam&${DAY}`));
			expect(list(slots['2026-12-07'] ?? null)[0]).toHaveProperty('start');
			const booking = await data('POST', '/bookings', {
				body: { start: SLOT, eventTypeSlug: 'intake-rr', teamSlug: 'schoolteam', attendee: ADA },
			});
			expect(object(booking)['eventTypeId']).toBe(1);
		});
	});

	test('slots of two people are those when both are free', async () => {
		await onHosted(async ({ data, book }) => {
			const path = `/slots?usernames=yourschool,anna&organizationSlug=school&${DAY}`;
			const count = async () => list(object(await data('GET', path))['2026-12-07'] ?? null).length;
			const before = await count();
			await book(3, SLOT);
			expect(await count()).toBe(before - 1);
		});
	});

	test("a team's event type has private links of its own", async () => {
		await onHosted(async ({ ask, data }) => {
			const base = '/organizations/10/teams/1/event-types/1/private-links';
			await data('POST', base, { body: { maxUsageCount: 2 } });
			expect(list(await data('GET', base))).toMatchObject([{ eventTypeId: 1, maxUsageCount: 2 }]);
			expect((await ask('GET', base.replace('types/1', 'types/3'))).status).toBe(404);
		});
	});

	test("an organization's webhook hears of every member's bookings", async () => {
		await onHosted(async ({ data, book, receiver, received }) => {
			const body = { active: true, subscriberUrl: `${receiver}/org`, triggers: ['BOOKING_CREATED'], secret: 's' };
			await data('POST', '/organizations/10/webhooks', { body });
			await book(3, SLOT);
			await book(1, '2026-12-07T10:00:00Z');
			expect(received.map(({ event }) => event)).toEqual(['BOOKING_CREATED', 'BOOKING_CREATED']);
		});
	});
});

describe('absences', () => {
	test('whoever is away has no slots, until the absence is taken back', async () => {
		await onHosted(async ({ data }) => {
			const slots = async () => Object.keys(object(await data('GET', `/slots?eventTypeId=3&${DAY}`))).length;
			const body = { start: '2026-12-07T00:00:00Z', end: '2026-12-07T00:00:00Z', reason: 'sick' };
			const entry = object(await data('POST', '/organizations/10/users/1/ooo', { body }));
			expect(entry['end']).toBe('2026-12-07T23:59:59.999Z');
			expect(await slots()).toBe(0);
			await data('DELETE', `/organizations/10/users/1/ooo/${String(entry['id'])}`);
			expect(await slots()).toBe(1);
		});
	});
});

describe('routing forms', () => {
	test('the answers decide which lesson is offered, and are kept only when they are sent', async () => {
		await onHosted(async ({ cal, data }) => {
			const form = cal.state.routingForms[0]?.id ?? '';
			const ask = async (path: string, level: string) =>
				object(await data('POST', `${path}?${DAY}`, { body: { level } }))['eventTypeId'];
			expect(await ask(`/routing-forms/${form}/calculate-slots`, 'beginner')).toBe(3);
			expect(await ask(`/routing-forms/${form}/calculate-slots`, 'advanced')).toBe(23);
			const responses = `/organizations/10/routing-forms/${form}/responses`;
			expect(list(await data('GET', responses))).toEqual([]);
			expect(await ask(responses, 'beginner')).toBe(3);
			expect(list(await data('GET', responses))).toHaveLength(1);
		});
	});
});

describe('the form of an event type (2026-06-12)', () => {
	const version = '2026-06-12';
	const slugs = (data: Json): unknown[] => list(data).map(({ slug }) => slug);

	test('PATCH changes the questions it names and leaves the others', async () => {
		await onHosted(async ({ data }) => {
			const before = await data('GET', '/event-types/3/booking-fields', { version });
			const body = { bookingFields: [{ slug: 'goals', label: 'Your goals', required: true }] };
			const after = await data('PATCH', '/event-types/3/booking-fields', { version, body });
			expect(slugs(after)).toEqual(slugs(before));
			expect(list(after).find(({ slug }) => slug === 'goals')).toMatchObject({
				type: 'textarea',
				label: 'Your goals',
				required: true,
				placeholder: 'e.g. scales',
			});
		});
	});

	test('DELETE takes a question of its own, never one of the system', async () => {
		await onHosted(async ({ ask }) => {
			const status = async (slug: string) =>
				(await ask('DELETE', `/event-types/3/booking-fields/${slug}`, { version })).status;
			expect([await status('goals'), await status('name'), await status('nope')]).toEqual([200, 400, 404]);
		});
	});

	test('older versions do not know it', async () => {
		await onHosted(async ({ ask }) => {
			expect((await ask('GET', '/event-types/3/booking-fields', { version: '2024-06-14' })).status).toBe(404);
		});
	});
});
