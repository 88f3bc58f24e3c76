// One meaning for each key, whatever an event comes from: where webhook and API tell of one booking otherwise, docs/event.md
// says so.
import { readFileSync, readdirSync } from 'node:fs';
import type { CalComEvent } from '../../../../nodes/shared/events/event.ts';
import { bookingToEvent } from '../../../../nodes/shared/events/fromApi.ts';
import { allExchanges } from '../api/recorded-exchanges.mts';
import { CONTEXT, isFields, normalize, recorded } from './support.mts';

/** The event types that the recordings were made with, as the API lists them. */
const TYPES = new Map(
	allExchanges()
		.filter(({ method, path, status }) => method === 'GET' && /\/event-types(\?|$)/.test(path) && status === 200)
		.flatMap(({ body }) => (isFields(body) && Array.isArray(body['data']) ? body['data'] : []))
		.filter(isFields)
		.map((type) => [type['id'], type]),
);
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

const MADE = new Map(
	allExchanges()
		.filter(({ method, path }) => method === 'POST' && /\/bookings$/.test(path))
		.flatMap(({ body }) => (isFields(body) ? [body['data']].flat() : []))
		.filter(isFields)
		.map((booking) => [String(booking['uid']), booking]),
);
const PAIRS = readdirSync(new URL('../../../fixtures/recorded/deliveries/', import.meta.url))
	.filter((name) => /-BOOKING_CREATED.*\.body\.json$/.test(name))
	.flatMap((name) => {
		const webhook = normalize(recorded(name.replace('.body.json', '')));
		const booking = MADE.get(webhook.booking.uid ?? '');
		if (booking === undefined || webhook.booking.seats !== null) return [];
		const type = TYPES.get(booking['eventTypeId']);
		const poll = bookingToEvent(booking, {
			...CONTEXT,
			event: 'BOOKING_CREATED',
			baseUrl: 'http://localhost:5555/v2',
			eventTitle: text(type?.['title']),
			eventDescription: text(type?.['description']),
		});
		return [{ name, webhook, poll }];
	});

/** Paths at which two values differ; lists are compared whole. */
function differences(one: unknown, other: unknown, path = ''): string[] {
	if (isFields(one) && isFields(other))
		return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
			differences(one[key], other[key], path === '' ? key : `${path}.${key}`),
		);
	return JSON.stringify(one) === JSON.stringify(other) ? [] : [path];
}

/** What the page says of keys that the two tell otherwise: `booking.price` or `organizer.locale`, or all below one. */
const page = readFileSync(new URL('../../../../docs/event.md', import.meta.url), 'utf8');
const table = /## By webhook and by poll\n([\s\S]*?)\n## /.exec(page)?.[1] ?? '';
const named = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, keys]) =>
	[...(keys ?? '').matchAll(/`([^`]+)`/g)].map(([, key]) => key ?? ''),
);
const isNamed = (path: string): boolean => named.some((key) => path === key || path.startsWith(`${key}.`));

test('there are enough pairs, and the page names keys', () => {
	expect(PAIRS.length).toBeGreaterThan(15);
	expect(named.length).toBeGreaterThan(5);
});

test('where webhook and poll differ, the page says so', () => {
	const all = new Set(PAIRS.flatMap(({ webhook, poll }) => differences(webhook, poll)));
	expect([...all].filter((path) => !isNamed(path)).sort()).toEqual([]);
});

test('what the page names does differ somewhere', () => {
	const told = (event: CalComEvent) =>
		new Set(PAIRS.flatMap(({ webhook, poll }) => differences(webhook, poll)).concat(event.source));
	const all = [...told(PAIRS[0]?.webhook ?? ({} as CalComEvent))];
	// Of kinds that the recordings have no pair of.
	const elsewhere = new Set(['booking.recurringBookingUid', 'booking.previousStart', 'booking.previousEnd']);
	expect(
		named.filter((key) => !elsewhere.has(key) && !all.some((path) => path === key || path.startsWith(`${key}.`))),
	).toEqual([]);
});
