import { NodeApiError } from 'n8n-workflow';
import { explain, toNodeError } from '../../../../nodes/shared/api/errors.ts';
import { readFailure, readThrown } from '../../../../nodes/shared/api/failure.ts';
import { NODE } from './fake-n8n.mts';
import { allExchanges, exchange } from './recorded-exchanges.mts';

const HOST = 'cal.example.com';

function wordsFor(start: string) {
	const { status, headers, body } = exchange(start);
	return explain(readFailure({ statusCode: status, headers, body }), HOST);
}

/** What n8n throws when a request got no answer: its own error around the network's. */
function thrownBy(code: string, message = `connect ${code} 127.0.0.1:1`) {
	return new NodeApiError(NODE, Object.assign(new Error(message), { code }) as unknown as { [key: string]: never });
}

describe('every error that was recorded', () => {
	const errors = allExchanges().filter(({ status }) => status >= 400);

	test('there are many', () => expect(errors.length).toBeGreaterThan(70));

	test.each(errors.map((one) => [one.file, one] as const))('%s', (_file, { status, headers, body }) => {
		const failure = readFailure({ statusCode: status, headers, body });
		expect(failure.notTheApi).toBe(false);
		const words = explain(failure, HOST);
		const error = toNodeError(NODE, failure, words);

		expect(error.name).toBe('NodeApiError');
		expect(error.httpCode).toBe(String(status));
		// n8n keeps our words as they are.
		expect(error.message).toBe(words.message);
		expect(error.description).toBe(words.description);
		const ours = `${words.message} ${words.description}`.replaceAll(failure.text ?? '', '');
		expect(ours.replace('null or undefined', '')).not.toMatch(/Exception|Guard|Strategy|undefined|null|\[object/);
		expect(words.description.length).toBeGreaterThan(20);
		// Cal.com's own words survive somewhere, unless ours say the same better.
		if (status !== 401 && status !== 429 && failure.text !== null) {
			expect(`${words.message} ${words.description}`).toContain(failure.text);
		}
		for (const { property } of failure.constraints) expect(words.description).toContain(property);
	});
});

describe('words for what happens often', () => {
	test('a key that is not known', () => {
		expect(wordsFor('004').message).toBe('Cal.com does not accept the API key');
		expect(wordsFor('004').description).toContain('Settings > Developer > API keys');
	});
	test('an expired key', () => expect(wordsFor('005').message).toBe('The Cal.com API key has expired'));
	test('a route that this edition lacks', () => {
		expect(wordsFor('289').message).toBe('This Cal.com does not know the address that was asked for');
		expect(wordsFor('289').description).toContain('hosted');
	});
	test('an id that does not exist', () =>
		expect(wordsFor('037').message).toBe('Event type with id 999999 not found'));
	test('validation is spelled out field by field', () => {
		expect(wordsFor('031').description).toBe(
			'lengthInMinutes must not be less than 1. lengthInMinutes must be an integer number. slug must be a string.',
		);
	});
	test('an error without an envelope', () => {
		expect(wordsFor('214').message).toBe('This attendee has a seat in this booking already');
	});
	test.each([
		['115', 'This time is not free', 'Slot > Get Available'],
		['116', 'This time is not free', 'working hours'],
		['133', 'This booking is confirmed already', 'cancel the booking'],
		['145', 'This booking was rescheduled already, so it goes by another UID now', 'new UID'],
		['155', 'This booking is cancelled already', 'nothing left to do'],
		['164', 'Nobody can be marked absent before the booking has begun', 'Wait until its start'],
		['202', 'The event type does not repeat that often', 'fewer occurrences'],
		['221', 'There is no such seat in this booking, or it is cancelled already', 'seats that are taken'],
	])('%s: %s', (start, message, fix) => {
		expect(wordsFor(start).message).toBe(message);
		expect(wordsFor(start).description).toContain(fix);
	});
	test.each([
		['Cancellation reason is required when you are the host', 'Cal.com wants a reason when the host cancels'],
		['No more seats left at this seated booking.', 'All seats of this booking are taken'],
		['booking_seats_full_error', 'All seats of this booking are taken'],
		['Attempting to book a meeting in the past.', 'This time cannot be booked'],
		['User already has an event type with this slug.', 'There is an event type with this slug already'],
		['no_available_users_found_error', 'This time is not free'],
	])('"%s", in the envelope and bare', (message, words) => {
		const wrapped = { status: 'error', error: { code: 'BadRequestException', message } };
		for (const [statusCode, body] of [
			[400, wrapped],
			[409, { statusCode: 409, message }],
		] as const) {
			expect(explain(readFailure({ statusCode, headers: {}, body }), HOST).message).toContain(words);
		}
	});
	test('answers to the booking form are named by their question', () => {
		const message = 'responses - {email}error_required_field, {age}Invalid string, ';
		const body = { status: 'error', error: { code: 'BadRequestException', message } };
		expect(explain(readFailure({ statusCode: 400, headers: {}, body }), HOST).message).toBe(
			'Cal.com did not accept an answer to the booking form (email: an answer is required; age: the answer has to be a text)',
		);
	});
	test('a write that broke off says that it may have happened', () => {
		const failure = { ...readFailure({ statusCode: 502, headers: {}, body: '' }), unknownOutcome: true as const };
		expect(explain(failure, HOST).description).toContain('may have been carried out');
	});
	test('the rate limit says how long to wait', () => expect(wordsFor('280').description).toContain('60 seconds'));
	test('an internal error names the likeliest cause', () =>
		expect(wordsFor('038').description).toContain('not a number'));
	test.each([
		[200, '<!doctype html><html></html>'],
		[404, '<html>nginx</html>'],
		[404, { message: 'no such page' }],
		[403, 'Access denied'],
		[200, undefined],
	])('an answer %i that is not the API’s', (statusCode, body) => {
		const words = explain(readFailure({ statusCode, headers: {}, body }), HOST);
		expect(words.message).toContain('does not lead to the API of Cal.com');
		expect(words.description).toContain('https://api.cal.com/v2');
	});
	test('a proxy’s 502 is an outage, not a wrong address', () => {
		expect(explain(readFailure({ statusCode: 502, headers: {}, body: '<html>' }), HOST).message).toContain('(502)');
	});
});

describe('no answer at all', () => {
	test.each([
		['ECONNREFUSED', 'Nothing answers at cal.example.com'],
		['ENOTFOUND', 'There is no server named cal.example.com'],
		['EAI_AGAIN', 'n8n could not look up the name cal.example.com'],
		['ETIMEDOUT', 'cal.example.com did not answer in time'],
		['ECONNABORTED', 'cal.example.com did not answer in time'],
		['ECONNRESET', 'cal.example.com closed the connection before it answered'],
		['EPROTO', 'cal.example.com does not speak TLS on this port'],
		['CERT_HAS_EXPIRED', 'The TLS certificate of cal.example.com is not trusted'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'The TLS certificate of cal.example.com is not trusted'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'The TLS certificate of cal.example.com is not trusted'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'The TLS certificate of cal.example.com is not trusted'],
		['EHOSTUNREACH', 'cal.example.com could not be reached'],
	])('%s, as n8n wraps it', (code, message) => {
		const failure = readThrown(thrownBy(code));
		expect(failure).toMatchObject({ status: null, code });
		const words = explain(failure, HOST);
		expect(words.message).toBe(message);
		const error = toNodeError(NODE, failure, words);
		expect([error.message, error.description]).toEqual([message, words.description]);
	});

	test('the code is also found in the text alone', () => {
		expect(readThrown(new Error('getaddrinfo ENOTFOUND cal.example')).code).toBe('ENOTFOUND');
	});

	test.each([undefined, null, 'text', 42, {}])('%p is still an error with words', (thrown) => {
		expect(explain(readThrown(thrown), HOST).message).toBe('cal.example.com could not be reached');
	});

	test('what has no words here is told in its own', () => {
		const odd = new Error('wrapped', { cause: new Error('the innermost says why') });
		expect(explain(readThrown(odd), HOST).message).toBe(
			'cal.example.com could not be reached (the innermost says why)',
		);
	});

	test('an HTTP error that n8n throws keeps its status and body', () => {
		const error = new NodeApiError(NODE, { message: 'x' }, { httpCode: '401' });
		error.context.data = exchange('005').body as { [key: string]: never };
		expect(explain(readThrown(error), HOST).message).toBe('The Cal.com API key has expired');
	});
});
