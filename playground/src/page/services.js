// The services: each with its description on both sides, and what waits for a decision.
import { buttonCell, byId, clock, element, fillTable, onChange, readable } from './elements.js';

const HOW = { synced: 'good', conflict: 'bad', error: 'bad' };

function line(label, text) {
	const cell = element('td', undefined, 'whole');
	cell.append(element('span', `${label} `, 'label'), readable(text));
	return cell;
}

function conflictCells(service, { field, ours, theirs }) {
	const about = { service: service.id, field };
	return [
		element('td', `Both sides have changed the ${field}.`, 'whole bad'),
		line('mine', ours),
		line('Cal.com', theirs),
		buttonCell(
			[
				['settle', 'Keep mine', { ...about, choice: 'ours' }],
				['settle', 'Take Cal.com’s', { ...about, choice: 'theirs' }],
			],
			`${field} of ${service.name}`,
		),
	];
}

function serviceRow(service) {
	const row = document.createElement('tr');
	const { id, name, price, status, error, syncedAt, ours, theirs, conflicts } = service;
	row.append(
		element('td', name, 'strong'),
		element('td', price ?? '', 'time'),
		element('td', status, HOW[status] ?? 'empty'),
		element('td', syncedAt ? `synced ${clock(syncedAt)}` : 'never synced', 'empty time'),
		buttonCell(
			[
				['edit', 'Edit mine', { service: id, side: 'ours' }],
				['edit', 'Edit in Cal.com', { service: id, side: 'theirs' }],
			],
			name,
		),
	);
	if (conflicts.length === 0) row.append(line('mine', ours), line('Cal.com', theirs));
	// A conflict says itself what is wrong.
	if (error && conflicts.length === 0) row.append(element('td', error, 'whole bad'));
	row.append(...conflicts.flatMap((conflict) => conflictCells(service, conflict)));
	return row;
}

export const showServices = onChange((services) =>
	fillTable(byId('services'), [], 'No services yet.', services.map(serviceRow)),
);
