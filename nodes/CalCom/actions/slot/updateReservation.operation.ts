import { number, fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { requireText, toId } from '../../../shared/panel/identifiers';
import { eventTypeLocator } from '../../../shared/panel/locators';
import { timeZoneField } from '../shared/timeFields';
import { toInstant, toZone } from '../../../shared/panel/instant';
import { slotQuery } from './askSlots';
import { findReservation } from './findReservation';
import { holdAnew } from './holdAnew';
import {
	reservation,
	reservationDurationField,
	reservationRequest,
	reservationUidField,
	slotDurationField,
} from './reservations';

export const updateReservation: Operation = {
	option: {
		name: 'Update Reservation',
		value: 'updateReservation',
		action: 'Update a reservation of a slot',
		description: 'Hold a reservation for longer (under a new UID), or move it to another time',
	},
	fields: [
		reservationUidField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description:
				'Time and event type stay as they are unless changed. The reservation then holds from now on: for 5 minutes, unless told.',
			options: [
				{
					...eventTypeLocator({ description: 'Reserve a time of this event type instead' }),
					required: false,
				},
				reservationDurationField,
				slotDurationField,
				{
					displayName: 'Start',
					name: 'slotStart',
					type: 'dateTime',
					default: '',
					description: 'Reserve this time instead',
				},
				timeZoneField,
			],
		},
	],
	async execute(itemIndex, session) {
		const uid = requireText(this, itemIndex, 'reservationUid', 'Reservation UID');
		const changes = readFields(this.getNodeParameter('updateFields', itemIndex, {})) ?? {};
		const zone = toZone(this, itemIndex, changes.timeZone);
		// Cal.com wants the event type and the start every time, changed or not.
		const held = await findReservation(this, itemIndex, session, uid);
		const body = slotQuery({
			eventTypeId:
				changes.eventTypeId === undefined
					? held.eventTypeId
					: toId(this, itemIndex, changes.eventTypeId, 'Event Type'),
			slotStart:
				changes.slotStart === undefined
					? held.slotStart
					: toInstant(this, itemIndex, {
							value: changes.slotStart,
							label: 'Start',
							zone,
							skipped: 'refuse',
						}),
			slotDuration: number(changes.slotDuration),
			reservationDuration: number(changes.reservationDuration),
		});
		const result = await session.send(itemIndex, reservationRequest(session, 'PATCH', { uid, body }), reservation);
		if (!result.ok) {
			// Only for its own time: a reservation that is to move must not be lost to one that is in its way.
			const staysThere =
				body.eventTypeId === held.eventTypeId &&
				Date.parse(String(body.slotStart)) === Date.parse(held.slotStart);
			if (staysThere && result.failure.status === 422) {
				return await holdAnew(this, itemIndex, session, uid, body);
			}
			throw session.error(itemIndex, result.failure);
		}
		const updated = result.data;
		// Cal.com drops what it does not take without a word.
		if (Date.parse(updated.slotStart) !== Date.parse(String(body.slotStart))) {
			session.note(`Cal.com answered without an error but left the reservation at ${updated.slotStart}.`);
		}
		return updated;
	},
};
