import type { IDataObject } from 'n8n-workflow';
import { toJsonObject } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import { isFields } from '../../../shared/values/readers';
import type { UpdateReport } from '../../../shared/values/difference';
import type { Operation } from '../operation';
import { differenceFields, readUpdateRules, updateDiffering } from '../shared/difference';
import { invalid } from '../../../shared/panel/invalid';
import { aBooking, bookingPath, bookingRequest, bookingFacts } from '../../../shared/api/bookings';
import { locationFields, chosenLocation } from './locations';
import { outputField, shape } from './output';
import { bookingField, readUid } from './parameters';

/** Bookings show a place as one text: the address, number or link that was sent with its kind. */
function placeOf(_field: string, value: unknown): unknown {
	if (!isFields(value)) return value;
	const { type, ...detail } = value;
	return Object.values(detail)[0] ?? type;
}

/** Of a video app, bookings show the link of the call, which tells nothing of the app: any link will do. */
function callOf(field: string, value: unknown): unknown {
	const place = placeOf(field, value);
	const isCall = isFields(value) || /^(https?:|integrations:)/.test(String(place));
	return isCall ? 'a video call' : place;
}

/** A call that became another call is a change, although both are calls. */
function withNewCall(report: UpdateReport, from: unknown, to: unknown): UpdateReport {
	if (report.fields.location !== 'unchanged' || !report.sent || from === to) return report;
	return { sent: true, fields: { location: 'changed' }, changes: { location: { from, to } } };
}

function reported({ sent, fields, changes }: UpdateReport): IDataObject {
	return { sent, fields: { ...fields }, changes: toJsonObject(changes) };
}

/** Changes where a booking takes place, and tells whether that was needed and done. */
export const updateLocation: Operation = {
	option: {
		name: 'Update Location',
		value: 'updateLocation',
		action: 'Update the location of a booking',
		description: 'Change where a booking takes place',
	},
	fields: [
		bookingField('The booking to move to another place'),
		...locationFields('update'),
		...differenceFields([{ name: 'Location', value: 'location' }]),
		outputField,
	],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		const location = chosenLocation(this, itemIndex, 'update');
		if (location === null) {
			throw invalid(
				this,
				itemIndex,
				'FIELD_EMPTY',
				'Location is not chosen',
				'Choose where the booking takes place.',
			);
		}
		const isCall = location.type === 'integration';
		const rules = readUpdateRules(this, itemIndex);
		let before: unknown = null;
		const { record, report } = await updateDiffering(session, {
			// What app a call is on cannot be seen, so it is always sent.
			rules: isCall ? { ...rules, onlyDifferences: false } : rules,
			view: isCall ? callOf : placeOf,
			wanted: () => ({ location }),
			async read() {
				const booking = await session.request(
					itemIndex,
					bookingRequest(session, 'GET', bookingPath(uid)),
					aBooking,
				);
				before ??= bookingFacts(booking).location;
				return booking;
			},
			async write(body: Fields) {
				const request = bookingRequest(session, 'PATCH', bookingPath(uid, '/location'), toJsonObject(body));
				return await session.request(itemIndex, request, aBooking);
			},
		});
		const booking = toJsonObject(record);
		const update = reported(withNewCall(report, before, booking.location));
		return shape(this, itemIndex, session, [booking]).map((shaped) => ({ ...shaped, update }));
	},
};
