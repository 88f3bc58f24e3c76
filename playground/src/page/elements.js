// Small parts that all of the page is made of. Everything that comes from outside goes in as text, never as HTML.

export const byId = (id) => document.getElementById(id);

export function element(tag, text, className) {
	const made = document.createElement(tag);
	if (text !== undefined) made.textContent = text;
	if (className) made.className = className;
	return made;
}

const LOOKS_LIKE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

export const isTime = (value) => typeof value === 'string' && LOOKS_LIKE_TIME.test(value);

export function readable(value) {
	if (value === null || value === undefined) return '–';
	if (Array.isArray(value)) return value.join(' ← ');
	if (typeof value === 'object') return JSON.stringify(value);
	if (!isTime(value)) return String(value);
	return new Date(value).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}

export function fillTable(table, names, empty, rows) {
	table.replaceChildren();
	if (rows.length === 0) {
		table.insertRow().append(element('td', empty, 'empty'));
		return;
	}
	const row = table.createTHead().insertRow();
	for (const name of names) row.append(element('th', name));
	table.createTBody().append(...rows);
}

/** @param choices `[action, label, data]`: data goes along with the action */
export function buttonCell(choices) {
	const cell = element('td');
	const buttons = element('div', undefined, 'buttons');
	for (const [action, label, data] of choices) {
		const button = element('button', label);
		Object.assign(button.dataset, { action, ...data });
		buttons.append(button);
	}
	cell.append(buttons);
	return cell;
}

/** Calls `draw` only when what it is given has changed: a button must not vanish under the pointer. */
export function onChange(draw) {
	let last = '';
	return (value) => {
		const now = JSON.stringify(value);
		if (now === last) return;
		last = now;
		draw(value);
	};
}
