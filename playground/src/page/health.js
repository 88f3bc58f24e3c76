// How the templates are doing: per day and event, and what somebody has to look at.
import { byId, element, fillTable, isTime, onChange, readable } from './elements.js';

const TABLES = [
	{
		id: 'health-days',
		name: 'days',
		columns: ['day', 'event', 'consumer', 'received', 'processed', 'failed', 'processing', 'success_percent'],
		empty: 'Nothing has come in yet.',
	},
	{
		id: 'health-problems',
		name: 'problems',
		columns: ['urgency', 'area', 'what', 'why', 'since'],
		empty: 'Nothing to look at.',
	},
	{
		id: 'health-failed',
		name: 'failed',
		columns: ['event', 'consumer', 'error', 'attempts', 'since'],
		empty: 'None.',
	},
	{ id: 'health-stuck', name: 'stuck', columns: ['event', 'consumer', 'attempts', 'since'], empty: 'None.' },
];

function cell(column, value) {
	if (column === 'success_percent') {
		return element('td', value === null ? '–' : `${value} %`, value === 100 ? 'good' : value === null ? '' : 'bad');
	}
	if (column === 'failed') return element('td', readable(value), value > 0 ? 'bad' : '');
	return element('td', readable(value), isTime(value) ? 'time' : '');
}

export const showHealth = onChange((health) => {
	for (const { id, name, columns, empty } of TABLES) {
		const rows = health[name].map((row) => {
			const made = document.createElement('tr');
			made.append(...columns.map((column) => cell(column, row[column])));
			return made;
		});
		fillTable(
			byId(id),
			columns.map((column) => column.replace('_', ' ')),
			empty,
			rows,
		);
	}
});
