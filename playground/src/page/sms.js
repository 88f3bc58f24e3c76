// The SMS of both directions, and the attendee's answers.
import { buttonCell, byId, clock, element, fillTable, onChange } from './elements.js';

const WORDS = ['C', 'R', 'X', 'STOP'];
const HOW = { delivered: 'good', undelivered: 'bad', failed: 'bad' };

function smsRow({ inbound, phone, text, status, errorCode, at, optedOut }, newest) {
	const row = document.createElement('tr');
	const how = errorCode === null ? status : `${status} (${errorCode})`;
	row.append(
		element('td', clock(at), 'time'),
		element('td', `${inbound ? 'from' : 'to'} ${phone}`, 'strong'),
		element('td', how, HOW[status] ?? 'empty'),
		element('td', text, inbound ? 'whole inbound' : 'whole'),
	);
	// Answering makes sense once per person.
	const answers = optedOut ? ['START'] : WORDS;
	if (newest)
		row.append(
			buttonCell(
				answers.map((word) => ['reply', word, { phone, text: word }]),
				`answer from ${phone}`,
			),
		);
	return row;
}

export const showSms = onChange((messages) => {
	const seen = new Set();
	const rows = messages.map((message) => {
		const newest = !seen.has(message.phone);
		seen.add(message.phone);
		return smsRow(message, newest);
	});
	fillTable(byId('sms'), [], 'No SMS yet.', rows);
});
