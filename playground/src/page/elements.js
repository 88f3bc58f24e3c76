// Small parts that all of the page is made of. Everything that comes from outside goes in as text, never as HTML.

export const byId = (id) => document.getElementById(id);

export function element(tag, text, className) {
	const made = document.createElement(tag);
	if (text !== undefined) made.textContent = text;
	if (className) made.className = className;
	return made;
}

// Times are those of the person's own clock, and say so.
const WHEN = new Intl.DateTimeFormat(undefined, {
	day: 'numeric',
	month: 'short',
	year: 'numeric',
	hour: '2-digit',
	minute: '2-digit',
	timeZoneName: 'short',
});
const CLOCK = new Intl.DateTimeFormat(undefined, {
	hour: '2-digit',
	minute: '2-digit',
	second: '2-digit',
	timeZoneName: 'short',
});

/** @param at ISO 8601 */
export const clock = (at) => CLOCK.format(new Date(at));

const LOOKS_LIKE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

export const isTime = (value) => typeof value === 'string' && LOOKS_LIKE_TIME.test(value);

export function readable(value) {
	if (value === null || value === undefined) return '–';
	if (Array.isArray(value)) return value.join(' ← ');
	if (typeof value === 'object') return JSON.stringify(value);
	if (!isTime(value)) return String(value);
	return WHEN.format(new Date(value));
}

export function fillTable(table, names, empty, rows) {
	keepFocus(table, () => {
		table.replaceChildren();
		if (rows.length === 0) {
			table.insertRow().append(element('td', empty, 'empty'));
			return;
		}
		if (names.length > 0) {
			const row = table.createTHead().insertRow();
			for (const name of names) row.append(element('th', name));
		}
		table.createTBody().append(...rows);
	});
}

/** Whoever is at a button stays there when its list is drawn anew: at the same button, else where the list begins. */
function keepFocus(table, draw) {
	const focused = document.activeElement;
	const wasInside = focused !== table && table.contains(focused);
	const same = JSON.stringify(focused?.dataset ?? {});
	draw();
	if (!wasInside) return;
	const buttons = [...table.querySelectorAll('button')];
	const next = buttons.find((button) => JSON.stringify(button.dataset) === same) ?? table.closest('[tabindex]');
	next?.focus({ preventScroll: true });
}

/**
 * @param choices `[action, label, data]`: data goes along with the action
 * @param about what the buttons are about, for those who hear them one by one
 */
export function buttonCell(choices, about) {
	const cell = element('td');
	const buttons = element('div', undefined, 'buttons');
	for (const [action, label, data] of choices) {
		const button = element('button', label);
		Object.assign(button.dataset, { action, ...data });
		button.ariaLabel = `${label}: ${about}`;
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
