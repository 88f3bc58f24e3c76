// What a button starts, and where it is said what came of it.
import { byId, element, readable } from './elements.js';
import { followJourney } from './strip.js';

const DONE = {
	book: 'booked',
	bookSoon: 'booked',
	request: 'asked for',
	reschedule: 'moved',
	cancel: 'cancelled',
	confirm: 'confirmed',
	decline: 'declined',
};
const WAITING = {
	remind: 'n8n sends what is due …',
	reply: 'Twilio passes the answer on and waits for n8n’s …',
	sync: 'n8n compares the services with Cal.com …',
	repeat: 'The same bytes are on their way …',
	forge: 'The forgery is on its way …',
};

/** Delivery -> what was said when it was sent once more: its row is drawn anew now and then. */
const answers = new Map();

/** The place in a delivery's row where its answer is said. */
export function answerTo(delivery) {
	const cell = element('td', undefined, 'whole');
	const said = element('p', undefined, 'said');
	said.role = 'status';
	said.dataset.answerTo = delivery;
	show(said, answers.get(delivery) ?? { text: '' });
	cell.append(said);
	return cell;
}

function show(place, { text, isBad = false }) {
	place.classList.toggle('bad', isBad);
	place.textContent = text;
}

/** Says it where the button is. */
function sayFor(button) {
	const { delivery } = button.dataset;
	const section = button.closest('section');
	return (said) => {
		if (delivery !== undefined) answers.set(delivery, said);
		const place =
			delivery === undefined
				? section.querySelector('[role=status]')
				: document.querySelector(`[data-answer-to="${CSS.escape(delivery)}"]`);
		show(place ?? byId('said'), said);
	};
}

const isRefused = ({ status }) => status >= 400 && status < 500;

function sentence(action, { booking, answer, said }, ms) {
	if (said) return said;
	if (!answer) return `${booking.title}, ${readable(booking.start)}: ${DONE[action]} in ${Math.round(ms)} ms.`;
	const came = `n8n answered ${answer.status}: ${answer.text}`;
	if (action === 'forge') return `${isRefused(answer) ? 'Refused, as it should be' : 'Not refused'}: ${came}`;
	return `Once more, the same bytes: ${came}`;
}

async function ask(wanted) {
	const response = await fetch('/api/actions', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(wanted),
	});
	const outcome = await response.json();
	if (!response.ok) throw new Error(outcome.error);
	return outcome;
}

export async function act(button) {
	const { action } = button.dataset;
	const say = sayFor(button);
	button.ariaDisabled = 'true';
	say({ text: WAITING[action] ?? 'Cal.com delivers its webhooks and waits for n8n’s answer …' });
	try {
		const began = performance.now();
		const answered = ask({ ...button.dataset });
		if (action in DONE) void followJourney(answered.catch(() => undefined));
		const outcome = await answered;
		say({ text: sentence(action, outcome, performance.now() - began) });
	} catch (error) {
		say({ text: `That did not work: ${error.message}`, isBad: true });
	}
	button.ariaDisabled = null;
}
