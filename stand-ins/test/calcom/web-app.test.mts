import { isObject } from '../../src/calcom/json.mts';
import type { Json, JsonObject } from '../../src/calcom/json.mts';
import { ADA, inSession } from '../../src/calcom/session.mts';
import type { Session } from '../../src/calcom/session.mts';

const SLUG = 'trial-lesson';

const eventTypes = async ({ data }: Session): Promise<JsonObject[]> => {
	const list = await data('GET', '/event-types');
	return Array.isArray(list) ? list.filter(isObject) : [];
};
const called = async (session: Session, slug: string): Promise<JsonObject | undefined> =>
	(await eventTypes(session)).find((eventType) => eventType['slug'] === slug);

describe('an edit in the web app', () => {
	test.each<[string, JsonObject]>([
		['a new name and text', { title: 'First lesson', description: 'Bring your own instrument' }],
		['another length', { lengthInMinutes: 45 }],
		['hidden', { hidden: true }],
		['a price, which the API cannot set', { price: 2_500, currency: 'eur' }],
		['another address', { slug: 'first-lesson' }],
	])('%s: the API shows it, and nothing else has changed', async (_, changes) => {
		await inSession(async (session) => {
			const before = await called(session, SLUG);
			session.cal.editEventType(SLUG, changes);
			const after = await called(session, String(changes['slug'] ?? SLUG));
			const address = changes['slug'] === undefined ? {} : { bookingUrl: after?.['bookingUrl'] };
			expect(after).toEqual({ ...before, ...changes, ...address });
			expect(Object.keys(after ?? {}).filter((key) => /updated/i.test(key))).toEqual([]);
		});
	});

	test.each<[string, JsonObject, RegExp]>([
		['a field that nobody sets', { ownerId: 2 }, /Nobody sets ownerId/],
		['a slug that is taken', { slug: 'level-check' }, /already has an event type with this slug/],
	])('%s is refused, and nothing has changed', async (_, changes, message) => {
		await inSession(async (session) => {
			const before = await eventTypes(session);
			expect(() => session.cal.editEventType(SLUG, { title: 'New', ...changes })).toThrow(message);
			expect(await eventTypes(session)).toEqual(before);
		});
	});

	test('a slug that nobody has is told', async () => {
		await inSession(async ({ cal }) => {
			expect(() => cal.editEventType('no-such', {})).toThrow('No event type has the slug no-such');
			expect(() => cal.removeEventTypeNamed('no-such')).toThrow('no-such');
			expect(() => cal.restoreEventType(SLUG)).toThrow(SLUG);
		});
	});
});

describe('event types that vanish', () => {
	test('are gone from the list and by id, and come back as they were', async () => {
		await inSession(async (session) => {
			const before = await called(session, SLUG);
			session.cal.removeEventTypeNamed(SLUG);
			expect(await called(session, SLUG)).toBeUndefined();
			expect((await session.ask('GET', `/event-types/${String(before?.['id'])}`)).status).toBe(404);
			session.cal.restoreEventType(SLUG);
			expect(await called(session, SLUG)).toEqual(before);
		});
	});

	test('keep their bookings', async () => {
		await inSession(async (session) => {
			const booking = await session.book(3, '2026-12-07T09:00:00Z', { attendee: ADA });
			session.cal.removeEventTypeNamed(SLUG);
			expect((await session.ask('GET', `/bookings/${String(booking['uid'])}`)).status).toBe(200);
		});
	});

	test('do not come back over another one of the same slug', async () => {
		await inSession(async (session) => {
			session.cal.removeEventTypeNamed(SLUG);
			const body = { title: 'Another', slug: SLUG, lengthInMinutes: 30 };
			await session.data('POST', '/event-types', { body });
			expect(() => session.cal.restoreEventType(SLUG)).toThrow(/already has an event type with this slug/);
		});
	});
});

describe('a field that is dropped in silence', () => {
	const patch = async (session: Session, body: Json) => await session.ask('PATCH', '/event-types/3', { body });

	test('says 200 and changes nothing, the fields beside it are taken, until it is over', async () => {
		await inSession(async (session) => {
			const before = await called(session, SLUG);
			session.cal.ignoreField('title');
			expect((await patch(session, { title: 'Taken?', lengthInMinutes: 50 })).status).toBe(200);
			expect(await called(session, SLUG)).toEqual({ ...before, lengthInMinutes: 50 });
			session.cal.ignoreField('');
			await patch(session, { title: 'Taken' });
			expect(await called(session, SLUG)).toMatchObject({ title: 'Taken' });
		});
	});

	test('is still dropped only where something is changed', async () => {
		await inSession(async (session) => {
			session.cal.ignoreField('title');
			const body = { title: 'New', slug: 'new', lengthInMinutes: 30 };
			expect(await session.data('POST', '/event-types', { body })).toMatchObject({ title: 'New' });
		});
	});
});
