import { isObject } from '../../src/calcom/json.mts';
import type { Json, JsonObject } from '../../src/calcom/json.mts';
import { inSession, uidOf } from '../../src/calcom/session.mts';

const SLOT = '2026-12-07T09:00:00Z';
const DAY = 'start=2026-12-07&end=2026-12-07';
const LINKS = '/event-types/3/private-links';

const list = (data: Json | undefined): JsonObject[] => (Array.isArray(data) ? data.filter(isObject) : []);
const object = (data: Json | undefined): JsonObject => (isObject(data) ? data : {});

describe('private links', () => {
	test('end by date or by number of bookings, whichever was set last', async () => {
		await inSession(async ({ cal, data }) => {
			const link = object(await data('POST', LINKS, { body: { expiresAt: '2026-11-21T00:00:00Z' } }));
			expect(link).toMatchObject({ isExpired: false, expiresAt: '2026-11-21T00:00:00.000Z' });
			expect(link).not.toHaveProperty('usageCount');
			await cal.advance(2 * 24 * 60 * 60_000);
			expect(list(await data('GET', LINKS))[0]).toMatchObject({ isExpired: true });
			const one = `${LINKS}/${String(link['linkId'])}`;
			const changed = object(await data('PATCH', one, { body: { maxUsageCount: 2 } }));
			expect(changed).toMatchObject({ isExpired: false, maxUsageCount: 2, usageCount: 0 });
			await data('DELETE', one);
			expect(await data('GET', LINKS)).toEqual([]);
		});
	});

	test("another's event type has none to show", async () => {
		await inSession(async ({ ask }) => {
			const key = 'cal_anna00123456789abcdef0123456789ab';
			expect((await ask('GET', LINKS, { key })).status).toBe(403);
			expect((await ask('GET', '/event-types/999/private-links')).status).toBe(404);
		});
	});
});

describe('calendars', () => {
	test('what is in a selected calendar takes slots away; in another one it does not', async () => {
		await inSession(async ({ cal, data }) => {
			const starts = async () =>
				list(object(await data('GET', `/slots?eventTypeId=3&${DAY}`))['2026-12-07']).map(({ start }) => start);
			const free = await starts();
			cal.busy(SLOT, '2026-12-07T09:30:00Z', 'concerts@group.calendar.example');
			expect(await starts()).toEqual(free);
			const calendar = { integration: 'google_calendar', externalId: 'concerts@group.calendar.example' };
			await data('POST', '/selected-calendars', { body: { ...calendar, credentialId: 1 } });
			expect(await starts()).toEqual(free.filter((start) => start !== '2026-12-07T09:00:00.000Z'));
		});
	});

	test('the destination moves to a calendar that can be written to', async () => {
		await inSession(async ({ ask, data }) => {
			const put = (externalId: string) =>
				ask('PUT', '/destination-calendars', { body: { integration: 'google_calendar', externalId } });
			expect((await put('concerts@group.calendar.example')).status).toBe(200);
			expect((await put('holidays@group.calendar.example')).status).toBe(400);
			expect((await put('nobody@nowhere.example')).status).toBe(404);
			const calendars = object(await data('GET', '/calendars'));
			expect(calendars['destinationCalendar']).toMatchObject({ externalId: 'concerts@group.calendar.example' });
		});
	});
});

describe('slots', () => {
	test('a seated meeting says who sits there already', async () => {
		await inSession(async ({ data, book }) => {
			const booking = await book(14, SLOT);
			const slots = list(object(await data('GET', `/slots?eventTypeId=14&${DAY}`))['2026-12-07']);
			expect(slots.find(({ start }) => start === '2026-12-07T09:00:00.000Z')).toMatchObject({
				attendeesCount: 1,
				bookingUid: uidOf(booking),
			});
		});
	});

	test('the time of the booking that is to be moved counts as free', async () => {
		await inSession(async ({ data, book }) => {
			const uid = uidOf(await book(3, SLOT));
			const has = async (query: string) =>
				list(object(await data('GET', `/slots?eventTypeId=3&${DAY}${query}`))['2026-12-07']).some(
					({ start }) => start === '2026-12-07T09:00:00.000Z',
				);
			expect([await has(''), await has(`&bookingUidToReschedule=${uid}`)]).toEqual([false, true]);
		});
	});
});

describe('the account', () => {
	test('takes what is right, says all that is wrong', async () => {
		await inSession(async ({ ask, data }) => {
			const changes = { name: 'New School', weekStart: 'Sunday', timeZone: 'Europe/London', timeFormat: 12 };
			expect(object(await data('PATCH', '/me', { body: changes }))).toMatchObject(changes);
			const { status, body } = await ask('PATCH', '/me', { body: { weekStart: 'Someday', timeZone: 'Mars' } });
			expect(status).toBe(400);
			const errors = list(object(object(object(body)['error'])['details'])['errors']);
			expect(errors.map(({ property }) => property)).toEqual(['weekStart', 'timeZone']);
		});
	});
});
