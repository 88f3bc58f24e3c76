import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

import type { CalComEvent } from '../../../../nodes/shared/events/event.ts';
import { normalizeDelivery } from '../../../../nodes/shared/events/normalize.ts';
import { readIndex, readRecordings, type Recording } from './recordings.mts';

// The expectations were written by hand from the recordings and the rules of the normalized event.
// When a rule changes, change them by hand too: regenerated from the code they would prove nothing.
const EXPECTED = fileURLToPath(new URL('expected', import.meta.url));

const CONTEXT = {
	source: 'webhook',
	verified: true,
	tag: null,
	instance: null,
	receivedAt: '2026-11-20T10:00:00.000Z',
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [],
	defaultBookingType: null,
} as const;

/** Bodies made by a payload template that is not JSON: Cal.com sends them as form data. */
const NOT_JSON = [
	'005-TEMPLATE-plain-calvideo-via-tpl-text',
	'051-TEMPLATE-cancelled-by-host-with-reason-via-tpl-text',
];

/** Keys with a hash in them: the rules leave open how the hashed data are written out. */
const HASHED_KEYS: Record<string, RegExp> = {
	'FORM_SUBMITTED:6a9f0b7e-1c2d-4e5f-8a9b-0c1d2e3f4a5b:*':
		/^FORM_SUBMITTED:6a9f0b7e-1c2d-4e5f-8a9b-0c1d2e3f4a5b:[0-9a-f]{32}:2026-11-20T09:13Z$/,
	'UNKNOWN:*': /^UNKNOWN:[0-9a-f]{32}:2026-11-20T10:00Z$/,
};

/** Deliveries of one fact through several webhooks, by their numbers. Every other delivery is a fact of its own. */
const SAME_FACT = [
	['001', '002'],
	['010', '011'],
	['048', '049'],
	['089', '090'],
	['102', '103', '105'],
];

const part = z.record(z.unknown());
const expectedFile = z
	.object({ eventKey: z.string(), booking: part, eventType: part, organizer: part, attendee: part })
	.passthrough();

function expectedOf(stem: string): z.infer<typeof expectedFile> {
	return expectedFile.parse(JSON.parse(readFileSync(join(EXPECTED, `${stem}.json`), 'utf8')));
}

const index = readIndex();
const recordings = readRecordings();
const jsonRecordings = recordings.filter(({ stem }) => !NOT_JSON.includes(stem));
const expectedStems = readdirSync(EXPECTED).map((file) => file.replace(/\.json$/, ''));

function normalize({ bytes }: Recording, includeRaw = false): CalComEvent {
	return normalizeDelivery(JSON.parse(bytes.toString('utf8')), { ...CONTEXT, includeRaw });
}

/** The recording is byte for byte what Cal.com signed. */
function expectSigned({ number, bytes, signature }: Recording): void {
	const row = index.find((candidate) => candidate.number === number);
	expect(row).toMatchObject({ size: bytes.length });
	const secret = row?.secret ?? null;
	const wanted = secret === null ? 'no-secret-provided' : createHmac('sha256', secret).update(bytes).digest('hex');
	expect(signature).toBe(wanted);
}

/** Every secret in the recordings: one-time passwords, video passwords, tokens in links. */
function recordedSecrets(): string[] {
	const found = new Set<string>();
	const visit = (value: unknown, path: string[]): void => {
		if (typeof value === 'string' && value !== '') {
			if (path.at(-1) === 'oneTimePassword') found.add(value);
			if (path.at(-1) === 'password' && path.at(-2) === 'videoCallData') found.add(value);
			for (const [, token] of value.matchAll(/[?&](?:access_)?token=([^&#]+)/g)) found.add(`token=${token}`);
		} else if (typeof value === 'object' && value !== null) {
			for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
		}
	};
	for (const { bytes } of jsonRecordings) visit(JSON.parse(bytes.toString('utf8')), []);
	return [...found];
}

describe('the recordings', () => {
	test('are those of the index, every one with an expectation or known not to be JSON', () => {
		expect(recordings.map(({ number }) => number)).toEqual(index.map(({ number }) => number));
		expect([...expectedStems, ...NOT_JSON].sort()).toEqual(recordings.map(({ stem }) => stem).sort());
	});

	test('without JSON are signed text', () => {
		const texts = recordings.filter(({ stem }) => NOT_JSON.includes(stem));
		expect(texts).toHaveLength(NOT_JSON.length);
		for (const recording of texts) {
			expectSigned(recording);
			expect(() => JSON.parse(recording.bytes.toString('utf8'))).toThrow(SyntaxError);
		}
	});

	test('have expectations with the same keys everywhere', () => {
		const shapes = expectedStems
			.map(expectedOf)
			.map(({ booking, eventType, organizer, attendee, ...event }) =>
				[event, booking, eventType, organizer, attendee].map((object) => Object.keys(object).sort()),
			);
		expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
	});
});

describe('a recorded delivery becomes the expected event', () => {
	test.each(jsonRecordings.map((recording) => [recording.stem, recording] as const))('%s', (stem, recording) => {
		expectSigned(recording);

		const actual = normalize(recording);
		const expected = expectedOf(stem);
		const pattern = HASHED_KEYS[expected.eventKey];
		if (pattern !== undefined) {
			expect(actual.eventKey).toMatch(pattern);
			expected.eventKey = actual.eventKey;
		}
		expect(actual).toStrictEqual(expected);
	});
});

describe('event keys', () => {
	test('are equal for the deliveries of one fact and different for all others', () => {
		const byKey = new Map<string, string[]>();
		for (const recording of jsonRecordings) {
			const { eventKey } = normalize(recording);
			byKey.set(eventKey, [...(byKey.get(eventKey) ?? []), recording.number]);
		}
		expect([...byKey.values()].filter((numbers) => numbers.length > 1)).toEqual(SAME_FACT);
	});

	test('do not depend on when a delivery with a time of its own is read', () => {
		for (const recording of jsonRecordings.filter(({ stem }) => !stem.includes('TEMPLATE'))) {
			const body: unknown = JSON.parse(recording.bytes.toString('utf8'));
			const later = normalizeDelivery(body, { ...CONTEXT, receivedAt: '2026-11-21T11:11:11.111Z' });
			expect(later.eventKey).toBe(normalize(recording).eventKey);
		}
	});
});

describe('secrets of the recordings', () => {
	const secrets = recordedSecrets();

	test('are known to this test', () => {
		expect(secrets.some((secret) => secret.startsWith('eyJ'))).toBe(true);
		expect(secrets.some((secret) => /^[0-9a-f-]{36}$/.test(secret))).toBe(true);
		expect(secrets).toContain('token=abc');
	});

	test.each(jsonRecordings.map((recording) => [recording.stem, recording] as const))(
		'are not in %s, expected or actual, with the raw body or without',
		(stem, recording) => {
			const texts = [expectedOf(stem), normalize(recording), normalize(recording, true)].map((event) =>
				JSON.stringify(event),
			);
			for (const text of texts) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
		},
	);
});
