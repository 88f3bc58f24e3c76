// The strip beside the buttons: each station lights up when the booking gets there, with its milliseconds.
import { byId } from './elements.js';

const OFTEN_MS = 100;
/** Longer than rows and SMS may take. */
const PATIENCE_MS = 120_000;
const MARKS = { waiting: '', done: '✓', failed: '✗', none: '–' };

/** The journey that is shown, and how often one was followed. */
let shown = null;
let following = 0;
const plain = new Map();

function showStation({ name, state, ms, says }) {
	const place = byId('strip').querySelector(`[data-station="${name}"]`);
	const [time, words] = [place.querySelector('.ms'), place.querySelector('.says')];
	if (!plain.has(name)) plain.set(name, words.textContent);
	place.className = state;
	time.textContent = `${MARKS[state]} ${ms === null ? '' : `${ms} ms`}`.trim();
	words.textContent = says === '' ? plain.get(name) : says;
	words.title = says;
}

export function showJourney(journey) {
	if (!journey) return;
	shown = journey.id;
	for (const station of journey.stations) showStation(station);
	const next = journey.stations.find(({ state }) => state === 'waiting');
	if (next) byId('strip').querySelector(`[data-station="${next.name}"]`).className = 'waiting next';
}

/**
 * Looks often, from the press of a button until the booking has arrived everywhere.
 * @param answered settles when Cal.com has answered
 */
export async function followJourney(answered) {
	const mine = ++following;
	const before = shown;
	let isAnswered = false;
	void answered.finally(() => (isAnswered = true));
	for (const deadline = Date.now() + PATIENCE_MS; mine === following && Date.now() < deadline;) {
		const wasAnswered = isAnswered;
		const journey = await now();
		if (journey !== null && journey.id !== before) {
			showJourney(journey);
			if (journey.isOver) return;
		} else if (wasAnswered) return;
		await new Promise((resolve) => setTimeout(resolve, OFTEN_MS));
	}
}

async function now() {
	try {
		return await (await fetch('/api/journey')).json();
	} catch {
		// It has stopped: the page says so at its next look.
		return null;
	}
}
