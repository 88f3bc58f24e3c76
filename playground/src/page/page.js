// Asks for the state once a second and shows it.
import { act } from './act.js';
import { showBookings, showDeliveries } from './calcom.js';
import { byId, element } from './elements.js';
import { showHealth } from './health.js';
import { showServices } from './services.js';
import { showSms } from './sms.js';
import { showJourney } from './strip.js';
import { makeTables, showTables } from './tables.js';

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
	showJourney(await (await fetch('/api/journey')).json());
	return found;
}

document.addEventListener('click', (event) => {
	const button = event.target.closest('button[data-action]');
	// It stays in reach of the keyboard while it works, and does nothing then.
	if (button && button.ariaDisabled !== 'true') void act(button).then(refresh);
});

/** A phone shows what is done first; the rest opens when it is tapped. */
const small = matchMedia('(max-width: 40rem)');
function fold() {
	for (const part of document.querySelectorAll('[data-small=closed]')) part.open = !small.matches;
}
small.addEventListener('change', fold);
fold();

async function forever() {
	await refresh();
	setTimeout(forever, 1000);
}
void forever();
