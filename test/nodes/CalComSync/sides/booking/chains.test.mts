import fc from 'fast-check';
import type { Chains } from '../../../../../nodes/CalComSync/sides/booking/chains.ts';
import { createChains } from '../../../../../nodes/CalComSync/sides/booking/chains.ts';
import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import { recordedList } from './support.mts';

function chainsOf(bookings: readonly Fields[]): Chains {
	const chains = createChains();
	for (const booking of bookings) chains.add(booking);
	return chains;
}

const old = (uid: string, next?: string): Fields => ({
	uid,
	status: 'cancelled',
	...(next === undefined ? {} : { rescheduledToUid: next }),
});
const live = (uid: string, previous?: string): Fields => ({
	uid,
	status: 'accepted',
	...(previous === undefined ? {} : { rescheduledFromUid: previous }),
});

test.each<[string, Fields[], string, string, string[]]>([
	['told by the old one', [old('a', 'b'), live('b')], 'a', 'b', ['a']],
	['told by the new one', [old('a'), live('b', 'a')], 'a', 'b', ['a']],
	['told by the new one, the old one unknown', [live('b', 'a')], 'a', 'b', ['a']],
	['moved twice', [old('a', 'b'), old('b', 'c'), live('c', 'b')], 'a', 'c', ['b', 'a']],
	['never moved', [live('a')], 'a', 'a', []],
	['a seat moved away, the booking goes on', [live('a'), live('b', 'a')], 'a', 'a', []],
	['two say so, one is named', [old('a', 'b'), live('b', 'a'), live('c', 'a')], 'a', 'b', ['a']],
])('a booking that was moved is found by its old uid: %s', (_name, bookings, uid, current, former) => {
	for (const order of [bookings, [...bookings].reverse()]) {
		const chains = chainsOf(order);
		const found = chains.current(uid);
		expect('booking' in found ? found.booking.uid : found).toBe(current);
		expect('booking' in found ? chains.formerUids(found.booking) : null).toEqual(former);
	}
});

test('what would have to be read is said', () => {
	expect(chainsOf([]).current('a')).toEqual({ read: 'a' });
	expect(chainsOf([old('a', 'b')]).current('a')).toEqual({ read: 'b' });
});

test('a circle ends', () => {
	const chains = chainsOf([old('a', 'b'), old('b', 'a')]);
	expect(chains.current('a')).toHaveProperty('booking');
	expect(chains.formerUids(old('a', 'b')).length).toBeLessThan(3);
});

test('of the recorded bookings, those that were moved stand for nothing by themselves', () => {
	const chains = chainsOf(recordedList('239'));
	const former = chains.all().filter((booking) => chains.isFormer(booking));
	// The last one is of a series: only the booking that followed it says that it was moved.
	expect(former.map(({ uid, rescheduledToUid }) => [uid, rescheduledToUid])).toEqual([
		['1kX3Ag346PdugoJxzqiKeC', 'uNPtqVKFzosPaX1um1iQvC'],
		['1DU7NXaZcNwZxdJQ5Zf1Rd', 'hA4wHB7gxDkcYE32zWWut9'],
		['bB1k1izkF4WpXZigruz4EG', 'bL2c5uMRPSjLnav31amDyq'],
		['bL2c5uMRPSjLnav31amDyq', '3NGyVPTY1gycGXtTtiq11F'],
		['3NGyVPTY1gycGXtTtiq11F', 'nMZF6sjXHhmzVurYT3u358'],
		['h7N6xbWdHoS8YGZXms2TGG', undefined],
	]);
	const found = chains.current('bB1k1izkF4WpXZigruz4EG');
	expect('booking' in found && found.booking.uid).toBe('nMZF6sjXHhmzVurYT3u358');
});

test('whatever the order in which bookings are read, each uid leads to the end of its chain', () => {
	const link = fc.constantFrom('old', 'new', 'both');
	const shape = fc.array(fc.array(link, { maxLength: 5 }), { minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(
			shape.chain((lengths) => {
				const bookings = lengths.flatMap((links, index) => {
					const uid = (at: number): string => `${index}-${at}`;
					return [...links, null].map((forward, at) => {
						const back = at === 0 ? null : links[at - 1];
						return {
							uid: uid(at),
							status: forward === null ? 'accepted' : 'cancelled',
							...(forward === 'old' || forward === 'both' ? { rescheduledToUid: uid(at + 1) } : {}),
							...(back === 'new' || back === 'both' ? { rescheduledFromUid: uid(at - 1) } : {}),
						};
					});
				});
				return fc.record({
					lengths: fc.constant(lengths),
					bookings: fc.shuffledSubarray(bookings, { minLength: bookings.length }),
				});
			}),
			({ lengths, bookings }) => {
				const chains = chainsOf(bookings);
				lengths.forEach((links, index) => {
					const last = `${index}-${links.length}`;
					for (let at = 0; at <= links.length; at++) {
						const found = chains.current(`${index}-${at}`);
						expect('booking' in found && found.booking.uid).toBe(last);
					}
					const former = chains.formerUids({ uid: last });
					expect(former).toEqual(links.map((_, at) => `${index}-${at}`).reverse());
				});
				expect(chains.all().filter((booking) => !chains.isFormer(booking))).toHaveLength(lengths.length);
			},
		),
	);
});
