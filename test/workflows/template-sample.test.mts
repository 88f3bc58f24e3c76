// The made-up booking that template 10 brings along, so that a person sees a row before there is any account.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CalComEvent } from '../../nodes/shared/events/event.ts';
import { readRecordings } from '../nodes/shared/events/recordings.mts';
import { normalize } from '../nodes/shared/events/support.mts';
import { sampleEvent } from './sample.mts';

const FOLDER = join(import.meta.dirname, '../../workflows');

test('no template but 10 brings data along: an invented booking must not get into real tables', () => {
	const pinned = readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.filter((file) => {
			const { pinData } = z
				.object({ pinData: z.record(z.unknown()).default({}) })
				.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
			return Object.keys(pinData).length > 0;
		});
	expect(pinned).toEqual(['10-quick-start-data-table.json']);
});

/** What the trigger hands on of a real delivery. */
function realEvent(): CalComEvent {
	const created = readRecordings().find(({ bytes }) => bytes.includes('"triggerEvent":"BOOKING_CREATED"'));
	return normalize(JSON.parse(String(created?.bytes)));
}

/** What a form asks, and what somebody put into the metadata, is different in each account. */
const OWN_WORDS = new Set(['responses', 'customResponses', 'metadata']);

/** Which keys there are, at every depth. */
function keysOf(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [path];
	return Object.entries(value).flatMap(([key, member]) =>
		OWN_WORDS.has(key) ? [`${path}.${key}`] : keysOf(member, `${path}.${key}`),
	);
}

test('it has every key of an event of the trigger, and no other', () => {
	expect(keysOf(sampleEvent()).sort()).toEqual(keysOf(realEvent()).sort());
});

test('it is nobody: a test, in the past, with addresses that lead nowhere and no phone', () => {
	const event = sampleEvent();
	expect(event).toMatchObject({ event: 'BOOKING_CREATED', category: 'test', booking: { status: 'accepted' } });
	for (const instant of [event.occurredAt, event.booking.start, event.booking.end])
		expect(Date.parse(instant ?? '')).toBeLessThan(Date.parse('2026-11-01'));
	const text = JSON.stringify(event);
	const hosts = [...text.matchAll(/(?:@|:\/\/)([\w.-]+)/g)].map(([, host]) => host);
	expect(new Set(hosts)).toEqual(new Set(['example.com']));
	expect([event.attendee.phone, event.booking.location?.phone]).toEqual([null, null]);
	// The only long numbers are those of times.
	expect(text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+\d\d:\d\d)/g, '')).not.toMatch(/\d{6}/);
});
