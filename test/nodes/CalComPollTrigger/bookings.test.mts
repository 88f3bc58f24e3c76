import type { IDataObject } from 'n8n-workflow';
import { account, aBooking, iso } from './support/account.mts';
import { at, keys, MINUTE, started, T, watching } from './support/watching.mts';

describe('the first poll', () => {
	test('from now tells nothing of what is there', async () => {
		const { it, fake, booking } = await started();
		expect(await fake.poll()).toBeNull();
		const next = aBooking({ updatedAt: at(1) });
		it.bookings.push(next);
		expect(await keys(fake)).toEqual([`BOOKING_CREATED:${next.uid}`]);
		booking.updatedAt = at(2);
		expect(await fake.poll()).toBeNull();
	});

	test('of an account without bookings: the first one is told, whatever the clocks say', async () => {
		const it = account();
		const fake = watching(it, {}, { now: T + 5 * 3600_000 });
		expect(await fake.poll()).toBeNull();
		it.bookings.push(aBooking({ updatedAt: at(0) }));
		expect(await fake.poll()).toHaveLength(1);
	});

	test('from a date tells what changed since, and nothing older', async () => {
		const bookings = [-30, -20, -10, -1].map((minutes) => aBooking({ updatedAt: at(minutes) }));
		const fake = watching(account({ bookings }), { startFrom: 'date', startDate: at(-20) });
		expect(await keys(fake)).toEqual(bookings.slice(1).map(({ uid }) => `BOOKING_CREATED:${uid}`));
		expect(await fake.poll()).toBeNull();
	});

	test('asks with the version of the recorded shapes, and for pages of 250', async () => {
		const { fake } = await started();
		await fake.poll();
		const lists = fake.asked.filter(({ path }) => path === '/bookings');
		expect(new Set(lists.map(({ version }) => version))).toEqual(new Set(['2024-08-13']));
		const afterUpdatedAt = iso(T - 1010 * MINUTE - 1);
		expect(lists.at(-1)?.query).toEqual({ afterUpdatedAt, sortUpdatedAt: 'asc', take: '250' });
	});
});

describe('what is chosen', () => {
	test.each<[string, IDataObject, number]>([
		['another event', { events: ['BOOKING_CANCELLED'] }, 0],
		['its event', { events: ['BOOKING_CREATED'] }, 1],
		['nothing: everything', { events: [] }, 1],
		['another attendee', { filters: { attendeeEmails: ['no@one.example'] } }, 0],
		['its event type', { filters: { eventTypes: { values: [{ eventTypeId: { value: '3' } }] } } }, 1],
		['another event type', { filters: { eventTypes: { values: [{ eventTypeId: { value: '4' } }] } } }, 0],
	])('%s', async (_name, parameters, count) => {
		const { it, fake } = await started(parameters);
		it.bookings.push(aBooking({ updatedAt: at(1) }));
		expect((await fake.poll()) ?? []).toHaveLength(count);
	});

	test('what a filter passed over is not told when the filter goes', async () => {
		const { it, fake } = await started({ events: ['BOOKING_CANCELLED'] });
		it.bookings.push(aBooking({ updatedAt: at(1) }));
		await fake.poll();
		delete fake.parameters['events'];
		expect(await fake.poll()).toBeNull();
	});

	test('the output: tag, booking type, raw', async () => {
		const { it, fake } = await started({
			output: 'both',
			options: { tag: 'Amsterdam' },
			bookingTypes: { rules: [{ match: 'slugIs', value: 'trial-lesson', name: 'Trial' }] },
		});
		const booking = aBooking({ updatedAt: at(1) });
		it.bookings.push(booking);
		expect(await fake.poll()).toEqual([
			expect.objectContaining({ tag: 'Amsterdam', bookingType: 'Trial', raw: booking }),
		]);
		fake.parameters['output'] = 'raw';
		it.bookings.push({ ...booking, uid: 'other', updatedAt: at(2) });
		expect(await fake.poll()).toEqual([{ ...booking, uid: 'other', updatedAt: at(2) }]);
	});
});

describe('other settings', () => {
	test('another Cal.com starts anew, and tells nothing that is there', async () => {
		const { it, fake } = await started();
		const other = account({ bookings: [aBooking({ updatedAt: at(500) })] });
		fake.credential['baseUrl'] = 'https://api.cal.com/v2';
		it.bookings = other.bookings;
		expect(await fake.poll()).toBeNull();
		it.bookings.push(aBooking({ updatedAt: at(501) }));
		expect(await fake.poll()).toHaveLength(1);
	});

	test('a date that is chosen later leads back to it; what is remembered is not told again', async () => {
		const { it, fake, booking } = await started();
		const told = aBooking({ updatedAt: at(1) });
		it.bookings.push(told);
		await fake.poll();
		const unseen = aBooking({ updatedAt: at(-2000) });
		it.bookings.push(unseen);
		Object.assign(fake.parameters, { startFrom: 'date', startDate: at(-3000) });
		expect(await keys(fake)).toEqual([`BOOKING_CREATED:${unseen.uid}`]);
		expect(booking.uid).not.toBe(unseen.uid);
		Object.assign(fake.parameters, { startFrom: 'now' });
		it.bookings.push(aBooking({ updatedAt: at(3) }));
		expect(await fake.poll()).toHaveLength(1);
	});

	test('who watches something else for a while and comes back has missed nothing', async () => {
		const { it, fake } = await started();
		fake.parameters['watch'] = 'eventTypes';
		await fake.poll();
		it.bookings.push(aBooking({ updatedAt: at(5) }));
		fake.parameters['watch'] = 'bookings';
		expect(await fake.poll()).toHaveLength(1);
	});

	test.each<[IDataObject, string]>([
		[{ startFrom: 'date', startDate: 'soon' }, 'The start date is not a date'],
		[{ watch: 'upcoming', minutesBefore: [] }, 'No lead time is given'],
		[{ watch: 'eventTypes', eventTypesOf: 'team' }, 'Team is not chosen'],
	])('%j is refused', async (parameters, message) => {
		await expect(watching(account(), parameters).poll()).rejects.toThrow(message);
	});
});

test('an execution by hand shows the newest bookings and remembers nothing', async () => {
	const bookings = [1, 2, 3, 4, 5].map((minutes) => aBooking({ updatedAt: at(minutes) }));
	const fake = watching(account({ bookings }), {}, { mode: 'manual' });
	expect(await keys(fake)).toEqual([5, 4, 3].map((n) => `BOOKING_CREATED:${bookings[n - 1]?.uid}`));
	expect(fake.staticData).toEqual({});
	await expect(watching(account(), {}, { mode: 'manual' }).poll()).rejects.toThrow('There is nothing to show yet');
});
