// Asks for the state once a second and shows it.
import { buttonCell, byId, element, fillTable, onChange, readable } from './elements.js';
import { showHealth } from './health.js';
import { showServices } from './services.js';
import { showSms } from './sms.js';
import { makeTables, showTables } from './tables.js';

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
		buttonCell((CHOICES[status] ?? []).map(([action, label]) => [action, label, { uid }])),
	);
	return row;
}

const showBookings = onChange((bookings) =>
	fillTable(byId('bookings'), ['what', 'when', 'status', ''], 'No bookings yet.', bookings.map(bookingRow)),
);

function deliveryRow({ id, sentAt, event, to, status, ms, answer }) {
	const row = document.createElement('tr');
	const good = status >= 200 && status < 300;
	row.append(
		element('td', new Date(sentAt).toLocaleTimeString(), 'time'),
		element('td', event, 'strong'),
		element('td', to ? `→ ${to}` : '', 'empty'),
		element('td', status === null ? 'no answer' : String(status), good ? 'good' : 'bad'),
		element('td', `${Math.round(ms)} ms`, 'time'),
		buttonCell([
			['repeat', 'Again', { delivery: id }],
			['forge', 'Forge', { delivery: id }],
		]),
		element('td', answer, 'long'),
	);
	return row;
}

const showDeliveries = onChange((deliveries) =>
	fillTable(
		byId('deliveries'),
		['at', 'event', 'to', 'answer', 'after', '', ''],
		'Nothing delivered yet.',
		deliveries.map(deliveryRow),
	),
);

// Buttons

const DONE = {
	book: 'booked',
	bookSoon: 'booked',
	request: 'asked for',
	reschedule: 'moved',
	cancel: 'cancelled',
	confirm: 'confirmed',
	decline: 'declined',
	repeat: 'The same delivery once more',
	forge: 'The delivery with another name in it, and the old signature',
};
const WAITING = {
	remind: 'n8n sends what is due …',
	reply: 'Twilio passes the answer on and waits for n8n’s …',
	sync: 'n8n compares the services with Cal.com …',
};

function sentence(action, { booking, answer, said }, ms) {
	if (said) return said;
	if (answer) return `${DONE[action]}; n8n answered ${answer.status}: ${answer.text}`;
	return `${booking.title}, ${readable(booking.start)}: ${DONE[action]} in ${Math.round(ms)} ms.`;
}

async function act(button) {
	const { action } = button.dataset;
	// What came of it is said where the button is.
	const said = button.closest('section').querySelector('[role=status]') ?? byId('said');
	button.disabled = true;
	said.className = 'said';
	said.textContent = WAITING[action] ?? 'Cal.com delivers its webhooks and waits for n8n’s answer …';
	try {
		const began = performance.now();
		const response = await fetch('/api/actions', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...button.dataset }),
		});
		const outcome = await response.json();
		if (!response.ok) throw new Error(outcome.error);
		said.textContent = sentence(action, outcome, performance.now() - began);
	} catch (error) {
		said.className = 'said bad';
		said.textContent = `That did not work: ${error.message}`;
	}
	button.disabled = false;
	await refresh();
}

document.addEventListener('click', (event) => {
	const button = event.target.closest('button[data-action]');
	if (button) void act(button);
});

// The state

let about = null;

async function refresh() {
	try {
		about ??= await setUp();
		const response = await fetch('/api/state');
		if (!response.ok) throw new Error((await response.json()).error);
		const state = await response.json();
		byId('gone').hidden = true;
		showBookings(state.bookings);
		showDeliveries(state.deliveries);
		showSms(state.sms);
		showServices(state.services);
		showHealth(state.health);
		showTables(about.tables, state.rows);
	} catch {
		byId('gone').hidden = false;
	}
}

async function setUp() {
	const found = await (await fetch('/api/about')).json();
	byId('email').textContent = found.login.email;
	byId('password').textContent = found.login.password;
	byId('secret').textContent = `${found.secret.name}: ${found.secret.value}`;
	for (const { title, url } of found.links) {
		const link = element('a', title);
		link.href = url;
		link.target = '_blank';
		const item = element('li');
		item.append(link);
		byId('links').append(item);
	}
	byId('problems').append(...found.problems.map(({ name, reason }) => element('li', `${name}: ${reason}`)));
	byId('off').hidden = found.problems.length === 0;
	makeTables(found.tables);
	return found;
}

async function forever() {
	await refresh();
	setTimeout(forever, 1000);
}
void forever();
