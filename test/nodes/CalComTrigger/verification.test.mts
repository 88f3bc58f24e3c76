import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { verifySignature } from '../../../nodes/CalComTrigger/verification.ts';
import { depth } from '../../support/depth.mts';
import { readIndex, readRecordings } from '../shared/events/recordings.mts';

const secrets = new Map(readIndex().map(({ number, secret }) => [number, secret]));
const recordings = readRecordings().map((recording) => ({
	...recording,
	secret: secrets.get(recording.number) ?? null,
}));
const signed = recordings.flatMap(({ stem, bytes, signature, secret }) =>
	secret !== null && signature !== undefined ? [{ stem, bytes, signature, secret }] : [],
);
const unsigned = recordings.filter(({ secret }) => secret === null);

const BODY = Buffer.from('{"triggerEvent":"BOOKING_CREATED"}');
const SECRET = 'current-secret';
const sign = (body: Uint8Array, secret: string) => createHmac('sha256', secret).update(body).digest('hex');
const GOOD = sign(BODY, SECRET);

const VERIFIED = { accepted: true, verified: true };
const refused = (refusal: string) => ({ accepted: false, refusal });

describe('what Cal.com really sent', () => {
	test('there are signed and unsigned deliveries', () => {
		expect(signed.length).toBeGreaterThan(60);
		expect(unsigned.length).toBeGreaterThanOrEqual(3);
	});

	test.each(signed.map((one) => [one.stem, one] as const))(
		'%s is verified',
		(_stem, { bytes, signature, secret }) => {
			expect(verifySignature(bytes, signature, [secret], false)).toEqual(VERIFIED);
			expect(verifySignature(bytes, signature, ['another', secret], false)).toEqual(VERIFIED);
			expect(verifySignature(bytes, signature, ['another'], false)).toEqual(refused('mismatch'));
			expect(verifySignature(bytes, signature, [], true)).toEqual(refused('noSecretHere'));
		},
	);

	test.each(unsigned.map((one) => [one.stem, one] as const))('%s is unsigned', (_stem, { bytes, signature }) => {
		expect(signature).toBe('no-secret-provided');
		expect(verifySignature(bytes, signature, [SECRET], false)).toEqual(refused('unsigned'));
		expect(verifySignature(bytes, signature, [SECRET], true)).toEqual({ accepted: true, verified: false });
	});
});

describe('the header', () => {
	test.each([
		['as Cal.com sends it', GOOD, VERIFIED],
		['upper case', GOOD.toUpperCase(), VERIFIED],
		['with the prefix of the documentation', `sha256=${GOOD}`, VERIFIED],
		['in a list of one', [GOOD], VERIFIED],
		['missing', undefined, refused('unsigned')],
		['empty', '', refused('unsigned')],
		['blank', '  ', refused('unsigned')],
		['no-secret-provided', 'no-secret-provided', refused('unsigned')],
		['doubled, right both times', `${GOOD}, ${GOOD}`, refused('doubled')],
		['doubled, right and wrong', `${GOOD}, ${'0'.repeat(64)}`, refused('doubled')],
		['in a list of two', [GOOD, GOOD], refused('doubled')],
		['too short', GOOD.slice(1), refused('malformed')],
		['too long', `${GOOD}0`, refused('malformed')],
		['not hex', 'g'.repeat(64), refused('malformed')],
		['base64', Buffer.from(GOOD, 'hex').toString('base64'), refused('malformed')],
		['another algorithm', `sha1=${GOOD}`, refused('malformed')],
		['of another body', sign(Buffer.from('{}'), SECRET), refused('mismatch')],
		['of another secret', sign(BODY, 'other'), refused('mismatch')],
	])('%s', (_name, header, expected) => {
		expect(verifySignature(BODY, header, [SECRET], false)).toEqual(expected);
	});

	test.each(['', undefined, 'no-secret-provided'])('%j with the switch on is taken as not verified', (header) => {
		expect(verifySignature(BODY, header, [], true)).toEqual({ accepted: true, verified: false });
	});

	test('the switch never lets a wrong signature through', () => {
		for (const header of ['x', '0'.repeat(64), `${GOOD},${GOOD}`]) {
			expect(verifySignature(BODY, header, [SECRET], true)).toMatchObject({ accepted: false });
		}
	});
});

describe('secrets', () => {
	test('the one before is accepted while it is being changed', () => {
		expect(verifySignature(BODY, sign(BODY, 'old'), [SECRET, 'old'], false)).toEqual(VERIFIED);
	});
	test('a blank secret signs nothing', () => {
		expect(verifySignature(BODY, sign(BODY, ''), [''], false)).toEqual(refused('noSecretHere'));
	});
	test('an empty body is verified like any other', () => {
		const empty = Buffer.alloc(0);
		expect(verifySignature(empty, sign(empty, SECRET), [SECRET], false)).toEqual(VERIFIED);
	});
});

describe('forgery', () => {
	test('no alteration of a real delivery is accepted', () => {
		const alteration = fc.record({
			which: fc.nat(signed.length - 1),
			what: fc.constantFrom('flip', 'cut', 'append', 'drop', 'signature', 'secret', 'reserialize'),
			at: fc.nat(),
			bit: fc.integer({ min: 0, max: 7 }),
		});
		fc.assert(
			fc.property(alteration, ({ which, what, at, bit }) => {
				const { bytes, signature, secret } = signed[which]!;
				let body: Buffer = Buffer.from(bytes);
				let header = signature;
				let key = secret;
				const place = at % body.length;
				if (what === 'flip') body[place] = body[place]! ^ (1 << bit);
				if (what === 'cut') body = body.subarray(0, place);
				if (what === 'append') body = Buffer.concat([body, Buffer.from([at % 256])]);
				if (what === 'drop') body = Buffer.concat([body.subarray(0, place), body.subarray(place + 1)]);
				if (what === 'signature') {
					const digest = Buffer.from(header, 'hex');
					digest[at % 32] = digest[at % 32]! ^ (1 << bit);
					header = digest.toString('hex');
				}
				if (what === 'secret') key = `${key}${bit}`;
				if (what === 'reserialize') body = Buffer.from(` ${body.toString()}`);
				return !verifySignature(body, header, [key], false).accepted;
			}),
			{ numRuns: depth(200, 2_000) },
		);
	});

	test('whatever the header is, only the right one is accepted', () => {
		fc.assert(fc.property(fc.string(), (header) => !verifySignature(BODY, header, [SECRET], false).accepted));
	});
});
