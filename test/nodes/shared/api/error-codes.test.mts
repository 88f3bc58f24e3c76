// One error, one code: each is raised here once, docs/errors.md names each, and no error of the nodes is without.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { readOn, startAt } from '../../../../nodes/CalComPollTrigger/keyset.ts';
import { route } from '../../../../nodes/CalCom/actions/router.ts';
import { codeOfFailure, explain, toNodeError } from '../../../../nodes/shared/api/errors.ts';
import type { ErrorCode } from '../../../../nodes/shared/api/errorCodes.ts';
import { ERROR_CODES, isErrorCode } from '../../../../nodes/shared/api/errorCodes.ts';
import type { ApiFailure } from '../../../../nodes/shared/api/failure.ts';
import type { HttpAnswer } from '../../../../nodes/shared/api/httpAnswer.ts';
import { readFailure, readThrown } from '../../../../nodes/shared/api/failure.ts';
import { codeOf } from '../../../../nodes/shared/api/nodeErrors.ts';
import { readRedirect } from '../../../../nodes/shared/api/redirect.ts';
import { signInFailure } from '../../../../nodes/shared/api/signIn.ts';
import { account } from '../../CalComPollTrigger/support/account.mts';
import { watching } from '../../CalComPollTrigger/support/watching.mts';
import { Account, eventType, inStep, run, service, WRITE } from '../../CalComSync/support.mts';
import { calCom, create, EVENTS, foreign, success, trigger } from '../../CalComTrigger/registering.mts';
import type { AnswerOrFault, FakeExecuteOptions } from '../../CalCom/support/fake-execute.mts';
import { fakeExecute } from '../../CalCom/support/fake-execute.mts';
import { NODE, WEBHOOK_URL } from './fake-n8n.mts';
import { allExchanges, exchange } from './recorded-exchanges.mts';

const ROOT = join(import.meta.dirname, '../../../..');
const HOST = 'cal.example.com';
const CODES = Object.keys(ERROR_CODES).sort();

type Raise = () => unknown;

/** The code of what is thrown. */
async function thrownBy(act: () => Promise<unknown>): Promise<unknown> {
	try {
		await act();
	} catch (error) {
		return codeOf(error);
	}
	throw new Error('Nothing was thrown');
}

/** The code for a fault of the network. */
const network = (code: string): Raise => {
	const error = new NodeApiError(
		NODE,
		Object.assign(new Error(code), { code }) as unknown as { [key: string]: never },
	);
	return () => codeOfFailure(readThrown(error));
};

const failureOf = (statusCode: number, message: string | null): ApiFailure =>
	readFailure({ statusCode, headers: {}, body: { status: 'error', error: { code: 'X', message } } });

/** The code for what Cal.com says. */
const said =
	(message: string | null, status = 400): Raise =>
	() =>
		codeOfFailure(failureOf(status, message));

const answered = (answer: Partial<HttpAnswer>): Raise => {
	const whole = { statusCode: 200, headers: {}, body: undefined, ...answer };
	return () => codeOfFailure(readRedirect(whole, 'https://cal.example.com/v2', '/me') ?? readFailure(whole));
};

const UID = { bookingUid: 'uid1' };

/** The code in the item that an operation of the Cal.com node makes of its error. */
const operation =
	(
		resource: string,
		name: string,
		parameters: Record<string, unknown> = {},
		answers: AnswerOrFault[] = [],
		more: Partial<FakeExecuteOptions> = {},
	): Raise =>
	async () => {
		const fake = fakeExecute({
			parameters: { resource, operation: name, ...parameters },
			answers,
			continueOnFail: true,
			...more,
		});
		const [[item] = []] = await route(fake.ctx, undefined, fake.clock);
		return item?.json.code;
	};

/** The code of what publishing the trigger ends with. */
const publishing =
	(options: Parameters<typeof trigger>[0]): Raise =>
	async () =>
		await thrownBy(async () => await create.call(trigger(options).ctx));

const answers = (made: IDataObject) => ({
	respond: ({ method }: { method: string }) =>
		success(
			method === 'POST' ? { id: 'w', active: true, subscriberUrl: WEBHOOK_URL, triggers: EVENTS, ...made } : [],
		),
});

/** The code of the record that fails when it says something else than Cal.com. */
const syncing =
	(edit: IDataObject, after: (account: Account) => void = () => undefined): Raise =>
	async () => {
		const it = new Account([eventType(1)]);
		const [record] = await inStep(it, [{ ...service(1), sync_error_code: null }]);
		after(it);
		const { failed } = await run(it, [{ ...record, ...edit }], WRITE);
		return failed[0]?.sync_error_code;
	};

/** Each code with something that raises it. A code without one does not compile. */
const RAISED: Record<ErrorCode, Raise> = {
	CERTIFICATE_NOT_TRUSTED: network('CERT_HAS_EXPIRED'),
	CONNECTION_LOST: network('ECONNRESET'),
	CONNECTION_REFUSED: network('ECONNREFUSED'),
	HOST_NOT_FOUND: network('ENOTFOUND'),
	NAME_LOOKUP_FAILED: network('EAI_AGAIN'),
	NOT_TLS: network('EPROTO'),
	TIMEOUT: network('ETIMEDOUT'),
	UNREACHABLE: network('EHOSTUNREACH'),

	BASE_URL_INVALID: async () =>
		await thrownBy(async () => await fakeExecute({ credential: { baseUrl: 'not one' } }).session()),
	BASE_URL_REDIRECTS: answered({ statusCode: 301, headers: { location: 'https://elsewhere.example/v2/me' } }),
	LIST_CHANGED: async () =>
		await thrownBy(async () => {
			const rows = [3, 1].map((n) => ({ uid: `u${n}`, at: new Date(n).toISOString(), value: n }));
			const order = { after: 'afterUpdatedAt', sort: 'sortUpdatedAt' } as const;
			for await (const page of readOn(async () => rows, order, startAt(new Date(0).toISOString()), 2)) void page;
		}),
	NOT_THE_API: answered({ body: '<!doctype html><html></html>' }),
	OLD_FORMAT: () => codeOfFailure({ ...failureOf(200, null), oldFormat: true }),
	ROUTE_UNKNOWN: said('Cannot GET /v2/teams', 404),

	API_KEY_EXPIRED: said('ApiAuthStrategy - api key - Your api key is expired', 401),
	API_KEY_INVALID: said('Invalid Access Token.', 401),
	API_KEY_MISSING: publishing({ respond: calCom().respond, credential: { apiKey: '' } }),
	CREDENTIALS_NOT_YOURS: said('These credentials do not belong to you', 401),
	FORBIDDEN: said('User (2) is not the owner of event type (23)', 403),
	HOSTED_ONLY: operation('team', 'getMany', {}, [], {
		credential: { baseUrl: 'https://cal.school.example/api/v2', edition: 'selfHosted' },
	}),
	NO_ORGANIZATION: operation('organization', 'getMembers', {}, [{ data: { id: 1, organizationId: null } }]),
	OAUTH_NOT_CONNECTED: () => {
		const error = new Error('Credentials not connected');
		return codeOfFailure(signInFailure(readThrown(error), error));
	},
	OAUTH_REFUSED: () => codeOfFailure(signInFailure(failureOf(401, 'No'), null)),
	RATE_LIMITED: said('Too many requests', 429),
	UNAUTHORIZED: said('This user is locked', 401),

	BAD_REQUEST: said('Recurring Events and Offer Seats cannot be active at the same time.'),
	CONFLICT: said('Invalid Input: Trying to create a record that already exists.', 409),
	INVALID_VALUES: said('start property is wrong,start must be a valid ISO 8601 date string '),
	NOT_FOUND: said('Booking with uid=x not found', 404),
	SERVER_ERROR: said(null, 503),

	ANSWER_NOT_ACCEPTED: said('responses - {age}Invalid string, '),
	ATTENDEE_HAS_SEAT: said('already_signed_up_for_this_booking_error', 409),
	ATTENDEE_NOT_FOUND: operation('booking', 'getAttendee', { ...UID, attendee: 'a@b.example' }, [{ data: [] }]),
	BOOKING_CANCELLED: said('it has been cancelled already'),
	BOOKING_CONFIRMED: said('Booking already confirmed'),
	BOOKING_DECLINED: said('Booking already rejected'),
	BOOKING_LIMIT_REACHED: said('booking_limit_reached'),
	BOOKING_NOT_BEGUN: said('Bookings can only be marked as absent after their scheduled start time.'),
	BOOKING_RESCHEDULED: said('it has been cancelled and rescheduled already to booking with uid=b'),
	CANCELLATION_REASON_REQUIRED: said('Cancellation reason is required when you are the host'),
	EMAILS_NOT_ACCEPTED: said('emails_must_be_unique_valid'),
	NOT_A_SERIES: operation('booking', 'cancel', { ...UID, cancel: 'series' }, [{ body: exchange('367').body }]),
	PRIMARY_ATTENDEE: said('cannot_remove_primary_attendee'),
	SEATS_FULL: said('No more seats left at this seated booking.'),
	SEAT_NOT_FOUND: said('Invalid seatUid: this seat does not exist'),
	SEAT_REQUIRED: said(
		'Booking with uid=x is a seated booking which means you have to provide seatUid in the request',
	),
	TIME_NOT_BOOKABLE: said('Attempting to book a meeting in the past.'),
	TIME_NOT_FREE: said('User either already has booking at this time or is not available'),
	TOO_MANY_OCCURRENCES: said("Provided recurrence count is higher than the event type's recurring event count."),

	APP_NOT_CONNECTED: said('zoom not connected.'),
	CALENDARS_UNREADABLE: said('Unable to fetch connected calendars events. Please try again later.', 500),
	FORM_UNREADABLE: operation(
		'eventType',
		'update',
		{ eventTypeId: '1', bookingFieldsMode: 'json', bookingFieldsJson: '[{"slug":"level","type":"text"}]' },
		[{ data: { id: 1, bookingFields: [] } }],
	),
	LOCATION_NOT_ALLOWED: said("Unsupported location type 'x'. Valid types are address."),
	NO_CALENDAR: operation('calendar', 'getBusyTimes', { start: '2026-11-24', end: '2026-11-25' }, [
		{ data: { connectedCalendars: [] } },
	]),
	NO_DEFAULT_SCHEDULE: operation('schedule', 'getDefault', {}, [{ data: null }]),
	RESERVATION_LOST: operation(
		'slot',
		'updateReservation',
		{ reservationUid: 'r', updateFields: { reservationDuration: 9 } },
		[
			{
				data: {
					reservationUid: 'r',
					eventTypeId: 23,
					slotStart: '2026-12-19T06:30:00.000Z',
					slotEnd: '2026-12-19T07:00:00.000Z',
				},
			},
			{ status: 422, body: exchange('443').body },
			{ body: { status: 'success' } },
			{ status: 422, body: exchange('466').body },
			{ status: 422, body: exchange('465').body },
		],
	),
	RESERVATION_NOT_FOUND: operation('slot', 'getReservation', { reservationUid: 'r' }, [{ data: null }]),
	SLUG_TAKEN: said('User already has an event type with this slug.'),

	CHOICE_UNKNOWN: operation('booking', 'undo'),
	DEFAULT_COUNTRY_UNKNOWN: publishing({
		respond: calCom().respond,
		parameters: { options: { defaultCountry: 'Nowhere' } },
	}),
	FIELD_EMPTY: operation('booking', 'get'),
	FIELD_NOT_SETTABLE: operation('eventType', 'update', { eventTypeId: '1', fieldsJson: '{"hosts":[]}' }),
	INVALID_JSON: operation('eventType', 'update', { eventTypeId: '1', fieldsJson: '{' }),
	INVALID_TIME: operation('slot', 'getAvailable', { eventTypeId: '1', start: 'soon', end: 'later' }),
	METADATA_NOT_ACCEPTED: operation('booking', 'create', {
		eventTypeId: '1',
		start: '2026-11-24T09:00',
		attendeeName: 'Ada',
		attendeeEmail: 'ada@student.example',
		additionalFields: { metadata: { pair: [{ key: 'k'.repeat(500), value: 'v' }] } },
	}),
	NOTHING_CHOSEN: operation('booking', 'markAbsent', UID),
	NOTHING_TO_CHANGE: operation('user', 'updateMe'),
	NOT_AN_ATTENDEE: operation('booking', 'getAttendee', { ...UID, attendee: 'Ada' }),
	NOT_A_NUMBER: operation('eventType', 'get', { eventTypeId: 'one' }),
	NOT_A_WEB_ADDRESS: operation('webhook', 'create', { subscriberUrl: 'nowhere', triggers: ['BOOKING_CREATED'] }),
	QUESTION_INVALID: operation('eventType', 'update', {
		eventTypeId: '1',
		bookingFieldsMode: 'json',
		bookingFieldsRemoved: 'name',
	}),
	RANGE_REVERSED: operation('slot', 'getAvailable', { eventTypeId: '1', start: '2026-11-25', end: '2026-11-24' }),
	TIME_SKIPPED: operation('booking', 'reschedule', {
		...UID,
		start: '2027-03-28T02:30',
		timeZone: 'Europe/Amsterdam',
	}),
	TIME_ZONE_UNKNOWN: operation('booking', 'reschedule', { ...UID, start: '2027-03-28T02:30', timeZone: 'Mars' }),

	EVENTS_NOT_OFFERED: publishing(answers({ triggers: [] })),
	NOTHING_TO_SHOW: async () => await thrownBy(async () => await watching(account(), {}, { mode: 'manual' }).poll()),
	WEBHOOK_NOT_SWITCHED_ON: publishing(answers({ active: false })),
	WEBHOOK_SECRET_MISSING: publishing({ parameters: { registration: 'byHand' } }),
	WEBHOOK_URL_MISSING: async () => {
		const { ctx } = trigger({ respond: calCom().respond });
		return await thrownBy(async () => await create.call({ ...ctx, getNodeWebhookUrl: () => undefined }));
	},
	WEBHOOK_URL_TAKEN: publishing({
		respond: (request) =>
			request.method === 'POST'
				? calCom({ '/webhooks': [{ ...foreign, subscriberUrl: WEBHOOK_URL }] }).respond(request)
				: success([]),
	}),

	COLUMN_UNREADABLE: syncing({ duration_minutes: 'half an hour' }),
	FIELD_PAIR_INVALID: async () =>
		await thrownBy(
			async () =>
				await run(new Account([]), [service(1)], {
					preset: 'custom',
					fields: { pairs: [{ recordField: '', calcomField: 'title', mode: 'twoWay', transform: 'none' }] },
				}),
		),
	LINK_UNCLEAR: async () => {
		const { failed } = await run(new Account([eventType(1)]), [service(1), service(1)], {
			...WRITE,
			options: { includeReport: true },
		});
		return (failed[0]?.sync_report as IDataObject).code;
	},
	STOPPED: async () =>
		await thrownBy(
			async () =>
				await run(new Account([eventType(1)]), [service(1)], WRITE, ({ ctx }) => {
					ctx.getExecutionCancelSignal = () => AbortSignal.abort();
				}),
		),
	VALUE_NOT_TAKEN: syncing({ name: '' }),

	UNEXPECTED: () => codeOf(new Error('oops')),
};

describe('codes', () => {
	test.each(CODES)('%s is raised', async (code) => {
		expect(isErrorCode(code) && (await RAISED[code]())).toBe(code);
	});

	test('no text that is not one of them counts as one', () => {
		for (const text of ['toString', '', null, 'NotFoundException']) expect(isErrorCode(text)).toBe(false);
		const foreignCode = new NodeApiError(NODE, {});
		foreignCode.context.code = 'ECONNREFUSED';
		expect(codeOf(foreignCode)).toBe('UNEXPECTED');
	});
});

describe('every error that was recorded', () => {
	const errors = allExchanges().filter(({ status }) => status >= 400);

	test.each(errors.map((one) => [one.file, one] as const))('%s has a code and a message in words', (_file, one) => {
		const failure = readFailure({ statusCode: one.status, headers: one.headers, body: one.body });
		const words = explain(failure, HOST);
		expect(isErrorCode(words.code)).toBe(true);
		expect(toNodeError(NODE, failure, words).context).toMatchObject({ code: words.code });
		// Words for programs are put in words for people, and a check is not named by the class that makes it.
		expect(words.message).not.toMatch(/\b[a-z]+(_[a-z]+)+\b|Validator|property is wrong|responses -|[,:] *$/);
		// What is refused says why, where Cal.com does.
		if (words.code === 'INVALID_VALUES') expect(words.message).toMatch(/^Cal\.com did not accept the values: \S/);
		for (const { property } of failure.constraints.slice(0, 3)) expect(words.message).toContain(property);
	});

	test.each([
		['403', 'PRIMARY_ATTENDEE', 'The attendee who made the booking cannot be removed from it'],
		['413', 'CREDENTIALS_NOT_YOURS', 'Cal.com refused this: These credentials do not belong to you'],
		['414', 'CALENDARS_UNREADABLE', 'Cal.com could not read the connected calendars'],
		['429', 'API_KEY_INVALID', 'Cal.com does not accept the API key'],
		['431', 'INVALID_VALUES', 'Cal.com did not accept the values: location: link must be a URL address'],
		['432', 'INVALID_VALUES', 'Cal.com did not accept the values: lengthInMinutes must not be less than 1'],
		['437', 'APP_NOT_CONNECTED', 'An app is not connected to Cal.com: zoom'],
		['443', 'TIME_NOT_FREE', 'This time is not free'],
		[
			'446',
			'ANSWER_NOT_ACCEPTED',
			'Cal.com did not accept an answer to the booking form (email: this is no email address)',
		],
		['456', 'BOOKING_CANCELLED', 'This booking is cancelled, so it cannot be rescheduled'],
		['458', 'INVALID_VALUES', 'Cal.com did not accept the values: property reschedulingReason should not exist'],
		['465', 'TIME_NOT_FREE', 'This time is not free'],
	])('%s is %s: %s', (start, code, message) => {
		const one = errors.find(({ file }) => file.startsWith(start));
		const { status = 0, headers = {}, body } = one ?? {};
		expect(explain(readFailure({ statusCode: status, headers, body }), HOST)).toMatchObject({ code, message });
	});

	test('a word for programs that nobody knows is put in words, too', () => {
		expect(explain(failureOf(400, 'some_new_error'), HOST).message).toBe(
			'Cal.com did not accept the values: some new error',
		);
		expect(explain(failureOf(500, 'The database is on fire.'), HOST).message).toBe(
			'Cal.com failed to handle the request (500): The database is on fire',
		);
	});

	test('an answer that is wrong in two ways is told once each', () => {
		const text =
			'responses - {name}Invalid string, responses - {name}Invalid string, responses - {age}invalid_number, ';
		expect(explain(failureOf(400, text), HOST).message).toBe(
			'Cal.com did not accept an answer to the booking form (name: the answer has to be a text; age: this is no phone number)',
		);
	});

	test('over OAuth2, too, what belongs to somebody else is no matter of the sign-in', () => {
		const failure = signInFailure(failureOf(401, 'These credentials do not belong to you'), null);
		expect(explain(failure, HOST).code).toBe('CREDENTIALS_NOT_YOURS');
	});
});

describe('the source', () => {
	const sources = globSync('{nodes,credentials}/**/*.ts', { cwd: ROOT }).map(
		(file) => [file.replaceAll('\\', '/'), readFileSync(join(ROOT, file), 'utf8')] as const,
	);
	/** Where an error may be made: each gives it a code. */
	const MAKERS = new Set(['nodes/shared/api/nodeErrors.ts', 'nodes/shared/api/errors.ts']);

	test.each(sources.filter(([file]) => !MAKERS.has(file)))('%s makes no error without a code', (_file, source) => {
		expect(
			source.match(/new (NodeOperationError|NodeApiError|(User|Application|Operational|Unexpected)?Error)\(/g),
		).toBeNull();
	});

	test.each(CODES)('%s is used', (code) => {
		const users = sources.filter(([file, text]) => !file.endsWith('errorCodes.ts') && text.includes(`'${code}'`));
		expect(users.length).toBeGreaterThan(0);
	});
});

test('what the SQL of the templates decides by are codes', () => {
	const lists = ['booking-requests', 'retool-actions'].flatMap((name) => {
		const sql = readFileSync(join(ROOT, `workflows/sql/${name}.sql`), 'utf8');
		return [...sql.matchAll(/WHEN code IN \(([^)]+)\)/g)].map(([, list = '']) => list);
	});
	expect(lists.length).toBe(5);
	for (const list of lists) {
		for (const [, code] of list.matchAll(/'([^']+)'/g))
			expect(isErrorCode(code) ? code : `${code} is none`).toBe(code);
	}
});

describe('docs/errors.md', () => {
	const rows = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').matchAll(
		/^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \| (yes|no) \|$/gm,
	);
	const told = [...rows].map(([, code = '', , , again = '']) => [code, again === 'yes'] as const);

	test('has each code once, with whether trying again helps', () => {
		expect(told.map(([code]) => code).sort()).toEqual(CODES);
		expect(Object.fromEntries(told)).toEqual(ERROR_CODES);
	});
});
