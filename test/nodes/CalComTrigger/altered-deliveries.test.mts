// Many deliveries that somebody altered: none is taken. What was done to them stands in test/support/alterations.
import { REFUSAL_TEXT, verifySignature } from '../../../nodes/CalComTrigger/verification.ts';
import { ALTERATIONS, alter, isGenuine, rightForms, sign, signatureHeaders } from '../../support/alterations/index.mts';
import type { Attempt } from '../../support/alterations/index.mts';
import { depth, SEED } from '../../support/depth.mts';
import { readIndex, readRecordings } from '../shared/events/recordings.mts';

const COUNT = depth(5_000, 100_000);

const secrets = new Map(readIndex().map(({ number, secret }) => [number, secret]));
/** Every recorded delivery; those that came unsigned are signed here. */
const deliveries = readRecordings().map(({ number, bytes }) => {
	const secret = secrets.get(number) ?? 'Whsec unsigned 0001 ';
	return { bytes, secret, signature: sign(bytes, secret) };
});

/** A header that came twice reaches nodes as a list or in one line, as Node writes it. */
function writtenHeaders(attempt: Attempt): (string | string[] | undefined)[] {
	const values = signatureHeaders(attempt);
	return values.length > 1 ? [values, values.join(', ')] : [values[0], values];
}

const verify = (attempt: Attempt, acceptUnsigned = false) =>
	writtenHeaders(attempt).map((header) => verifySignature(attempt.body, header, attempt.held, acceptUnsigned));

const isBlank = (attempt: Attempt) =>
	signatureHeaders(attempt).every((value) => ['', 'no-secret-provided'].includes(value.trim()));

test(`none of ${COUNT.toLocaleString('en')} altered deliveries is taken`, () => {
	const made = new Map<string, number>();
	/** What was done to those that were taken. */
	const taken = new Set<string>();
	const refusals = new Set<string>();
	const attempts = alter(deliveries, SEED);
	for (let count = 0; count < COUNT; count += 1) {
		const attempt = attempts.next().value;
		made.set(attempt.name, (made.get(attempt.name) ?? 0) + 1);
		for (const outcome of verify(attempt)) {
			if (outcome.accepted) taken.add(attempt.name);
			else refusals.add(outcome.refusal);
		}
		// With the switch on, what has no signature is let through as such; nothing is ever called verified.
		for (const outcome of verify(attempt, true))
			if (outcome.accepted && (outcome.verified || !isBlank(attempt))) taken.add(attempt.name);
	}
	expect({ seed: SEED, taken: [...taken] }).toEqual({ seed: SEED, taken: [] });
	expect(made.size).toBe(ALTERATIONS.length);
	expect(Math.min(...made.values())).toBeGreaterThanOrEqual(Math.floor(COUNT / ALTERATIONS.length));
	// A key that was changed is a matter of the trigger, see registered-secret.
	expect([...refusals, 'keyChanged'].sort()).toEqual(Object.keys(REFUSAL_TEXT).sort());
});

test('each delivery as it was sent, and in every other right form, is taken', () => {
	let taken = 0;
	for (const attempt of rightForms(deliveries, SEED)) {
		expect([attempt.name, isGenuine(attempt)]).toEqual([attempt.name, true]);
		for (const outcome of verify(attempt))
			expect([attempt.name, outcome]).toEqual([attempt.name, { accepted: true, verified: true }]);
		taken += 1;
	}
	expect(taken).toBeGreaterThan(8 * 60);
});
