import { normalize } from '../../../../nodes/CalCom/actions/event/normalize.operation.ts';
import { delivery as aDelivery, normalize as byTrigger } from '../../shared/events/support.mts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';

const BODY = aDelivery('BOOKING_CREATED');
const of = (parameters: Record<string, unknown>) => fakeExecute({ parameters });

test('a delivery is the event of the trigger, with the credential’s Cal.com, and nothing is asked', async () => {
	const fake = of({ delivery: BODY, output: 'normalized' });
	expect(await runList(normalize, fake)).toEqual([byTrigger(BODY, { verified: false, instance: 'cal.com' })]);
	expect(fake.requests).toEqual([]);
});

test('has the words of the panel', async () => {
	const delivery = aDelivery('BOOKING_CREATED', {
		attendees: [{ name: 'Ada', email: 'ada@student.example', phoneNumber: '06 12345678' }],
		organizer: { email: 'owner@school.example' },
	});
	const [event] = await runList(
		normalize,
		of({
			delivery,
			eventOptions: { tag: 'amsterdam', defaultBookingType: 'Other', defaultCountry: 'nl' },
			bookingTypes: { rules: [{ match: 'slugIs', value: 'lesson', name: 'Lesson' }] },
		}),
	);
	expect(event).toMatchObject({ tag: 'amsterdam', bookingType: 'Lesson', attendee: { phone: '+31612345678' } });
});

test('flat is one level, and raw holds what was stored', async () => {
	const [flat] = await runList(normalize, of({ delivery: JSON.stringify(BODY), output: 'flat' }));
	expect(flat).toMatchObject({ event: 'BOOKING_CREATED', name: 'Ada Lovelace', start: '2026-11-24 09:00' });
	const [both] = await runList(normalize, of({ delivery: BODY, output: 'both' }));
	expect(both?.['raw']).toEqual(BODY);
});

test('a list is an item for each, and what is none of them comes out with the reason', async () => {
	const items = await runList(
		normalize,
		of({ delivery: [BODY, 'x', aDelivery('BOOKING_CANCELLED', { status: 'CANCELLED' })] }),
	);
	expect(items.map(({ event, reason }) => [event, reason ?? null])).toEqual([
		['BOOKING_CREATED', null],
		[null, 'It is no object, and no text that holds one'],
		['BOOKING_CANCELLED', null],
	]);
});

test.each(['', null])('an empty field says that it is empty: %j', async (delivery) => {
	expect(await run(normalize, of({ delivery }))).toEqual([{ event: null, reason: 'The field is empty' }]);
});
