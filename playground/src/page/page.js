// Asks for the state once a second and shows it. Everything that comes from outside goes in as text, never as HTML.

const byId = (id) => document.getElementById(id);

function element(tag, text, className) {
	const made = document.createElement(tag);
	if (text !== undefined) made.textContent = text;
	if (className) made.className = className;
	return made;
}

const LOOKS_LIKE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function readable(value) {
	if (value === null || value === undefined) return '–';
	if (Array.isArray(value)) return value.join(' ← ');
	if (typeof value === 'object') return JSON.stringify(value);
	const text = String(value);
	if (!LOOKS_LIKE_TIME.test(text)) return text;
	return new Date(text).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}

function headings(table, names) {
	const row = table.createTHead().insertRow();
	for (const name of names) row.append(element('th', name));
	return table.createTBody();
}

function fillTable(table, names, empty, rows) {
	table.replaceChildren();
	if (rows.length === 0) {
		table.insertRow().append(element('td', empty, 'empty'));
		return;
	}
	headings(table, names).append(...rows);
}

// Bookings and their buttons

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

function bookingRow(booking) {
	const row = document.createElement('tr');
	row.append(element('td', booking.title, 'whole strong'), element('td', readable(booking.start)));
	row.append(
		element(
			'td',
			booking.status,
			booking.status === 'accepted' ? 'good' : booking.status === 'pending' ? '' : 'empty',
		),
	);
	row.append(buttonCell(CHOICES[booking.status] ?? [], { uid: booking.uid }));
	return row;
}

function buttonCell(choices, about) {
	const cell = element('td');
	const buttons = element('div', undefined, 'buttons');
	for (const [action, label] of choices) {
		const button = element('button', label);
		Object.assign(button.dataset, { action, ...about });
		buttons.append(button);
	}
	cell.append(buttons);
	return cell;
}

const DONE = {
	book: 'booked',
	request: 'asked for',
	reschedule: 'moved',
	cancel: 'cancelled',
	confirm: 'confirmed',
	decline: 'declined',
	repeat: 'The same delivery once more',
	forge: 'The delivery with another name in it, and the old signature',
};

async function act(button) {
	const { action, uid, delivery } = button.dataset;
	const said = byId('said');
	button.disabled = true;
	said.className = '';
	said.textContent = 'Cal.com delivers its webhooks and waits for n8n’s answer …';
	try {
		const began = performance.now();
		const response = await fetch('/api/actions', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action, uid, delivery }),
		});
		const answer = await response.json();
		if (!response.ok) throw new Error(answer.error);
		said.textContent = answer.booking
			? `${answer.booking.title}, ${readable(answer.booking.start)}: ${DONE[action]} in ${Math.round(performance.now() - began)} ms.`
			: `${DONE[action]}; n8n answered ${answer.answer.status}: ${answer.answer.text}`;
	} catch (error) {
		said.className = 'bad';
		said.textContent = `That did not work: ${error.message}`;
	}
	button.disabled = false;
	await refresh();
}

document.addEventListener('click', (event) => {
	const button = event.target.closest('button[data-action]');
	if (button) void act(button);
});

// Deliveries

function deliveryRow(delivery) {
	const row = document.createElement('tr');
	const good = delivery.status >= 200 && delivery.status < 300;
	row.append(
		element('td', new Date(delivery.sentAt).toLocaleTimeString(), 'time'),
		element('td', delivery.event, 'strong'),
	);
	row.append(element('td', delivery.status === null ? 'no answer' : String(delivery.status), good ? 'good' : 'bad'));
	row.append(element('td', `${Math.round(delivery.ms)} ms`, 'time'));
	row.append(
		buttonCell(
			[
				['repeat', 'Again'],
				['forge', 'Forge'],
			],
			{ delivery: delivery.id },
		),
	);
	row.append(element('td', delivery.answer, 'long'));
	return row;
}

// Tables, with what changed since the last look lit up

const LONG = new Set(['uids', 'event_key', 'error']);

let about = null;
let before = null;
const lit = new Map();

function noteChanges(rows) {
	if (!before) return;
	for (const { name, key, columns } of about.tables) {
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
		const time = typeof row[column] === 'string' && LOOKS_LIKE_TIME.test(row[column]);
		const cell = element('td', readable(row[column]), time ? 'time' : LONG.has(column) ? 'long' : '');
		if (light?.changed.has(column)) cell.classList.add('changed');
		made.append(cell);
	}
	return made;
}

function showTables(rows) {
	noteChanges(rows);
	if (JSON.stringify(rows) !== JSON.stringify(before)) {
		for (const table of about.tables) {
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

// The rest

let lastBookings = '';
let lastDeliveries = '';

async function refresh() {
	try {
		about ??= await setUp();
		const response = await fetch('/api/state');
		if (!response.ok) throw new Error((await response.json()).error);
		const state = await response.json();
		byId('gone').hidden = true;
		// Redrawn only when different, so that a button does not vanish under the pointer.
		if (JSON.stringify(state.bookings) !== lastBookings) {
			lastBookings = JSON.stringify(state.bookings);
			fillTable(
				byId('bookings'),
				['what', 'when', 'status', ''],
				'No bookings yet.',
				state.bookings.map(bookingRow),
			);
		}
		if (JSON.stringify(state.deliveries) !== lastDeliveries) {
			lastDeliveries = JSON.stringify(state.deliveries);
			fillTable(
				byId('deliveries'),
				['at', 'event', 'answer', 'after', '', ''],
				'Nothing delivered yet.',
				state.deliveries.map(deliveryRow),
			);
		}
		showTables(state.rows);
	} catch {
		byId('gone').hidden = false;
	}
}

async function setUp() {
	const found = await (await fetch('/api/about')).json();
	byId('email').textContent = found.login.email;
	byId('password').textContent = found.login.password;
	for (const { title, url } of found.links) {
		const link = element('a', title);
		link.href = url;
		link.target = '_blank';
		const item = element('li');
		item.append(link);
		byId('links').append(item);
	}
	for (const { name, says } of found.tables) {
		const scroll = element('div', undefined, 'scroll');
		const table = element('table');
		table.id = `rows-${name}`;
		scroll.append(table);
		byId('tables').append(element('h3', name), element('p', says), scroll);
	}
	return found;
}

async function forever() {
	await refresh();
	setTimeout(forever, 1000);
}
void forever();
