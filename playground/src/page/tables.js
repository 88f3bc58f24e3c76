// The tables of the workflows, with what changed since the last look lit up.
import { showChanges } from './changes.js';
import { byId, element, fillTable, isTime, readable } from './elements.js';

const LONG = new Set(['uids', 'event_key', 'error', 'body', 'answer']);
const LIT_MS = 6000;

let before = null;
const lit = new Map();

/** What is new or different since the last look, the oldest first. */
function changesIn({ name, key, columns }, rows) {
	const known = new Map(before[name].map((row) => [String(row[key]), row]));
	return rows[name].toReversed().flatMap((row) => {
		const old = known.get(String(row[key])) ?? null;
		const changed = columns.filter((column) => JSON.stringify(old?.[column]) !== JSON.stringify(row[column]));
		return changed.length === 0 ? [] : [{ table: name, key: String(row[key]), row, columns: changed, old }];
	});
}

function noteChanges(tables, rows) {
	const changes = before ? tables.flatMap((table) => changesIn(table, rows)) : [];
	for (const { table, key, columns, old } of changes)
		lit.set(`${table} ${key}`, { until: Date.now() + LIT_MS, changed: new Set(old ? columns : []) });
	showChanges(changes);
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
		scroll.role = 'group';
		scroll.ariaLabel = `table ${name}`;
		scroll.tabIndex = 0;
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
