import { cancel } from '../../../../nodes/CalCom/actions/booking/cancel.operation.ts';
import { confirm } from '../../../../nodes/CalCom/actions/booking/confirm.operation.ts';
import { create } from '../../../../nodes/CalCom/actions/booking/create.operation.ts';
import { getAttendees } from '../../../../nodes/CalCom/actions/booking/getAttendees.operation.ts';
import { markAbsent } from '../../../../nodes/CalCom/actions/booking/markAbsent.operation.ts';
import { reschedule } from '../../../../nodes/CalCom/actions/booking/reschedule.operation.ts';
import { updateLocation } from '../../../../nodes/CalCom/actions/booking/updateLocation.operation.ts';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import { allExchanges } from '../../shared/api/recorded-exchanges.mts';
import type { AnswerOrFault } from '../support/fake-execute.mts';
import { failure, replay, UID } from './support.mts';

const ADA = {
	eventTypeId: { __rl: true, mode: 'list', value: '3' },
	start: '2026-11-24T09:00',
	attendeeName: 'Ada Lovelace',
	attendeeEmail: 'ada@student.example',
};

/** Recording, operation, its parameters, what the message says. */
const ERRORS: Array<[string, Operation, Record<string, unknown>, RegExp]> = [
	['101', create, ADA, /age/],
	['115', create, ADA, /not free/],
	['116', create, ADA, /not free/],
	['118', create, ADA, /99999 not found/],
	['119', create, ADA, /start must be a valid/],
	['121', create, ADA, /email or phone/],
	['122', create, ADA, /15, 30, 60/],
	['127', create, ADA, /'age'/],
	['202', create, ADA, /does not repeat that often/],
	['214', create, ADA, /has a seat in this booking already/],
	['296', create, ADA, /email: an answer is required/],
	['301', create, ADA, /guests: this is no email address/],
	['145', reschedule, { start: '2026-11-27T10:00:00Z' }, /rescheduled already/],
	['148', reschedule, { start: '2026-11-27T12:00:00Z' }, /not found/],
	['149', reschedule, { start: '2026-11-27T12:00:00Z' }, /start must be a valid/],
	['154', cancel, { cancellationReason: 'x' }, /cancelled already/],
	['160', cancel, {}, /not found/],
	['221', cancel, { cancel: 'seat', seatUid: 'nope' }, /no such seat/],
	['133', confirm, {}, /confirmed already/],
	['130', confirm, {}, /.+/],
	['163', markAbsent, { host: 'absent' }, /before the booking has begun/],
	['166', markAbsent, { host: 'absent' }, /.+/],
	['347', getAttendees, {}, /does not know the address/],
];

describe('what Cal.com refuses, in words that help', () => {
	test.each(ERRORS)('%s', async (start, operation, parameters, message) => {
		const told = await failure(operation, { bookingUid: UID, ...parameters }, [replay(start)]);
		expect(told.message).toMatch(message);
		expect(told.description).not.toBe('');
		expect(told).toMatchObject({ itemIndex: 0, requests: 1 });
	});

	test('a host must say why', async () => {
		const bare: AnswerOrFault = {
			status: 400,
			body: { statusCode: 400, message: 'Cancellation reason is required when you are the host' },
		};
		const told = await failure(cancel, { bookingUid: UID }, [bare]);
		expect(told.message).toMatch(/reason when the host cancels/);
		expect(told.description).toContain('Cancellation Reason');
	});

	test('changing a place needs a right', async () => {
		const parameters = { bookingUid: UID, location: 'address', locationAddress: 'x' };
		const told = await failure(updateLocation, parameters, [replay('098'), replay('382')]);
		expect(told.description).toContain('not authorized to update this booking location');
	});

	test('every recorded refusal of a booking request is read as one', () => {
		const refused = allExchanges().filter(({ path, status }) => path.startsWith('/v2/bookings') && status >= 400);
		expect(refused.length).toBeGreaterThan(20);
	});

	test.each(
		allExchanges()
			.filter(({ path, status }) => path.startsWith('/v2/bookings') && status >= 400 && status < 500)
			.map(({ file }) => [file] as const),
	)('%s says what happened and what to do', async (file) => {
		const told = await failure(confirm, { bookingUid: UID }, [replay(file)]);
		expect(told.message).not.toMatch(/^(Bad request|Forbidden|Not Found|Error)/i);
		expect(told.description).not.toBe('');
		expect(told.itemIndex).toBe(0);
	});
});
