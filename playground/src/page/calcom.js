// What Cal.com has: the bookings, and what it has delivered.
import { answerTo } from './act.js';
import { buttonCell, byId, clock, element, fillTable, onChange, readable } from './elements.js';

const CHOICES = {
	accepted: [
		['reschedule', 'Reschedule'],
		['cancel', 'Cancel'],
	],
	pending: [
		['confirm', 'Confirm'],
		['decline', 'Decline'],
	],
};
const STATUS = { accepted: 'good', pending: '' };

function bookingRow({ uid, title, start, status }) {
	const row = document.createElement('tr');
	row.append(
		element('td', title, 'whole strong'),
		element('td', readable(start)),
		element('td', status, STATUS[status] ?? 'empty'),
		buttonCell(
			(CHOICES[status] ?? []).map(([action, label]) => [action, label, { uid }]),
			`${title}, ${readable(start)}`,
		),
	);
	return row;
}

export const showBookings = onChange((bookings) =>
	fillTable(byId('bookings'), [], 'No bookings yet.', bookings.map(bookingRow)),
);

function deliveryRow({ id, sentAt, event, to, status, ms, answer }, index, all) {
	const row = document.createElement('tr');
	const good = status >= 200 && status < 300;
	row.append(
		element('td', clock(sentAt), 'time'),
		element('td', event, 'strong'),
		element('td', to ? `→ ${to}` : '', 'empty'),
		element('td', status === null ? 'no answer' : String(status), good ? 'good' : 'bad'),
		element('td', `${Math.round(ms)} ms`, 'time'),
		buttonCell(
			[
				['repeat', 'Again', { delivery: id }],
				['forge', 'Forge', { delivery: id }],
			],
			// Two of one second would have one name.
			`${event} of ${clock(sentAt)}${to ? ` to ${to}` : ''}, delivery ${all.length - index}`,
		),
		element('td', answer, 'long'),
		answerTo(id),
	);
	return row;
}

export const showDeliveries = onChange((deliveries) =>
	fillTable(byId('deliveries'), [], 'Nothing delivered yet.', deliveries.map(deliveryRow)),
);
