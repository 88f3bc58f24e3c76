// The tables of the workflows, with what changed since the last look lit up.
import { byId, element, fillTable, isTime, readable } from './elements.js';

const LONG = new Set(['uids', 'event_key', 'error', 'body', 'answer']);

let before = null;
const lit = new Map();

function noteChanges(tables, rows) {
	if (!before) return;
	for (const { name, key, columns } of tables) {
		const known = new Map(before[name].map((row) => [String(row[key]), row]));
		for (const row of rows[name]) {
			const old = known.get(String(row[key]));
			const changed = columns.filter(
				(column) => !old || JSON.stringify(old[column]) !== JSON.stringify(row[column]),
			);
			if (changed.length > 0)
				lit.set(`${name} ${row[key]}`, { until: Date.now() + 6000, changed: new Set(old ? changed : []) });
		}
	}
}

function dataRow({ name, key, columns }, row) {
	const made = document.createElement('tr');
	const light = lit.get(`${name} ${row[key]}`);
	if (light && light.until > Date.now()) made.className = 'flash';
	for (const column of columns) {
		const kind = isTime(row[column]) ? 'time' : LONG.has(column) ? 'long' : '';
		const cell = element('td', readable(row[column]), kind);
		if (light?.changed.has(column)) cell.classList.add('changed');
		made.append(cell);
	}
	return made;
}

export function makeTables(tables) {
	for (const { name, says } of tables) {
		const scroll = element('div', undefined, 'scroll');
		const table = element('table');
		table.id = `rows-${name}`;
		scroll.append(table);
		byId('tables').append(element('h3', name), element('p', says), scroll);
	}
}

export function showTables(tables, rows) {
	noteChanges(tables, rows);
	if (JSON.stringify(rows) !== JSON.stringify(before)) {
		for (const table of tables) {
			fillTable(
				byId(`rows-${table.name}`),
				table.columns,
				'no rows yet',
				rows[table.name].map((row) => dataRow(table, row)),
			);
		}
	}
	before = rows;
}
