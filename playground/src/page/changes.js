// The rows that have changed, those of the latest look first, beside the buttons that changed them. `tables.js` shows all rows.
import { byId, element, readable } from './elements.js';

const KEPT = 12;
/** Says nothing by itself. */
const QUIET = new Set(['id', 'updated_at', 'event_key', 'attempts', 'uids', 'time_zone']);

/** @param changes `{ table, key, row, columns, old }`; `old` is null for a new row */
export function showChanges(changes) {
	const lines = changes.map(line).filter((made) => made !== null);
	const list = byId('changes');
	if (lines.length === 0) {
		if (!list.firstChild) list.append(element('li', 'Nothing yet.', 'empty'));
		return;
	}
	list.querySelector('.empty')?.remove();
	list.prepend(...lines);
	while (list.children.length > KEPT) list.lastChild.remove();
}

function line({ table, key, row, columns, old }) {
	const shown = columns.filter((column) => !QUIET.has(column) && row[column] !== null);
	if (shown.length === 0) return null;
	const made = element('li', undefined, 'flash');
	const facts = old
		? shown.map((column) => `${column}: ${readable(old[column])} → ${readable(row[column])}`)
		: shown.map((column) => readable(row[column]));
	const name = 'id' in row ? `${table} ${key}` : table;
	made.append(element('b', `${old ? '~' : '+'} ${name}`), ` ${facts.join(' · ')}`);
	return made;
}
